//! What kept rows say already: so that a writer does not say it a second time.

use super::{
    ATOM, ATOM_03, Ns,
    element::{Element, elements},
    feed,
    field::Level,
    item::{self, Context},
    link::Links,
    markup,
    meaning::{self, Dialect, Meaning},
    number,
};
use crate::model::{Extra, Feed, Item, Node};

/// What a kept row means.
pub(super) fn meaning_of(node: &Node, dialect: Dialect, level: Level) -> Option<Meaning> {
    let ns = number(node.name.namespace())?;
    let local = node.name.local();
    if local.bytes().any(|byte| byte.is_ascii_uppercase()) {
        meaning::meaning(dialect, ns, level, &local.to_ascii_lowercase())
    } else {
        meaning::meaning(dialect, ns, level, local)
    }
}

/// Whether a row is an element of the dialect itself.
fn is_native(node: &Node, dialect: Dialect) -> bool {
    number(node.name.namespace()).is_some_and(|ns| match dialect {
        Dialect::Rss => ns == Ns::NONE,
        Dialect::Atom => ns == ATOM || ns == ATOM_03,
    })
}

/// What the rows of an item's `extra` say: all of them, and those of the dialect alone.
pub(crate) struct Given<T> {
    /// What all of them say together.
    pub(crate) all: T,
    /// What the elements of the dialect say.
    pub(crate) native: T,
    /// How long the first file of an item plays.
    pub(crate) duration: Option<f64>,
}

impl<T: Default> Given<T> {
    /// Nothing is given.
    pub(crate) fn nothing() -> Self {
        Given { all: T::default(), native: T::default(), duration: None }
    }
}

/// What kept rows say of an item.
pub(crate) fn item(extra: &Extra, dialect: Dialect) -> Given<Item> {
    if extra.nodes.is_empty() {
        return Given::nothing();
    }
    let read = |native_only: bool| {
        let (mut links, mut findings) = (Links::default(), Vec::new());
        let mut context = Context { dialect, links: &mut links, findings: &mut findings };
        let mut draft = item::Draft::default();
        for rows in elements(&extra.nodes) {
            if native_only && !is_native(&rows[0], dialect) {
                continue;
            }
            let Some(meaning) = meaning_of(&rows[0], dialect, Level::Item).filter(|meaning| meaning.rank == 0) else {
                continue;
            };
            let Some(element) = Element::kept(rows) else { continue };
            let text = markup::text_of(rows, meaning.field);
            let element = match &text {
                Some(text) => Element { text, markup: true, ..element },
                None => element,
            };
            draft.take(meaning, &element, &mut context);
        }
        if !native_only {
            draft.settle_rows(&extra.nodes, &mut context);
        }
        let duration = draft.duration;
        draft.settle(&mut context);
        (*draft.item, duration)
    };
    let ((all, duration), (native, _)) = (read(false), read(true));
    Given { all, native, duration }
}

/// What kept rows say of a feed.
pub(crate) fn feed(extra: &Extra, dialect: Dialect) -> Given<Feed> {
    if extra.nodes.is_empty() {
        return Given::nothing();
    }
    let read = |native_only: bool| {
        let (mut links, mut findings) = (Links::default(), Vec::new());
        let mut context = Context { dialect, links: &mut links, findings: &mut findings };
        let mut draft = feed::Draft::default();
        for rows in elements(&extra.nodes) {
            if native_only && !is_native(&rows[0], dialect) {
                continue;
            }
            let Some(meaning) = meaning_of(&rows[0], dialect, Level::Feed).filter(|meaning| meaning.rank == 0) else {
                continue;
            };
            let Some(element) = Element::kept(rows) else { continue };
            let text = markup::text_of(rows, meaning.field);
            let element = match &text {
                Some(text) => Element { text, markup: true, ..element },
                None => element,
            };
            draft.take(meaning, &element, &mut context);
        }
        if !native_only {
            draft.settle_rows(&extra.nodes, &mut context);
        }
        draft.feed
    };
    Given { all: read(false), native: read(true), duration: None }
}
