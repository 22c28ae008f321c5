//! What kept rows say already: so that a writer does not say it a second time.

use super::{
    ATOM, ATOM_03, Ns,
    element::{Element, elements},
    feed,
    field::Level,
    item::{self, Context, Taken},
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
    /// What a reader makes of them, and keeps them all the same: this need not be said again.
    pub(crate) all: T,
    /// What a reader makes of them, be it that it takes them for said then and keeps them no longer: whoever has
    /// something else to say, or the same and the rows too, must be heard before them.
    pub(crate) claimed: T,
    /// What the elements of the dialect say.
    pub(crate) native: T,
    /// How long the first file of an item plays.
    pub(crate) duration: Option<f64>,
}

impl<T: Default> Given<T> {
    /// Nothing is given.
    pub(crate) fn nothing() -> Self {
        Given { all: T::default(), claimed: T::default(), native: T::default(), duration: None }
    }
}

/// Which rows are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// All of them.
    All,
    /// Those that a reader keeps.
    Kept,
    /// Those of the dialect itself.
    Native,
}

/// Hands the rows of the dialect's own elements, and of those that are as good, to `take`.
fn first_rank(nodes: &[Node], dialect: Dialect, level: Level, look: Look, mut take: impl FnMut(Meaning, &Element<'_>)) {
    for rows in elements(nodes) {
        if look == Look::Native && !is_native(&rows[0], dialect) {
            continue;
        }
        let meaning = meaning_of(&rows[0], dialect, level).filter(|meaning| meaning.rank == 0);
        let (Some(meaning), Some(element)) = (meaning, Element::kept(rows)) else { continue };
        match markup::text_of(rows, meaning.field) {
            Some(text) => take(meaning, &Element { text: &text, markup: true, ..element }),
            None => take(meaning, &element),
        }
    }
}

/// What kept rows say of an item.
pub(crate) fn item(extra: &Extra, dialect: Dialect) -> Given<Item> {
    if extra.nodes.is_empty() {
        return Given::nothing();
    }
    let read = |nodes: &[Node], look: Look| {
        let (mut links, mut findings) = (Links::default(), Vec::new());
        let mut context = Context { dialect, links: &mut links, findings: &mut findings };
        let mut draft = item::Draft::default();
        first_rank(nodes, dialect, Level::Item, look, |meaning, element| {
            draft.take(meaning, element, &mut context);
        });
        let taken = if look == Look::Native { Vec::new() } else { draft.settle_rows(nodes, &mut context) };
        let duration = draft.duration;
        draft.settle(&mut context);
        (*draft.item, duration, taken)
    };
    let (claimed, duration, taken) = read(&extra.nodes, Look::All);
    let (all, duration) = match kept(&extra.nodes, &taken) {
        None => (claimed.clone(), duration),
        Some(nodes) => {
            let (all, duration, _) = read(&nodes, Look::Kept);
            (all, duration)
        }
    };
    Given { all, claimed, native: read(&extra.nodes, Look::Native).0, duration }
}

/// The rows without those that were taken whole; `None` where all stay.
fn kept(nodes: &[Node], taken: &[Taken]) -> Option<Vec<Node>> {
    taken.contains(&Taken::Whole).then(|| {
        let mut nodes = nodes.to_vec();
        super::settle::drop_taken(&mut nodes, taken);
        nodes
    })
}

/// What kept rows say of a feed.
pub(crate) fn feed(extra: &Extra, dialect: Dialect) -> Given<Feed> {
    if extra.nodes.is_empty() {
        return Given::nothing();
    }
    let read = |nodes: &[Node], look: Look| {
        let (mut links, mut findings) = (Links::default(), Vec::new());
        let mut context = Context { dialect, links: &mut links, findings: &mut findings };
        let mut draft = feed::Draft::default();
        first_rank(nodes, dialect, Level::Feed, look, |meaning, element| {
            draft.take(meaning, element, &mut context);
        });
        let taken = if look == Look::Native { Vec::new() } else { draft.settle_rows(nodes, &mut context) };
        (draft.feed, taken)
    };
    let (claimed, taken) = read(&extra.nodes, Look::All);
    let all = kept(&extra.nodes, &taken).map_or_else(|| claimed.clone(), |nodes| read(&nodes, Look::Kept).0);
    Given { all, claimed, native: read(&extra.nodes, Look::Native).0, duration: None }
}
