//! What of an item a head does not hold: the item beside the one that the head would be read back as.
//!
//! Field by field, so that no key of any profile can lose something in silence.

use std::collections::HashMap;

use crate::{
    date::{Date, Precision},
    finding::{Loss, Reason},
    model::{CATEGORY_SCHEME, Extra, Item, Source, Tag, Text, TextKind},
    syntax::html,
};

/// What `back` lacks of `item`. The content is the body's, and not looked at.
pub(super) fn between(item: &Item, back: &Item, extra: bool) -> Vec<Loss> {
    let mut losses = Losses(Vec::new());
    losses.string("id", &item.id, &back.id);
    losses.string("url", &item.url, &back.url);
    losses.string("external_url", &item.external_url, &back.external_url);
    losses.text("title", &item.title, &back.title);
    losses.text("summary", &item.summary, &back.summary);
    losses.string("content_text", &item.content_text, &back.content_text);
    losses.string("content_src", &item.content_src, &back.content_src);
    losses.date("published", &item.published, &back.published);
    losses.date("updated", &item.updated, &back.updated);
    losses.authors(item, back);
    losses.tags(item, back);
    losses.attachments(item, back);
    losses.string("image", &item.image, &back.image);
    losses.string("banner_image", &item.banner_image, &back.banner_image);
    losses.string("language", &item.language, &back.language);
    losses.source(item.source.as_ref(), back.source.as_ref());
    losses.string("comments_url", &item.comments_url, &back.comments_url);
    losses.text("rights", &item.rights, &back.rights);
    losses.string("slug", &item.slug, &back.slug);
    if item.draft == Some(true) && back.draft != Some(true) {
        losses.push("draft", Reason::NoField, "true");
    }
    losses.extra(&item.extra, &back.extra, extra);
    losses.0
}

struct Losses(Vec<Loss>);

impl Losses {
    fn push(&mut self, field: &'static str, reason: Reason, example: &str) {
        self.0.push(Loss::new(field, reason, example));
    }

    fn string(&mut self, field: &'static str, item: &Option<String>, back: &Option<String>) {
        match (item, back) {
            (Some(text), None) if !text.is_empty() => self.push(field, Reason::NoField, text),
            (Some(text), Some(other)) if text != other => self.push(field, Reason::Unreadable, text),
            _ => {}
        }
    }

    fn text(&mut self, field: &'static str, item: &Option<Text>, back: &Option<Text>) {
        let Some(text) = item.as_ref().filter(|text| !text.value.is_empty()) else { return };
        let markup = matches!(text.kind, TextKind::Html | TextKind::Xhtml);
        match back {
            None => self.push(field, Reason::NoField, &text.value),
            Some(other) if text.value == other.value => {}
            Some(_) if markup && !html::is_html(&text.value) => {}
            Some(_) if markup => self.push(field, Reason::Markup, &text.value),
            Some(_) => self.push(field, Reason::Unreadable, &text.value),
        }
    }

    fn date(&mut self, field: &'static str, item: &Option<Date>, back: &Option<Date>) {
        let Some(date) = item else { return };
        let Some(moment) = date.moment else {
            if !date.text.is_empty() {
                self.push(field, Reason::Unreadable, &date.text);
            }
            return;
        };
        let Some(other) = back.as_ref().and_then(|date| date.moment) else {
            return self.push(field, Reason::NoField, &date.text);
        };
        // A minute written with seconds says the same.
        let timed = |precision| precision >= Precision::Minute;
        let same_precision = moment.precision == other.precision || timed(moment.precision) && timed(other.precision);
        if moment.timestamp() != other.timestamp() || moment.nanosecond != other.nanosecond || !same_precision {
            self.push(field, Reason::Precision, &date.text);
        }
    }

    fn authors(&mut self, item: &Item, back: &Item) {
        for (index, author) in item.authors.iter().enumerate() {
            let known = [&author.name, &author.email, &author.url].into_iter().flatten().next();
            let example = known.map_or("", String::as_str);
            let Some(other) = back.authors.get(index) else {
                if !example.is_empty() {
                    let reason = if back.authors.is_empty() { Reason::NoField } else { Reason::OnlyOne };
                    self.push("authors", reason, example);
                }
                continue;
            };
            self.string("authors.name", &author.name, &other.name);
            self.string("authors.email", &author.email, &other.email);
            self.string("authors.url", &author.url, &other.url);
            self.string("authors.avatar", &author.avatar, &other.avatar);
        }
    }

    fn tags(&mut self, item: &Item, back: &Item) {
        let is_category = |scheme: &Option<String>| scheme.as_deref() == Some(CATEGORY_SCHEME);
        let kept: HashMap<(&str, bool), &Tag> =
            back.tags.iter().map(|tag| ((tag.term.as_str(), is_category(&tag.scheme)), tag)).collect();
        for tag in item.tags.iter().filter(|tag| !tag.term.is_empty()) {
            let category = is_category(&tag.scheme);
            let Some(other) = kept.get(&(tag.term.as_str(), category)) else {
                self.push("tags", Reason::NoField, &tag.term);
                continue;
            };
            if !category {
                self.string("tags.scheme", &tag.scheme, &other.scheme);
            }
            // A label that is the term says nothing more.
            if tag.label.as_ref().is_some_and(|label| *label != tag.term) {
                self.string("tags.label", &tag.label, &other.label);
            }
        }
    }

    fn attachments(&mut self, item: &Item, back: &Item) {
        for (index, attachment) in item.attachments.iter().enumerate() {
            let Some(other) = back.attachments.get(index) else {
                self.push("attachments", Reason::NoField, &attachment.url);
                continue;
            };
            if attachment != other {
                self.push("attachments", Reason::Unreadable, &attachment.url);
            }
        }
    }

    fn source(&mut self, item: Option<&Source>, back: Option<&Source>) {
        let Some(source) = item else { return };
        let nothing = Source::default();
        let back = back.unwrap_or(&nothing);
        match (&source.url, &back.url) {
            (Some(url), Some(other)) if url != other => self.push("source.url", Reason::OnlyOne, url),
            (url, other) => self.string("source.url", url, other),
        }
        self.string("source.title", &source.title, &back.title);
        self.string("source.home_page_url", &source.home_page_url, &back.home_page_url);
        self.string("source.id", &source.id, &back.id);
        self.date("source.updated", &source.updated, &back.updated);
        if !source.extra.is_empty() {
            self.push("source.extra", Reason::NoField, "");
        }
    }

    fn extra(&mut self, item: &Extra, back: &Extra, extra: bool) {
        let reason = if extra { Reason::NoField } else { Reason::Private };
        for (key, value) in &item.keys {
            // The same value under the same key was written after all.
            if back.keys.get(key) != Some(value) {
                self.push("extra", reason, key);
            }
        }
        if extra && item.nodes == back.nodes {
            return;
        }
        for element in item.elements() {
            if let Some(first) = element.first() {
                let (prefix, local) = (first.name.prefix(), first.name.local());
                let name = if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") };
                self.push("extra", reason, &name);
            }
        }
    }
}
