//! HTML cut into tags and text, as browsers do it (HTML, section 13.2.5) but without building a tree.

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'t> {
    /// Text, with its character references as they are.
    Text(&'t str),
    /// What `script`, `style`, `textarea` and their like hold: no tags are in it.
    Raw(&'t str),
    /// A start tag.
    Open(Tag<'t>),
    /// An end tag, by its name as written.
    Close(&'t str),
    /// A comment, without its marks.
    Comment(&'t str),
    /// A doctype, a processing instruction, an end tag without a name, a tag that the text cuts off.
    Other,
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'t> {
    /// Its name as written: letter case does not count.
    pub name: &'t str,
    /// What stands between its name and its `>`.
    rest: &'t str,
}

impl<'t> Tag<'t> {
    /// Its attributes: names as written, values with their references resolved.
    pub fn attributes(&self) -> impl Iterator<Item = (&'t str, std::borrow::Cow<'t, str>)> + use<'t> {
        let mut rest = self.rest;
        std::iter::from_fn(move || {
            let (name, value, after) = attribute(rest)?;
            rest = after?;
            Some((name, super::unescape(value)))
        })
    }

    /// The value of an attribute by its name in lower case.
    pub fn attribute(&self, name: &str) -> Option<std::borrow::Cow<'t, str>> {
        self.attributes().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Whether there is nothing but its name.
    pub fn is_bare(&self) -> bool {
        self.rest.is_empty()
    }

    /// Whether it ends in `/>`.
    pub fn is_empty(&self) -> bool {
        self.rest.ends_with('/')
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// The next attribute of a tag, its value without quotes, and what follows; `None` for the latter when the text ends
/// within a quoted value. Nothing at all at the end of the tag.
fn attribute(text: &str) -> Option<(&str, &str, Option<&str>)> {
    let start = text.bytes().position(|byte| byte != b'/' && !is_space(byte))?;
    let text = &text[start..];
    let bytes = text.as_bytes();
    if bytes[0] == b'>' {
        return None;
    }
    // A name may begin with `=`.
    let ends = |byte: u8| is_space(byte) || matches!(byte, b'/' | b'>' | b'=');
    let name_end = 1 + bytes[1..].iter().position(|&byte| ends(byte)).unwrap_or(bytes.len() - 1);
    let name_end = (name_end..=bytes.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(bytes.len());
    let (name, rest) = text.split_at(name_end);
    let inside = |text: &'_ str| text.bytes().position(|byte| !is_space(byte)).unwrap_or(text.len());
    let Some(value) = rest[inside(rest)..].strip_prefix('=') else { return Some((name, "", Some(rest))) };
    let value = &value[inside(value)..];
    if let Some(&quote @ (b'"' | b'\'')) = value.as_bytes().first() {
        let value = &value[1..];
        return Some(match memchr::memchr(quote, value.as_bytes()) {
            Some(end) => (name, &value[..end], Some(&value[end + 1..])),
            None => (name, value, None),
        });
    }
    let end = value.bytes().position(|byte| is_space(byte) || byte == b'>').unwrap_or(value.len());
    Some((name, &value[..end], Some(&value[end..])))
}

/// Elements that hold text only.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// The tokens of a text.
#[derive(Debug, Clone)]
pub struct Tokens<'t> {
    rest: &'t str,
    /// Which of [`RAW`] was opened last.
    raw: Option<usize>,
    /// Which of [`RAW`] have no end tag in what is left.
    endless: u8,
}

/// Cuts HTML into tokens.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { rest: text, raw: None, endless: 0 }
}

impl<'t> Tokens<'t> {
    /// How many bytes are still to be cut: what a token was cut from lies between two of these.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Up to the end tag of a raw element.
    fn raw_text(&mut self, which: usize) -> Option<&'t str> {
        let name = RAW[which].as_bytes();
        let bytes = self.rest.as_bytes();
        let end = memchr::memchr_iter(b'<', bytes).find(|&at| {
            let tag = &bytes[at + 1..];
            tag.first() == Some(&b'/')
                && tag.get(1..=name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
                && tag.get(name.len() + 1).is_none_or(|&byte| is_space(byte) || matches!(byte, b'/' | b'>'))
        });
        if end.is_none() {
            self.endless |= 1 << which;
        }
        end.filter(|&end| end > 0).map(|end| self.take(end))
    }

    /// A token that begins with `<`, when this is not just text.
    fn markup(&mut self) -> Option<Token<'t>> {
        let bytes = self.rest.as_bytes();
        match bytes.get(1)? {
            byte if byte.is_ascii_alphabetic() => Some(self.open()),
            b'/' if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => {
                let tag = &self.rest[2..];
                let name = &tag[..name_end(tag)];
                match tag_end(&tag[name.len()..]) {
                    Some(length) => {
                        self.take(2 + name.len() + length + 1);
                        Some(Token::Close(name))
                    }
                    None => Some(self.drop_rest()),
                }
            }
            b'!' if self.rest.starts_with("<!--") => Some(self.comment()),
            b'/' if bytes.len() == 2 => None,
            b'!' | b'?' | b'/' => match memchr::memchr(b'>', bytes) {
                Some(end) => {
                    self.take(end + 1);
                    Some(Token::Other)
                }
                None => Some(self.drop_rest()),
            },
            _ => None,
        }
    }

    fn open(&mut self) -> Token<'t> {
        let tag = &self.rest[1..];
        let name = &tag[..name_end(tag)];
        let Some(length) = tag_end(&tag[name.len()..]) else { return self.drop_rest() };
        let rest = &tag[name.len()..name.len() + length];
        self.take(1 + name.len() + length + 1);
        let tag = Tag { name, rest };
        // Most tags have shorter names.
        let is_long = name.len() > 2;
        let raw = RAW.iter().position(|raw| is_long && raw.eq_ignore_ascii_case(name));
        // XHTML's way of writing an empty one is met in feeds.
        self.raw = raw.filter(|which| self.endless >> which & 1 == 0 && !tag.is_empty());
        Token::Open(tag)
    }

    fn comment(&mut self) -> Token<'t> {
        let body = &self.rest[4..];
        if let Some(short) = ["-->", ">", "->"].iter().find(|end| body.starts_with(**end)) {
            self.take(4 + short.len());
            return Token::Comment("");
        }
        let bytes = body.as_bytes();
        let end = memchr::memchr_iter(b'>', bytes).find_map(|at| {
            let before = &bytes[..at];
            (before.ends_with(b"--"))
                .then(|| (at - 2, at + 1))
                .or_else(|| before.ends_with(b"--!").then(|| (at - 3, at + 1)))
        });
        match end {
            Some((length, after)) => {
                self.take(4 + after);
                Token::Comment(&body[..length])
            }
            None => self.drop_rest(),
        }
    }

    /// Browsers drop a tag or comment that the end of the text cuts off, with all after its beginning.
    fn drop_rest(&mut self) -> Token<'t> {
        self.rest = "";
        Token::Other
    }
}

