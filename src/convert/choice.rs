//! Which items of the sources are taken: `--since`, `--limit`, `--where`.

use crate::{
    error::{Error, ErrorKind},
    expression::{Expression, Expressions, Mistake},
    format::Part,
    model::{Feed, Item, Map, Value},
    profile::{FeedVariables, fields},
};

/// Which items are taken; all, unless it is told.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Choice {
    /// The earliest date of an item, as seconds since 1970: when it was published, else updated. One without any date
    /// that can be read is taken, since nobody knows.
    pub since: Option<i64>,
    /// How many are taken at most, in the order they come.
    pub limit: Option<usize>,
    /// What must hold for an item.
    pub condition: Option<Condition>,
}

/// A condition on an item, in the language of profiles' expressions: `"rust" in item.tags`, or the other way round
/// `item.tags contains "rust"`. `item` has the fields that profiles know, `feed` the feed's.
#[derive(Debug, Clone)]
pub struct Condition {
    expressions: Expressions,
    expression: Expression,
    source: String,
}

impl Condition {
    /// Compiles a condition.
    ///
    /// # Errors
    /// It is no expression, or reads anything but `item` and `feed`.
    pub fn new(source: &str) -> Result<Self, Error> {
        let unusable = |words: String| {
            Error::new(ErrorKind::Usage, format!("the condition `{source}` {words}")).help(
                "write it as `\"rust\" in item.tags`, or `item.title contains \"Rust\" and item.published > \"2025\"`",
            )
        };
        let mut expressions = Expressions::new();
        let expression = expressions
            .add(&format!("{{{{ {} }}}}", with_contains(source)))
            .map_err(|Mistake(words)| unusable(words))?;
        if let Some(other) = expression.variables().find(|name| !matches!(*name, "item" | "feed")) {
            return Err(unusable(format!("reads `{other}`, which there is not: there are `item` and `feed`")));
        }
        if expression.is_constant() {
            return Err(unusable("says nothing of `item` or `feed`".to_owned()));
        }
        let condition = Condition { expressions, expression, source: source.to_owned() };
        // What is wrong for any item is said before the first.
        condition.holds(&Item::default(), &FeedVariables::default())?;
        Ok(condition)
    }

    /// Whether it holds for an item.
    fn holds(&self, item: &Item, feed: &FeedVariables) -> Result<bool, Error> {
        let value = self.expressions.evaluate(&self.expression, &mut |name| match name {
            "item" => variables(item).into(),
            _ => feed.ready(),
        });
        match value {
            Ok(Value::Bool(holds)) => Ok(holds),
            Ok(value) => Ok(!fields::is_empty(&value) && value.as_f64() != Some(0.0)),
            Err(Mistake(words)) => {
                Err(Error::new(ErrorKind::Usage, format!("the condition `{}` {words}", self.source)))
            }
        }
    }
}

/// `a contains b` as minijinja has it, which is a test: `a is containing b`. What stands in quotes is left alone.
fn with_contains(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 8);
    let mut quote = None;
    let mut escaped = false;
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let starts_word = !out.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '|'));
        if quote.is_none()
            && starts_word
            && let Some(after) = rest.strip_prefix("contains")
            && !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '('))
        {
            out.push_str("is containing");
            rest = after;
            continue;
        }
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Fields that are lists.
const LISTS: &[&str] =
    &["authors", "author_names", "author_maps", "tags", "categories", "category_paths", "attachments"];

/// What a condition reads of an item: its fields, nested at their dots. Those that say nothing are empty lists and texts,
/// so that a question about them (how long, what is in it) has an answer for every item.
fn variables(item: &Item) -> Value {
    let mut map = Map::new();
    for field in fields::FIELDS {
        let value = match (field.get)(item) {
            Value::Null if LISTS.contains(&field.name) => Value::Array(Vec::new()),
            Value::Null => Value::String(String::new()),
            value => value,
        };
        match field.name.split_once('.') {
            None => drop(map.insert(field.name.to_owned(), value)),
            Some((outer, inner)) => {
                let within = map.entry(outer).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(within) = within {
                    within.insert(inner.to_owned(), value);
                }
            }
        }
    }
    let content = item.content.as_ref().map_or("", |content| content.value.as_str());
    map.insert("content".to_owned(), Value::from(content));
    Value::Object(map)
}

impl Choice {
    /// Whether all items are taken.
    pub fn is_all(&self) -> bool {
        self.since.is_none() && self.limit.is_none() && self.condition.is_none()
    }

