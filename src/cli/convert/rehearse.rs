//! `--dry-run`: what would be written, on standard output, as it is found out: each post's file with what would become of
//! it, the first heads whole, and what would change in posts that are there.

use std::io::{self, BufWriter, Write};

use crate::{
    convert::{Fate, Told},
    error::{Error, ErrorKind},
    head_edit::Parts,
    limits::Limits,
    profile::Profile,
    untrusted::{shown, without_commands},
};

/// Heads that are shown.
const SAMPLES: usize = 5;

/// Bytes and lines of two versions up to which they are compared line by line: where little is the same, the time that
/// takes grows with the square of the lines.
const COMPARED: usize = 4 << 20;
const LINES: usize = 20_000;

/// A dry run on its way.
pub(super) struct Rehearsal {
    out: BufWriter<io::StdoutLock<'static>>,
    samples: usize,
    /// Nobody reads on.
    closed: bool,
    lines: usize,
}

impl Rehearsal {
    pub(super) fn new() -> Self {
        Rehearsal { out: BufWriter::new(io::stdout().lock()), samples: 0, closed: false, lines: 0 }
    }

    /// Shows what would become of a post.
    pub(super) fn item(&mut self, told: &Told<'_>, profile: &Profile) -> Result<(), Error> {
        let word = match told.fate {
            Fate::Written | Fate::LeftOut => return Ok(()),
            Fate::Replaced => "changed",
            fate => fate.name(),
        };
        let more = if told.changed && told.fate == Fate::Kept { " (changed at the source)" } else { "" };
        self.line(&format!("{word:9} {}{more}", shown(told.file.unwrap_or("-"))))?;
        for conflict in told.conflicts {
            self.line(&format!("    `{}` {}", shown(&conflict.key), conflict.why.words()))?;
        }
        match (told.fate, told.before, told.after) {
            (Fate::New, _, Some(post)) if self.samples < SAMPLES => {
                self.samples += 1;
                self.sample(&String::from_utf8_lossy(post), profile)
            }
            (Fate::Replaced | Fate::Merged, Some(before), Some(after)) => {
                self.difference(told.file.unwrap_or("-"), before, after)
            }
            _ => Ok(()),
        }
    }

    /// The head of a post, and how much text follows.
    fn sample(&mut self, post: &str, profile: &Profile) -> Result<(), Error> {
        let body = Parts::of(post, &profile.fences, &Limits::default()).map_or(0, |parts| parts.head.body.start);
        let (head, text) = post.split_at(body);
        for line in head.lines() {
            self.line(&format!("    {}", shown(line)))?;
        }
        self.line(&format!("    … {} bytes of text", text.len()))
    }

    fn difference(&mut self, file: &str, before: &[u8], after: &[u8]) -> Result<(), Error> {
        let lines = memchr::memchr_iter(b'\n', before).count() + memchr::memchr_iter(b'\n', after).count();
        if before.len() + after.len() > COMPARED || lines > LINES {
            return self.line(&format!("    {} bytes become {}", before.len(), after.len()));
        }
        let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
        let difference = similar::TextDiff::from_lines(&*before, &*after);
        let text =
            difference.unified_diff().context_radius(3).header(&format!("a/{file}"), &format!("b/{file}")).to_string();
        for line in text.lines() {
            self.line(&shown(line).to_string())?;
        }
        Ok(())
    }

    /// A line of standard output.
    pub(super) fn line(&mut self, line: &str) -> Result<(), Error> {
        self.lines += 1;
        let done = writeln!(self.out, "{}", without_commands(line));
        self.settle(done)
    }

    /// Parts what follows from what was shown.
    pub(super) fn gap(&mut self) -> Result<(), Error> {
        if self.lines > 0 { self.line("") } else { Ok(()) }
    }

    /// Brings out what waits.
    pub(super) fn finish(&mut self) -> Result<(), Error> {
        let done = self.out.flush();
        self.settle(done)
    }

    fn settle(&mut self, done: io::Result<()>) -> Result<(), Error> {
        match done {
            _ if self.closed => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            Err(error) => Err(Error::new(ErrorKind::Output, format!("standard output cannot be written: {error}"))),
            Ok(()) => Ok(()),
        }
    }
}
