//! Addresses: URIs (RFC 3986), IRIs (RFC 3987), URNs (RFC 8141), tag URIs (RFC 4151), e-mail (RFC 5322).

use std::{borrow::Cow, ops::Range};

use super::{Complaint, Weight};
use crate::reference::{self, scheme};

/// Schemes that are met in feeds, of those registered with the IANA.
const SCHEMES: &[&str] = &[
    "about",
    "acct",
    "acap",
    "afp",
    "cid",
    "crid",
    "data",
    "dav",
    "dict",
    "did",
    "dns",
    "example",
    "fax",
    "file",
    "finger",
    "ftp",
    "geo",
    "git",
    "go",
    "gopher",
    "h323",
    "http",
    "https",
    "icap",
    "im",
    "imap",
    "info",
    "ipfs",
    "ipp",
    "irc",
    "iris",
    "jabber",
    "ldap",
    "ldaps",
    "mailto",
    "message",
    "mid",
    "mms",
    "modem",
    "msrp",
    "mtqp",
    "mumble",
    "mupdate",
    "news",
    "nfs",
    "ni",
    "nntp",
    "opaquelocktoken",
    "payto",
    "pkcs11",
    "pop",
    "pres",
    "prospero",
    "rsync",
    "rtmp",
    "rtsp",
    "service",
    "sftp",
    "shttp",
    "sieve",
    "sip",
    "sips",
    "skype",
    "sms",
    "smb",
    "snews",
    "snmp",
    "ssh",
    "svn",
    "tag",
    "tel",
    "telnet",
    "tftp",
    "tip",
    "tv",
    "urn",
    "vemmi",
    "view-source",
    "vnc",
    "wais",
    "webcal",
    "ws",
    "wss",
    "xmpp",
    "z39.50r",
    "z39.50s",
];

/// The first character that no address may hold; with `ascii`, also one that a URI must escape.
fn odd(value: &str, ascii: bool) -> Option<(Range<usize>, char)> {
    let found = value.char_indices().find(|&(at, c)| match c {
        '%' => !value.as_bytes().get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)),
        ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => true,
        _ => c.is_control() || ascii && !c.is_ascii(),
    });
    found.map(|(at, c)| (at..at + c.len_utf8(), c))
}

fn odd_character(value: &str, ascii: bool, out: &mut Vec<Complaint>) -> bool {
    let Some((range, c)) = odd(value, ascii) else { return false };
    let words = match c {
        '%' => "a `%` in an address begins an escape of two hexadecimal digits".into(),
        c if c.is_whitespace() => "an address holds no blanks".into(),
        c if c.is_control() => "an address holds no control characters".into(),
        c => format!("an address may not hold `{c}` as it is"),
    };
    let mut escaped = String::new();
    let mut bytes = [0; 4];
    for byte in c.encode_utf8(&mut bytes).bytes() {
        escaped.push_str(&format!("%{byte:02X}"));
    }
    let help = Cow::Owned(format!("write `{escaped}`"));
    out.push(Complaint { words: words.into(), help, range, w3c: &["InvalidUriChar"], ..Complaint::default() });
    true
}

/// What every address must keep to. True when something is wrong already.
fn common(value: &str, ascii: bool, out: &mut Vec<Complaint>) -> bool {
    if reference::is_common(value) {
        return false;
    }
    let is_tag_uri = scheme(value).is_some_and(|scheme| scheme.eq_ignore_ascii_case("tag"));
    if is_tag_uri {
        return tag(value, out);
    }
    if odd_character(value, ascii, out) {
        return true;
    }
    let Some(scheme) = scheme(value) else { return false };
    let lower = scheme.to_ascii_lowercase();
    let rest = &value[scheme.len() + 1..];
    if matches!(&*lower, "http" | "https" | "ftp") {
        let authority = rest.strip_prefix("//").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or(""));
        let host = authority.map(|authority| authority.rsplit('@').next().unwrap_or(""));
        if host.is_none_or(|host| !is_host(host)) {
            out.push(Complaint::default());
            return true;
        }
    }
    match &*lower {
        "urn" => urn(value, out),
        _ if !SCHEMES.contains(&&*lower) && !lower.contains('.') && !lower.starts_with("x-") => {
            out.push(Complaint {
                words: format!("`{lower}` is no registered kind of address").into(),
                code: Some("unregistered-value"),
                help: "see whether `https` is meant".into(),
                weight: Some(Weight::Should),
                w3c: &["SchemeNotIANARegistered"],
                ..Complaint::default()
            });
            true
        }
        _ => false,
    }
}

/// A tag URI.
fn tag(value: &str, out: &mut Vec<Complaint>) -> bool {
    if is_tag(value) {
        return false;
    }
    let words = "a tag URI is a name, a comma, a date and what is particular".into();
    let help = "write it as `tag:example.com,2025:a-post`".into();
    out.push(Complaint { words, help, w3c: &["InvalidTAG"], ..Complaint::default() });
    true
}

