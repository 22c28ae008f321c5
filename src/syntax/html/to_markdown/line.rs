//! A line as pieces: which signs can stand for emphasis is told by the characters around them (CommonMark, section 6.2).
//! Where they cannot, the tag stays.

use super::escape;

/// A kind of emphasis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Emphasis,
    Strong,
    Deleted,
}

impl Mark {
    pub(super) fn of(name: &str) -> Option<Self> {
        match name {
            "em" | "i" => Some(Mark::Emphasis),
            "strong" | "b" => Some(Mark::Strong),
            "del" | "s" | "strike" => Some(Mark::Deleted),
            _ => None,
        }
    }

    pub(super) const fn sign(self) -> &'static str {
        match self {
            Mark::Emphasis => "*",
            Mark::Strong => "**",
            Mark::Deleted => "~~",
        }
    }

    pub(super) const fn tag(self) -> &'static str {
        match self {
            Mark::Emphasis => "em",
            Mark::Strong => "strong",
            Mark::Deleted => "del",
        }
    }
}

/// A piece of a line.
#[derive(Debug)]
pub(super) enum Piece {
    /// Text that is not escaped yet.
    Text(String),
    /// A blank.
    Space,
    /// A line end that is seen.
    Break,
    /// Markdown or HTML that stands as it is.
    Whole(String),
    /// What opens something, around which blanks stand outside.
    Open(String),
    /// What closes it.
    Close(String),
    Begin(Mark),
    End(Mark),
}

/// What stands between two pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Gap {
    #[default]
    None,
    Space,
    Breaks(u8),
}

/// The pieces of a line so far.
#[derive(Default)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) gap: Gap,
    /// Marks that are open: within one of its kind another says nothing.
    pub(super) marks: Vec<Mark>,
}

impl Line {
    /// Puts what stands between before the next piece, and before what was just opened.
    pub(super) fn flush(&mut self) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if gap == Gap::None {
            return;
        }
        let opened =
            self.pieces.iter().rev().take_while(|piece| matches!(piece, Piece::Open(_) | Piece::Begin(_))).count();
        let at = self.pieces.len() - opened;
        let first = at == 0;
        match gap {
            Gap::Breaks(count) if !first => {
                self.pieces.insert(at, Piece::Break);
                // A second one would be a blank line, which parts paragraphs.
                for more in 1..count {
                    self.pieces.insert(at + usize::from(more), Piece::Whole("<br>".to_owned()));
                }
            }
            _ if first || matches!(self.pieces[at - 1], Piece::Space | Piece::Break) => {}
            _ if matches!(&self.pieces[at - 1], Piece::Whole(tag) if tag == "<br>") => {}
            _ => self.pieces.insert(at, Piece::Space),
        }
    }

    pub(super) fn add(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }

    /// Adds text, in which blanks that follow one another are one.
    pub(super) fn text(&mut self, text: &str) {
        let inner = text.trim_matches(super::is_blank);
        if inner.is_empty() {
            return self.space(!text.is_empty());
        }
        self.space(text.starts_with(super::is_blank));
        // The words of a text are one piece, with the blanks between them.
        if self.gap == Gap::Space
            && let Some(Piece::Text(text)) = self.pieces.last_mut()
        {
            self.gap = Gap::None;
            text.push(' ');
        }
        self.flush();
        let piece = match self.pieces.last_mut() {
            Some(Piece::Text(text)) => text,
            _ => {
                self.pieces.push(Piece::Text(String::new()));
                let Some(Piece::Text(text)) = self.pieces.last_mut() else { return };
                text
            }
        };
        let bytes = inner.as_bytes();
        let is_odd = |at: usize| bytes[at].is_ascii_whitespace() && (bytes[at] != b' ' || bytes[at - 1] == b' ');
        if (1..bytes.len()).any(is_odd) {
            let words = inner.split(super::is_blank).filter(|word| !word.is_empty());
            for (number, word) in words.enumerate() {
                if number > 0 {
                    piece.push(' ');
                }
                piece.push_str(word);
            }
        } else {
            piece.push_str(inner);
        }
        self.space(text.ends_with(super::is_blank));
    }

    /// A blank, if there is one, unless something that parts is there already.
    pub(super) fn space(&mut self, is_there: bool) {
        if is_there && self.gap == Gap::None {
            self.gap = Gap::Space;
        }
    }

    pub(super) fn begin(&mut self, mark: Mark) {
        // `<b>a</b><b>b</b>` is one.
        if self.gap == Gap::None && matches!(self.pieces.last(), Some(Piece::End(known)) if *known == mark) {
            self.pieces.pop();
        } else {
            // What stands before it is put there with what is in it, if anything is.
            self.pieces.push(Piece::Begin(mark));
        }
        self.marks.push(mark);
    }

    pub(super) fn end(&mut self, mark: Mark) {
        self.marks.pop();
        // Nothing was in it.
        if matches!(self.pieces.last(), Some(Piece::Begin(known)) if *known == mark) {
            self.pieces.pop();
        } else {
            self.pieces.push(Piece::End(mark));
        }
    }

    pub(super) fn close(&mut self, tag: String) {
        self.pieces.push(Piece::Close(tag));
    }

    /// The line as Markdown.
    pub(super) fn finish(self) -> String {
        let pieces = self.pieces;
        let partner = partners(&pieces);
        let mut out = String::new();
        // For each mark that is open, whether it is written as a tag.
        let mut tags: Vec<bool> = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Text(text) => {
                    let before = out.chars().next_back();
                    escape::text(text, before, pieces.get(at + 1).and_then(first), &mut out);
                }
                Piece::Space => out.push(' '),
                Piece::Break => {
                    out.truncate(out.trim_end_matches(' ').len());
                    out.push_str("  \n");
                }
                Piece::Whole(text) | Piece::Open(text) | Piece::Close(text) => {
                    // `!` before a link would make a picture of it.
                    let signs = out.strip_suffix('!').map(|rest| rest.len() - rest.trim_end_matches('\\').len());
                    if text.starts_with('[') && signs.is_some_and(|signs| signs % 2 == 0) {
                        out.pop();
                        out.push_str("\\!");
                    }
                    out.push_str(text);
                }
                Piece::Begin(mark) => {
                    let tag = !can_mark(&pieces, at, partner[at], &out);
                    tags.push(tag);
                    if tag {
                        out.push_str(&format!("<{}>", mark.tag()));
                    } else {
                        out.push_str(mark.sign());
                    }
                }
                Piece::End(mark) => {
                    if tags.pop().unwrap_or(true) {
                        out.push_str(&format!("</{}>", mark.tag()));
                    } else {
                        out.push_str(mark.sign());
                    }
                }
            }
        }
        out.truncate(out.trim_end_matches([' ', '\n']).len());
        out
    }
}

