//! What only shows when an item is read to its end.

use std::sync::LazyLock;

use super::{
    SLUGLINE,
    element::{Element, elements, uri_of},
    field::{Field, Level},
    given,
    item::{Context, Draft, Taken, address_of, fill},
    link::{self, relation},
    markup,
    meaning::Meaning,
};
use crate::model::{Attachment, Attribute, Extra, Name, Node, Text};

impl Draft {
    /// Takes what only shows when the item is read to its end: kept rows that say what no native element said, RSS's
    /// description, links in odd places. Rows that the hub now says whole are taken out; what was done with each
    /// element of `extra`, in order, is the answer.
    pub(crate) fn settle(&mut self, context: &mut Context<'_>) -> Vec<Taken> {
        let mut nodes = std::mem::take(&mut self.item.extra.nodes);
        let taken = self.settle_rows(&nodes, context);
        if taken.contains(&Taken::Whole) {
            drop_taken(&mut nodes, &taken);
        }
        self.item.extra.nodes = nodes;
        let item = &mut *self.item;
        // A writer takes what kept rows give for said; it must know that a native element said it too.
        for at in std::mem::take(&mut self.repeated) {
            item.extra.nodes.extend(item.attachments.get(at).map(attached_row));
        }
        if let Some(description) = self.description.take() {
            // A content that is elsewhere has the description for its summary.
            let slot = match item.content {
                None => &mut item.content,
                Some(_) => &mut item.summary,
            };
            if slot.is_none() {
                *slot = Some(description);
            } else {
                // Two summaries: the description keeps its own element.
                keep_description(&mut item.extra, description);
            }
        }
        if let Some(about) = self.about.take() {
            if item.url.is_none() && link::is_web(&about) {
                item.url = Some(about.clone());
            }
            fill(&mut item.id, Some(about));
        }
        if let Some(permalink) = self.permalink.take() {
            fill(&mut item.url, Some(permalink));
        }
        if let Some(first) = item.attachments.first_mut()
            && first.duration_in_seconds.is_none()
        {
            first.duration_in_seconds = self.duration;
        }
        taken
    }

    /// Looks at kept rows, the ones of lower rank first.
    pub(crate) fn settle_rows(&mut self, nodes: &[Node], context: &mut Context<'_>) -> Vec<Taken> {
        let elements: Vec<&[Node]> = elements(nodes).collect();
        let mut taken = vec![Taken::Nothing; elements.len()];
        let mut second: Vec<(u8, usize, Meaning)> = Vec::new();
        for (at, rows) in elements.iter().enumerate() {
            let meaning = given::meaning_of(&rows[0], context.dialect, Level::Item);
            second.extend(meaning.filter(|meaning| meaning.rank > 0).map(|meaning| (meaning.rank, at, meaning)));
            // Atom links that are kept for what they are: a page's kind that is none stands for the page at last.
            if meaning.is_some_and(|meaning| meaning.rank == 0 && meaning.field == Field::Relation) {
                second.push((9, at, Meaning { field: Field::Relation, rank: 9, whole: false }));
            }
        }
        second.sort_by_key(|&(rank, at, _)| (rank, at));
        for (rank, at, meaning) in second {
            let Some(element) = Element::kept(elements[at]) else { continue };
            if rank == 9 {
                self.last_resort(&element, context);
                continue;
            }
            if meaning.is_guess()
                && meaning.field == Field::Description
                && (self.item.content.is_some() || self.description.is_some())
            {
                continue;
            }
            let markup = markup::text_of(elements[at], meaning.field);
            let element = match &markup {
                Some(markup) => Element { text: markup, markup: true, ..element },
                None => element,
            };
            let found = self.take(meaning, &element, context);
            taken[at] = if found == Taken::Whole && !meaning.whole { Taken::Part } else { found };
        }
        taken
    }

    /// An alternate of any type, where there is no page.
    fn last_resort(&mut self, element: &Element<'_>, context: &mut Context<'_>) {
        let rel = relation(element.get("rel").unwrap_or("alternate"));
        let slot = match rel.as_str() {
            "alternate" | "" => &mut self.item.url,
            "replies" => &mut self.item.comments_url,
            _ => return,
        };
        if let Some(href) = address_of(element).filter(|_| slot.is_none()) {
            *slot = Some(context.links.resolve(element.base, href));
        }
    }
}

/// Takes the elements out that the hub says whole.
pub(super) fn drop_taken(nodes: &mut Vec<Node>, taken: &[Taken]) {
    let mut element = 0usize;
    let mut first = true;
    nodes.retain(|node| {
        if node.depth == 0 {
            element += usize::from(!first);
            first = false;
        }
        taken.get(element) != Some(&Taken::Whole)
    });
}

fn keep_description(extra: &mut Extra, description: Text) {
    extra.nodes.push(Node {
        depth: 0,
        name: Name::new("", "", "description"),
        attributes: Vec::new(),
        text: description.value,
        tail: String::new(),
    });
}

/// The note that a file has an element of its own beside the kept one that names it too.
fn attached_row(file: &Attachment) -> Node {
    static ATTACHED: LazyLock<Name> = LazyLock::new(|| Name::new(uri_of(SLUGLINE), "slugline", "attached"));
    static URL: LazyLock<Name> = LazyLock::new(|| Name::new("", "", "url"));
    let url = Attribute { name: URL.clone(), value: file.url.clone() };
    Node { depth: 0, name: ATTACHED.clone(), attributes: vec![url], text: String::new(), tail: String::new() }
}
