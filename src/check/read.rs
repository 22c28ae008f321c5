//! Bytes to a document: which format, decoded, parsed.

use std::{borrow::Cow, io, ops::Range, sync::Arc, thread};

use super::{
    Options,
    found::{Found, misread},
    ignore,
    onlookers::{News, Onlookers},
    respell,
};
use crate::{
    config::Level,
    document::{Coding, Content, Document, Post},
    encoding,
    error::{Error, ErrorKind},
    feed_view::{self, About, Looks},
    finding::{Finding, Place},
    format::{self, Probe, ReadOptions},
    limits::Limits,
    lines::Lines,
    rule::{Check, RULES},
    syntax::{head, json, tree::Kind, xml::Watch},
    vocabulary::{self, Vocabulary},
};

/// Endings of posts.
pub(super) const POST_ENDINGS: &[&str] = &["md", "markdown", "mdx", "org", "html", "htm"];

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Bytes of a source that are looked at to tell its format.
pub(super) const PROBE: usize = 8 << 10;

/// The ending of a name, in small letters.
pub(super) fn ending(name: &str) -> Cow<'_, str> {
    let bytes = name.as_bytes();
    let ending = match bytes.iter().rposition(|b| matches!(b, b'.' | b'/')) {
        Some(at) if bytes[at] == b'.' => &name[at + 1..],
        _ => "",
    };
    match ending.bytes().any(|b| b.is_ascii_uppercase()) {
        true => Cow::Owned(ending.to_ascii_lowercase()),
        false => Cow::Borrowed(ending),
    }
}

/// A source that was read.
pub(super) enum Read {
    /// It is in memory.
    Whole(Box<Document>),
    /// It is larger than is kept, or its text is.
    Beyond(Vec<u8>),
}

/// Reads a source. Its findings are those of encoding and syntax.
pub(super) fn read(name: &str, bytes: Vec<u8>, options: &Options) -> Result<Read, Error> {
    if bytes.len() > options.limits.kept {
        return Ok(Read::Beyond(bytes));
    }
    let (text, coding, mut findings) = match decode(name, bytes, &options.limits)? {
        Ok(decoded) => decoded,
        Err(bytes) => return Ok(Read::Beyond(bytes)),
    };
    let ending = ending(name);
    let content = if POST_ENDINGS.contains(&&*ending) {
        post(&text, options, &mut findings)
    } else {
        let probe = Probe { start: &text[..text.floor_char_boundary(PROBE)], extension: &ending };
        match format::sniff(&probe) {
            _ if no_feed(&probe) => outline(&text, options, &mut findings)?,
            Some(format) if format.name == "markdown" && ending != "json" => post(&text, options, &mut findings),
            Some(format) if format.name == "ndjson" && format.extensions.contains(&&*ending) => {
                json_lines(&text, options, &mut findings)
            }
            Some(format) if format.name == "json-feed" => json_feed(name, &text, options, &mut findings)?,
            Some(format) if !matches!(format.name, "ndjson" | "markdown") => {
                feed(name, format, &text, options, &mut findings)?
            }
            _ if text.trim_start().starts_with("---") || text.trim_start().starts_with("+++") => {
                post(&text, options, &mut findings)
            }
            _ if ending == "json" => json_feed(name, &text, options, &mut findings)?,
            _ if text.trim().is_empty() => {
                return Err(Error::new(ErrorKind::Input, "the file is empty").in_source(name));
            }
            _ => return Err(neither(name)),
        }
    };
    let mut document = Document::new(name.to_owned(), text, coding, content, Arc::clone(&options.profile));
    document.surroundings = Arc::clone(&options.settings.surroundings);
    document.findings = findings;
    Ok(Read::Whole(Box::new(document)))
}

fn post(text: &str, options: &Options, findings: &mut Vec<Finding>) -> Content {
    let split = head::split(text, &options.profile.fences);
    let broken = !split.findings.is_empty();
    findings.extend(split.findings);
    let Some(head) = split.head else {
        return if broken { Content::Broken } else { Content::Headless };
    };
    let (tree, found) = head::parse(text, &head, &options.limits);
    findings.extend(found);
    if tree.nodes.is_empty() { Content::Broken } else { Content::Post(Post { head, tree }) }
}

/// A JSON Feed: an object with the address of JSON Feed's version, or with items.
fn json_feed(name: &str, text: &str, options: &Options, findings: &mut Vec<Finding>) -> Result<Content, Error> {
    let start = &text[..text.floor_char_boundary(PROBE)];
    if !start.contains("jsonfeed.org") && !start.contains("\"items\"") {
        return Err(neither(name));
    }
    let (tree, found) = json::parse(text, 0..text.len(), &options.limits);
    findings.extend(found);
    Ok(match tree.nodes.first().map(|root| &root.kind) {
        Some(Kind::Map(_)) => {
            let mut looks = looks(options, ignore::is_marked(text));
            feed_view::json::show(text, &tree, true, &mut looks);
            findings.append(&mut looks.take_findings());
            misread(findings);
            Content::JsonFeed(tree)
        }
        None => Content::Broken,
        Some(_) => {
            findings.push(no_object());
            Content::Broken
        }
    })
}