/// Where the name that the text begins with ends.
fn name_end(text: &str) -> usize {
    text.bytes().position(|byte| is_space(byte) || matches!(byte, b'/' | b'>')).unwrap_or(text.len())
}

/// How many bytes there are before the `>` that ends a tag; `>` in quoted values does not.
fn tag_end(text: &str) -> Option<usize> {
    let mut rest = text;
    // Most tags have no attributes.
    if rest.starts_with('>') {
        return Some(0);
    }
    // Without quotes the first `>` is the end.
    let first = memchr::memchr3(b'>', b'"', b'\'', rest.as_bytes())?;
    if rest.as_bytes()[first] == b'>' {
        return Some(first);
    }
    while let Some((_, _, after)) = attribute(rest) {
        rest = after?;
    }
    let end = text.len() - rest.len() + memchr::memchr(b'>', rest.as_bytes())?;
    Some(end)
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        if let Some(which) = self.raw.take()
            && let Some(text) = self.raw_text(which)
        {
            return Some(Token::Raw(text));
        }
        if self.rest.is_empty() {
            return None;
        }
        if self.rest.starts_with('<')
            && let Some(token) = self.markup()
        {
            return Some(token);
        }
        // A `<` that begins nothing is text, with what follows up to the next.
        let end = memchr::memchr(b'<', &self.rest.as_bytes()[1..]).map_or(self.rest.len(), |at| at + 1);
        Some(Token::Text(self.take(end)))
    }
}
