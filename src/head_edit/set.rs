//! Keys set and taken out by who knows their names.

use super::{Changes, Parts, edits};
use crate::{
    finding::{Fix, Severity},
    fix,
    limits::Limits,
    model::{Map, Value},
    syntax::{
        emit::{self, Layout},
        head::{self, Fences},
        tree::Entry,
    },
};

/// Gives keys at the top of a post's head new values, and takes out those that get none; every other byte stays. A key
/// that is not there is put in behind the last one.
///
/// `None` where there is no head to edit (YAML, TOML, JSON and `Key: value` lines are tried), and where the edited text
/// would not say just that: a value that the head's format cannot hold, an alias to what would be gone, a head with an
/// error in it.
///
/// ```
/// use slugline::head_edit;
///
/// let post = "---\ntitle: 'Snow'   # working title\ndraft: true\ntags: [ weather ]\n---\nIt snowed.\n";
/// let edited = head_edit::set(post, &[("slug", Some("snow".into())), ("draft", None)]).expect("a head in YAML");
/// assert_eq!(edited, "---\ntitle: 'Snow'   # working title\ntags: [ weather ]\nslug: snow\n---\nIt snowed.\n");
/// ```
pub fn set(text: &str, values: &[(&str, Option<Value>)]) -> Option<String> {
    let (bom, text) = text.strip_prefix('\u{feff}').map_or(("", text), |rest| ("\u{feff}", rest));
    let (limits, fences) = (Limits::default(), Fences::default());
    let old = Parts::of(text, &fences, &limits)?;
    let before = said(&old)?;
    let mut meant = before.clone();
    for (key, value) in values {
        match value {
            Some(value) => drop(meant.insert((*key).to_owned(), value.clone())),
            None => drop(meant.shift_remove(*key)),
        }
    }
    // What a key is given first counts for nothing where it is given something else later.
    let mut changes = Changes::default();
    for (key, _) in values {
        let path = vec![(*key).to_owned()];
        match (before.get(*key), meant.get(*key)) {
            (before, meant) if before == meant => {}
            (_, Some(_)) => drop(changes.take.insert(path)),
            (_, None) => drop(changes.remove.insert(path)),
        }
    }
    // The head as it is meant, spelt anew: the edits take the values from it.
    let line = |(key, value)| emit::Line { key, value, style: None, items: None, blank_before: false };
    let lines: Vec<_> = meant.iter().map(|(key, value)| line((key.as_str(), value))).collect();
    let mut whole = String::new();
    emit::head(old.head.format, Layout::default(), &lines, &mut whole);
    let spelt = Fences { formats: vec![old.head.format], ..fences.clone() };
    // A head without keys has no entries to take values from.
    let edits = match Parts::of(&whole, &spelt, &limits) {
        Some(new) => edits(&old, &new, &changes),
        None => edits(&old, &old, &changes),
    };
    let edited = fix::apply(text, &[&Fix { safe: true, edits, meant: Vec::new() }])?;
    let new = Parts::of(&edited, &fences, &limits)?;
    let holds = new.head.format == old.head.format && new.body() == old.body() && said(&new)? == meant;
    holds.then(|| format!("{bom}{edited}"))
}

/// What a head says; `None` where something is wrong with it: a key that is there twice, or is not closed.
fn said(parts: &Parts<'_>) -> Option<Map<String, Value>> {
    let (tree, findings) = head::parse(&parts.text, &parts.head, &Limits::default());
    let value = |entry: &Entry| (entry.key.to_string(), tree.to_value(entry.value));
    let is_sound = findings.iter().all(|finding| finding.severity < Severity::Error);
    is_sound.then(|| tree.entries().iter().map(value).collect())
}

#[cfg(test)]
mod tests {
    use super::set;
    use crate::model::Value;

    fn to(text: &str, key: &str, value: impl Into<Value>) -> Option<String> {
        set(text, &[(key, Some(value.into()))])
    }

    #[test]
    fn comments_quotes_order_and_line_ends_stay() {
        let post = "\u{feff}---\r\n# first\r\ntitle:  'Snow'\r\nslug: ice # here\r\n---\r\nbody\r\n";
        let edited = "\u{feff}---\r\n# first\r\ntitle:  'Snow'\r\nslug: snow # here\r\n---\r\nbody\r\n";
        assert_eq!(to(post, "slug", "snow").as_deref(), Some(edited));
        assert_eq!(to(post, "slug", "ice").as_deref(), Some(post));
    }

    #[test]
    fn toml_and_json_are_edited_in_their_own_syntax() {
        let toml = "+++\ntitle = \"Snow\" # here\n\n[params]\na = 1\n+++\nbody\n";
        let edited = "+++\ntitle = \"Snow\" # here\ndraft = true\n\n[params]\na = 1\n+++\nbody\n";
        assert_eq!(to(toml, "draft", true).as_deref(), Some(edited));
        let json = "{\n  \"title\": \"Snow\",\n  \"draft\": true\n}\nbody\n";
        assert_eq!(set(json, &[("draft", None)]).as_deref(), Some("{\n  \"title\": \"Snow\"\n}\nbody\n"));
    }

    #[test]
    fn a_text_that_would_be_read_as_another_type_is_quoted() {
        let edited = to("---\na: 1\n---\n", "b", "no").expect("edited");
        assert_eq!(edited, "---\na: 1\nb: \"no\"\n---\n");
    }

    #[test]
    fn the_last_value_of_a_key_counts() {
        let (one, two) = (Some(Value::from(1)), Some(Value::from(2)));
        let to = |text: &str, values: &[Option<Value>]| {
            let values: Vec<_> = values.iter().map(|value| ("a", value.clone())).collect();
            set(text, &values)
        };
        let (without, with) = ("---\nb: 0\n---\n", "---\na: 1\nb: 0\n---\n");
        assert_eq!(to(without, &[one.clone(), None]).as_deref(), Some(without));
        assert_eq!(to(with, &[two.clone(), one.clone()]).as_deref(), Some(with));
        assert_eq!(to(with, &[None, one.clone()]).as_deref(), Some(with));
        assert_eq!(to(with, &[two.clone(), None]).as_deref(), Some(without));
        assert_eq!(to(with, &[None, two]).as_deref(), Some("---\na: 2\nb: 0\n---\n"));
        assert_eq!(to(without, &[None, one]).as_deref(), Some("---\nb: 0\na: 1\n---\n"));
    }

    #[test]
    fn what_cannot_be_edited_is_left_alone() {
        assert_eq!(to("no head\n", "slug", "snow"), None);
        assert_eq!(to("---\na: &x 1\nb: *x\n---\n", "a", Value::Null), None);
        assert_eq!(set("---\na: &x 1\nb: *x\n---\n", &[("a", None)]), None);
        assert_eq!(to("---\na: 1\na: 2\n---\n", "slug", "snow"), None);
    }
}
