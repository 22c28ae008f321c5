//! The expressions of profiles: `{{ feed.feed_url | host }}`. The one file that knows minijinja.
//!
//! Compiled once. An expression reads the variables it names and nothing else: no files, no clock, bounded work.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};

use crate::{date::Date, file_name::FileName, model, slug, syntax::html};

/// Steps that one evaluation may take.
const FUEL: u64 = 20_000;

/// The variable that a template leaves its value in, when the whole of it is one expression.
const VALUE: &str = "slugline_value";

/// The expressions of one profile.
#[derive(Debug, Clone)]
pub(crate) struct Expressions {
    environment: Environment<'static>,
    count: usize,
}

/// An expression of some [`Expressions`].
#[derive(Debug, Clone)]
pub(crate) struct Expression {
    /// What it is made of: `a or b` is two, of which the second is evaluated only where the first says nothing.
    parts: Vec<Part>,
    /// The variables it reads, without what follows a dot.
    variables: BTreeSet<String>,
    /// Whether the whole is one expression, whose value is kept as it is; otherwise the result is text.
    whole: bool,
}

/// A template, and the variables it reads.
#[derive(Debug, Clone)]
struct Part {
    name: String,
    variables: Vec<String>,
}

/// The value of a variable.
#[derive(Debug, Clone)]
pub(crate) enum Variable {
    /// One that is made for this evaluation; null where there is none.
    Value(model::Value),
    /// One that is read again and again.
    Ready(Ready),
}

/// A value that is made ready once, for all evaluations.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ready(Value);

impl Ready {
    pub(crate) fn new(value: &model::Value) -> Self {
        Ready(Value::from_serialize(value))
    }
}

impl From<model::Value> for Variable {
    fn from(value: model::Value) -> Self {
        Variable::Value(value)
    }
}

impl Expression {
    /// Whether it reads no variable: its value is always the same.
    pub(crate) fn is_constant(&self) -> bool {
        self.variables.is_empty()
    }

    /// The variables it reads.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().map(String::as_str)
    }

    /// Whether it reads that variable.
    pub(crate) fn reads(&self, variable: &str) -> bool {
        self.variables.contains(variable)
    }
}

/// Why an expression cannot be compiled or evaluated: half a sentence, in the user's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake(pub String);

impl Expressions {
    /// No expressions yet. Their results are values of keys.
    pub(crate) fn new() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Chainable);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_fuel(Some(FUEL));
        environment.set_formatter(|out, _, value| {
            if value.is_none() || value.is_undefined() {
                return Ok(());
            }
            out.write_str(&value.to_string()).map_err(Error::from)
        });
        add_filters(&mut environment);
        Expressions { environment, count: 0 }
    }

    /// No expressions yet. Their results are paths: what is put into one makes no folders of its own.
    pub(crate) fn of_paths() -> Self {
        let mut expressions = Self::new();
        expressions.environment.set_formatter(|out, _, value| {
            if value.is_none() || value.is_undefined() {
                return Ok(());
            }
            // Dates come out as the profile's own pattern has them: `{{ published | date('%Y/%m') }}` is two folders.
            let text = value.to_string();
            let cleaned = if value.is_safe() { text } else { FileName::clean_value(&text) };
            out.write_str(&cleaned).map_err(Error::from)
        });
        expressions
    }

    /// Compiles one.
    pub(crate) fn add(&mut self, source: &str) -> Result<Expression, Mistake> {
        let trimmed = source.trim();
        let inner = trimmed.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        let inner = inner.filter(|inner| !inner.contains("{{") && !inner.contains("}}") && !inner.contains("{%"));
        let inner = inner.map(|inner| inner.trim_matches('-').trim());
        let Some(inner) = inner else {
            let part = self.part(source.to_owned())?;
            let variables = part.variables.iter().cloned().collect();
            return Ok(Expression { parts: vec![part], variables, whole: false });
        };
        let valued = |expression: &str| format!("{{% set {VALUE} = ({expression}) %}}");
        let whole = self.part(valued(inner))?;
        let variables = whole.variables.iter().cloned().collect();
        let parts = match alternatives(inner) {
            alternatives if alternatives.len() < 2 => vec![whole],
            alternatives => alternatives.into_iter().map(|one| self.part(valued(one))).collect::<Result<_, _>>()?,
        };
        Ok(Expression { parts, variables, whole: true })
    }

    fn part(&mut self, template: String) -> Result<Part, Mistake> {
        let name = format!("expression {}", self.count);
        self.count += 1;
        self.environment.add_template_owned(name.clone(), template).map_err(|error| mistake(&error))?;
        let template = self.environment.get_template(&name).map_err(|error| mistake(&error))?;
        let variables = template.undeclared_variables(false).into_iter().collect();
        Ok(Part { name, variables })
    }

    /// Evaluates one; `variable` is asked for the variables it reads, as far as they count. Undefined is null.
    pub(crate) fn evaluate<V: Into<Variable>>(
        &self,
        expression: &Expression,
        variable: &mut dyn FnMut(&str) -> V,
    ) -> Result<model::Value, Mistake> {
        let mut value = Value::UNDEFINED;
        for part in &expression.parts {
            let template = self.environment.get_template(&part.name).map_err(|error| mistake(&error))?;
            let context = context(part, variable);
            if !expression.whole {
                return template.render(context).map(model::Value::String).map_err(|error| mistake(&error));
            }
            let captured = template.render_captured(context).map_err(|error| mistake(&error))?;
            value = captured.state().lookup(VALUE).unwrap_or_default();
            if value.is_true() {
                break;
            }
        }
        match value.as_str() {
            Some(text) => Ok(model::Value::String(text.to_owned())),
            None if value.is_undefined() => Ok(model::Value::Null),
            None => serde_json::to_value(&value).map_err(|error| Mistake(error.to_string())),
        }
    }
}