pub(super) fn no_object() -> Finding {
    Finding::error("wrong-type", "this is no JSON Feed: it must be an object", Place::Source)
}

/// Items of a JSON Feed, one a line.
fn json_lines(text: &str, options: &Options, findings: &mut Vec<Finding>) -> Content {
    let (tree, found) = json::parse_lines(text, "items", &options.limits);
    findings.extend(found);
    let mut looks = looks(options, ignore::is_marked(text));
    feed_view::json::show(text, &tree, false, &mut looks);
    findings.append(&mut looks.take_findings());
    misread(findings);
    Content::JsonLines(tree)
}

fn neither(name: &str) -> Error {
    Error::new(ErrorKind::Input, "this is neither a post nor a feed")
        .help("posts end in .md, .markdown, .mdx or .html; feeds are RSS, Atom or JSON Feed")
        .in_source(name)
}

/// How feeds are read: decoded already, and mended where they are not well-formed.
pub(super) fn read_options(name: &str, options: &Options) -> ReadOptions {
    ReadOptions {
        name: name.to_owned(),
        encoding: Some("utf-8".to_owned()),
        base_url: None,
        repair: true,
        places: false,
        parts: true,
        limits: options.limits.clone(),
        profile: Arc::clone(&options.profile),
        facts: Arc::default(),
    }
}

/// Reads a feed for what is wrong in it: by its reader, and by the tables of its elements.
fn feed(
    name: &str,
    format: &'static format::Format,
    text: &str,
    options: &Options,
    findings: &mut Vec<Finding>,
) -> Result<Content, Error> {
    let read_options = ReadOptions { parts: false, ..read_options(name, options) };
    let mut found = Found { read: std::mem::take(findings), ..Found::default() };
    let ended = thread::scope(|scope| -> Result<Ended, Error> {
        let mut onlookers = Onlookers::new(text.into(), options, scope);
        let source = Box::new(text.as_bytes());
        let ended = drain(format, source, &read_options, &mut onlookers, &mut |mut news| found.read.append(&mut news))?;
        let News { said, looked, .. } = onlookers.finish();
        (found.said, found.looked) = (said, looked);
        Ok(ended)
    })
    .map_err(|error| error.in_source(name))?;
    if let Ended::Cut(error) = ended {
        let place = error.position.map(|position| byte_of(text, position));
        found.read.extend(unreadable(&found.read, &error, place));
    }
    found.merge();
    *findings = found.read;
    misread(findings);
    respell::dates(text.into(), findings);
    Ok(Content::Feed(format.name))
}

/// The rules over a feed that count, and whose findings would be shown; `all` that count, where comments may silence what
/// is not shown.
pub(super) fn looks(options: &Options, all: bool) -> Looks<'_> {
    let list = RULES.iter().filter_map(|rule| {
        let shown = match options.settings.level_of_rule(rule) {
            Level::On(severity) => severity >= options.settings.show,
            Level::Off if options.settings.is_watched(rule.code) => true,
            Level::Off => return None,
        };
        let look = match rule.check {
            Check::Feed(look) | Check::Both(_, look) => look(),
            Check::Site { look, .. } => look?(),
            Check::Document(_) | Check::Elsewhere => return None,
        };
        (all || shown || look.may_be_worse()).then_some(look)
    });
    Looks::new(
        list.collect(),
        About {
            feed_url: options.feed_url.as_deref(),
            today: options.settings.surroundings.today.map(|day| day + DAY - 1),
        },
    )
}

/// How the reading of a feed ended.
pub(super) enum Ended {
    /// With its last tag.
    Well,
    /// Before: the rest cannot be read.
    Cut(Error),
}

/// Reads a feed to its end, which `watch` looks on at. `take` is given what was found, part by part.
pub(super) fn drain<'a>(
    format: &'static format::Format,
    source: Box<dyn io::Read + 'a>,
    read_options: &ReadOptions,
    watch: &'a mut dyn Watch,
    take: &mut dyn FnMut(Vec<Finding>),
) -> Result<Ended, Error> {
    let mut reader = match (format.watch, format.read) {
        (Some(watched), _) => watched(source, read_options, watch),
        (None, Some(read)) => read(source, read_options),
        (None, None) => return Err(Error::new(ErrorKind::Input, "this format cannot be read")),
    };
    loop {
        let next = reader.next();
        take(reader.take_findings());
        match next {
            Ok(Some(_)) => {}
            Ok(None) => return Ok(Ended::Well),
            Err(error) if error.kind == ErrorKind::Unreadable => return Ok(Ended::Cut(error)),
            Err(error) => return Err(error),
        }
    }
}

