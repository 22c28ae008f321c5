//! Ids: Atom's (RFC 4287), URNs (RFC 8141), UUIDs (RFC 9562), tag URIs (RFC 4151).

use super::{
    Complaint, Empty, Kind, Row, Tight, Weight,
    address::{absolute, odd},
    row,
};
use crate::reference::scheme;

/// An absolute address: RFC 4287, section 4.2.6.
pub const ID: Kind = &Row {
    code: "invalid-url",
    w3c: &["InvalidFullLink"],
    empty: Empty::Unwanted,
    tight: Tight::Always,
    ..row("id", "an absolute address", "RFC 4287, section 4.2.6", id)
};
/// A name as a URN has it: RFC 8141, section 2.
pub const URN_PART: Kind = &Row {
    code: "invalid-url",
    w3c: &["InvalidNSS"],
    ..row("urn part", "a name as a URN has it", "RFC 8141, section 2", urn_part)
};
/// A UUID: RFC 9562.
pub const UUID: Kind = &Row { w3c: &["InvalidUUID"], ..row("uuid", "a UUID", "RFC 9562", uuid) };

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

/// A URN: its namespace, and what is named in it.
pub(super) fn urn(value: &str, out: &mut Vec<Complaint>) -> bool {
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
fn uuid(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    if !is_uuid(value) {
        out.push(Complaint::default());
    }
}

/// The namespace-specific part of a URN: what may stand in one.
fn urn_part(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let fine = |c: char| c.is_ascii_alphanumeric() || "()+,-.:=@;$_!*'%/?#&~".contains(c);
    if !value.chars().all(fine) {
        out.push(Complaint::default());
    }
}

/// A tag URI.
pub(super) fn tag(value: &str, out: &mut Vec<Complaint>) -> bool {
    if is_tag(value) {
        return false;
    }
    let words = "a tag URI is a name, a comma, a date and what is particular".into();
    let help = "write it as `tag:example.com,2025:a-post`".into();
    out.push(Complaint { words, help, w3c: &["InvalidTAG"], ..Complaint::default() });
    true
}