/// The variables that a part reads.
fn context<'p, V: Into<Variable>>(part: &'p Part, variable: &mut dyn FnMut(&str) -> V) -> BTreeMap<&'p str, Value> {
    let given = part.variables.iter().filter_map(|name| {
        let value = match variable(name).into() {
            Variable::Ready(Ready(value)) => value,
            Variable::Value(model::Value::String(text)) => Value::from(text),
            // Not given: a function of that name, such as `range`, stays what it is.
            Variable::Value(model::Value::Null) => return None,
            Variable::Value(other) => Value::from_serialize(other),
        };
        Some((name.as_str(), value))
    });
    given.collect()
}

/// What stands between the `or`s of an expression, outside of all brackets and quotes; one alone where an `if` or `else`
/// stands beside them, which bind less.
fn alternatives(expression: &str) -> Vec<&str> {
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

impl Expression {
    /// One that is nothing, for when there is none to compile.
    pub(crate) fn empty() -> Self {
        Expression { parts: Vec::new(), variables: BTreeSet::new(), whole: false }
    }
}

impl Default for Expressions {
    fn default() -> Self {
        Self::new()
    }
}

fn mistake(error: &Error) -> Mistake {
    Mistake(match error.kind() {
        ErrorKind::OutOfFuel => format!("takes more than {FUEL} steps"),
        ErrorKind::UnknownFilter => format!("uses a filter that is not known: {}", error.detail().unwrap_or_default()),
        kind => match error.detail() {
            Some(detail) => format!("cannot be used: {detail}"),
            None => format!("cannot be used: {kind}"),
        },
    })
}

fn add_filters(environment: &mut Environment<'static>) {
    // A text that is in a text, a value that is in a list; nothing is in nothing.
    environment.add_test("containing", |value: Value, part: Value| {
        if let Some(text) = value.as_str() {
            return text.contains(&self::text(&part));
        }
        value.try_iter().is_ok_and(|mut items| items.any(|item| item == part))
    });
    environment.add_filter("host", |url: Value| {
        let host = url::Url::parse(&text(&url)).ok().and_then(|url| url.host_str().map(str::to_owned));
        host.map_or(Value::UNDEFINED, Value::from)
    });
    environment.add_filter("keywords", |title: Value, count: usize| keywords(&text(&title), count));
    environment.add_filter("striptags", |value: Value| html::strip_tags(&text(&value)));
    environment.add_filter("unescape", |value: Value| html::unescape(&text(&value)).into_owned());
    environment.add_filter("plain", |value: Value| html::to_text(&text(&value)));
    environment.add_filter("slugify", |value: Value| slug::slugify(&text(&value)));
    environment.add_filter("last_part", |url: Value| {
        let slug = last_part(&text(&url));
        if slug.is_empty() { Value::UNDEFINED } else { Value::from(slug) }
    });
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
    use serde_json::json;

    use super::*;

    fn evaluate(source: &str) -> model::Value {
        let mut expressions = Expressions::new();
        let expression = expressions.add(source).expect("it compiles");
        let mut variable = |name: &str| match name {
            "title" => json!("Talks in 'Paris' on peace"),
            "feed" => json!({"feed_url": "https://news.example.org/rss?x=1"}),
            "published" => json!("2025-09-24T03:17:09+02:00"),
            "content_html" => json!("<p>One &amp; <b>two</b></p>"),
            "tags" => json!(["a", "b"]),
            _ => model::Value::Null,
        };
        expressions.evaluate(&expression, &mut variable).expect("it evaluates")
    }

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
    fn an_alternative_counts_where_those_before_say_nothing() {
        assert_eq!(evaluate("{{ nothing or '' or [] or title | words(1) or tags }}"), json!("Talks"));
        assert_eq!(evaluate("{{ nothing or '' }}"), json!(""));
        assert_eq!(evaluate("{{ '' or nothing }}"), model::Value::Null);
        assert_eq!(evaluate("{{ nothing or 0 or tags }}"), json!(["a", "b"]));
        assert_eq!(evaluate("{{ nothing or 'a' if tags else 'b' }}"), json!("a"));
        let mut expressions = Expressions::new();
        let expression = expressions.add("{{ title or content_html }}").expect("it compiles");
        let mut asked = Vec::new();
        let value = expressions.evaluate(&expression, &mut |name| {
            asked.push(name.to_owned());
            json!("Snow")
        });
        assert_eq!((value, asked), (Ok(json!("Snow")), vec!["title".to_owned()]));
    }

    #[test]
    fn values_keep_their_type_when_the_whole_is_one_expression() {
        assert_eq!(evaluate("{{ tags }}"), json!(["a", "b"]));
        assert_eq!(evaluate("{{ title | keywords(2) }}"), json!(["talks", "paris"]));
        assert_eq!(evaluate("{{ true }}"), json!(true));
        assert_eq!(evaluate("{{ nothing }}"), model::Value::Null);
        assert_eq!(evaluate("x {{ tags | first }} {{ nothing }}"), json!("x a "));
        assert_eq!(evaluate("post"), json!("post"));
    }

    #[test]
    fn filters_do_what_profiles_need() {
        assert_eq!(evaluate("{{ feed.feed_url | host }}"), json!("news.example.org"));
        assert_eq!(evaluate("{{ feed.feed_url or source.url }}"), json!("https://news.example.org/rss?x=1"));
        assert_eq!(evaluate("{{ source.url or 'x' }}"), json!("x"));
        assert_eq!(evaluate("{{ content_html | striptags }}"), json!("One &amp; two"));
        assert_eq!(evaluate("{{ published | date('%Y-%m-%d') }}"), json!("2025-09-24"));
        assert_eq!(evaluate("{{ nothing | date('%Y') or 'never' }}"), json!("never"));
        assert_eq!(evaluate("{{ title | slugify }}"), json!("talks-in-paris-on-peace"));
        assert_eq!(evaluate("{{ title | words(2) }}"), json!("Talks in"));
    }

    #[test]
    fn mistakes_are_said_in_words() {
        let mut expressions = Expressions::new();
        assert!(
            expressions.add("{{ title | nonsense }}").is_err() || {
                let expression = expressions.add("{{ title | nonsense }}").expect("it compiles");
                let result = expressions.evaluate(&expression, &mut |_| model::Value::Null);
                result.is_err_and(|Mistake(words)| words.contains("nonsense"))
            }
        );
        assert!(expressions.add("{{ title | ").is_err());
        let endless = expressions.add("{% for a in range(999) %}{% for b in range(999) %}x{% endfor %}{% endfor %}");
        let endless = endless.expect("it compiles");
        let Err(Mistake(words)) = expressions.evaluate(&endless, &mut |_| model::Value::Null) else {
            panic!("it must run out of fuel")
        };
        assert!(words.contains("20000 steps"), "{words}");
    }

    #[test]
    fn paths_take_no_folders_from_values() {
        let mut paths = Expressions::of_paths();
        let expression = paths.add("posts/{{ slug }}.md").expect("it compiles");
        let result = paths.evaluate(&expression, &mut |_| json!("../../x"));
        assert_eq!(result, Ok(json!("posts/x.md")));
    }
}
