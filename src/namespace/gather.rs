//! Tokens to parts of a feed: the walk that all XML feeds share. It holds one item.
//!
//! The walk knows the few elements that make a feed's frame (`rss`, `channel`, `item`, `feed`, `entry`, …), wherever
//! they stand; what is in them is collected element by element in [`Rows`] and handed to the item or the head, which
//! take what they have a field for. The rest is kept.

mod apart;
mod frame;
mod head;
mod over;

pub(crate) use apart::Surrounding;

use std::{io::Read, ops::Range};

use super::{
    ATOM, ATOM_03, KNOWN, NAMESPACES, Ns, RDF, RSS, SLUGLINE, XML,
    date::Reading,
    disguise,
    element::elements,
    feed,
    field::{Field, Level},
    given, item,
    link::Links,
    meaning::{Dialect, Meaning, meaning, misspelt},
    name::Names,
    noted::Noted,
    opened::Opened,
    rows::{Rows, Way},
    text, told,
};
use crate::{
    error::{Error, ErrorKind},
    finding::{Finding, Place},
    limits::Limits,
    model::{Feed, Item, Name, TextKind},
    syntax::xml::{Token, Watch, Xml, XmlOptions},
};

/// What the walk comes to.
#[derive(Debug)]
pub(crate) enum Step {
    /// The head, before the first item.
    Head(Feed),
    /// An item.
    Item(Box<Item>),
    /// What was said of the feed after its first item.
    Late(Feed),
    /// The end.
    End,
}

/// What the walk may be told.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// The source's name, for errors.
    pub(crate) name: String,
    /// Whose elements are native until the root says.
    pub(crate) dialect: Dialect,
    /// What links are relative to where the source does not say.
    pub(crate) base_url: Option<String>,
    /// Whether to read broken markup.
    pub(crate) repair: bool,
    /// Whether to note places.
    pub(crate) places: bool,
    /// Whether the parts are asked for, rather than only what is wrong.
    pub(crate) parts: bool,
    /// Bounds on the input.
    pub(crate) limits: Limits,
}

/// An open element of the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// Something around the feed, or a list of items.
    Through,
    /// `rss`, `rdf:RDF`, `channel`, `feed`: what is in it is said of the feed.
    Feed,
    /// `item`, `entry`.
    Item,
}

/// The walk.
pub(crate) struct Gather<'a, W: Watch = ()> {
    xml: Xml<'a>,
    options: Options,
    dialect: Dialect,
    /// A namespace that the root was put in by mistake, or by its own mind: it counts for the dialect's.
    mistaken: Option<Ns>,
    frames: Vec<Frame>,
    opened: Opened,
    rows: Rows,
    collecting: bool,
    names: Names,
    links: Links,
    head: feed::Draft,
    item: item::Draft,
    head_out: bool,
    failed: Option<Error>,
    ended: bool,
    /// Whether any element of a feed was met.
    seen: bool,
    /// `xml:lang` around the feed or item.
    language: Option<String>,
    /// Whether the root or the feed has an `xml:base`.
    based: bool,
    item_start: usize,
    /// The name of the last item's tags, as written.
    item_tag: String,
    /// How many elements of the frame are open around what is read, when that is but a stretch of a document.
    floor: usize,
    /// Whether there was anything but items in it.
    strayed: bool,
    head_bytes: usize,
    findings: Vec<Finding>,
    noted: Noted,
    watch: W,
}

impl<'a, W: Watch> Gather<'a, W> {
    /// A walk over decoded bytes, whose tokens `watch` sees too.
    pub(crate) fn new(read: Box<dyn Read + 'a>, options: Options, watch: W) -> Self {
        let xml = XmlOptions { limits: options.limits.clone(), repair: options.repair, known: KNOWN };
        Gather {
            xml: Xml::new(read, xml),
            dialect: options.dialect,
            mistaken: None,
            frames: Vec::new(),
            opened: Opened::default(),
            rows: Rows::default(),
            collecting: false,
            names: Names::default(),
            links: Links::new(options.base_url.as_deref()),
            head: feed::Draft::default(),
            item: item::Draft::default(),
            head_out: false,
            failed: None,
            ended: false,
            seen: false,
            language: None,
            based: false,
            item_start: 0,
            item_tag: String::new(),
            floor: 0,
            strayed: false,
            head_bytes: 0,
            findings: Vec::new(),
            noted: Noted::new(options.places),
            options,
            watch,
        }
    }

    /// The places of the last part: pointer and bytes.
    pub(crate) fn take_places(&mut self) -> Vec<(String, Range<usize>)> {
        self.noted.take()
    }

    /// What was found wrong since the last call.
    pub(crate) fn take_findings(&mut self) -> Vec<Finding> {
        let mut found = self.xml.take_findings();
        found.append(&mut self.findings);
        found
    }

