//! Expressions that are so plain that nothing needs to be run for them: a variable, with filters that take nothing else,
//! and texts with variables in them. Most of a profile's are, and they are evaluated for every post.

use super::{
    Ready, Variable,
    filters::{FILTERS, Filter},
};
use crate::{file_name::FileName, model};

/// A plain expression.
#[derive(Debug, Clone)]
pub(super) enum Plain {
    /// `a.b | filter`.
    Value {
        variable: String,
        /// What follows the dots.
        fields: Vec<String>,
        filters: Vec<Filter>,
    },
    /// `a {{ b }} c`.
    Text(Vec<Piece>),
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Variable(String),
}

/// What comes of a plain expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    Text(String),
    Nothing,
    /// A variable is no text: minijinja knows what to do.
    NotPlain,
}

impl Plain {
    /// Reads an expression without its braces; `None` for one that is not plain.
    pub(super) fn value(expression: &str) -> Option<Self> {
        let mut parts = expression.split('|').map(str::trim);
        let mut names = parts.next()?.split('.');
        let variable = names.next().filter(|name| is_name(name))?.to_owned();
        let fields = names.map(|name| is_name(name).then(|| name.to_owned())).collect::<Option<_>>()?;
        let filter = |name: &str| FILTERS.iter().find(|(known, _)| *known == name).map(|(_, filter)| *filter);
        Some(Plain::Value { variable, fields, filters: parts.map(filter).collect::<Option<_>>()? })
    }

    /// Reads a text with expressions in it; `None` for one that is not plain.
    pub(super) fn text(template: &str) -> Option<Self> {
        if ["{%", "{#", "\n", "\r"].iter().any(|sign| template.contains(sign)) {
            return None;
        }
        let mut pieces = Vec::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) = after.split_once("}}")?;
            let name = Some(name.trim()).filter(|name| is_name(name))?;
            pieces.extend([Piece::Text(before.to_owned()), Piece::Variable(name.to_owned())]);
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Some(Plain::Text(pieces))
    }

    /// The variables it reads.
    pub(super) fn variables(&self) -> Vec<&str> {
        match self {
            Plain::Value { variable, .. } => vec![variable],
            Plain::Text(pieces) => {
                let names = pieces.iter().filter_map(|piece| match piece {
                    Piece::Variable(name) => Some(name.as_str()),
                    Piece::Text(_) => None,
                });
                names.collect()
            }
        }
    }

    /// Evaluates it. What is put into a path makes no folders of its own.
    pub(super) fn evaluate(&self, is_path: bool, variable: &mut dyn FnMut(&str) -> Variable) -> Outcome {
        match self {
            Plain::Value { variable: name, fields, filters } => {
                let mut text = match read(variable(name), fields) {
                    Outcome::NotPlain => return Outcome::NotPlain,
                    Outcome::Nothing => None,
                    Outcome::Text(text) => Some(text),
                };
                // What is nothing is an empty text to a filter.
                for filter in filters {
                    text = filter(&text.unwrap_or_default());
                }
                text.map_or(Outcome::Nothing, Outcome::Text)
            }
            Plain::Text(pieces) => {
                let mut made = String::new();
                for piece in pieces {
                    match piece {
                        Piece::Text(text) => made.push_str(text),
                        Piece::Variable(name) => match read(variable(name), &[]) {
                            Outcome::Text(text) if is_path => made.push_str(&FileName::clean_value(&text)),
                            Outcome::Text(text) => made.push_str(&text),
                            Outcome::Nothing => {}
                            Outcome::NotPlain => return Outcome::NotPlain,
                        },
                    }
                }
                Outcome::Text(made)
            }
        }
    }
}

/// The text of a variable, or of a field in it.
fn read(variable: Variable, fields: &[String]) -> Outcome {
    match variable {
        Variable::Value(model::Value::String(text)) if fields.is_empty() => Outcome::Text(text),
        Variable::Value(model::Value::Null) => Outcome::Nothing,
        Variable::Value(_) => Outcome::NotPlain,
        Variable::Ready(Ready(value)) => {
            let field = fields.iter().try_fold(value, |value, field| value.get_attr(field).ok());
            match field {
                Some(value) if value.is_undefined() => Outcome::Nothing,
                Some(value) => value.as_str().map_or(Outcome::NotPlain, |text| Outcome::Text(text.to_owned())),
                None => Outcome::NotPlain,
            }
        }
    }
}

fn is_name(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// What stands between the `or`s of an expression, outside of all brackets and quotes; one alone where an `if` or `else`
/// stands beside them, which bind less.
pub(super) fn alternatives(expression: &str) -> Vec<&str> {
    let (mut found, mut start) = (Vec::new(), 0);
    let (mut depth, mut quote, mut escaped) = (0_usize, None, false);
    let mut chars = expression.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) => quote = quote.filter(|_| c != open),
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, _) if c.is_alphanumeric() || c == '_' => {
                let mut end = at + c.len_utf8();
                while let Some((at, c)) = chars.next_if(|(_, c)| c.is_alphanumeric() || *c == '_') {
                    end = at + c.len_utf8();
                }
                let is_field = expression[..at].trim_end().ends_with('.');
                match &expression[at..end] {
                    _ if depth > 0 || is_field => {}
                    "if" | "else" => return vec![expression],
                    "or" => {
                        found.push(expression[start..at].trim());
                        start = end;
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    found.push(expression[start..].trim());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_stand_between_words_outside_of_brackets() {
        for (expression, parts) in [
            ("a", &["a"][..]),
            ("a or b", &["a", "b"]),
            (
                "a | words(1 or 2) or (b or c) or d.or or 'x or y' or \"\\\" or \"",
                &["a | words(1 or 2)", "(b or c)", "d.or", "'x or y'", "\"\\\" or \""],
            ),
            ("a and b or not c", &["a and b", "not c"]),
            ("a or b if c else d", &["a or b if c else d"]),
            ("nor or order", &["nor", "order"]),
        ] {
            assert_eq!(alternatives(expression), parts, "{expression}");
        }
    }

    #[test]
    fn only_what_is_plain_is_taken_for_it() {
        for expression in ["title", "feed.feed_url", "title | slugify", "url|last_part", "a.b.c | host | slugify"] {
            assert!(Plain::value(expression).is_some(), "{expression}");
        }
        for expression in
            ["title | words(2)", "title ~ 'x'", "a[0]", "'x'", "not a", "a + b", "title | upper", "", "a.", "1", "a()"]
        {
            assert!(Plain::value(expression).is_none(), "{expression}");
        }
        for template in ["{{ slug }}.md", "posts/{{ a }}/{{ b }}.md", "post", ""] {
            assert!(Plain::text(template).is_some(), "{template}");
        }
        for template in ["{{ slug", "{{ a | b }}", "{% if a %}b{% endif %}", "{{- a }}", "a\n", "{# a #}", "{{ 'a' }}"]
        {
            assert!(Plain::text(template).is_none(), "{template}");
        }
    }
}
