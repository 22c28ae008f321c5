//! Comments that silence findings: `# slugline-ignore CODE` in heads, `<!-- slugline-ignore CODE -->` in bodies and
//! XML. Each says which lines it speaks for; one that silences nothing is a finding itself.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use memchr::memmem::Finder;

use super::{Options, Settings, Source, far};
use crate::{
    config::Level,
    document::{Content, Document},
    error::Error,
    facts::Notes,
    finding::{Edit, Finding, Place, Severity},
    limits::Limits,
    lines::Lines,
    marks::Marks,
    nearest::nearest,
    rule::{self, RULES},
    syntax::{
        head::HeadFormat,
        prose,
        tree::{Kind, Tree},
        xml::{Open, Watch},
    },
    vocabulary,
};

/// What such a comment begins with.
pub(super) const MARK: &str = "slugline-ignore";

/// Bytes on each side of a comment that are read again where the text is not kept.
const REACH: usize = 8 << 10;

/// Empty lines that a comment in markup looks past.
const EMPTY: usize = 16;

/// One comment.
struct Ignore {
    /// Its bytes, from `#` or `<!--` to its end.
    range: Range<usize>,
    /// The 1-based lines that it speaks for.
    lines: Vec<usize>,
    /// Its codes: where each stands, what it is, and whether it silenced something.
    codes: Vec<(Range<usize>, String, bool)>,
    /// What takes it out, in a head.
    removal: Option<Range<usize>>,
    /// Where the start tag of the element begins that it stands in, in XML.
    within: Option<usize>,
}

/// Whether a text speaks of silence anywhere: most do not.
pub(super) fn is_marked(text: &str) -> bool {
    static FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(MARK));
    FINDER.find(text.as_bytes()).is_some()
}

/// Takes out of the document what its comments silence, marks the facts that they do, and adds a finding for each
/// comment that silences nothing.
pub(super) fn apply(document: &mut Document, facts: &mut Notes, settings: &Settings) {
    if !is_marked(&document.text) {
        return;
    }
    let mut ignores = in_head(document);
    ignores.extend(in_markup(document));
    if ignores.is_empty() {
        return;
    }
    let mut findings = std::mem::take(&mut document.findings);
    for finding in &mut findings {
        finding.range.get_or_insert_with(|| document.locate(&finding.place));
    }
    let lines = document.lines();
    let sought = |code: &str, severity| settings.level(code, severity) != Level::Off;
    silence(&mut findings, facts, &mut ignores, &sought, &|offset| lines.number(offset));
    document.findings = findings;
}

/// The same for a feed that is not kept, in which the mark stands at `marks`: what is near each is read again.
pub(super) fn apply_beyond(
    document: &mut Document,
    source: &dyn Source,
    marks: Vec<usize>,
    options: &Options,
) -> Result<(), Error> {
    let text = || far::text(source, &options.limits);
    let mut ignores: Vec<Ignore> = Vec::new();
    // Where the piece of text begins that each was found in.
    let mut bases = Vec::new();
    far::pieces(&mut text()?, &marks, REACH, &mut |at, base, piece| {
        let lines = Lines::new(piece);
        if let Some(mut ignore) = comment(piece, &lines, 0..piece.len(), at - base) {
            ignore.shift(base);
            ignores.push(ignore);
            bases.push(base);
        }
    })
    .map_err(far::failed)?;
    if ignores.is_empty() {
        return Ok(());
    }
    let mut findings = std::mem::take(&mut document.findings);
    let mut offsets = bases.clone();
    for finding in &mut findings {
        offsets.push(finding.range.get_or_insert_with(|| document.locate(&finding.place)).start);
        if let Place::Missing { tag, .. } = &finding.place {
            offsets.push(tag.start);
        }
    }
    let known = Marks::read(&mut text()?, offsets).map_err(far::failed)?;
    let number = |offset| known.at(offset).map_or(1, |mark| mark.position.line);
    for (ignore, base) in ignores.iter_mut().zip(bases) {
        ignore.lines.iter_mut().for_each(|line| *line += number(base) - 1);
    }
    let mut around = Around { comments: &mut ignores, next: 0, open: Vec::new() };
    let _ = vocabulary::read(Box::new(text()?), &Limits::default(), &mut around, &mut Vec::new());
    // Before such a feed is read nobody knows of its comments: what is not shown was not looked for.
    let sought = |code: &str, _| options.settings.shows(code);
    silence(&mut findings, &mut Notes::default(), &mut ignores, &sought, &number);
    document.findings = findings;
    Ok(())
}

