//! Names from lists: languages, media types, character encodings, hashes.

use super::{Complaint, Empty, Kind, Row, Tight, row};
use crate::nearest::nearest;

/// A language: BCP 47 (RFC 5646).
pub const LANGUAGE: Kind = &Row {
    code: "invalid-language",
    w3c: &["InvalidLanguage"],
    example: "en-GB",
    ..row("language", "a language", "BCP 47 (RFC 5646)", language)
};
/// A media type: RFC 6838, section 4.2.
pub const MEDIA_TYPE: Kind = &Row {
    code: "invalid-media-type",
    w3c: &["InvalidMIMEType"],
    example: "audio/mpeg",
    ..row("media type", "a media type", "RFC 6838, section 4.2", media_type)
};
/// A character encoding: Encoding standard.
pub const CHARSET: Kind = &Row {
    w3c: &["InvalidEncoding"],
    example: "utf-8",
    ..row("charset", "a character encoding", "Encoding standard", charset)
};
/// A hash.
pub const HASH: Kind = &Row { w3c: &["InvalidMediaHash"], ..row("hash", "a hash", "", hash) };
/// A country: ISO 3166-1.
pub const COUNTRY: Kind =
    &Row { w3c: &["InvalidCountryCode"], example: "GB", ..row("country", "a country", "ISO 3166-1", country) };
/// Countries: ISO 3166-1.
pub const COUNTRIES: Kind =
    &Row { w3c: &["InvalidCountryCode"], example: "GB IE", ..row("countries", "countries", "ISO 3166-1", countries) };
/// A relation of links: RFC 8288, section 2.1.
pub const RELATION: Kind = &Row {
    tight: Tight::Attribute,
    blanks: &["UnregisteredAtomLinkRel"],
    empty: Empty::Unwanted,
    code: "unregistered-value",
    w3c: &["UnregisteredAtomLinkRel"],
    ..row("relation", "a relation of links", "RFC 8288, section 2.1", relation)
};
/// The name of a control in a form: HTML 4, section 6.2.
pub const CONTROL_NAME: Kind = &Row {
    w3c: &["InvalidFormComponentName"],
    ..row("control name", "the name of a control in a form", "HTML 4, section 6.2", control_name)
};

/// The two-letter codes of ISO 639-1.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da \
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io \
    is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr \
    ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm \
    sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// A language as BCP 47 has it (RFC 5646).
fn language(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let mut parts = value.split('-');
    let first = parts.next().unwrap_or("");
    let known = match first.len() {
        1 => matches!(first, "x" | "X" | "i" | "I") && value.len() > 2,
        2 => LANGUAGES.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(first)),
        3 => first.bytes().all(|byte| byte.is_ascii_alphabetic()),
        _ => false,
    };
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if known && parts.all(part) {
        return;
    }
    let underscore = value.contains('_').then(|| format!("write `{}`", value.replace('_', "-")));
    out.push(Complaint { help: underscore.unwrap_or_default().into(), ..Complaint::default() });
}

/// A media type (RFC 6838): `type/subtype`, with parameters or not.
fn media_type(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let mut parts = value.split(';');
    let token = |text: &str| {
        let part = |b: u8| b.is_ascii_alphanumeric() || b"!#$&-^_.+%*'`|~{}".contains(&b);
        !text.is_empty() && text.bytes().all(part)
    };
    let whole = parts.next().unwrap_or("").trim_ascii();
    let typed = whole.split_once('/').is_some_and(|(kind, sub)| token(kind) && token(sub));
    let parameter = |text: &str| {
        let text = text.trim_ascii();
        text.is_empty()
            || text
                .split_once('=')
                .is_some_and(|(name, value)| token(name.trim_ascii()) && !value.trim_ascii().is_empty())
    };
    if !typed || !parts.all(parameter) {
        out.push(Complaint::default());
    }
}

/// A character encoding, by a label that is known (the Encoding standard).
fn charset(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    if !crate::encoding::is_known(value) {
        out.push(Complaint::default());
    }
}

/// Hexadecimal digits: as many as the table says, or as some hash has.
fn hash(value: &str, words: &[&str], out: &mut Vec<Complaint>) {
    let length = value.len();
    let long = words.is_empty() && matches!(length, 32 | 40 | 64 | 96 | 128)
        || words.iter().any(|word| word.parse() == Ok(length));
    let right = long && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !right {
        out.push(Complaint::default());
    }
}

/// A country's two letters (ISO 3166-1).
fn country(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    if value.len() != 2 || !value.bytes().all(|byte| byte.is_ascii_uppercase()) {
        out.push(Complaint::default());
    }
}

/// Countries, with blanks between them, or `all` or `none`.
fn countries(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    if !matches!(value, "all" | "none") {
        for part in value.split_ascii_whitespace() {
            country(part, &[], out);
            if !out.is_empty() {
                return;
            }
        }
    }
}

/// A relation of links: registered with the IANA, or an address of one's own.
fn relation(value: &str, words: &[&str], out: &mut Vec<Complaint>) {
    if crate::reference::scheme(value).is_some() || words.iter().any(|word| word.eq_ignore_ascii_case(value)) {
        return;
    }
    let help = nearest(value, words.iter().copied()).map_or_else(
        || "use a registered one, or an address of your own".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    let words = format!(
        "`{}` is no registered relation of links",
        crate::untrusted::shown(&value.chars().take(40).collect::<String>())
    );
    out.push(Complaint { words: words.into(), help: help.into(), ..Complaint::default() });
}

/// The name of a control in a form: letters, digits, `-`, `_`, `.` and `:`, a letter first.
fn control_name(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let inside = |c: char| c.is_ascii_alphanumeric() || "-_.:".contains(c);
    if !value.starts_with(|c: char| c.is_ascii_alphabetic()) || !value.chars().all(inside) {
        out.push(Complaint::default());
    }
}
