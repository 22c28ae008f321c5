//! Writes RSS 2.0: what is said of the channel, before the items and after them.

use super::write::{write_person, write_tag};
use crate::{
    finding::{Loss, Reason},
    model::{Feed, Hub, Text, TextKind},
    namespace::{
        ATOM, ITUNES, Ns, SLUGLINE,
        emit::{Content, Emitter, Pair},
        given::{self, Given},
        meaning::Dialect,
        say::{self, ADDED},
    },
};

/// What was written of the channel.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The fields that have their element.
    written: Feed,
    /// Whether the elements that RSS requires are there.
    complete: bool,
    /// Whether a managing editor is named.
    editor: bool,
}

/// Takes a field, unless it was written before the items: then that is a loss.
macro_rules! once {
    ($self:ident, $e:ident, $feed:ident, $field:ident, $example:expr) => {
        match (&$feed.$field, &$self.written.$field) {
            (None, _) => None,
            (Some(value), None) => {
                $self.written.$field = Some(value.clone());
                Some(value)
            }
            (Some(value), Some(_)) => {
                $e.losses.push(Loss::new(stringify!($field), Reason::OnlyOne, &$example(value)));
                None
            }
        }
    };
}

impl Head {
    /// Writes what `feed` says. `end`: nothing more will come.
    pub(super) fn write(&mut self, e: &mut Emitter, feed: &Feed, keep: bool, end: bool) {
        let given = if keep { given::feed(&feed.extra, Dialect::Rss) } else { Given::nothing() };
        let Given { all, native, .. } = &given;
        let text = |text: &Text| text.value.clone();
        let plain = String::clone;
        if let Some(title) = once!(self, e, feed, title, text).filter(|_| feed.title != native.title) {
            say::rss_text(e, Ns::NONE, "title", "title", title, &[]);
        }
        if let Some(link) =
            once!(self, e, feed, home_page_url, plain).filter(|_| feed.home_page_url != native.home_page_url)
        {
            element(e, "home_page_url", Ns::NONE, "link", link);
        }
        if let Some(description) =
            once!(self, e, feed, description, text).filter(|_| feed.description != native.description)
        {
            say::rss_text(e, Ns::NONE, "description", "description", description, &[]);
        }
        self.require(e, feed, end);
        if let Some(language) = once!(self, e, feed, language, plain).filter(|_| feed.language != native.language) {
            element(e, "language", Ns::NONE, "language", language);
        }
        if let Some(rights) = once!(self, e, feed, rights, text).filter(|_| feed.rights != native.rights) {
            say::rss_text(e, Ns::NONE, "copyright", "rights", rights, &[]);
        }
        let authors = feed.authors.strip_suffix(native.authors.as_slice()).unwrap_or(&feed.authors);
        let mut editor = (!self.editor).then_some("managingEditor");
        for person in authors {
            write_person(e, person, &mut editor);
        }
        self.editor |= editor.is_none();
        if let Some(date) = once!(self, e, feed, published, |date: &crate::date::Date| date.text.clone())
            .filter(|_| feed.published != native.published)
        {
            say::date(e, Ns::NONE, "pubDate", "published", date);
        }
        if let Some(date) = once!(self, e, feed, updated, |date: &crate::date::Date| date.text.clone())
            .filter(|_| feed.updated != native.updated)
        {
            say::date(e, Ns::NONE, "lastBuildDate", "updated", date);
        }
        for tag in feed.tags.strip_suffix(native.tags.as_slice()).unwrap_or(&feed.tags) {
            write_tag(e, tag);
        }
        if let Some(generator) = once!(self, e, feed, generator, plain).filter(|_| feed.generator != all.generator) {
            element(e, "generator", Ns::NONE, "generator", generator);
        }
        if let Some(icon) = once!(self, e, feed, icon, plain).filter(|_| feed.icon != all.icon) {
            self.image(e, icon);
        }
        self.links(e, feed, all);
        if let Some(id) = once!(self, e, feed, id, plain).filter(|_| feed.id != all.id) {
            let bare = feed.home_page_url.is_none() && crate::namespace::link::is_web(id);
            let mark: &[Pair<'_>] = if bare { &[(SLUGLINE, "permalink", "false")] } else { &[] };
            e.field = "id";
            e.element(ATOM, "id", mark, Content::Text(id));
        }
        if let Some(favicon) = once!(self, e, feed, favicon, plain).filter(|_| feed.favicon != all.favicon) {
            element(e, "favicon", ATOM, "icon", favicon);
        }
        if let Some(&expired) =
            once!(self, e, feed, expired, |expired: &bool| expired.to_string()).filter(|_| feed.expired != all.expired)
        {
            if expired {
                element(e, "expired", ITUNES, "complete", "Yes");
            } else {
                say::own(e, "expired", Some("false"));
            }
        }
        let comment = once!(self, e, feed, user_comment, plain);
        say::own(e, "user_comment", comment.map(String::as_str));
        say::extra(e, &feed.extra, keep);
    }

    /// RSS 2.0 requires title, link and description. Where nothing is known of any, they may come after the items.
    fn require(&mut self, e: &mut Emitter, feed: &Feed, end: bool) {
        let known = self.written.title.is_some() || self.written.home_page_url.is_some();
        if self.complete || !(known || end) {
            return;
        }
        self.complete = true;
        let link = self.written.home_page_url.clone().or_else(|| feed.feed_url.clone());
        let title = self.written.title.as_ref().map(said).or_else(|| link.clone());
        if self.written.title.is_none() {
            let title = title.as_deref().unwrap_or("Untitled");
            e.element(Ns::NONE, "title", &[ADDED], Content::Text(title));
        }
        if let (None, Some(link)) = (&self.written.home_page_url, &link) {
            e.element(Ns::NONE, "link", &[ADDED], Content::Text(link));
        }
        if self.written.description.is_none() {
            let description = title.as_deref().unwrap_or_default();
            e.element(Ns::NONE, "description", &[ADDED], Content::Text(description));
        }
    }

    /// RSS's `image` requires the channel's title and link again.
    fn image(&self, e: &mut Emitter, icon: &str) {
        e.field = "icon";
        let link = self.written.home_page_url.as_deref();
        e.open(Ns::NONE, "image", &[]);
        e.text(Ns::NONE, "url", Some(icon));
        let title = self.written.title.as_ref().map(|title| title.value.as_str());
        let mark = |known: bool| if known { &[][..] } else { &[ADDED][..] };
        e.element(Ns::NONE, "title", mark(title.is_some()), Content::Text(title.or(link).unwrap_or(icon)));
        e.element(Ns::NONE, "link", mark(link.is_some()), Content::Text(link.unwrap_or(icon)));
        e.close();
    }

    fn links(&mut self, e: &mut Emitter, feed: &Feed, all: &Feed) {
        let plain = String::clone;
        let link = |e: &mut Emitter, field, rel, href: &str, more: &[Pair<'_>]| {
            e.field = field;
            let mut attributes = vec![(Ns::NONE, "rel", rel), (Ns::NONE, "href", href)];
            attributes.extend_from_slice(more);
            e.element(ATOM, "link", &attributes, Content::Empty);
        };
        if let Some(own) = once!(self, e, feed, feed_url, plain).filter(|_| feed.feed_url != all.feed_url) {
            link(e, "feed_url", "self", own, &[(Ns::NONE, "type", "application/rss+xml")]);
        }
        if let Some(next) = once!(self, e, feed, next_url, plain).filter(|_| feed.next_url != all.next_url) {
            link(e, "next_url", "next", next, &[]);
        }
        for Hub { kind, url } in feed.hubs.iter().filter(|hub| !all.hubs.contains(hub)) {
            let kind: &[Pair<'_>] = if kind == "WebSub" { &[] } else { &[(SLUGLINE, "kind", kind)] };
            link(e, "hubs", "hub", url, kind);
        }
    }
}

/// A text as plain text.
fn said(text: &Text) -> String {
    match text.kind {
        TextKind::Html | TextKind::Xhtml => crate::syntax::html::to_text(&text.value),
        _ => text.value.clone(),
    }
}

fn element(e: &mut Emitter, field: &'static str, ns: Ns, local: &str, value: &str) {
    e.field = field;
    e.element(ns, local, &[], Content::Text(value));
}