/// Takes out the findings that comments silence, and adds those on comments that silence none. The ranges of findings
/// are known; `sought` tells whether a code of some severity was looked for, `number` the line of a byte.
fn silence(
    findings: &mut Vec<Finding>,
    facts: &mut Notes,
    ignores: &mut [Ignore],
    sought: &dyn Fn(&str, Severity) -> bool,
    number: &dyn Fn(usize) -> usize,
) {
    let mut by_line: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut by_element: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, ignore) in ignores.iter().enumerate() {
        for line in &ignore.lines {
            by_line.entry(*line).or_default().push(index);
        }
        if let Some(start) = ignore.within {
            by_element.entry(start).or_default().push(index);
        }
    }
    let line = |finding: &Finding| match (finding.span, &finding.range) {
        (Some(span), _) => span.start.line,
        (None, range) => number(range.as_ref().map_or(0, |range| range.start)),
    };
    // What an element lacks may be silenced before it, anywhere right in it, and where it ends.
    let speaking = |finding: &Finding| {
        let mut speaking: Vec<usize> = by_line.get(&line(finding)).into_iter().flatten().copied().collect();
        if let Place::Missing { tag, .. } = &finding.place {
            speaking.extend(by_line.get(&number(tag.start)).into_iter().flatten());
            // The name stands right behind the bracket.
            speaking.extend(tag.start.checked_sub(1).and_then(|start| by_element.get(&start)).into_iter().flatten());
        }
        speaking
    };
    // Each comment that silences a finding is used.
    let mut silence = |speaking: &[usize], code: &str| {
        let mut silenced = false;
        for index in speaking {
            for (_, known, used) in &mut ignores[*index].codes {
                if known == code {
                    *used = true;
                    silenced = true;
                }
            }
        }
        silenced
    };
    findings.retain(|finding| !silence(&speaking(finding), &finding.code));
    facts.silence(|rule, line| silence(by_line.get(&line).map_or(&[], Vec::as_slice), RULES[rule].code));
    for ignore in ignores.iter() {
        findings.extend(unused(ignore, sought));
    }
}

fn unused(ignore: &Ignore, sought: &dyn Fn(&str, Severity) -> bool) -> Vec<Finding> {
    let new = |message: String, range: &Range<usize>| {
        Finding::new("unused-ignore", Severity::Warning, message, Place::Bytes(range.clone()))
    };
    if ignore.codes.is_empty() {
        let help = "name the code of the finding: `slugline-ignore missing-key`";
        return vec![new("this comment names no code".to_owned(), &ignore.range).help(help)];
    }
    let mut found = Vec::new();
    for (range, code, _) in ignore.codes.iter().filter(|(.., used)| !used) {
        match rule::find(code) {
            None => {
                let finding = new(format!("there is no rule `{code}` to ignore"), range);
                found.push(match nearest(code, RULES.iter().map(|rule| rule.code)) {
                    Some(meant) => finding.label(format!("did you mean `{meant}`?")),
                    None => finding.help("`slugline list rules` lists them"),
                });
            }
            // What is not looked for in this run may be there.
            Some(rule) if !sought(code, rule.severity) => {}
            Some(_) => found.push(new(format!("there is no `{code}` here to ignore"), range)),
        }
    }
    // Only a comment of which nothing is needed can go.
    if found.len() == ignore.codes.len()
        && let (Some(removal), Some(first)) = (&ignore.removal, found.first_mut())
        && first.label.is_none()
    {
        first.help = Some("take the comment out (`--fix` does)".to_owned());
        let edit = Edit { range: removal.clone(), text: String::new() };
        first.fix = Some(crate::finding::Fix { safe: true, edits: vec![edit], meant: Vec::new() });
    }
    found
}

/// The codes after the mark, up to `--` or `:`, which begin the reason.
fn codes(text: &str, from: usize, to: usize) -> Vec<(Range<usize>, String, bool)> {
    let part = &text[from..to];
    let ends = [part.find("--"), part.find(':')].into_iter().flatten().min();
    let part = ends.map_or(part, |end| &part[..end]);
    let mut found = Vec::new();
    let mut at = from;
    for word in part.split([',', ' ', '\t', '\r', '\n']) {
        if !word.is_empty() {
            found.push((at..at + word.len(), word.to_owned(), false));
        }
        at += word.len() + 1;
    }
    found
}

