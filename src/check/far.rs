//! A feed that is larger than is kept: read as it comes, an item at a time, and a second time for the lines and columns
//! of what was found. Feeds in XML and JSON Feeds are; whatever else there is must fit.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    io::{self, BufRead, BufReader, Read},
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use super::{
    Options, Source,
    found::{Found, misread},
    ignore, json_items,
    onlookers::{News, Onlookers},
    read::{self, Ended, POST_ENDINGS, PROBE},
    respell,
};
use crate::{
    document::{Content, Document, Far},
    encoding::{self, Decoder},
    error::{Error, ErrorKind},
    finding::{Finding, Place},
    format::{self, Format, Probe, ReadOptions},
    kept::{self, Kept, Text},
    limits::Limits,
    marks::{self, Marks},
    syntax::json::Json,
};

/// Bytes that are looked at to tell the format: those of a line more than there are in text.
const HEAD: u64 = 64 << 10;

/// Findings that are gathered before those over the cap are counted and let go.
const GATHERED: usize = 500;

/// The same where comments may silence some of them.
const SILENCED: usize = 100_000;

/// The text of a source, decoded once more.
pub(super) fn text<'s>(source: &'s dyn Source, limits: &Limits) -> Result<Decoder<Box<dyn Read + 's>>, Error> {
    Ok(Decoder::new(source.open()?, None).within(limits))
}

/// What the reading of bytes that failed means.
pub(super) fn failed(error: io::Error) -> Error {
    match error.downcast::<Error>() {
        Ok(error) => error,
        Err(error) => Error::new(ErrorKind::Input, format!("the source could not be read: {error}")),
    }
}

/// Reads a source that is larger than the limit. How many findings were left out of its document.
pub(super) fn read(name: &str, source: &dyn Source, options: &Options) -> Result<(Document, usize), Error> {
    let Some(format) = format_of(name, source)? else {
        let message = Limits::message("bytes in one source", options.limits.kept, "kept");
        let help = "feeds in XML and JSON Feeds may be larger; all else is held in memory to be checked";
        return Err(Error::new(ErrorKind::Limit, message).help(help).in_source(name));
    };
    let read =
        if format.watch.is_some() { feed(name, format, source, options) } else { json_feed(name, source, options) };
    read.map_err(|error| error.in_source(name))
}

/// The format of a feed; `None` for anything else.
fn format_of(name: &str, source: &dyn Source) -> Result<Option<&'static Format>, Error> {
    let ending = read::ending(name);
    if POST_ENDINGS.contains(&&*ending) {
        return Ok(None);
    }
    let mut start = Vec::new();
    source.open()?.take(HEAD).read_to_end(&mut start).map_err(failed)?;
    let (text, refused) = encoding::probe(&start, None);
    if let Some(error) = refused {
        return Err(error.in_source(name));
    }
    let probe = Probe { start: &text[..text.floor_char_boundary(PROBE)], extension: &ending };
    let format = format::sniff(&probe).filter(|format| format.watch.is_some() || format.name == "json-feed");
    Ok(format.filter(|_| !read::no_feed(&probe)))
}

/// The text as it is read, which is kept on the way.
struct Stream<'a, 's> {
    decoder: &'a RefCell<Decoder<Box<dyn Read + 's>>>,
    kept: &'a Mutex<Kept>,
}

impl Read for Stream<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.decoder.borrow_mut().read(buffer)?;
        kept::lock(self.kept).push(&buffer[..count]).map_err(io::Error::other)?;
        Ok(count)
    }
}

