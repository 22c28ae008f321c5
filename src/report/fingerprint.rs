//! What a finding is known by from one run to the next: file, code and pointer, never its line. Where several share
//! these, the text of their line tells them apart, then their number.

use std::collections::HashMap;

use super::{FileReport, Located, Report};
use crate::{identity, lines::Lines};

/// The fingerprints of a report, handed out in its order.
pub(super) struct Fingerprints<'r> {
    report: &'r Report<'r>,
    /// The file that the finding before was in, and its text.
    text: Option<(String, Option<(String, Lines)>)>,
    /// How often each one was given.
    given: HashMap<String, usize>,
}

impl<'r> Fingerprints<'r> {
    pub(super) fn new(report: &'r Report<'r>) -> Self {
        Fingerprints { report, text: None, given: HashMap::new() }
    }

    /// The fingerprint of the next finding: a UUID, the same for the same finding wherever its line moves to.
    pub(super) fn next(&mut self, file: &FileReport, located: &Located) -> String {
        let finding = &located.finding;
        // A pointer tells where; without one the line's own words do.
        let line = if finding.pointer.is_empty() { self.line(file, located).trim().to_owned() } else { String::new() };
        let facts = [&*file.name, &*finding.code, &*finding.pointer, &*line];
        let id = identity::name("finding", &facts);
        let count = self.given.entry(id.clone()).or_default();
        *count += 1;
        let id = if *count == 1 { id } else { identity::name("number", &[&id, &count.to_string()]) };
        id.trim_start_matches("urn:uuid:").to_owned()
    }

    /// The text of a file, and its lines; read once while the findings are those of one file.
    pub(super) fn source(&mut self, file: &FileReport) -> Option<&(String, Lines)> {
        if self.text.as_ref().is_none_or(|(name, _)| *name != file.name) {
            let text = (self.report.text)(&file.name).map(|text| {
                let lines = Lines::new(&text);
                (text, lines)
            });
            self.text = Some((file.name.clone(), text));
        }
        self.text.as_ref()?.1.as_ref()
    }

    fn line(&mut self, file: &FileReport, located: &Located) -> &str {
        let [number, ..] = located.position();
        match self.source(file) {
            Some((text, lines)) if number <= lines.count() => lines.line(text, number),
            _ => "",
        }
    }
}
