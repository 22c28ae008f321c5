//! Emphasis and links around blocks. Markdown has them in lines alone: each line of such blocks has its own.

use super::{
    Writer, escape,
    line::{Line, Mark, Piece},
};
use crate::syntax::html::fragment::{Element, Id};

/// How many times the length of the text its links may take that are written again, beside a few in a short one. Without a
/// bound a long address around many blocks would make much of little.
const AGAIN: usize = 4;
const FEW: usize = 1_000;

/// What is around blocks.
pub(super) enum Around {
    Mark(Mark),
    Link(Link),
}

/// A link around blocks.
pub(super) struct Link {
    id: Id,
    /// What closes it.
    end: String,
    /// Whether a line of it is written.
    is_written: bool,
}

impl Around {
    /// What an element says of the lines of the blocks in it, if anything.
    pub(super) fn of(id: Id, element: &Element<'_>) -> Option<Self> {
        let is_link = element.name == "a" && element.attribute("href").is_some();
        let link = || Around::Link(Link { id, end: link_end(element), is_written: false });
        Mark::of(&element.name).map(Around::Mark).or_else(|| is_link.then(link))
    }
}

/// How many bytes links may take that are written again.
pub(super) fn room(text: &str) -> usize {
    AGAIN.saturating_mul(text.len()).saturating_add(FEW)
}

/// What closes a link: where it leads, and its title.
pub(super) fn link_end(element: &Element<'_>) -> String {
    let title = element.attribute("title").filter(|title| !title.trim().is_empty());
    let title = title.map(|title| escape::title(&title)).unwrap_or_default();
    format!("]({}{title})", escape::address(&element.attribute("href").unwrap_or_default()))
}

impl Writer<'_, '_> {
    /// Begins what is around the blocks. For each, whether it is a link that the line has: its first line always does.
    pub(super) fn begin_around(&self, line: &mut Line) -> Vec<bool> {
        let begin = |around: &Around| {
            match around {
                Around::Mark(mark) if line.marks.contains(mark) => line.marks.push(*mark),
                Around::Mark(mark) => line.begin(*mark),
                Around::Link(link) if link.is_written && link.end.len() > self.room => {}
                Around::Link(_) => {
                    line.pieces.push(Piece::Open("[".to_owned()));
                    return true;
                }
            }
            false
        };
        self.around.iter().map(begin).collect()
    }

    /// Ends it, in a line that has something in it.
    pub(super) fn end_around(&mut self, links: &[bool], line: &mut Line) {
        let mut left_out = None;
        for (around, is_link) in self.around.iter_mut().zip(links).rev() {
            match around {
                Around::Mark(mark) if line.marks.iter().filter(|known| *known == mark).count() > 1 => {
                    line.marks.pop();
                }
                Around::Mark(mark) => line.end(*mark),
                Around::Link(link) if *is_link => {
                    if link.is_written {
                        self.room = self.room.saturating_sub(link.end.len());
                    }
                    link.is_written = true;
                    line.close(link.end.clone());
                }
                Around::Link(link) => left_out = Some(link.id),
            }
        }
        if let Some(id) = left_out {
            self.lose("link", id);
        }
    }

    /// Leaves what is around blocks but for the first so many. A link around something that has no line, as code has
    /// none, stands nowhere.
    pub(super) fn leave_around(&mut self, outside: usize, holds_something: bool) {
        while self.around.len() > outside {
            if let Some(Around::Link(Link { id, is_written: false, .. })) = self.around.pop()
                && holds_something
            {
                self.lose("link", id);
            }
        }
    }
}