fn feed(
    name: &str,
    format: &'static Format,
    source: &dyn Source,
    options: &Options,
) -> Result<(Document, usize), Error> {
    let kept = Mutex::new(Kept::new(&options.limits, ignore::MARK));
    let text = Text::Streamed(&kept);
    let decoder = RefCell::new(self::text(source, &options.limits)?);
    let notes = decoder.borrow().notes();
    let mut found = Found::default();
    let mut left_out = 0;
    let read_options = ReadOptions { parts: false, ..read::read_options(name, options) };
    let stream = Box::new(Stream { decoder: &decoder, kept: &kept });
    let ended = thread::scope(|scope| -> Result<Ended, Error> {
        let watch = RefCell::new(Onlookers::new(text, options, scope));
        let mut gather = |found: &mut Found, findings: Vec<Finding>| {
            let mut onlookers = watch.borrow_mut();
            sort(found, findings, onlookers.take(), &kept);
            // What a comment silences is not counted: that is known at the end.
            let most = if kept::lock(&kept).has_noted() { SILENCED } else { GATHERED + 4 * options.limits.findings };
            if found.count() > most {
                // What several find of one thing may be one mistake, and must be there together.
                sort(found, Vec::new(), onlookers.settle(), &kept);
                found.merge();
                left_out += condense(&mut found.read, options);
            }
        };
        let ended = read::drain(format, stream, &read_options, &mut &watch, &mut |news| gather(&mut found, news))?;
        sort(&mut found, Vec::new(), watch.into_inner().finish(), &kept);
        Ok(ended)
    })?;
    // What stands behind a mistake past repair is text too, and may be badly encoded.
    let rest = io::copy(&mut *decoder.borrow_mut(), &mut io::sink()).map_err(failed)?;
    if let Ended::Cut(error) = ended {
        let place = |(line, column)| -> Result<_, Error> {
            let (start, length) =
                marks::offset(&mut self::text(source, &options.limits)?, line, column).map_err(failed)?;
            Ok(start..start + length)
        };
        found.read.extend(read::unreadable(&found.read, &error, error.position.map(place).transpose()?));
    }
    found.read.splice(0..0, notes.take_findings());
    found.merge();
    let mut findings = found.read;
    misread(&mut findings);
    let mut kept = kept.into_inner().unwrap_or_else(PoisonError::into_inner);
    let ignores = kept.noted();
    let far = Far { length: kept.length() + rest as usize, first: kept.first(), marks: Marks::default() };
    let coding = read::coding(decoder.borrow().told());
    let mut document = {
        let profile = Arc::clone(&options.profile);
        Document::far(name.to_owned(), far, coding, Content::Feed(format.name), profile)
    };
    document.surroundings = Arc::clone(&options.settings.surroundings);
    document.findings = findings;
    if !ignores.is_empty() {
        ignore::apply_beyond(&mut document, source, ignores, options)?;
    }
    Ok((document, left_out))
}

/// Reads a JSON Feed.
fn json_feed(name: &str, source: &dyn Source, options: &Options) -> Result<(Document, usize), Error> {
    let kept = Mutex::new(json_items::kept(&options.limits));
    let decoder = RefCell::new(text(source, &options.limits)?);
    let notes = decoder.borrow().notes();
    let stream = Box::new(Stream { decoder: &decoder, kept: &kept });
    let mut json = Json::new(stream, options.limits.clone(), true);
    let json_items::Found { content, mut findings, left_out } = json_items::read(name, &mut json, &kept, options)?;
    drop(json);
    let rest = io::copy(&mut *decoder.borrow_mut(), &mut io::sink()).map_err(failed)?;
    let coding = read::coding(decoder.borrow().told());
    findings.splice(0..0, notes.take_findings().into_iter().chain(read::foreign(coding)));
    misread(&mut findings);
    let kept = kept.into_inner().unwrap_or_else(PoisonError::into_inner);
    let far = Far { length: kept.length() + rest as usize, first: kept.first(), marks: Marks::default() };
    let mut document = Document::far(name.to_owned(), far, coding, content, Arc::clone(&options.profile));
    document.surroundings = Arc::clone(&options.settings.surroundings);
    document.findings = findings;
    options.required.check(&mut document)?;
    Ok((document, left_out))
}

/// Adds what was found to what was found before, and lets go of items that nobody speaks of any more.
fn sort(found: &mut Found, read: Vec<Finding>, news: News, kept: &Mutex<Kept>) {
    let News { said, looked, ended } = news;
    for (group, mut news) in [(&mut found.read, read), (&mut found.said, said), (&mut found.looked, looked)] {
        respell::dates(Text::Streamed(kept), &mut news);
        group.append(&mut news);
    }
    let mut kept = kept::lock(kept);
    ended.into_iter().for_each(|item| kept.drop_item(item));
}

