//! Writes RSS 2.0: what is said of the channel, before the items and after them.

use super::write::{write_person, write_tag};
use crate::{
    finding::{Loss, Reason},
    kind,
    model::{Feed, Text, TextKind},
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
    /// The required elements that stand there for want of better.
    added: Vec<&'static str>,
}

/// The value of a required field.
trait Said {
    /// What a loss shows of it.
    fn said(&self) -> &str;
    /// Writes it as slugline's own element.
    fn keep(&self, e: &mut Emitter, field: &'static str);
}

impl Said for Text {
    fn said(&self) -> &str {
        &self.value
    }

    fn keep(&self, e: &mut Emitter, field: &'static str) {
        say::rss_text(e, SLUGLINE, field, field, self, &[]);
    }
}

impl Said for String {
    fn said(&self) -> &str {
        self
    }

    fn keep(&self, e: &mut Emitter, field: &'static str) {
        say::own(e, field, Some(self));
    }
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
        let known = self.written.title.is_some() || feed.title.is_some() || feed.home_page_url.is_some();
        let require = !self.complete && (known || end);
        self.complete |= require;
        let link = feed.home_page_url.as_ref().or(self.written.home_page_url.as_ref()).or(feed.feed_url.as_ref());
        let link = link.filter(|link| kind::accepts(kind::ABSOLUTE_URL, link)).cloned();
        let name = feed.title.as_ref().or(self.written.title.as_ref()).map(said).or_else(|| link.clone());
        let name = name.unwrap_or_else(|| "Untitled".to_owned());
        if let Some(title) = self.required(e, "title", feed.title.as_ref().filter(|_| feed.title != native.title)) {
            say::rss_text(e, Ns::NONE, "title", "title", title, &[]);
        }
        if require && self.written.title.is_none() && feed.title.is_none() {
            self.add(e, "title", &name);
        }
        let home = feed.home_page_url.as_ref().filter(|_| feed.home_page_url != native.home_page_url);
        if let Some(home) = self.required(e, "link", home) {
            say::value(e, kind::ABSOLUTE_URL, Ns::NONE, "link", "home_page_url", home);
        }
        let lacks_link = self.written.home_page_url.is_none() && feed.home_page_url.is_none();
        if require
            && lacks_link
            && let Some(link) = &link
        {
            self.add(e, "link", link);
        }
        let description = feed.description.as_ref().filter(|_| feed.description != native.description);
        if let Some(description) = self.required(e, "description", description) {
            say::rss_text(e, Ns::NONE, "description", "description", description, &[]);
        }
        if require && self.written.description.is_none() && feed.description.is_none() {
            self.add(e, "description", &name);
        }
        for (late, written) in
            [(&feed.title, &mut self.written.title), (&feed.description, &mut self.written.description)]
        {
            if written.is_none() {
                written.clone_from(late);
            }
        }
        if self.written.home_page_url.is_none() {
            self.written.home_page_url.clone_from(&feed.home_page_url);
        }
        if end && self.written.home_page_url.is_none() && !self.added.contains(&"link") {
            e.losses.push(Loss::new("home_page_url", Reason::Missing, ""));
        }
        if let Some(language) = once!(self, e, feed, language, plain).filter(|_| feed.language != native.language) {
            say::value(e, kind::LANGUAGE, Ns::NONE, "language", "language", language);
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
            say::atom_id(e, id, mark);
        }
        if let Some(favicon) = once!(self, e, feed, favicon, plain).filter(|_| feed.favicon != all.favicon) {
            say::value(e, kind::ATOM_IRI, ATOM, "icon", "favicon", favicon);
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

    /// Writes an element that RSS 2.0 requires and the hub does not have. Where nothing is known of the feed before its
    /// items, that waits until they are written.
    fn add(&mut self, e: &mut Emitter, local: &'static str, value: &str) {
        e.element(Ns::NONE, local, &[ADDED], Content::Text(value));
        self.added.push(local);
    }

    /// The value of a field that RSS requires, unless its element is there already: then that is a loss.
    fn required<'v, T: Said>(&self, e: &mut Emitter, local: &'static str, value: Option<&'v T>) -> Option<&'v T> {
        let value = value?;
        let (field, written) = match local {
            "title" => ("title", self.written.title.is_some()),
            "link" => ("home_page_url", self.written.home_page_url.is_some()),
            _ => ("description", self.written.description.is_some()),
        };
        if written {
            e.losses.push(Loss::new(field, Reason::OnlyOne, value.said()));
            return None;
        }
        if self.added.contains(&local) {
            // Something stands in its place; slugline's own element keeps it for whoever knows that.
            e.losses.push(Loss::new(field, Reason::Late, value.said()));
            value.keep(e, field);
            return None;
        }
        Some(value)
    }

    /// RSS's `image` requires the channel's title and link again.
    fn image(&self, e: &mut Emitter, icon: &str) {
        e.field = "icon";
        if !say::fits(e, kind::ABSOLUTE_URL, "icon", icon) {
            return say::own(e, "icon", Some(icon));
        }
        let link = self.written.home_page_url.as_deref();
        let link = link.filter(|link| kind::accepts(kind::ABSOLUTE_URL, link));
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
        if let Some(own) = once!(self, e, feed, feed_url, plain).filter(|_| feed.feed_url != all.feed_url) {
            say::link(e, "feed_url", "self", own, &[(Ns::NONE, "type", "application/rss+xml")]);
        }
        if let Some(next) = once!(self, e, feed, next_url, plain).filter(|_| feed.next_url != all.next_url) {
            say::link(e, "next_url", "next", next, &[]);
        }
        for hub in feed.hubs.iter().filter(|hub| !all.hubs.contains(hub)) {
            say::hub(e, hub);
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