    /// Goes on to the next part.
    pub(crate) fn next(&mut self) -> Result<Step, Error> {
        if let Some(error) = self.failed.clone() {
            return Err(error);
        }
        if self.ended {
            return Ok(Step::End);
        }
        loop {
            match self.token() {
                Ok(None) => {}
                Ok(Some(Step::End)) => {
                    self.ended = true;
                    return self.finish();
                }
                Ok(Some(step)) => return Ok(step),
                Err(error) => {
                    let error = error.in_source(self.options.name.clone());
                    self.failed = Some(error.clone());
                    // A document of comments alone is a feed of nothing.
                    if !self.head_out && (self.seen || self.options.repair && self.xml.is_tagless()) {
                        self.head_out = true;
                        return Ok(Step::Head(self.take_head()));
                    }
                    return Err(error);
                }
            }
        }
    }

    fn finish(&mut self) -> Result<Step, Error> {
        if !self.head_out {
            if !self.seen {
                let error = Error::new(ErrorKind::Unreadable, "there is no feed in it: no `rss`, `channel` or `feed`");
                let error = error.help("`--from` names another format").in_source(self.options.name.clone());
                self.failed = Some(error.clone());
                return Err(error);
            }
            self.head_out = true;
            return Ok(Step::Head(self.take_head()));
        }
        self.ended = true;
        let late = self.take_head();
        Ok(if late == Feed::default() { Step::End } else { Step::Late(late) })
    }

    /// Takes one token.
    fn token(&mut self) -> Result<Option<Step>, Error> {
        let token = self.xml.next()?;
        match token {
            Token::Text(text) => {
                self.watch.text(text);
                if self.collecting {
                    let mended = disguise::unmask(text);
                    let text = mended.as_ref().map_or(text, |(text, _)| text);
                    let first = self.rows.date.is_none() && self.rows.text.is_empty();
                    let date = first && self.rows.meaning.is_some_and(|meaning| meaning.field.is_date());
                    let reading = (date && !text.trim().is_empty()).then(|| Reading::new(text, 0..0));
                    self.rows.text(text);
                    if let Some(mut reading) = reading {
                        reading.range = self.xml.range();
                        if !reading.is_clean() {
                            reading.span = self.xml.span(&reading.range);
                        }
                        self.rows.date = Some(reading);
                    }
                    if let Some((_, first)) = mended {
                        let range = self.xml.range();
                        self.tell(disguise::finding(first), range);
                    }
                } else if !self.frames.is_empty() && !is_blank(text) {
                    let blanks = |text: &str, rest: &str| text.len() - rest.len();
                    let inset = (blanks(text, text.trim_start()), blanks(text, text.trim_end()));
                    self.stray(inset);
                }
                self.watch.text_at(self.xml.range());
                Ok(None)
            }
            Token::Open(open) => {
                self.watch.open(&open);
                if self.collecting && self.rows.way == Way::Pass {
                    self.rows.depth += 1;
                    self.check_size()?;
                    return Ok(None);
                }
                self.opened.take(&open);
                if !self.collecting {
                    return self.open();
                }
                let ns = self.effective(self.opened.ns);
                if self.rows.open(&self.opened, ns, &mut self.names, &self.xml) {
                    self.inherit();
                }
                self.check_size()?;
                Ok(None)
            }
            Token::Close => {
                self.watch.close(self.xml.range());
                if self.collecting {
                    if self.rows.close() {
                        self.collecting = false;
                        self.element()?;
                    }
                    return Ok(None);
                }
                Ok(self.leave())
            }
            Token::End => {
                self.watch.end();
                Ok(Some(Step::End))
            }
        }
    }

    /// The namespace that counts for an element: RSS's own stand for none.
    fn effective(&self, ns: Ns) -> Ns {
        if self.mistaken == Some(ns) {
            self.dialect.ns()
        } else if ns == RSS {
            Ns::NONE
        } else {
            ns
        }
    }

    /// Whether a namespace is one that a feed's frame may be in.
    fn is_frame(&self, ns: Ns) -> bool {
        let foreign = usize::from(ns.0) > NAMESPACES.len();
        matches!(ns, Ns::NONE | RSS | ATOM | ATOM_03 | RDF) || self.mistaken == Some(ns) || foreign && !self.seen
    }

    /// Takes a start tag outside of any element that is collected.
    fn open(&mut self) -> Result<Option<Step>, Error> {
        let around = self.frames.last().copied();
        let inside = self.frames.contains(&Frame::Feed);
        let ns = self.opened.ns;
        if self.is_frame(ns) && around != Some(Frame::Item) {
            match self.opened.lower() {
                "rss" | "rdf" | "channel" => return self.enter_feed(Dialect::Rss),
                "feed" => return self.enter_feed(Dialect::Atom),
                "item" => return self.enter_item(Dialect::Rss),
                "entry" => return self.enter_item(Dialect::Atom),
                "items" | "seq" | "bag" if inside => {
                    self.frames.push(Frame::Through);
                    return Ok(None);
                }
                _ => {}
            }
        }
        if !inside && around != Some(Frame::Item) {
            self.frames.push(Frame::Through);
            return Ok(None);
        }
        let level = if around == Some(Frame::Item) { Level::Item } else { Level::Feed };
        self.begin(level);
        Ok(None)
    }