/// Gives the text around each of some offsets, up to `reach` bytes on each side: the offset, where the text begins, and
/// the text.
pub(super) fn pieces(
    text: &mut dyn Read,
    offsets: &[usize],
    reach: usize,
    give: &mut dyn FnMut(usize, usize, &str),
) -> io::Result<()> {
    let (mut bytes, mut start): (Vec<u8>, usize) = (Vec::new(), 0);
    for &offset in offsets {
        let from = offset.saturating_sub(reach);
        while start + bytes.len() < offset + reach {
            let before = bytes.len();
            text.take(64 << 10).read_to_end(&mut bytes)?;
            if bytes.len() == before {
                break;
            }
            let passed = from.saturating_sub(start).min(bytes.len());
            bytes.drain(..passed);
            start += passed;
        }
        let to = kept::boundary(&bytes, (offset + reach).saturating_sub(start).min(bytes.len()));
        let from = kept::boundary(&bytes, from.saturating_sub(start).min(to));
        if let Ok(piece) = std::str::from_utf8(&bytes[from..to]) {
            give(offset, start + from, piece);
        }
    }
    Ok(())
}

/// Keeps the first findings that count, up to the cap; how many more there are.
pub(super) fn condense(findings: &mut Vec<Finding>, options: &Options) -> usize {
    findings.retain_mut(|finding| options.settings.keep(finding));
    findings.sort_by(|a, b| {
        let start = |finding: &Finding| match (&finding.range, &finding.place) {
            (Some(range), _) | (None, Place::Bytes(range) | Place::Missing { end: range, .. }) => range.start,
            (None, _) => 0,
        };
        start(a).cmp(&start(b)).then_with(|| a.code.cmp(&b.code))
    });
    let more = findings.len().saturating_sub(options.limits.findings);
    findings.truncate(options.limits.findings);
    more
}

/// Reads the source a second time for the lines and columns of findings, whose ranges are known.
pub(super) fn mark(
    document: &mut Document,
    findings: &[Finding],
    source: &dyn Source,
    options: &Options,
) -> Result<(), Error> {
    let mut offsets = vec![0];
    let mut want = |range: &Range<usize>| offsets.extend([range.start, range.end]);
    for finding in findings {
        want(&document.locate(&finding.place));
        finding.range.iter().for_each(&mut want);
        finding.fix.iter().flat_map(|fix| &fix.edits).for_each(|edit| want(&edit.range));
        for related in finding.related.iter().filter(|related| related.file.is_none()) {
            want(&related.range.clone().unwrap_or_else(|| document.locate(&related.place)));
        }
    }
    let marks = Marks::read(&mut text(source, &options.limits)?, offsets).map_err(failed)?;
    if let Some(far) = &mut document.far {
        far.marks = marks;
    }
    Ok(())
}

/// A text of as many lines as the source, of which those around `lines` hold what they hold there and the others are
/// empty. `None` where that is more than the limit.
pub(super) fn excerpt(source: &dyn Source, lines: &[usize], limits: &Limits) -> Option<String> {
    let near: BTreeSet<usize> = lines.iter().flat_map(|line| line.saturating_sub(AROUND)..=line + AROUND).collect();
    let last = near.last().copied()?;
    let mut text = BufReader::with_capacity(64 << 10, text(source, limits).ok()?);
    let mut excerpt = Vec::new();
    let mut line = 1;
    let mut returned = false;
    loop {
        let bytes = text.fill_buf().ok()?;
        let count = bytes.len();
        if count == 0 || line > last {
            return String::from_utf8(excerpt).ok();
        }
        let mut from = 0;
        while from < count {
            if std::mem::take(&mut returned) {
                line += 1;
                if bytes[from] == b'\n' {
                    excerpt.push(b'\n');
                    from += 1;
                    continue;
                }
            }
            let end = memchr::memchr2(b'\n', b'\r', &bytes[from..]);
            let to = end.map_or(count, |end| from + end);
            if near.contains(&line) {
                excerpt.extend_from_slice(&bytes[from..to]);
            }
            from = to;
            if end.is_some() {
                excerpt.push(bytes[to]);
                from += 1;
                returned = bytes[to] == b'\r';
                line += usize::from(!returned);
            }
        }
        if excerpt.len() > limits.kept {
            return None;
        }
        text.consume(count);
    }
}

/// Lines that may be shown beside that of a finding.
const AROUND: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::Lines;

    #[test]
    fn an_excerpt_has_its_lines_where_they_were() {
        let text: String = (1..40).map(|n| format!("line {n}\r\n{}", if n % 7 == 0 { "\rx\n" } else { "" })).collect();
        let found = excerpt(&text.as_bytes().to_vec(), &[9, 20], &Limits::default()).expect("it is short");
        let (all, some) = (Lines::new(&text), Lines::new(&found));
        for line in (6..=12).chain(17..=23) {
            assert_eq!(all.line(&text, line), some.line(&found, line));
        }
        assert_eq!(some.line(&found, 14), "");
    }
}