/// A host with its port.
fn is_host(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else { return false };
        let port = port.strip_prefix(':').unwrap_or(port);
        return address.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'))
            && port.bytes().all(|b| b.is_ascii_digit());
    }
    let (host, port) = text.split_once(':').unwrap_or((text, ""));
    !host.is_empty() && !host.contains("..") && !host.starts_with('.') && port.bytes().all(|b| b.is_ascii_digit())
}

/// A reference: an address, or one that is relative.
pub(super) fn uri(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    common(value, true, out);
}

/// A reference in any script.
pub(super) fn iri(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    common(value, false, out);
}

/// An address with a scheme.
pub(super) fn absolute(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    if !common(value, false, out) && scheme(value).is_none() {
        out.push(relative());
    }
}

fn relative() -> Complaint {
    Complaint {
        words: "the address must be absolute".into(),
        help: "write it with `https://` and the host".into(),
        code: Some("relative-url"),
        w3c: &["InvalidFullLink"],
        ..Complaint::default()
    }
}

/// An address on the web.
pub(super) fn web(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    if reference::is_common(value) || common(value, false, out) {
        return;
    }
    let lower = scheme(value).unwrap_or("").to_ascii_lowercase();
    if !matches!(&*lower, "http" | "https" | "ftp" | "ftps") {
        let help = "write it with `https://` and the host".into();
        out.push(Complaint { help, w3c: &["InvalidURLAttribute"], ..Complaint::default() });
    }
}

/// An Atom id: an absolute address that is in its canonical form (RFC 4287, section 4.2.6.1).
pub(super) fn id(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let known = out.len();
    absolute(value, &[], out);
    if out.len() > known {
        return;
    }
    let lower = scheme(value).unwrap_or("").to_ascii_lowercase();
    let rest = &value[lower.len()..];
    let authority = rest.strip_prefix("://").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or(""));
    let path = authority.map(|authority| &rest[3 + authority.len()..]);
    let capitals = !value.starts_with(&*lower) || authority.is_some_and(|a| a.bytes().any(|b| b.is_ascii_uppercase()));
    let dots = path.is_some_and(|path| path.split('/').any(|part| part == "." || part == ".."));
    let bare = matches!(&*lower, "http" | "https") && path == Some("");
    let port = authority.is_some_and(|authority| match &*lower {
        "http" => authority.ends_with(":80") || authority.ends_with(':'),
        "https" => authority.ends_with(":443") || authority.ends_with(':'),
        _ => false,
    });
    let escapes = value.match_indices('%').any(|(at, _)| {
        let two = &value.as_bytes()[at + 1..at + 3];
        let byte = u8::from_str_radix(&value[at + 1..at + 3], 16).unwrap_or(0);
        two.iter().any(u8::is_ascii_lowercase)
            || byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'.' | b'_' | b'~')
    });
    if capitals || dots || bare || port || escapes {
        out.push(Complaint {
            words: "the id is an address that is not in its plainest form".into(),
            help: "ids are compared letter by letter: use small letters in scheme and host, a path, no `.` or `..`, no needless port or escape".into(),
            code: Some("noncanonical-id"),
            weight: Some(Weight::Should),
            w3c: &["NonCanonicalURI"],
            ..Complaint::default()
        });
    }
}

/// A tag URI: `tag:` name or address `,` date `:` anything.
fn is_tag(value: &str) -> bool {
    let Some((entity, specific)) = value[4..].split_once(':') else { return false };
    let Some((authority, date)) = entity.split_once(',') else { return false };
    let part = |text: &str| {
        let inside = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        !text.is_empty() && text.bytes().all(inside) && !text.starts_with('-') && !text.ends_with('-')
    };
    let name = |text: &str| text.split('.').all(part);
    let mailbox = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
    };
    let authority = match authority.split_once('@') {
        Some((user, host)) => mailbox(user) && name(host),
        None => name(authority),
    };
    let parts: Vec<&str> = date.split('-').collect();
    let number = |text: &str, length: usize, most: u32| {
        text.len() == length
            && text.bytes().all(|b| b.is_ascii_digit())
            && text.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n))
    };
    let dated = match parts.as_slice() {
        [year] => number(year, 4, 9999),
        [year, month] => number(year, 4, 9999) && number(month, 2, 12),
        [year, month, day] => number(year, 4, 9999) && number(month, 2, 12) && number(day, 2, 31),
        _ => false,
    };
    authority
        && dated
        && specific.chars().all(|c| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/?#%".contains(c))
        && odd(specific, true).is_none()
}

/// Namespaces of URNs that are registered with the IANA and met in feeds.
fn urn(value: &str, out: &mut Vec<Complaint>) -> bool {
    let rest = &value[4..];
    let (nid, nss) = rest.split_once(':').unwrap_or((rest, ""));
    let name = (2..=32).contains(&nid.len())
        && nid.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !nid.starts_with('-')
        && !nid.ends_with('-')
        && !nid.eq_ignore_ascii_case("urn");
    if !name || nss.is_empty() {
        let words = "a URN is `urn:`, a namespace and a name".into();
        let help = "write it as `urn:uuid:0e8a7c7e-4e5c-4f57-9d4b-6d0e5b4c3a2f`".into();
        out.push(Complaint { words, help, code: Some("invalid-url"), w3c: &["InvalidURN"], ..Complaint::default() });
        return true;
    }
    if nid.eq_ignore_ascii_case("uuid") && !is_uuid(nss) {
        let words = "what follows `urn:uuid:` is no UUID".into();
        let help = "a UUID is 32 hexadecimal digits, in groups of 8, 4, 4, 4 and 12".into();
        out.push(Complaint {
            words,
            help,
            code: Some("invalid-url"),
            w3c: &["InvalidUUID", "InvalidURN"],
            ..Complaint::default()
        });
        return true;
    }
    false
}

