//! A feed as the tests hold it: all parts at once.

use std::{io::Cursor, sync::Arc};

use slugline::{
    convert::Options,
    encoding::Decoder,
    error::Error,
    finding::{Finding, Loss},
    format::{self, Keep, Part},
    model::{self, Date, Extra, Feed, Item},
    profile::Profile,
};

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Hub {
    pub(crate) feed: Feed,
    pub(crate) late: Option<Feed>,
    pub(crate) items: Vec<Item>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) error: Option<Error>,
}

fn options(name: &str) -> Options {
    Options::new(format::find(name).unwrap(), Arc::new(Profile::default()))
}

pub(crate) fn read(name: &str, source: &[u8]) -> Hub {
    let options = options(name);
    let mut reader = options.to.read.unwrap()(Box::new(Decoder::new(source, None)), &options.read);
    let mut hub = Hub::default();
    loop {
        match reader.next() {
            Ok(Some(Part::Head(feed))) => hub.feed = feed,
            Ok(Some(Part::Item(item))) => hub.items.push(*item),
            Ok(Some(Part::Late(feed))) => hub.late = Some(feed),
            Ok(Some(_)) => {}
            Ok(None) => break,
            Err(error) => {
                hub.error = Some(error);
                break;
            }
        }
    }
    hub.findings = reader.take_findings();
    hub
}

pub(crate) type Ranges = Vec<(String, std::ops::Range<usize>)>;

pub(crate) fn places(name: &str, source: &[u8]) -> Vec<(String, Ranges)> {
    let mut options = options(name);
    options.read.places = true;
    let mut reader = options.to.read.unwrap()(Box::new(Cursor::new(source)), &options.read);
    let (mut all, mut items) = (Vec::new(), 0);
    while let Ok(Some(part)) = reader.next() {
        let place = match part {
            Part::Head(_) => "head".to_owned(),
            Part::Item(_) => {
                items += 1;
                format!("/items/{}", items - 1)
            }
            Part::Late(_) => "late".to_owned(),
            _ => continue,
        };
        all.push((place, reader.places().list.clone()));
    }
    all
}

pub(crate) fn write(name: &str, hub: &Hub) -> (String, Vec<Loss>) {
    write_with(name, hub, Keep::All)
}

pub(crate) fn write_with(name: &str, hub: &Hub, extra: Keep) -> (String, Vec<Loss>) {
    let mut options = options(name);
    options.write.extra = extra;
    let mut writer = options.to.write.unwrap()(&options.write);
    let (mut text, mut losses) = (Vec::new(), Vec::new());
    let mut feed = hub.feed.clone();
    let mut late = hub.late.clone();
    if options.to.target.head_first
        && let Some(late) = late.take()
    {
        slugline::convert::head::absorb(&mut feed, late);
    }
    if writer.lists_items() {
        hub.items.iter().for_each(|item| writer.announce(item, &feed));
    }
    writer.head(&feed, &mut text, &mut losses).unwrap();
    for item in &hub.items {
        writer.item(item, &mut text, &mut losses).unwrap();
    }
    writer.finish(late.as_ref(), &mut text, &mut losses).unwrap();
    (String::from_utf8(text).unwrap(), losses)
}

fn settle(date: &mut Option<Date>) {
    if let Some(date) = date
        && let Some(moment) = date.moment
    {
        // The spelling is the format's own.
        date.text = moment.written();
    }
}

fn settle_extra(extra: &mut Extra) {
    // Prefixes are hints.
    for node in &mut extra.nodes {
        node.name = slugline::model::Name::new(node.name.namespace(), "", node.name.local());
        for attribute in &mut node.attributes {
            attribute.name = slugline::model::Name::new(attribute.name.namespace(), "", attribute.name.local());
        }
    }
    // A format writes kept elements in its own order.
    let mut elements: Vec<_> = extra.elements().map(<[_]>::to_vec).collect();
    elements.sort_by_key(|rows| format!("{rows:?}"));
    extra.nodes = elements.concat();
}

impl Hub {
    /// The hub without what a format may spell as it likes.
    pub(crate) fn settled(&self) -> Hub {
        let mut hub = self.clone();
        hub.findings.clear();
        if let Some(late) = hub.late.take() {
            slugline::convert::head::absorb(&mut hub.feed, late);
        }
        let feed = &mut hub.feed;
        settle(&mut feed.published);
        settle(&mut feed.updated);
        settle_extra(&mut feed.extra);
        for item in &mut hub.items {
            settle(&mut item.published);
            settle(&mut item.updated);
            settle_extra(&mut item.extra);
            if let Some(source) = &mut item.source {
                settle(&mut source.updated);
                settle_extra(&mut source.extra);
            }
        }
        hub
    }

