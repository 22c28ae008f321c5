//! Values that are one of some words.

use super::{Complaint, Kind, Row, row};
use crate::nearest::nearest;

/// One of the values that are allowed.
pub const ONE_OF: Kind = &row("one of", "one of the values that are allowed", "", one_of);
/// One of the values that are allowed.
pub const ONE_OF_ANY_CASE: Kind = &row("one of any case", "one of the values that are allowed", "", one_of_any_case);
/// One of the values that are allowed.
pub const SOME_OF: Kind = &row("some of", "one of the values that are allowed", "", some_of);
/// One of the values that are registered.
pub const REGISTERED: Kind = &row("registered", "one of the values that are registered", "", registered);
/// Yes or no.
pub const YES_NO: Kind = &Row { w3c: &["InvalidYesNo"], ..row("yes no", "yes or no", "", yes_no) };
/// True or false: XML Schema 1.1, part 2, section 3.3.2.
pub const BOOLEAN: Kind = &Row {
    w3c: &["InvalidTrueFalse"],
    ..row("boolean", "true or false", "XML Schema 1.1, part 2, section 3.3.2", boolean)
};
/// Small letters.
pub const LOWER_CASE: Kind = &row("lower case", "written in small letters", "Media RSS", lower_case);

/// One of the words, in their own case.
fn one_of(value: &str, words: &[&str], out: &mut Vec<Complaint>) {
    if !words.contains(&value) {
        out.push(none_of(value, words));
    }
}

/// One of the words, in any case.
fn one_of_any_case(value: &str, words: &[&str], out: &mut Vec<Complaint>) {
    if !words.iter().any(|word| word.eq_ignore_ascii_case(value)) {
        out.push(none_of(value, words));
    }
}

/// Some of the words, with blanks or commas between them.
fn some_of(value: &str, words: &[&str], out: &mut Vec<Complaint>) {
    for part in value.split([' ', ',', '\t', '\n']).filter(|part| !part.is_empty()) {
        if !words.contains(&part) {
            return out.push(none_of(part, words));
        }
    }
}

/// A word of the list, or one that begins with `x-` or is an address: a list that others may add to.
fn registered(value: &str, words: &[&str], out: &mut Vec<Complaint>) {
    let free = value.contains(':') || value.starts_with("x-");
    if !free && !words.iter().any(|word| word.eq_ignore_ascii_case(value)) {
        out.push(none_of(value, words));
    }
}

/// `yes` or `no`, in any case.
fn yes_no(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    one_of_any_case(value, &["yes", "no"], out);
}

/// `true` or `false`.
fn boolean(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    one_of(value, &["true", "false"], out);
}

/// No capitals.
fn lower_case(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    if value.chars().any(char::is_uppercase) {
        out.push(Complaint { help: format!("write `{}`", value.to_lowercase()).into(), ..Complaint::default() });
    }
}

fn none_of(value: &str, words: &[&str]) -> Complaint {
    let near = words.iter().find(|word| word.eq_ignore_ascii_case(value)).copied();
    let near = near.or_else(|| nearest(value, words.iter().copied()));
    let help = match near {
        Some(near) => format!("write `{near}`"),
        None if words.len() <= 12 => format!("it is one of {}", words.join(", ")),
        None => String::new(),
    };
    Complaint { help: help.into(), ..Complaint::default() }
}
