//! What expressions can do with values, beside what minijinja brings.

use minijinja::{Environment, Error, ErrorKind, Value};

use crate::{date::Date, slug, syntax::html};

/// Makes a text of a text; `None` for nothing.
pub(super) type Filter = fn(&str) -> Option<String>;

/// Filters that take nothing beside a text.
pub(super) const FILTERS: &[(&str, Filter)] = &[
    ("host", |url| url::Url::parse(url).ok()?.host_str().map(str::to_owned)),
    ("striptags", |text| Some(html::strip_tags(text))),
    ("unescape", |text| Some(html::unescape(text).into_owned())),
    ("plain", |text| Some(html::to_text(text))),
    ("slugify", |text| Some(slug::slugify(text))),
    ("last_part", |url| Some(last_part(url)).filter(|slug| !slug.is_empty())),
];

/// Adds what profiles need and minijinja does not have.
pub(super) fn add(environment: &mut Environment<'static>) {
    for &(name, filter) in FILTERS {
        environment.add_filter(name, move |value: Value| filter(&text(&value)).map_or(Value::UNDEFINED, Value::from));
    }
    // A text that is in a text, a value that is in a list; nothing is in nothing.
    environment.add_test("containing", |value: Value, part: Value| {
        if let Some(whole) = value.as_str() {
            return whole.contains(&text(&part));
        }
        value.try_iter().is_ok_and(|mut items| items.any(|item| item == part))
    });
    environment.add_filter("keywords", |title: Value, count: usize| keywords(&text(&title), count));
    environment.add_filter("words", |value: Value, count: usize| words(&text(&value), count));
    environment.add_filter("date", |value: Value, pattern: &str| -> Result<Value, Error> {
        let Some(moment) = Date::new(&text(&value)).moment else { return Ok(Value::UNDEFINED) };
        let unknown = |sign| Error::new(ErrorKind::InvalidOperation, format!("`{sign}` is no sign of a date"));
        moment.format(pattern).map(Value::from_safe_string).map_err(unknown)
    });
}

fn text(value: &Value) -> String {
    if value.is_undefined() || value.is_none() { String::new() } else { value.to_string() }
}

/// The last part of an address as a slug, without the ending of a file: `/2025/snow.html` is `snow`. Empty where it says
/// nothing: a number, `index`.
fn last_part(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    // Behind the host of one.
    let path = path.split_once("://").map_or(path, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let last = crate::reference::decoded(last).unwrap_or_else(|| last.to_owned());
    let stem = match last.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 5 && ending.bytes().all(|b| b.is_ascii_alphanumeric()) => stem,
        _ => &last,
    };
    let slug = slug::slugify(stem);
    let says = slug.bytes().any(|b| b.is_ascii_alphabetic()) && slug != "index";
    if says { slug } else { String::new() }
}

/// The longest words of a title, each once, longest first, in lower case; equally long ones as they come.
fn keywords(title: &str, count: usize) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        if !words.contains(&word) {
            words.push(word);
        }
        // No title has more; text that is none must not take long.
        if words.len() == 200 {
            break;
        }
    }
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.truncate(count);
    words
}

/// The first words of a text, on one line.
fn words(text: &str, count: usize) -> String {
    let mut out = String::new();
    for word in text.split_whitespace().take(count) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().take(80));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_of_an_address_is_a_slug_where_it_says_something() {
        for (address, slug) in [
            ("https://e.example/2025/snow-fell", "snow-fell"),
            ("https://e.example/2025/Rain.html?x=1#y", "rain"),
            ("https://e.example/a/b/", "b"),
            ("/2025/v1.2-is-out", "v1-2-is-out"),
            ("https://e.example/s%C3%BCd", "sud"),
            ("https://e.example/2025/09/", ""),
            ("https://e.example/index.html", ""),
            ("https://e.example/?p=12", ""),
            ("https://e.example", ""),
            ("", ""),
        ] {
            assert_eq!(last_part(address), slug, "{address}");
        }
    }
}
