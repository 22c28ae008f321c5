//! What was found in a feed, by who found it: what two found is one mistake.

use std::{collections::HashSet, ops::Range};

use crate::finding::{Finding, Place};

/// What was found in a feed, by who found it.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// By its reader; in the end, by all.
    pub(super) read: Vec<Finding>,
    /// By the tables.
    pub(super) said: Vec<Finding>,
    /// By the rules.
    pub(super) looked: Vec<Finding>,
}

impl Found {
    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.read.len() + self.said.len() + self.looked.len()
    }

    /// Puts all together. What two found is one mistake.
    pub(super) fn merge(&mut self) {
        let (findings, mut said, looked) =
            (&mut self.read, std::mem::take(&mut self.said), std::mem::take(&mut self.looked));
        // A wrong encoding is told once, for the whole text.
        if findings.iter().any(|finding| finding.code == "wrong-encoding") {
            said.retain(|finding| finding.code != "misread-text");
        }
        // What the reader made of a date that is wrong by the tables is the same mistake.
        let ranges = Ranges::new(&said);
        findings.retain(|finding| {
            let date = matches!(&*finding.code, "unread-date" | "loose-date");
            !date || !ranges.meet(&finding.range)
        });
        // A misspelt element is one that the tables do not know; the reader says what it took it for, they how much it
        // matters.
        for finding in findings.iter_mut().filter(|finding| finding.code == "misspelt-element") {
            let unknown = |other: &Finding| other.code == "unknown-element" && overlap(&finding.range, &other.range);
            if let Some(at) = said.iter().position(unknown) {
                let unknown = said.swap_remove(at);
                finding.severity = finding.severity.max(unknown.severity);
                finding.w3c = unknown.w3c;
            }
        }
        findings.extend(said);
        // A guid that is no address is one mistake, of which the rule says more than the table, and has the fix.
        let guids: HashSet<(usize, usize)> = looked
            .iter()
            .filter(|finding| finding.code == "guid-not-permalink")
            .filter_map(|finding| match &finding.place {
                Place::Bytes(range) => Some((range.start, range.end)),
                _ => None,
            })
            .collect();
        findings.retain(|finding| {
            let range = finding.range.clone().unwrap_or_default();
            finding.code != "invalid-url" || !guids.contains(&(range.start, range.end))
        });
        findings.extend(looked);
    }
}

/// The bytes that findings are at, so that each is not compared with each.
struct Ranges {
    /// In order of their beginnings.
    list: Vec<Range<usize>>,
    /// The furthest end of those up to each.
    reach: Vec<usize>,
}

impl Ranges {
    fn new(findings: &[Finding]) -> Self {
        let mut list: Vec<Range<usize>> = findings.iter().filter_map(|finding| finding.range.clone()).collect();
        list.sort_by_key(|range| range.start);
        let mut most = 0;
        let reach = list.iter().map(|range| {
            most = most.max(range.end);
            most
        });
        Ranges { reach: reach.collect(), list }
    }

    /// Whether one of them has bytes in common with this one.
    fn meet(&self, range: &Option<Range<usize>>) -> bool {
        let Some(range) = range else { return false };
        let before = self.list.partition_point(|other| other.start < range.end);
        before > 0 && self.reach[before - 1] > range.start
    }
}

/// Text that was decoded wrongly is said once, where the source says how it is encoded.
pub(super) fn misread(findings: &mut Vec<Finding>) {
    let told = ["wrong-encoding", "invalid-encoding", "lone-surrogate"];
    if findings.iter().any(|finding| told.contains(&&*finding.code)) {
        findings.retain(|finding| finding.code != "double-encoded-text");
    }
    // The table says the same of some of it.
    let known: Vec<Place> = findings.iter().filter(|f| f.code == "misread-text").map(|f| f.place.clone()).collect();
    findings.retain(|finding| match &finding.place {
        Place::Bytes(own) if finding.code == "double-encoded-text" => {
            !known.iter().any(|place| matches!(place, Place::Bytes(other) if own.contains(&other.start)))
        }
        _ => true,
    });
}

/// Whether two findings speak of the same bytes.
fn overlap(a: &Option<Range<usize>>, b: &Option<Range<usize>>) -> bool {
    a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| a.start < b.end && b.start < a.end)
}
