//! A feed as rules see it while it streams: an item at a time, and the head when all has been read.
//!
//! The seam between whoever reads a feed and the rules over it. A [`Part`] is an item or the head as a flat list of
//! elements, each with the bytes of its tag and of its text; it is lent to the rules and used again for the next item,
//! so that no rule can keep a body. A rule is a small state machine, a [`Look`]: it takes down what facts it needs of
//! an item, raises what is wrong in the item at once, and judges the rest at the end, when the head is known. A JSON
//! Feed goes the same way: its objects are elements without a namespace, its keys their names.
//!
//! - [`part`]: the part as data. [`fields`]: what in it is an id, a link, a date, a body, whatever the format.
//! - [`xml`]: tokens to parts, beside the reader of the hub. [`json`]: a tree to parts.
//! - [`body`]: the tags of HTML and XHTML in a part, for rules over markup.
//! - [`place`]: from a piece of a value to the bytes that it is written in, through escapes of XML and JSON.

pub(crate) mod body;
pub(crate) mod fields;
pub(crate) mod json;
pub(crate) mod part;
pub(crate) mod place;
pub(crate) mod xml;

use crate::{finding::Finding, syntax::html::Token};
pub(crate) use body::Markup;
use body::Piece;
use fields::Text;
pub(crate) use part::{Dialect, Elem, Part};

/// What a rule may ask for beside the feed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct About<'a> {
    /// The address that the feed was fetched from: `--feed-url`.
    pub feed_url: Option<&'a str>,
    /// Seconds since 1970 at the end of the day that rules about the future compare with; without it they are silent.
    pub today: Option<i64>,
}

/// A rule over a feed, for the time of one feed. What it keeps of an item must be small: an id, an address, a date.
pub(crate) trait Look: Send {
    /// Whether some of what it finds matters more than its rule says. Nobody looks where all that a rule finds matters too
    /// little to be shown.
    fn may_be_worse(&self) -> bool {
        false
    }

    /// An item has ended.
    fn item(&mut self, _item: &Part<'_>, _about: &About<'_>, _out: &mut Vec<Finding>) {}

    /// A start tag in the text of an item or of the head.
    fn tag(&mut self, _tag: &Markup<'_, '_>, _out: &mut Vec<Finding>) {}

    /// Whether [`Look::tag`] does anything: markup is taken apart only if a rule wants it.
    fn wants_tags(&self) -> bool {
        false
    }

    /// A text in HTML that holds a `<`, of an item or of the head, cut into tokens.
    fn html(&mut self, _text: &Text<'_, '_>, _tokens: &[Token<'_>], _out: &mut Vec<Finding>) {}

    /// Whether [`Look::html`] does anything.
    fn wants_html(&self) -> bool {
        false
    }

    /// The feed has ended: `head` is all that it says of itself, before its items and behind them. In a document that
    /// is a single entry it has no elements.
    fn end(&mut self, _head: &Part<'_>, _about: &About<'_>, _out: &mut Vec<Finding>) {}
}

/// Findings after which items are passed over: enough to say that the feed is none.
const KEPT: usize = 100_000;

/// The rules that look at a feed.
#[derive(Default)]
pub(crate) struct Looks<'a> {
    list: Vec<Box<dyn Look>>,
    /// Which of them want tags.
    of_tags: Vec<usize>,
    /// Which of them want HTML.
    of_html: Vec<usize>,
    about: About<'a>,
    findings: Vec<Finding>,
}

impl std::fmt::Debug for Looks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Looks").field("rules", &self.list.len()).field("about", &self.about).finish_non_exhaustive()
    }
}

impl<'a> Looks<'a> {
    /// Those rules, told about the feed.
    pub(crate) fn new(list: Vec<Box<dyn Look>>, about: About<'a>) -> Self {
        let which = |wants: fn(&dyn Look) -> bool| {
            list.iter().enumerate().filter(|(_, look)| wants(&***look)).map(|(at, _)| at).collect()
        };
        let (of_tags, of_html) = (which(|look| look.wants_tags()), which(|look| look.wants_html()));
        Looks { list, of_tags, of_html, about, findings: Vec::new() }
    }

    /// Shows an item to the rules.
    pub(crate) fn item(&mut self, item: &Part<'_>) {
        if self.findings.len() >= KEPT {
            return;
        }
        for look in &mut self.list {
            look.item(item, &self.about, &mut self.findings);
        }
        self.markup(item);
    }

    /// Shows the whole head to the rules.
    pub(crate) fn end(&mut self, head: &Part<'_>) {
        self.markup(head);
        for look in &mut self.list {
            look.end(head, &self.about, &mut self.findings);
        }
    }

    /// Takes the texts of a part apart once, for all rules.
    fn markup(&mut self, part: &Part<'_>) {
        if self.of_tags.is_empty() && self.of_html.is_empty() {
            return;
        }
        let (list, findings) = (&mut self.list, &mut self.findings);
        body::each(part, !self.of_tags.is_empty(), &mut |piece| match piece {
            Piece::Html(text, tokens) => {
                self.of_html.iter().for_each(|&at| list[at].html(text, tokens, findings));
            }
            Piece::Tag(tag) => self.of_tags.iter().for_each(|&at| list[at].tag(tag, findings)),
        });
    }

    /// What the rules found.
    pub(crate) fn take_findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }
}
