//! A baseline: the findings that an old site has today and may keep, so that only new ones count. They are known by
//! file, code and pointer, and counted, never by line: a post may grow above them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, ErrorKind},
    finding::Finding,
};

/// The version of the file's shape (`schemas/baseline.schema.json`).
const VERSION: u64 = 1;

/// Recorded findings, and how many of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    counts: BTreeMap<Key, usize>,
}

/// What a finding is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Key {
    /// The file, as reports show it: relative to the configuration's folder.
    pub file: String,
    /// The finding's code.
    pub code: String,
    /// JSON Pointer of what it is about; empty where there is none.
    pub pointer: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    version: u64,
    findings: Vec<Row>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Row {
    file: String,
    code: String,
    pointer: String,
    count: usize,
}

impl Baseline {
    /// Reads a baseline's file: JSON, as `schemas/baseline.schema.json` describes it.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] with the place of what is no such JSON, and where the file is of a later version.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let shape: Shape = serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).map_err(|trouble| {
            let words = trouble.to_string();
            let words = words.rsplit_once(" at line ").map_or(words.as_str(), |(words, _)| words);
            // What serde calls by the names of its types.
            let words = words.replace("struct Shape with 2 elements", "an object").replace("usize", "a count");
            let merged = text.lines().any(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "));
            let help = match merged {
                true => "a merge left its marks in it: run `--write-baseline` to write it anew",
                false => "`--write-baseline` writes one; `slugline schema baseline` tells its shape",
            };
            Error::new(ErrorKind::Config, format!("this is no baseline: {words}"))
                .at(trouble.line().max(1), trouble.column().max(1))
                .help(help)
        })?;
        if shape.version != VERSION {
            let message = format!("this baseline has the version {}, and {VERSION} is known here", shape.version);
            return Err(Error::new(ErrorKind::Config, message).help("use a newer slugline, or write it anew"));
        }
        let mut baseline = Baseline::default();
        for Row { file, code, pointer, count } in shape.findings {
            *baseline.counts.entry(Key { file, code, pointer }).or_default() += count;
        }
        Ok(baseline)
    }

    /// Takes down a finding.
    pub fn record(&mut self, file: &str, finding: &Finding) {
        *self.counts.entry(Key::of(file, finding)).or_default() += 1;
    }

    /// Keeps what `other` recorded of files for which `keep` holds.
    pub fn keep(&mut self, other: Baseline, keep: impl Fn(&str) -> bool) {
        for (key, count) in other.counts.into_iter().filter(|(key, _)| keep(&key.file)) {
            self.counts.entry(key).or_insert(count);
        }
    }

    /// Whether a finding is a recorded one; each record answers for one finding only.
    pub fn takes(&mut self, file: &str, finding: &Finding) -> bool {
        match self.counts.get_mut(&Key::of(file, finding)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// The records that no finding was taken for, with their number, of those for which `counts` holds.
    pub fn rest(&self, counts: impl Fn(&Key) -> bool) -> Vec<(&Key, usize)> {
        let rest = self.counts.iter().filter(|(key, count)| **count > 0 && counts(key));
        rest.map(|(key, count)| (key, *count)).collect()
    }

    /// How many findings are recorded.
    pub fn len(&self) -> usize {
        self.counts.values().sum()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many files have records.
    pub fn files(&self) -> usize {
        self.counts.keys().map(|key| &key.file).collect::<BTreeSet<_>>().len()
    }

    /// The file's text: sorted, one record a line, so that it merges well and stays as it is when nothing changes.
    pub fn to_json(&self) -> String {
        let mut text = format!("{{\"version\": {VERSION}, \"findings\": [");
        let mut separator = "\n";
        for (Key { file, code, pointer }, &count) in self.counts.iter().filter(|(_, count)| **count > 0) {
            let row = Row { file: file.clone(), code: code.clone(), pointer: pointer.clone(), count };
            text.push_str(separator);
            // Texts and a number always have a JSON.
            text.push_str(&serde_json::to_string(&row).unwrap_or_default());
            separator = ",\n";
        }
        text.push_str("\n]}\n");
        text
    }
}

impl Key {
    fn of(file: &str, finding: &Finding) -> Self {
        Key { file: file.to_owned(), code: finding.code.to_string(), pointer: finding.pointer.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;

    fn finding(pointer: &str) -> Finding {
        Finding::error("missing-key", "x", Place::Value(pointer.to_owned()))
    }

    #[test]
    fn what_is_written_is_read_back_sorted_and_counted() {
        let mut baseline = Baseline::default();
        for (file, pointer) in [("b.md", "/slug"), ("a\u{1b}.md", ""), ("b.md", "/slug"), ("b.md", "/date")] {
            baseline.record(file, &finding(pointer));
        }
        let text = baseline.to_json();
        assert_eq!(Baseline::parse(&text).expect("it is a baseline"), baseline);
        assert_eq!(text.lines().count(), 5);
        assert!(
            text.contains("{\"file\":\"b.md\",\"code\":\"missing-key\",\"pointer\":\"/slug\",\"count\":2}"),
            "{text}"
        );
        assert_eq!((baseline.len(), baseline.files()), (4, 2));
    }

    #[test]
    fn each_record_answers_for_one_finding_and_the_rest_is_gone() {
        let mut baseline = Baseline::default();
        baseline.record("a.md", &finding("/slug"));
        baseline.record("a.md", &finding("/date"));
        assert!(baseline.takes("a.md", &finding("/slug")));
        assert!(!baseline.takes("a.md", &finding("/slug")));
        assert!(!baseline.takes("b.md", &finding("/date")));
        let rest = baseline.rest(|_| true);
        assert_eq!(rest.iter().map(|(key, count)| (&*key.pointer, *count)).collect::<Vec<_>>(), [("/date", 1)]);
    }
}