pub(super) fn is_uuid(text: &str) -> bool {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// A UUID by itself.
pub(super) fn uuid(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    if !is_uuid(value) {
        out.push(Complaint::default());
    }
}

/// The namespace-specific part of a URN: what may stand in one.
pub(super) fn urn_part(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let fine = |c: char| c.is_ascii_alphanumeric() || "()+,-.:=@;$_!*'%/?#&~".contains(c);
    if !value.chars().all(fine) {
        out.push(Complaint::default());
    }
}

/// Whether a text is an address of e-mail.
pub(super) fn is_mail(text: &str) -> bool {
    let Some((user, host)) = text.rsplit_once('@') else { return false };
    let atom = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80 || b"!#$%&'*+-/=?^_`{|}~.".contains(&b);
    let user = !user.is_empty()
        && user.len() <= 64
        && user.bytes().all(atom)
        && !user.starts_with('.')
        && !user.ends_with('.');
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    user && host.split('.').all(label) && !host.ends_with(|c: char| c.is_ascii_digit())
}

/// An address of e-mail.
pub(super) fn mail(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    if !is_mail(value) {
        return out.push(Complaint::default());
    }
    if !value.rsplit('@').next().unwrap_or("").contains('.') {
        let words = "the host of the address has no domain: it can be reached from within a network only";
        let code = Some("odd-person");
        let (weight, w3c): (_, &[_]) = (Some(Weight::Should), &["UnknownHost"]);
        out.push(Complaint { words: words.into(), code, weight, w3c, ..Complaint::default() });
    }
}

/// A person's name, which is no address.
pub(super) fn person_name(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    super::text::plain(value, &[], out);
    let address = |word: &str| is_mail(word.trim_matches(['(', ')', '<', '>', ','])) && word.contains('.');
    if value.contains('@') && value.split_whitespace().any(address) {
        out.push(Complaint {
            words: "there is an address of e-mail in the name".into(),
            help: "put it into `email`".into(),
            code: Some("odd-person"),
            weight: Some(Weight::Should),
            w3c: &["ContainsEmail"],
            ..Complaint::default()
        });
    }
}

/// An address that can be opened: what a guid is, unless it says that it is none.
pub(super) fn permalink(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    if scheme(value).is_none() {
        out.push(Complaint {
            words: "the guid is no address, though it counts as one".into(),
            help: "add `isPermaLink=\"false\"`".into(),
            ..Complaint::default()
        });
    }
}

/// The address of a picture: GIF, JPEG or PNG.
pub(super) fn picture(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    absolute(value, &[], out);
    let path = value.split(['?', '#']).next().unwrap_or("");
    let name = path.rsplit('/').next().unwrap_or("");
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if matches!(&*ending, "bmp" | "tif" | "tiff" | "ico" | "psd" | "eps" | "pdf" | "pict") {
        out.push(Complaint {
            words: format!("`.{ending}` is no kind of picture that readers show").into(),
            help: "use GIF, JPEG or PNG".into(),
            code: Some("invalid-value"),
            weight: Some(Weight::Should),
            w3c: &["ImageUrlFormat"],
            ..Complaint::default()
        });
    }
}

/// A person as RSS has one: `mail@example.com (Name)`.
pub(super) fn person(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let mail = value.split(['(', ' ', '<']).next().unwrap_or("");
    let should = |words: &'static str, w3c: &'static [&'static str], code| Complaint {
        words: words.into(),
        code: Some(code),
        weight: Some(Weight::Should),
        w3c,
        ..Complaint::default()
    };
    if is_mail(mail) {
        let rest = value[mail.len()..].trim();
        if rest.is_empty() {
            return out.push(should("the address stands without a name", &["MissingRealName"], "odd-person"));
        }
        if !(rest.starts_with('(') && rest.ends_with(')')) {
            out.push(should("the name belongs in brackets behind the address", &["EmailFormat"], "odd-person"));
        }
        return;
    }
    let inner = value.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(mail, _)| mail);
    let inner =
        inner.or_else(|| value.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(mail, _)| mail));
    if value.starts_with("mailto:") {
        return out.push(should("the address is written without `mailto:`", &["EmailFormat"], "odd-person"));
    }
    if inner.is_some_and(|mail| is_mail(mail.trim_start_matches("mailto:"))) {
        return out.push(should(
            "the address comes first, and the name in brackets",
            &["InvalidContact"],
            "odd-person",
        ));
    }
    out.push(Complaint::default());
}
