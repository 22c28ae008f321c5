//! The expressions of profiles: `{{ feed.feed_url | host }}`. The one module that knows minijinja.
//!
//! Compiled once. An expression reads the variables it names and nothing else: no files, no clock, bounded work.

mod filters;
mod plain;

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};

use self::plain::{Outcome, Plain, alternatives};
use crate::{file_name::FileName, model};

/// Steps that one evaluation may take.
const FUEL: u64 = 20_000;

/// The variable that a template leaves its value in, when the whole of it is one expression.
const VALUE: &str = "slugline_value";

/// The expressions of one profile.
#[derive(Debug, Clone)]
pub(crate) struct Expressions {
    environment: Environment<'static>,
    count: usize,
    /// Whether results are paths.
    of_paths: bool,
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
    /// The same, where it is that plain.
    plain: Option<Plain>,
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
#[derive(Debug, Clone)]
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
        filters::add(&mut environment);
        Expressions { environment, count: 0, of_paths: false }
    }

    /// No expressions yet. Their results are paths: what is put into one makes no folders of its own.
    pub(crate) fn of_paths() -> Self {
        let mut expressions = Expressions { of_paths: true, ..Self::new() };
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
            let part = self.part(source.to_owned(), Plain::text(source))?;
            let variables = part.variables.iter().cloned().collect();
            return Ok(Expression { parts: vec![part], variables, whole: false });
        };
        let valued = |expression: &str| format!("{{% set {VALUE} = ({expression}) %}}");
        let whole = self.part(valued(inner), Plain::value(inner))?;
        let variables = whole.variables.iter().cloned().collect();
        let parts = match alternatives(inner) {
            alternatives if alternatives.len() < 2 => vec![whole],
            alternatives => {
                let parts = alternatives.into_iter().map(|one| self.part(valued(one), Plain::value(one)));
                parts.collect::<Result<_, _>>()?
            }
        };
        Ok(Expression { parts, variables, whole: true })
    }

    fn part(&mut self, template: String, plain: Option<Plain>) -> Result<Part, Mistake> {
        let name = format!("expression {}", self.count);
        self.count += 1;
        self.environment.add_template_owned(name.clone(), template).map_err(|error| mistake(&error))?;
        let template = self.environment.get_template(&name).map_err(|error| mistake(&error))?;
        let variables: Vec<String> = template.undeclared_variables(false).into_iter().collect();
        // A word may also be a constant, or a function.
        let is_variable = |name: &str| {
            variables.iter().any(|known| known == name) && !self.environment.globals().any(|(known, _)| known == name)
        };
        let plain = plain.filter(|plain| plain.variables().into_iter().all(is_variable));
        Ok(Part { name, variables, plain })
    }

    /// Evaluates one; `variable` is asked for the variables it reads, as far as they count. Undefined is null.
    pub(crate) fn evaluate<V: Into<Variable>>(
        &self,
        expression: &Expression,
        variable: &mut dyn FnMut(&str) -> V,
    ) -> Result<model::Value, Mistake> {
        let mut value = Value::UNDEFINED;
        for (number, part) in (1..).zip(&expression.parts) {
            let is_last = number == expression.parts.len();
            let plain = part.plain.as_ref();
            match plain.map(|plain| plain.evaluate(self.of_paths, &mut |name| variable(name).into())) {
                Some(Outcome::Text(text)) if is_last || !text.is_empty() => return Ok(model::Value::String(text)),
                Some(Outcome::Nothing) if is_last => return Ok(model::Value::Null),
                Some(Outcome::Text(_) | Outcome::Nothing) => continue,
                Some(Outcome::NotPlain) | None => {}
            }
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
    fn what_is_plain_has_the_value_that_minijinja_gives_it() {
        let values = [
            json!("Snow & <b>ice</b>"),
            json!(""),
            json!("https://e.example/2025/snow.html"),
            json!("a/../b"),
            model::Value::Null,
            json!(["a", "b"]),
            json!(true),
            json!(2.5),
            json!({"b": "c", "d": {"e": "F g"}}),
        ];
        let sources = [
            "{{ a }}",
            "{{ a.b }}",
            "{{ a.d.e | slugify }}",
            "{{ a | slugify }}",
            "{{ a | host }}",
            "{{ a | host | slugify }}",
            "{{ a | last_part or a | striptags }}",
            "{{ a.b or a }}",
            "{{ a | unescape or a.b }}",
            "{{ a | plain }}",
            "{{ a }}.md",
            "x/{{ a }}/{{a}}",
            "x",
            "{{ range }}",
            "{{ range or a }}",
            "{{ true }}",
            "{{ a or range }}",
        ];
        let mut plain = 0;
        for mut expressions in [Expressions::new(), Expressions::of_paths()] {
            for source in sources {
                let expression = expressions.add(source).expect("it compiles");
                let mut run = expression.clone();
                run.parts.iter_mut().for_each(|part| plain += usize::from(part.plain.take().is_some()));
                for value in &values {
                    let ready = Ready::new(value);
                    let both = [&expression, &run].map(|one| expressions.evaluate(one, &mut |_| value.clone()));
                    assert_eq!(both[0], both[1], "{source} of {value}");
                    let mut read = |_: &str| Variable::Ready(ready.clone());
                    let both = [&expression, &run].map(|one| expressions.evaluate(one, &mut read));
                    assert_eq!(both[0], both[1], "{source} of {value}, made ready");
                }
            }
        }
        assert!(plain > 30, "{plain}");
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
