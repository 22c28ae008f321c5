//! Addresses of e-mail (RFC 5322), and persons.

use super::{Complaint, Empty, Kind, Row, Tight, Weight, row};

/// An address of e-mail: RFC 5322, section 3.4.1.
pub const MAIL: Kind = &Row {
    code: "invalid-mail-address",
    w3c: &["InvalidAddrSpec"],
    ..row("mail", "an address of e-mail", "RFC 5322, section 3.4.1", mail)
};
/// An address of e-mail: RSS 2.0; RSS Advisory Board profile.
pub const PERSON: Kind = &Row {
    code: "invalid-mail-address",
    w3c: &["InvalidContact"],
    example: "mail@example.com (Name)",
    ..row("person", "an address of e-mail", "RSS 2.0; RSS Advisory Board profile", person)
};
/// An address of e-mail in Atom.
pub const ATOM_MAIL: Kind = &Row {
    code: "invalid-mail-address",
    w3c: &["InvalidAddrSpec"],
    tight: Tight::Always,
    ..row("atom mail", "an address of e-mail", "RFC 4287, section 3.2.3", mail)
};
/// A person's name.
pub const PERSON_NAME: Kind = &Row {
    code: "html-in-plain-text",
    w3c: &["ContainsHTML"],
    empty: Empty::Unwanted,
    ..row("person name", "a name", "RFC 4287, section 3.2.1", person_name)
};

/// Whether a text is an address of e-mail.
fn is_mail(text: &str) -> bool {
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
fn mail(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
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
fn person_name(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
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

/// A person as RSS has one: `mail@example.com (Name)`.
fn person(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
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