/// For each mark that begins, where it ends.
fn partners(pieces: &[Piece]) -> Vec<usize> {
    let mut partner = vec![0; pieces.len()];
    let mut open = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Begin(_) => open.push(at),
            Piece::End(_) => {
                if let Some(begin) = open.pop() {
                    partner[begin] = at;
                }
            }
            _ => {}
        }
    }
    partner
}

/// The first character of a piece as it is written.
fn first(piece: &Piece) -> Option<char> {
    match piece {
        Piece::Text(text) | Piece::Whole(text) | Piece::Open(text) | Piece::Close(text) => text.chars().next(),
        Piece::Space | Piece::Break => Some(' '),
        Piece::Begin(_) | Piece::End(_) => Some('*'),
    }
}

/// The last one.
fn last(piece: &Piece) -> Option<char> {
    match piece {
        Piece::Text(text) | Piece::Whole(text) | Piece::Open(text) | Piece::Close(text) => text.chars().next_back(),
        Piece::Space | Piece::Break => Some(' '),
        Piece::Begin(_) | Piece::End(_) => Some('*'),
    }
}

/// Whether signs between `begin` and `end` are read as the emphasis that they are meant for.
fn can_mark(pieces: &[Piece], begin: usize, end: usize, out: &str) -> bool {
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_sign =
        |c: Option<char>| c.is_some_and(|c| c.is_ascii_punctuation() || !c.is_ascii() && !c.is_alphanumeric());
    // Behind the end of another, nobody could tell which is which; an escaped sign before it is no trouble.
    if begin > 0 && matches!(pieces[begin - 1], Piece::End(_)) {
        return false;
    }
    let (before, after) = (out.chars().next_back(), pieces.get(begin + 1).and_then(first));
    let opens = !is_blank(after) && (!is_sign(after) || is_blank(before) || is_sign(before));
    let (before, after) = (pieces.get(end.wrapping_sub(1)).and_then(last), pieces.get(end + 1).and_then(first));
    let closes = !is_blank(before) && (!is_sign(before) || is_blank(after) || is_sign(after));
    // Inside of a word with others inside of it, how long a run of signs is would count too.
    opens && closes
}