    /// The hub as text, a line a value; what holds nothing is left out.
    pub(crate) fn shown(&self) -> String {
        let mut out = String::new();
        show_feed(&mut out, "head", &self.feed);
        for item in &self.items {
            show_item(&mut out, item);
        }
        if let Some(late) = &self.late {
            show_feed(&mut out, "late", late);
        }
        for finding in &self.findings {
            line(&mut out, "finding", &format!("{} {:?} {}", finding.code, finding.range, finding.message));
        }
        if let Some(error) = &self.error {
            line(&mut out, "error", &error.to_string());
        }
        out
    }
}

fn line(out: &mut String, name: &str, value: &str) {
    out.push_str(&format!("{name}: {}\n", value.replace('\n', "\n    | ")));
}

fn one(out: &mut String, name: &str, value: &Option<String>) {
    if let Some(value) = value {
        line(out, name, &format!("{value:?}"));
    }
}

fn text(out: &mut String, name: &str, value: &Option<model::Text>) {
    let Some(text) = value else { return };
    let mut shown = format!("{:?} {:?}", text.kind, text.value);
    for (what, value) in [("base", &text.base), ("language", &text.language)] {
        if let Some(value) = value {
            shown.push_str(&format!(" {what}={value:?}"));
        }
    }
    line(out, name, &shown);
}

fn date(out: &mut String, name: &str, value: &Option<Date>) {
    if let Some(date) = value {
        let read = date.moment.map_or_else(|| "not read".to_owned(), |moment| moment.written());
        line(out, name, &format!("{:?} ({read})", date.text));
    }
}

fn list<T: std::fmt::Debug>(out: &mut String, name: &str, values: &[T]) {
    for value in values {
        let shown = format!("{value:?}");
        let short: Vec<&str> = shown.split(", ").filter(|field| !field.contains(": None")).collect();
        line(out, name, &short.join(", "));
    }
}

fn extra(out: &mut String, extra: &Extra) {
    for node in &extra.nodes {
        let mut shown = format!("{}{{{}}}{}", "  ".repeat(node.depth.into()), node.name.namespace(), node.name.local());
        for attribute in &node.attributes {
            let name = &attribute.name;
            shown.push_str(&format!(" {{{}}}{}={:?}", name.namespace(), name.local(), attribute.value));
        }
        for (what, text) in [("text", &node.text), ("tail", &node.tail)] {
            if !text.is_empty() {
                shown.push_str(&format!(" {what}={text:?}"));
            }
        }
        line(out, "extra", &shown.replace("{}", ""));
    }
    for (key, value) in &extra.keys {
        line(out, "key", &format!("{key} = {value}"));
    }
}

fn show_feed(out: &mut String, title: &str, feed: &Feed) {
    out.push_str(&format!("=== {title}\n"));
    text(out, "title", &feed.title);
    one(out, "home_page_url", &feed.home_page_url);
    one(out, "feed_url", &feed.feed_url);
    text(out, "description", &feed.description);
    one(out, "user_comment", &feed.user_comment);
    one(out, "next_url", &feed.next_url);
    one(out, "icon", &feed.icon);
    one(out, "favicon", &feed.favicon);
    list(out, "author", &feed.authors);
    one(out, "language", &feed.language);
    text(out, "rights", &feed.rights);
    one(out, "expired", &feed.expired.map(|expired| expired.to_string()));
    list(out, "tag", &feed.tags);
    date(out, "published", &feed.published);
    date(out, "updated", &feed.updated);
    one(out, "id", &feed.id);
    one(out, "generator", &feed.generator);
    list(out, "hub", &feed.hubs);
    extra(out, &feed.extra);
}

fn show_item(out: &mut String, item: &Item) {
    out.push_str("=== item\n");
    one(out, "id", &item.id);
    one(out, "url", &item.url);
    one(out, "external_url", &item.external_url);
    text(out, "title", &item.title);
    text(out, "summary", &item.summary);
    text(out, "content", &item.content);
    one(out, "content_text", &item.content_text);
    one(out, "content_src", &item.content_src);
    date(out, "published", &item.published);
    date(out, "updated", &item.updated);
    list(out, "author", &item.authors);
    list(out, "tag", &item.tags);
    list(out, "attachment", &item.attachments);
    one(out, "image", &item.image);
    one(out, "banner_image", &item.banner_image);
    one(out, "language", &item.language);
    if let Some(source) = &item.source {
        one(out, "source.title", &source.title);
        one(out, "source.url", &source.url);
        one(out, "source.home_page_url", &source.home_page_url);
        one(out, "source.id", &source.id);
        date(out, "source.updated", &source.updated);
        extra(out, &source.extra);
    }
    one(out, "comments_url", &item.comments_url);
    text(out, "rights", &item.rights);
    one(out, "slug", &item.slug);
    one(out, "draft", &item.draft.map(|draft| draft.to_string()));
    extra(out, &item.extra);
}
