//! A post to one item.

use std::{io::Read, ops::Range};

use crate::{
    error::{Error, ErrorKind},
    finding::{Finding, Place, Severity},
    format::{Part, Places, ReadOptions, Reader},
    limits::Limits,
    lines::Lines,
    model::{Feed, Item, Text, TextKind},
    syntax::head::{self, Fences},
};

pub(super) fn read<'a>(source: Box<dyn Read + 'a>, options: &ReadOptions) -> Box<dyn Reader + 'a> {
    Box::new(MarkdownReader {
        source: Some(source),
        options: options.clone(),
        begun: false,
        places: Places::default(),
        findings: Vec::new(),
    })
}

struct MarkdownReader<'a> {
    /// Gone once it was read.
    source: Option<Box<dyn Read + 'a>>,
    options: ReadOptions,
    begun: bool,
    places: Places,
    findings: Vec<Finding>,
}

impl Reader for MarkdownReader<'_> {
    fn next(&mut self) -> Result<Option<Part>, Error> {
        if !self.begun {
            self.begun = true;
            return Ok(Some(Part::Head(Feed::default())));
        }
        let Some(source) = self.source.take() else { return Ok(None) };
        let text = self.text(source).map_err(|error| error.in_source(&self.options.name))?;
        let item = self.item(&text).map_err(|error| error.in_source(&self.options.name))?;
        Ok(Some(Part::Item(Box::new(item))))
    }

    fn places(&self) -> &Places {
        &self.places
    }

    fn take_findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }
}

impl MarkdownReader<'_> {
    /// The whole post as text, without a byte order mark.
    fn text(&self, source: Box<dyn Read + '_>) -> Result<String, Error> {
        let limit = self.options.limits.item;
        let mut bytes = Vec::new();
        let most = u64::try_from(limit).unwrap_or(u64::MAX);
        source
            .take(most.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| Error::new(ErrorKind::Input, format!("cannot be read: {error}")))?;
        if bytes.len() > limit {
            return Err(Error::new(
                ErrorKind::Limit,
                format!("the post has {}", Limits::message("bytes", limit, "item")),
            ));
        }
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        String::from_utf8(bytes).map_err(|error| {
            let good = error.utf8_error().valid_up_to();
            let start = String::from_utf8_lossy(&error.as_bytes()[..good]).into_owned();
            let position = Lines::new(&start).position(&start, good);
            Error::new(ErrorKind::Unreadable, "this is not UTF-8")
                .help("`--encoding` names another encoding")
                .at(position.line, position.column)
        })
    }

    fn item(&mut self, text: &str) -> Result<Item, Error> {
        let profile = &self.options.profile;
        let mut split = head::split(text, &profile.fences);
        if split.head.is_none() {
            // A post on its way from another generator may have a head that the profile's own does not know.
            let other = head::split(text, &Fences::default());
            let is_sound = other.findings.iter().all(|finding| finding.severity < Severity::Error);
            if other.head.is_some() && is_sound {
                split = other;
            }
        }
        let mut findings = split.findings;
        let mut item = Item::default();
        let mut places = Vec::new();
        let mut usable = true;
        match &split.head {
            // A program in the place of a head is not wrong, but what it carries would be lost.
            None => {
                let stops =
                    |finding: &Finding| finding.severity == Severity::Error || finding.code == "script-front-matter";
                usable = !findings.iter().any(stops);
            }
            Some(head) => {
                let (tree, found) = head::parse(text, head, &self.options.limits);
                findings.extend(found);
                if tree.nodes.is_empty() {
                    usable = false;
                } else {
                    (item, places) = profile.read(&tree, text);
                }
            }
        }
        let lines = Lines::new(text);
        for finding in &mut findings {
            locate(finding, text, &lines);
        }
        if !usable {
            return Err(unusable(&findings));
        }
        self.findings.extend(findings);
        profile.read_file_name(&self.options.name, &mut item);
        item.content = content(&text[split.body.clone()]).map(|value| Text::new(self.kind(), value));
        if self.options.places {
            places.push(("/content".to_owned(), split.body));
            self.places.list = places;
        }
        Ok(item)
    }

    /// What kind of text the body is.
    fn kind(&self) -> TextKind {
        let extension = self.options.name.rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension {
            "html" | "htm" => TextKind::Html,
            // Org's markup is none that is read here: kept as text.
            "org" => TextKind::Plain,
            _ => self.options.profile.body.clone(),
        }
    }
}

/// The body with line ends as LF, without the last one; `None` when nothing is left.
fn content(body: &str) -> Option<String> {
    let mut value = if body.contains('\r') { body.replace("\r\n", "\n").replace('\r', "\n") } else { body.to_owned() };
    if value.ends_with('\n') {
        value.pop();
    }
    (!value.is_empty()).then_some(value)
}

/// Fills in the bytes, line and column of a finding that knows its bytes.
fn locate(finding: &mut Finding, text: &str, lines: &Lines) {
    let bytes = |place: &Place| -> Option<Range<usize>> {
        match place {
            Place::Bytes(range) => Some(range.clone()),
            _ => None,
        }
    };
    if let Some(range) = bytes(&finding.place) {
        finding.span = Some(lines.span(text, &range));
        finding.range = Some(range);
    }
    for related in &mut finding.related {
        if let Some(range) = bytes(&related.place) {
            related.span = Some(lines.span(text, &range));
            related.range = Some(range);
        }
    }
}

/// The error for a head that cannot be used: what its worst finding says.
fn unusable(findings: &[Finding]) -> Error {
    let worst = findings.iter().rfind(|finding| finding.severity == Severity::Error).or(findings.last());
    let Some(finding) = worst else {
        return Error::new(ErrorKind::Unreadable, "the front matter cannot be read");
    };
    let kind = if finding.code == "limit-reached" { ErrorKind::Limit } else { ErrorKind::Unreadable };
    let mut error = Error::new(kind, finding.message.clone());
    error.help = finding.help.clone();
    error.position = finding.span.map(|span| (span.start.line, span.start.column));
    error
}
