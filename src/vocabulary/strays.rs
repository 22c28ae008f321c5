//! Elements that stand where no table has them, or that none has at all.

use super::{
    frame::Frame,
    place,
    say::{Said, short},
    table::{Element, Parent, Table, Weight},
    walk::{ADVISED, Vocabulary},
};
use crate::{
    nearest::nearest,
    syntax::{html, xml::Open},
};

impl Vocabulary<'_> {
    /// An element that its table does not have.
    pub(super) fn unknown(&mut self, open: &Open<'_>, table: &'static Table) {
        let names = table.elements.0.iter().map(|row| row.name);
        let same = names.clone().find(|name| name.eq_ignore_ascii_case(open.local));
        let advised = self.findings.len() < ADVISED;
        let help = match same.or_else(|| if advised { nearest(open.local, names) } else { None }) {
            Some(near) => format!("did you mean `{near}`?"),
            None if html::is_element(open.local) && self.frames.last().is_some_and(Frame::is_text) => {
                "it is HTML: escape it, or put the text into CDATA".to_owned()
            }
            None => String::new(),
        };
        let of = if table.about.is_empty() { table.prefix } else { table.about };
        let written =
            if open.prefix.is_empty() { open.local.to_owned() } else { format!("{}:{}", open.prefix, open.local) };
        let words = format!("`{}` is no element of {of}", short(&written));
        let said = Said::new("unknown-element", Weight::Must, words, place::name(self.text, &open.range));
        self.raise(said.help(help).w3c(&["UndefinedElement"]).finding(None));
    }

    /// An element without a namespace in a document whose own elements have one.
    pub(super) fn homeless(&mut self, open: &Open<'_>) {
        let words = format!("`{}` is in no namespace: nobody can tell what it means", short(open.local));
        let said = Said::new("element-without-namespace", Weight::Should, words, place::name(self.text, &open.range));
        let help = "give it the prefix of its namespace, or leave it out";
        self.raise(said.help(help).w3c(&["UndeterminableVocabulary", "MissingNamespace"]).finding(None));
    }

    /// An element that stands where its table does not have it.
    pub(super) fn misplaced(&mut self, open: &Open<'_>, row: &'static Element) {
        let said = match self.frames.last() {
            Some(parent) => {
                let words = format!(
                    "`{}` may not stand in `{}`",
                    self.name(&open.range, row),
                    self.name(&parent.tag, parent.row)
                );
                Said::new("misplaced-element", row.weight, words, place::name(self.text, &open.range))
            }
            None => {
                let words = format!("`{}` may not be the first element", self.name(&open.range, row));
                Said::new("misplaced-element", row.weight, words, place::name(self.text, &open.range))
            }
        };
        let mut places: Vec<&str> = row
            .parents
            .0
            .iter()
            .filter_map(|parent| match parent {
                Parent::In(_, name) => Some(*name),
                Parent::AnyFeed => Some("the feed"),
                Parent::AnyEntry => Some("an item"),
                Parent::Root | Parent::Anywhere => None,
            })
            .collect();
        places.dedup();
        let help = if places.is_empty() { String::new() } else { format!("it belongs in {}", places.join(", ")) };
        self.raise(said.help(help).w3c(&["UndefinedElement"]).finding(row.note("misplaced-element")));
    }
}