    /// Begins to collect an element.
    fn begin(&mut self, level: Level) {
        self.strayed |= level == Level::Feed;
        let ns = self.effective(self.opened.ns);
        let meaning = meaning(self.dialect, ns, level, self.opened.lower());
        let way = if self.opened.get(SLUGLINE, "added") == Some("true") {
            Way::Skip
        } else {
            match meaning {
                Some(meaning) if meaning.field == Field::Plumbing => Way::Skip,
                // RSS 1.0: the channel refers to what stands beside it.
                None if self.opened.lower() == "textinput" && self.opened.get(RDF, "resource").is_some() => Way::Skip,
                // Of what is wrong in a feed's elements, dates alone are told of here.
                _ if !self.parts_asked(meaning) => Way::Pass,
                Some(meaning) if meaning.field.is_text() && meaning.rank == 0 => self.text_way(ns),
                _ => Way::Rows,
            }
        };
        if meaning.is_some_and(Meaning::is_guess)
            && let Some(meant) = misspelt(self.dialect, ns, self.opened.lower())
        {
            let range = self.xml.range();
            self.tell(told::misspelt(self.opened.lower(), meant), range);
        }
        self.collecting = true;
        if way == Way::Pass {
            return self.rows.pass(level, self.xml.range().start);
        }
        let node = self.opened.row(ns, 0, &mut self.names, &self.xml);
        self.rows.begin(node, meaning, level, way, self.xml.range().start);
        self.inherit();
    }

    /// Whether an element of that meaning is asked for.
    fn parts_asked(&self, meaning: Option<Meaning>) -> bool {
        self.options.parts || meaning.is_some_and(|meaning| meaning.field.is_date() || meaning.field == Field::Own)
    }

    /// How the elements inside a text are to be read.
    fn text_way(&self, ns: Ns) -> Way {
        if ns != ATOM && ns != ATOM_03 {
            return Way::Text;
        }
        match text::atom_kind(self.opened.get(Ns::NONE, "type"), self.opened.get(Ns::NONE, "mode")) {
            (Some(TextKind::Xhtml), text::Mode::Markup) => Way::Xhtml,
            (Some(TextKind::Media(_)), text::Mode::Markup) => Way::Xml,
            _ => Way::Text,
        }
    }

    /// Notes what the element inherits.
    fn inherit(&mut self) {
        let document = self.links.document();
        self.rows.base = self.xml.base().filter(|base| document != Some(*base)).map(str::to_owned);
        let language = self.xml.language().filter(|&language| self.language.as_deref() != Some(language));
        self.rows.language = language.map(str::to_owned);
    }

    /// What the kept elements mean, for their places.
    fn kept_meanings(&self, level: Level) -> Vec<Option<Field>> {
        if !self.options.places {
            return Vec::new();
        }
        let extra = if level == Level::Item { &self.item.item.extra } else { &self.head.feed.extra };
        let rows = elements(&extra.nodes).map(|rows| given::meaning_of(&rows[0], self.dialect, level));
        rows.map(|meaning| meaning.map(|meaning| meaning.field)).collect()
    }

    /// Holds an item, and what is said of the feed, to their limit.
    fn check_size(&self) -> Result<(), Error> {
        let limit = self.options.limits.item;
        let end = self.xml.range().end;
        let (what, size) = match self.rows.level {
            Level::Item => ("bytes in one item", end.saturating_sub(self.item_start)),
            Level::Feed => ("bytes about the feed itself", self.head_bytes + end.saturating_sub(self.rows.range.start)),
        };
        if size <= limit {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Limit, Limits::message(what, limit, "item")))
    }

    /// Text where only elements may stand, with as many blanks before and behind it.
    fn stray(&mut self, (before, behind): (usize, usize)) {
        if self.watch.looks() || !self.frames.iter().any(|frame| *frame != Frame::Through) {
            return;
        }
        let whole = self.xml.range();
        // A blank may be written as a reference, and text be CDATA.
        let range = whole.start + before..whole.end.saturating_sub(behind);
        self.tell(told::stray_text(), if range.is_empty() { whole } else { range });
    }

    /// Notes a finding about those bytes of the last token.
    fn tell(&mut self, mut finding: Finding, range: Range<usize>) {
        finding.place = Place::Bytes(range.clone());
        finding.span = self.xml.span(&range);
        finding.range = Some(range);
        self.findings.push(finding);
    }
}

/// Whether a text is of blanks alone. Most are those between two tags.
fn is_blank(text: &str) -> bool {
    let plain = text.bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r'));
    plain || text.trim_start().is_empty()
}

fn is_xml(name: &Name) -> bool {
    name.namespace() == super::element::uri_of(XML)
}
