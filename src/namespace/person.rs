//! Persons: in one text as RSS writes them, and in elements as Atom does.

use super::{
    Ns, XML,
    element::{Element, attribute, uri_of},
    link::{self, Links},
};
use crate::{
    model::{Node, Person},
    namespace::SLUGLINE,
};

/// A person in any spelling: `mail (name)`, `name <mail>`, `name (mail)`, `mailto:mail`, `mail`, an address of the web,
/// a name.
pub(crate) fn read(text: &str) -> Person {
    let text = text.trim();
    if link::is_web(text) {
        return Person { url: Some(text.to_owned()), ..Person::default() };
    }
    if let Some(mail) = link::mail_address(text)
        && is_mail(mail)
    {
        return Person { email: Some(mail.to_owned()), ..Person::default() };
    }
    for (open, close) in [('<', '>'), ('(', ')')] {
        if let Some((before, inside)) = last_group(text, open, close) {
            let (before, inside) = (before.trim(), inside.trim());
            let inside_mail = link::mail_address(inside).unwrap_or(inside);
            let before_mail = link::mail_address(before).unwrap_or(before);
            if is_mail(inside_mail) {
                return person(unquoted(before), inside_mail);
            }
            if is_mail(before_mail) && open == '(' {
                return person(inside, before_mail);
            }
        }
    }
    if is_mail(text) {
        return person("", text);
    }
    // `mail name` and `name mail`, without any mark between.
    if let Some((first, rest)) = text.split_once(char::is_whitespace)
        && is_mail(first)
        && !rest.contains('@')
    {
        return person(rest, first);
    }
    if let Some((rest, last)) = text.rsplit_once(char::is_whitespace)
        && is_mail(last)
        && !rest.contains('@')
    {
        return person(rest, last);
    }
    person(text, "")
}

fn person(name: &str, mail: &str) -> Person {
    let some = |value: &str| (!value.trim().is_empty()).then(|| value.trim().to_owned());
    Person { name: some(name), email: some(mail), ..Person::default() }
}

/// The text before the last pair of brackets that ends the text, and the text in it.
fn last_group(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    let inside = text.strip_suffix(close)?;
    let mut depth = 1;
    let at = inside.char_indices().rev().find_map(|(at, c)| {
        depth = if c == close {
            depth + 1
        } else if c == open {
            depth - 1
        } else {
            depth
        };
        (depth == 0).then_some(at)
    });
    // Without its like, the last one opens it.
    let at = at.or_else(|| inside.rfind(open))?;
    Some((&inside[..at], &inside[at + open.len_utf8()..]))
}

/// A name without the quotes around it.
fn unquoted(name: &str) -> &str {
    name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(name)
}

/// Whether a text looks like an e-mail address, as far as telling it from a name needs.
pub(crate) fn is_mail(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else { return false };
    !user.is_empty()
        && !host.is_empty()
        && !host.contains('@')
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '"' | ',' | ';' | '/'))
}

/// A person as one text, as RSS wants it: `mail (name)`, else what there is.
pub(crate) fn write(person: &Person) -> String {
    match (&person.email, &person.name) {
        (Some(mail), Some(name)) => format!("{mail} ({name})"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => person.url.clone().unwrap_or_default(),
    }
}

/// What `slugline:` attributes must add for a reader of `text` to get `person` back: name and value, empty for a part
/// that the text seems to hold and the person does not.
pub(crate) fn corrections(person: &Person, text: &str) -> Vec<(&'static str, String)> {
    let got = read(text);
    let parts = [
        ("name", &person.name, &got.name),
        ("email", &person.email, &got.email),
        ("url", &person.url, &got.url),
        ("avatar", &person.avatar, &got.avatar),
    ];
    let differ = parts.into_iter().filter(|(_, wanted, got)| wanted != got);
    differ.map(|(part, wanted, _)| (part, wanted.clone().unwrap_or_default())).collect()
}

/// Puts in what `slugline:` attributes of an element say of a person.
pub(crate) fn correct(person: &mut Person, element: &Element<'_>) {
    let set = |part: &str, to: &mut Option<String>| {
        if let Some(value) = element.own(part) {
            *to = (!value.is_empty()).then(|| value.to_owned());
        }
    };
    set("name", &mut person.name);
    set("email", &mut person.email);
    set("url", &mut person.url);
    set("avatar", &mut person.avatar);
}

/// A person in elements: `name`, `email`, `uri` (RFC 4287, section 3.2), and whether that is all there is. Text without
/// elements is read as one text; an author in RSS may be either.
pub(crate) fn from_elements(element: &Element<'_>, links: &mut Links) -> (Person, bool) {
    if element.children.is_empty() {
        let mut person = read(element.text);
        correct(&mut person, element);
        return (person, element.attributes_are(&[]));
    }
    let mut person = Person::default();
    let mut base = element.base;
    let mut whole = element.attributes_are(&[]) && element.trimmed().is_empty();
    for child in element.elements() {
        let Some(node) = child.first() else { continue };
        if attribute(node, SLUGLINE, "added").is_some() {
            continue;
        }
        let text = node.text.trim();
        // `xml:base` has its say on the address alone, `xml:lang` on none of them.
        whole &= child.len() == 1 && node.tail.trim().is_empty();
        whole &= node.attributes.iter().all(|attribute| attribute.name.namespace() == uri_of(XML));
        let slot = match node.name.local().to_ascii_lowercase().as_str() {
            "name" => &mut person.name,
            "email" => &mut person.email,
            "uri" | "url" | "homepage" => &mut person.url,
            "avatar" if is_own(node) => &mut person.avatar,
            _ => {
                whole = false;
                continue;
            }
        };
        if slot.is_some() {
            whole = false;
        } else if !text.is_empty() {
            if matches!(node.name.local().to_ascii_lowercase().as_str(), "uri" | "url" | "homepage") {
                base = attribute(node, XML, "base").or(base);
            }
            *slot = Some(text.to_owned());
        }
    }
    if let Some(url) = &mut person.url {
        *url = links.resolve(base, url);
    }
    if let Some(mail) = person.email.as_deref().and_then(link::mail_address) {
        person.email = Some(mail.to_owned());
    }
    if person == Person::default() && !element.trimmed().is_empty() {
        person = read(element.text);
    }
    correct(&mut person, element);
    (person, whole)
}

fn is_own(node: &Node) -> bool {
    node.name.namespace() == uri_of(SLUGLINE)
}

/// The address that RDF gives where an element has no text: `rdf:resource`.
pub(crate) fn resource(node: &Node) -> Option<&str> {
    attribute(node, super::RDF, "resource").or_else(|| attribute(node, Ns::NONE, "resource"))
}
