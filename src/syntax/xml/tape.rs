//! Tokens taken down, to be told to somebody later, in another thread perhaps.

use std::ops::Range;

use super::{AttributeRow, Attributes, Ns, Open, Watch, scope::Uris};

/// Tokens in their order. It is written as a [`Watch`]; [`Player`] tells it to another.
#[derive(Debug, Default)]
pub struct Tape {
    tokens: Vec<Token>,
    /// What tags are made of, and text: one after the other.
    text: String,
    attributes: Vec<AttributeRow>,
    /// Namespaces that were not there yet, in the order of their numbers.
    news: Option<Uris>,
    /// How many were there, on this tape and those before it.
    known: usize,
    /// The bytes of the source that it is about.
    range: Option<Range<usize>>,
}

#[derive(Debug)]
enum Token {
    Open {
        ns: Ns,
        /// How long its prefix and its local name are.
        prefix: u32,
        local: u32,
        /// How many attributes it has.
        attributes: u32,
        /// Where what it is made of ends.
        end: usize,
        range: Range<usize>,
    },
    /// A text that ends there.
    Text(usize),
    TextAt(Range<usize>),
    Close(Range<usize>),
    End,
}

impl Tape {
    /// How much it is, in bytes: of the source or of text, whichever is more.
    pub fn size(&self) -> usize {
        self.text.len().max(self.range.as_ref().map_or(0, |range| range.end.saturating_sub(range.start)))
    }

    /// Whether nothing is on it.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Makes room for the tokens that follow those of `before`.
    pub fn follow(&mut self, before: &Tape) {
        self.tokens.clear();
        self.text.clear();
        self.attributes.clear();
        self.news = None;
        self.known = before.known;
        self.range = None;
    }

    #[inline]
    fn push(&mut self, token: Token, range: &Range<usize>) {
        self.tokens.push(token);
        match &mut self.range {
            Some(whole) => whole.end = range.end,
            slot @ None => *slot = Some(range.clone()),
        }
    }
}

impl Watch for Tape {
    fn open(&mut self, open: &Open<'_>) {
        let Attributes { list, text, uris } = open.attributes;
        if uris.count() > self.known || self.known == 0 {
            match &mut self.news {
                Some(news) => news.extend(uris, self.known),
                slot @ None => *slot = Some(uris.since(self.known)),
            }
            self.known = uris.count();
        }
        self.text.push_str(text);
        self.attributes.extend_from_slice(list);
        let token = Token::Open {
            ns: open.ns,
            prefix: open.prefix.len() as u32,
            local: open.local.len() as u32,
            attributes: list.len() as u32,
            end: self.text.len(),
            range: open.range.clone(),
        };
        self.push(token, &open.range);
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
        self.tokens.push(Token::Text(self.text.len()));
    }

    fn text_at(&mut self, range: Range<usize>) {
        self.push(Token::TextAt(range.clone()), &range);
    }

    fn close(&mut self, range: Range<usize>) {
        self.push(Token::Close(range.clone()), &range);
    }

    fn end(&mut self) {
        self.tokens.push(Token::End);
    }
}

/// Tells tapes of one document, in their order.
#[derive(Debug, Default)]
pub struct Player {
    /// The namespaces of the tapes so far.
    uris: Option<Uris>,
}

impl Player {
    /// Tells `watch` what is on a tape.
    pub fn play(&mut self, tape: &Tape, watch: &mut impl Watch) {
        if let Some(news) = &tape.news {
            match &mut self.uris {
                Some(uris) => uris.extend(news, 0),
                slot @ None => *slot = Some(news.since(0)),
            }
        }
        let (mut start, mut first) = (0, 0);
        for token in &tape.tokens {
            match token {
                Token::Open { ns, prefix, local, attributes, end, range } => {
                    let Some(uris) = &self.uris else { continue };
                    let text = &tape.text[start..*end];
                    let list = &tape.attributes[first..first + *attributes as usize];
                    (start, first) = (*end, first + list.len());
                    let (prefix, local) = (*prefix as usize, *local as usize);
                    let name = if prefix == 0 { 0 } else { prefix + 1 };
                    watch.open(&Open {
                        ns: *ns,
                        prefix: &text[..prefix],
                        local: &text[name..name + local],
                        uri: uris.uri(*ns),
                        attributes: Attributes { list, text, uris },
                        range: range.clone(),
                    });
                }
                Token::Text(end) => {
                    watch.text(&tape.text[start..*end]);
                    start = *end;
                }
                Token::TextAt(range) => watch.text_at(range.clone()),
                Token::Close(range) => watch.close(range.clone()),
                Token::End => watch.end(),
            }
        }
    }
}
