//! Keys that stand in braces: JSON, and flow mappings of YAML and TOML. Commas part them, so that each edit looks at what
//! stands beside.

use super::Work;
use crate::{
    finding::Edit,
    syntax::{
        head::HeadFormat,
        tree::{Entry, Tree},
    },
};

impl Work<'_> {
    /// A value of the new head where line ends have no place.
    pub(super) fn in_one_line(&self, entry: &Entry) -> String {
        let node = self.new.node(entry);
        if matches!(self.new.head.format, HeadFormat::Json | HeadFormat::BareJson | HeadFormat::Toml) {
            return self.new.text[node.range.clone()].to_owned();
        }
        // JSON is YAML.
        self.new.tree.to_value(entry.value).to_string()
    }

    /// Key and value of the new head, as they stand in braces.
    fn member(&self, group: Option<&str>, entry: &Entry) -> String {
        let key = &self.new.text[entry.key_range.clone()];
        if group.is_none() && !self.changes.take.contains(&Self::path(None, &entry.key)) {
            let mut value = self.new.tree.to_value(entry.value);
            if let Some(map) = value.as_object_mut() {
                map.retain(|inner, _| self.changes.take.contains(&Self::path(Some(&entry.key), inner)));
            }
            return format!("{key}: {value}");
        }
        let sign = if self.old.head.format == HeadFormat::Toml { " =" } else { ":" };
        format!("{key}{sign} {}", self.in_one_line(entry))
    }

    pub(super) fn braces(
        &mut self,
        group: Option<&str>,
        old: &[&Entry],
        removed: &[bool],
        put_in: &[(Option<&Entry>, &Entry)],
    ) {
        let end = |entry: &Entry| self.old.node(entry).range.end;
        let lead = removed.iter().take_while(|removed| **removed).count();
        let (mut cuts, mut start) = (Vec::new(), Vec::new());
        for at in (0..old.len()).filter(|&at| removed[at]) {
            cuts.push(if at >= lead {
                end(old[at - 1])..end(old[at])
            } else if at + 1 < old.len() {
                old[at].key_range.start..old[at + 1].key_range.start
            } else {
                old[at].key_range.start..end(old[at])
            });
        }
        let is_json = matches!(self.old.head.format, HeadFormat::Json | HeadFormat::BareJson);
        let column = old.first().map_or(2, |first| self.old.column(first));
        let gap = if is_json { format!("\n{}", " ".repeat(column)) } else { " ".to_owned() };
        let mut edits = Vec::new();
        for (after, entry) in put_in {
            let member = self.member(group, entry);
            match after {
                Some(after) => {
                    let at = end(after);
                    edits.push(Edit { range: at..at, text: format!(",{gap}{member}") });
                }
                None => start.push(member),
            }
        }
        if !start.is_empty() {
            let open = match group {
                None => self.old.tree.node(Tree::ROOT).range.start,
                Some(group) => self.old.tree.get(group).map_or(0, |node| node.range.start),
            };
            let bare = group.is_none() && self.old.head.format == HeadFormat::BareJson;
            let at = if bare { open } else { open + 1 };
            let rest = if lead < old.len() { "," } else { "" };
            let members = start.join(&format!(",{gap}"));
            let text = match (bare, is_json) {
                (true, _) => format!("{members}{rest}\n"),
                (_, true) => format!("{gap}{members}{rest}{}", if rest.is_empty() { "\n" } else { "" }),
                _ => format!(" {members}{rest} "),
            };
            edits.push(Edit { range: at..at, text });
        }
        edits.extend(cuts.into_iter().map(|range| Edit { range, text: String::new() }));
        self.edits.append(&mut edits);
    }
}