    /// Begins to choose, for one pass over all sources.
    pub(super) fn begin(&self) -> Choosing<'_> {
        let feed = FeedVariables::default();
        Choosing { choice: self, drafts: true, before: None, feed, room: self.limit, left_out: 0, future: 0 }
    }
}

/// Chooses among the items of one pass.
#[derive(Debug, Clone)]
pub struct Choosing<'c> {
    choice: &'c Choice,
    /// Whether drafts are items: else they are handed on, and do not count.
    drafts: bool,
    /// Before when items must be published, as seconds since 1970.
    before: Option<i64>,
    feed: FeedVariables,
    /// How many may still be taken.
    room: Option<usize>,
    /// Items that were not asked for.
    pub(super) left_out: usize,
    /// Items of the future.
    pub(super) future: usize,
}

impl Choosing<'_> {
    /// Drafts are no items: whoever takes the parts leaves them out.
    pub(super) fn without_drafts(self) -> Self {
        Choosing { drafts: false, ..self }
    }

    /// Only what is published before that moment is taken.
    pub(super) fn published(self, before: i64) -> Self {
        Choosing { before: Some(before), ..self }
    }

    /// The same without the limit: which items could be taken, whatever their order.
    pub(super) fn unlimited(self) -> Self {
        Choosing { room: None, ..self }
    }

    /// Whether all items are taken.
    pub(super) fn is_all(&self) -> bool {
        self.before.is_none() && self.choice.is_all()
    }

    /// Whether a part is to be handed out.
    pub(super) fn takes(&mut self, part: &Part) -> Result<bool, Error> {
        let item = match part {
            Part::Item(item) => item,
            Part::Head(head) => {
                self.note(head);
                return Ok(true);
            }
            _ => return Ok(true),
        };
        if !self.drafts && item.draft == Some(true) {
            return Ok(true);
        }
        let published = item.published.as_ref().and_then(|date| date.moment);
        if self.before.zip(published).is_some_and(|(before, date)| date.timestamp() >= before) {
            self.future += 1;
            return Ok(false);
        }
        let Choice { since, condition, .. } = self.choice;
        let takes = self.room != Some(0)
            && since.is_none_or(|since| moment(item).is_none_or(|moment| moment >= since))
            && match condition {
                Some(condition) => condition.holds(item, &self.feed)?,
                None => true,
            };
        match &mut self.room {
            _ if !takes => self.left_out += 1,
            Some(room) => *room -= 1,
            None => {}
        }
        Ok(takes)
    }

    fn note(&mut self, head: &Feed) {
        if self.choice.condition.as_ref().is_some_and(|condition| condition.expression.reads("feed")) {
            self.feed = FeedVariables::new(head);
        }
    }
}

/// When an item is from.
fn moment(item: &Item) -> Option<i64> {
    let dates = [&item.published, &item.updated];
    dates.into_iter().flatten().find_map(|date| Some(date.moment?.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Tag, Text};

    fn holds(source: &str) -> bool {
        let tags = ["rust", "feeds"].map(|term| Tag { term: term.to_owned(), ..Tag::default() });
        let item = Item { title: Some(Text::plain("What Rust contains")), tags: tags.to_vec(), ..Item::default() };
        let condition = Condition::new(source).expect("it compiles");
        condition.holds(&item, &FeedVariables::default()).expect("it evaluates")
    }

    #[test]
    fn conditions_read_items() {
        assert!(holds(r#"item.tags contains "rust""#));
        assert!(holds(r#""rust" in item.tags and not item.draft"#));
        assert!(!holds("item.tags contains 'python'"));
        assert!(holds(r#"not item.tags contains "python""#));
        assert!(holds(r#"item.title contains "Rust contains""#), "what stands in quotes is no operator");
        assert!(holds("item.slug == 'what-rust-contains' or item.title"));
        assert!(!holds("item.source.url"));
        assert!(holds("item.tags | length > 1 and item.authors | length == 0 and item.summary | length == 0"));
    }

    #[test]
    fn mistakes_are_told_before_the_first_item() {
        for (source, words) in [
            ("tags contains 'x'", "reads `tags`"),
            ("item.tags contains", "cannot be used"),
            ("item.title | nonsense", "nonsense"),
            ("true", "says nothing"),
        ] {
            let error = Condition::new(source).expect_err(source);
            assert!(error.message.contains(words), "{source}: {}", error.message);
        }
    }
}
