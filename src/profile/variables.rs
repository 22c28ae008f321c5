//! What the expressions of a profile can read: of the item, of the feed, of the head that is made.

use super::fields;
use crate::{
    expression::{Ready, Variable},
    hash::Fnv,
    model::{Feed, Item, Map, TextKind, Value},
    syntax::{html, markdown},
};

/// What expressions can read of the feed: made once, read for every item.
#[derive(Debug, Clone, Default)]
pub struct FeedVariables {
    /// `None` where there is no feed.
    ready: Option<Ready>,
    is_foreign: bool,
}

impl FeedVariables {
    /// The variables of a feed.
    pub fn new(feed: &Feed) -> Self {
        let text = |text: &Option<String>| text.clone().map_or(Value::Null, Value::String);
        let mut map = Map::new();
        for (name, value) in [
            ("title", text(&feed.title.as_ref().map(|title| title.value.clone()))),
            ("home_page_url", text(&feed.home_page_url)),
            ("feed_url", text(&feed.feed_url)),
            ("description", text(&feed.description.as_ref().map(|description| description.value.clone()))),
            ("language", text(&feed.language)),
            ("id", text(&feed.id)),
            ("icon", text(&feed.icon)),
            ("author", text(&feed.authors.first().and_then(|author| author.name.clone()))),
            ("published", moment(&feed.published)),
            ("updated", moment(&feed.updated)),
        ] {
            if !value.is_null() {
                map.insert(name.to_owned(), value);
            }
        }
        let is_foreign = ["title", "home_page_url"].iter().any(|key| map.contains_key(*key));
        FeedVariables { ready: Some(Ready::new(&Value::Object(map))), is_foreign }
    }

    /// All of them, as an object; null where there is no feed.
    pub(crate) fn ready(&self) -> Variable {
        self.ready.clone().map_or(Variable::Value(Value::Null), Variable::Ready)
    }

    /// Whether the items come from a feed: a site's own posts have none around them.
    pub fn is_foreign(&self) -> bool {
        self.is_foreign
    }
}

fn moment(date: &Option<crate::date::Date>) -> Value {
    let moment = date.as_ref().and_then(|date| date.moment);
    moment.map_or(Value::Null, |moment| Value::String(fields::date_text(&moment)))
}

/// What expressions can read.
pub(super) struct Variables<'a> {
    pub(super) item: &'a Item,
    pub(super) feed: &'a FeedVariables,
    /// Fields whose keys have their values already: a title that was made up is the title from there on.
    pub(super) given: Vec<(&'static str, Value)>,
    /// The folder that its file goes to, where that is asked for.
    pub(super) folder: Option<String>,
}

impl Variables<'_> {
    /// The value of a variable.
    pub(super) fn get(&self, name: &str) -> Variable {
        if name == "feed" { self.feed.ready() } else { self.of_item(name).into() }
    }

    /// The value of a variable that is none of the feed's; null where there is none.
    pub(super) fn of_item(&self, name: &str) -> Value {
        if let Some((_, value)) = self.given.iter().find(|(given, _)| *given == name) {
            return value.clone();
        }
        let content = self.item.content.as_ref();
        match name {
            "source" => self.source(),
            "content" => content.map_or(Value::Null, |content| Value::String(content.value.clone())),
            "content_html" => content.map_or(Value::Null, |content| {
                Value::String(match content.kind {
                    TextKind::Markdown => markdown::to_html(&content.value),
                    TextKind::Plain => html::escape(&content.value).into_owned(),
                    _ => content.value.clone(),
                })
            }),
            // What kind of page it is, where it is no post.
            "type" => self.item.extra.keys.get("type").filter(|kind| kind.is_string()).cloned().unwrap_or_default(),
            // The slugs of the pages above it.
            "parents" => {
                self.item.extra.keys.get("parents").filter(|above| above.is_array()).cloned().unwrap_or_default()
            }
            "extra" => Value::Object(self.item.extra.keys.clone()),
            "folder" => self.folder.clone().map_or(Value::Null, Value::String),
            "hash" => Value::String(hash(self.item)),
            name => fields::find(name).map_or(Value::Null, |field| (field.get)(self.item)),
        }
    }

    fn source(&self) -> Value {
        let source = self.item.source.as_ref();
        let text = |text: Option<&String>| text.map_or(Value::Null, |text| Value::String(text.clone()));
        let url = self.given.iter().find(|(given, _)| *given == "source.url").map(|(_, value)| value.clone());
        let url = url.unwrap_or_else(|| fields::find("source.url").map_or(Value::Null, |f| (f.get)(self.item)));
        let mut map = Map::new();
        map.insert("url".to_owned(), url);
        map.insert("title".to_owned(), text(source.and_then(|source| source.title.as_ref())));
        map.insert("home_page_url".to_owned(), text(source.and_then(|source| source.home_page_url.as_ref())));
        map.retain(|_, value| !value.is_null());
        Value::Object(map)
    }
}

/// Eight signs that tell an item from others, the same on every run: of its id, else of its link, else of its text.
pub(super) fn hash(item: &Item) -> String {
    let text = |text: &Option<crate::model::Text>| text.as_ref().map(|text| text.value.clone());
    let whole = item.id.clone().or_else(|| item.url.clone()).unwrap_or_else(|| {
        [text(&item.title), text(&item.summary), text(&item.content)].map(Option::unwrap_or_default).join("\n")
    });
    let mut fnv = Fnv::default();
    fnv.add(whole.as_bytes());
    let hash = fnv.finish();
    format!("{:08x}", (hash >> 32) ^ (hash & 0xffff_ffff))
}