/// The bytes of the character at a line and column.
fn byte_of(text: &str, (line, column): (usize, usize)) -> Range<usize> {
    let lines = Lines::new(text);
    let line = line.clamp(1, lines.count());
    let inside = lines.line(text, line).char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at);
    let start = lines.start(line) + inside;
    start..start + text[start..].chars().next().map_or(0, char::len_utf8)
}

/// The finding for a source whose rest cannot be read. What is cut off is one already, with its place.
pub(super) fn unreadable(findings: &[Finding], error: &Error, at: Option<Range<usize>>) -> Option<Finding> {
    if findings.iter().any(|finding| finding.code == "truncated") {
        return None;
    }
    let place = at.map_or(Place::Source, Place::Bytes);
    let finding = Finding::error("unreadable-source", error.message.clone(), place);
    Some(match &error.help {
        Some(help) => finding.help(help.clone()),
        None => finding,
    })
}

/// Whether XML is of a kind that has a table, but is no feed: a list of subscriptions, what an Atom publishing server
/// says of itself.
pub(super) fn no_feed(probe: &Probe<'_>) -> bool {
    match probe.root() {
        Some("opml") => true,
        Some("service" | "categories") => probe.start.contains("http://www.w3.org/2007/app"),
        _ => false,
    }
}

/// A document that is no feed: what its table says of it.
fn outline(text: &str, options: &Options, findings: &mut Vec<Finding>) -> Result<Content, Error> {
    let mut vocabulary = Vocabulary::new(text, &options.tables);
    let ended = vocabulary::read(Box::new(text.as_bytes()), &options.limits, &mut vocabulary, findings);
    findings.extend(vocabulary.take_findings());
    match ended {
        Ok(()) => {}
        Err(error) if error.kind == ErrorKind::Unreadable => {
            let place = error.position.map(|position| byte_of(text, position));
            findings.extend(unreadable(findings, &error, place));
        }
        Err(error) => return Err(error),
    }
    Ok(Content::Feed("opml"))
}

/// The text of bytes that are UTF-8 and nothing to wonder about, as posts are: no byte order mark, no NUL, and no markup
/// at the beginning that may say what the encoding is.
fn plain(bytes: Vec<u8>) -> Result<String, Vec<u8>> {
    let start = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if matches!(start, None | Some(b'<' | 0xef | 0xfe | 0xff)) || memchr::memchr(0, &bytes).is_some() {
        return Err(bytes);
    }
    String::from_utf8(bytes).map_err(std::string::FromUtf8Error::into_bytes)
}

/// How a source is coded, by what its decoder says.
pub(super) fn coding((encoding, bom, utf8, single_byte): (&'static str, usize, bool, bool)) -> Coding {
    match encoding {
        _ if utf8 && bom > 0 => Coding::Utf8Bom,
        _ if utf8 => Coding::Utf8,
        "UTF-16LE" | "UTF-16BE" => Coding::Utf16 { bom: bom > 0 },
        _ if single_byte => Coding::SingleByte,
        _ => Coding::Other,
    }
}

/// A text, how it was coded, and what is wrong with that.
type Decoded = (String, Coding, Vec<Finding>);

/// The text of bytes; the bytes where it is longer than the limit.
pub(super) fn decode(name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Result<Decoded, Vec<u8>>, Error> {
    let bytes = match plain(bytes) {
        Ok(text) if text.len() <= limits.kept => return Ok(Ok((text, Coding::Utf8, Vec::new()))),
        Ok(text) => text.into_bytes(),
        Err(bytes) => bytes,
    };
    let bytes = match encoding::of_utf8(bytes) {
        Ok(text) if text.len() <= limits.kept => return Ok(Ok((text, Coding::Utf8, Vec::new()))),
        Ok(text) => text.into_bytes(),
        Err(bytes) => bytes,
    };
    let decoded = encoding::decode_up_to(&bytes, None, limits, limits.kept).map_err(|error| error.in_source(name))?;
    let Some(encoding::Decoded { text, encoding, bom, utf8, single_byte, mut findings }) = decoded else {
        return Ok(Err(bytes));
    };
    if text.contains('\0') && !text.trim_start().starts_with('<') {
        return Err(Error::new(ErrorKind::Input, "this is a binary file, no text").in_source(name));
    }
    let coding = coding((encoding, bom, utf8, single_byte));
    // XML says what it is in; nothing else does.
    if !text.trim_start().starts_with('<') {
        findings.extend(foreign(coding));
    }
    Ok(Ok((text, coding, findings)))
}

/// What is wrong with the encoding of a text that is no XML.
pub(super) fn foreign(coding: Coding) -> Option<Finding> {
    let finding = Finding::warning("foreign-encoding", "this file is in UTF-16", Place::Source);
    matches!(coding, Coding::Utf16 { .. }).then(|| finding.help("generators expect UTF-8: save it as that"))
}