/// The comments of a head in YAML or TOML.
fn in_head(document: &Document) -> Vec<Ignore> {
    let Some(post) = document.post().filter(|post| post.head.format != HeadFormat::Json) else { return Vec::new() };
    let (text, lines) = (&document.text, document.lines());
    let inner = post.head.inner.clone();
    let (first, last) = (lines.number(inner.start), lines.number(inner.end));
    let is_comment = |number: &usize| lines.line(text, *number).trim_start().starts_with('#');
    // Comments directly under the opening fence.
    let leading = first + (first..=last).take_while(is_comment).count();
    let mut next = 0;
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(&text.as_bytes()[inner.clone()], MARK.as_bytes()) {
        let at = inner.start + at;
        let number = lines.number(at);
        let line = lines.start(number);
        let before = text[line..at].trim_end_matches([' ', '\t']);
        let Some(before) = before.strip_suffix('#') else { continue };
        let start = line + before.len();
        if !(before.is_empty() || before.ends_with([' ', '\t'])) || is_in_text(&post.tree, start) {
            continue;
        }
        let end = line + lines.line(text, number).len();
        let alone = before.trim().is_empty();
        let mut own = Vec::new();
        let removal = if alone {
            // Comments on top of each other speak for the same line: it is looked for once.
            if next <= number {
                next = (number + 1..=last).find(|number| !is_comment(number)).unwrap_or(last + 1);
            }
            own.push(next);
            if number < leading {
                own.push(lines.number(post.head.open.start));
            }
            line..if number < lines.count() { lines.start(number + 1) } else { end }
        } else {
            own.push(number);
            line + before.trim_end().len()..end
        };
        let codes = codes(text, at + MARK.len(), end);
        found.push(Ignore { range: start..end, lines: own, codes, removal: Some(removal), within: None });
    }
    found
}

/// Whether a byte stands within a scalar: there `#` is text.
fn is_in_text(tree: &Tree, at: usize) -> bool {
    let is_scalar = |kind: &Kind| !matches!(kind, Kind::List(_) | Kind::Map(_));
    tree.nodes.iter().any(|node| is_scalar(&node.kind) && node.range.contains(&at))
}

/// The comments of a body, or of a feed in XML.
fn in_markup(document: &Document) -> Vec<Ignore> {
    let text = &document.text;
    let stretches: Vec<Range<usize>> = match &document.content {
        Content::Post(post) => {
            let start = post.head.body.start;
            let ranges = prose::ranges(&text[post.head.body.clone()]).into_iter();
            ranges.map(|range| start + range.start..start + range.end).collect()
        }
        Content::Feed(_) => std::iter::once(0..text.len()).collect(),
        _ => Vec::new(),
    };
    let lines = document.lines();
    let mut found = Vec::new();
    for stretch in stretches {
        for at in memchr::memmem::find_iter(&text.as_bytes()[stretch.clone()], MARK.as_bytes()) {
            found.extend(comment(text, lines, stretch.clone(), stretch.start + at));
        }
    }
    if matches!(document.content, Content::Feed(_)) && !found.is_empty() {
        let mut around = Around { comments: &mut found, next: 0, open: Vec::new() };
        // What is wrong in the feed was told when it was read; what follows a mistake past repair lies in nothing.
        let _ = vocabulary::read(Box::new(text.as_bytes()), &Limits::default(), &mut around, &mut Vec::new());
    }
    found
}

/// The comment of a stretch of text in which the mark stands at a byte.
fn comment(text: &str, lines: &Lines, stretch: Range<usize>, at: usize) -> Option<Ignore> {
    let before = text[stretch.start..at].trim_end().strip_suffix("<!--")?;
    // A comment of this kind fits a line or two; an end far away is another's.
    let near = text.floor_char_boundary((at + 1_000).min(stretch.end));
    let length = text[at..near].find("-->")?;
    let range = stretch.start + before.len()..at + length + 3;
    let own = lines_of(text, lines, &range);
    let codes = codes(text, at + MARK.len(), at + length);
    Some(Ignore { range, lines: own, codes, removal: None, within: None })
}

impl Ignore {
    /// Moves what was found in a piece of text that begins at `base`.
    fn shift(&mut self, base: usize) {
        for range in std::iter::once(&mut self.range).chain(self.codes.iter_mut().map(|(range, ..)| range)) {
            *range = range.start + base..range.end + base;
        }
    }
}

/// Looks on for the element that each comment stands in.
struct Around<'i> {
    /// In order.
    comments: &'i mut [Ignore],
    next: usize,
    /// Where the start tags of the open elements begin.
    open: Vec<usize>,
}

impl Around<'_> {
    /// All comments before a tag stand in the innermost open element.
    fn pass(&mut self, tag: &Range<usize>) {
        while let Some(comment) = self.comments.get_mut(self.next).filter(|comment| comment.range.start < tag.start) {
            comment.within = self.open.last().copied();
            self.next += 1;
        }
    }
}

impl Watch for Around<'_> {
    fn open(&mut self, open: &Open<'_>) {
        self.pass(&open.range);
        self.open.push(open.range.start);
    }

    fn text(&mut self, _: &str) {}

    fn text_at(&mut self, _: Range<usize>) {}

    fn close(&mut self, range: Range<usize>) {
        self.pass(&range);
        self.open.pop();
    }

    fn end(&mut self) {}
}

/// The lines of a comment in markup, and the next that is not empty.
fn lines_of(text: &str, lines: &Lines, range: &Range<usize>) -> Vec<usize> {
    let (first, last) = (lines.number(range.start), lines.number(range.end));
    let is_full = |number: &usize| !lines.line(text, *number).trim().is_empty();
    (first..=last).chain((last + 1..=lines.count()).take(EMPTY).find(is_full)).collect()
}
