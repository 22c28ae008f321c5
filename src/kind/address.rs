//! Addresses: URIs (RFC 3986), IRIs (RFC 3987).

use std::{borrow::Cow, ops::Range};

use super::{Complaint, Empty, Kind, Row, Tight, Weight, id, row};
use crate::reference::{self, scheme};

/// An address: RFC 3986.
pub const URI: Kind = &Row {
    tight: Tight::Attribute,
    blanks: &["InvalidUriChar", "InvalidLink"],
    code: "invalid-url",
    w3c: &["InvalidLink"],
    empty: Empty::Fine,
    ..row("uri", "an address", "RFC 3986", uri)
};
/// An address: RFC 3987.
pub const IRI: Kind = &Row {
    tight: Tight::Attribute,
    blanks: &["InvalidUriChar", "InvalidLink"],
    code: "invalid-url",
    w3c: &["InvalidIRI"],
    empty: Empty::Fine,
    ..row("iri", "an address", "RFC 3987", iri)
};
/// An absolute address: RFC 3986, section 4.3.
pub const ABSOLUTE_URL: Kind = &Row {
    tight: Tight::Attribute,
    blanks: &["InvalidUriChar", "InvalidLink"],
    code: "invalid-url",
    w3c: &["InvalidLink"],
    ..row("absolute url", "an absolute address", "RFC 3986, section 4.3", absolute)
};
/// An address on the web: RSS 2.0.
pub const WEB_URL: Kind = &Row {
    tight: Tight::Attribute,
    blanks: &["InvalidUriChar", "InvalidLink"],
    code: "invalid-url",
    w3c: &["InvalidURLAttribute"],
    ..row("web url", "an address on the web", "RSS 2.0", web)
};
/// An address in Atom: no blanks may stand around it (RFC 4287, section 2).
pub const ATOM_IRI: Kind = &Row {
    code: "invalid-url",
    w3c: &["InvalidIRI"],
    tight: Tight::Always,
    empty: Empty::Unwanted,
    ..row("atom iri", "an address", "RFC 4287, section 2", iri)
};
/// An address that can be opened.
pub const PERMALINK: Kind = &Row {
    code: "invalid-url",
    w3c: &["InvalidHttpGUID"],
    empty: Empty::Unwanted,
    ..row("permalink", "an address on the web", "RSS 2.0, guid", permalink)
};
/// The address of a picture that browsers show.
pub const PICTURE_URL: Kind = &Row {
    code: "invalid-url",
    w3c: &["InvalidLink"],
    ..row("picture url", "an absolute address", "RSS 2.0, image", picture)
};

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
pub(super) fn odd(value: &str, ascii: bool) -> Option<(Range<usize>, char)> {
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
        return id::tag(value, out);
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
        "urn" => id::urn(value, out),
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
fn uri(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    common(value, true, out);
}

/// A reference in any script.
fn iri(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
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
fn web(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    if reference::is_common(value) || common(value, false, out) {
        return;
    }
    let lower = scheme(value).unwrap_or("").to_ascii_lowercase();
    if !matches!(&*lower, "http" | "https" | "ftp" | "ftps") {
        let help = "write it with `https://` and the host".into();
        out.push(Complaint { help, w3c: &["InvalidURLAttribute"], ..Complaint::default() });
    }
}

/// An address that can be opened: what a guid is, unless it says that it is none.
fn permalink(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    if scheme(value).is_none() {
        out.push(Complaint {
            words: "the guid is no address, though it counts as one".into(),
            help: "add `isPermaLink=\"false\"`".into(),
            ..Complaint::default()
        });
    }
}

/// The address of a picture: GIF, JPEG or PNG.
fn picture(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
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
