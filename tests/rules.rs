//! The rules against their fixtures, and the table of rules against its files.
//!
//! `fixtures/rule/<code>/{bad,good}-*` is a file, or a folder with the files of a site. A file `profile` beside or in
//! it names the profile, `schema.json` is the schema, `required` makes front matter required.
#![allow(clippy::unwrap_used)]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use slugline::{
    check::{self, Options, Requirement, Settings},
    config::{Asks, Config},
    finding::Severity,
    fix::Apply,
    profile::Profile,
    report::{self, FileReport, Located, Look, Report},
    rule::RULES,
    schema::Schema,
    surroundings::{Files, Surroundings},
};
use support::{below, fixtures, made};

fn root() -> PathBuf {
    fixtures("rule")
}

/// The files of a fixture, by the names that they are checked under, in order.
fn files(case: &Path) -> BTreeMap<String, PathBuf> {
    if case.is_file() {
        let name = case.file_name().unwrap().to_str().unwrap().to_owned();
        return BTreeMap::from([(name, case.to_owned())]);
    }
    let about = ["feed-url", "profile", "required", "slugline.toml"];
    let of_case =
        below(case, |_| true).into_iter().filter(|path| !about.contains(&path.file_name().unwrap().to_str().unwrap()));
    of_case.map(|path| (path.strip_prefix(case).unwrap().to_str().unwrap().replace('\\', "/"), path)).collect()
}

/// The first of June 2026.
const TODAY: i64 = 1_780_272_000;

fn options(case: &Path) -> Options {
    let folder = case.parent().unwrap();
    let read = |name: &str| [case.join(name), folder.join(name)].iter().find_map(|path| fs::read_to_string(path).ok());
    let schema = read("schema.json").map(|text| Arc::new(Schema::compile("schema.json", &text, None).unwrap()));
    let profile = read("profile").map(|name| Profile::built_in(name.trim()).unwrap());
    made(|options: &mut Options| {
        options.required = Arc::new(made(|required: &mut Requirement| {
            required.schema = schema;
            required.of_headless = read("required").is_some();
            required.json_feed = true;
        }));
        options.profile = Arc::new(profile.unwrap_or_else(Profile::empty));
        options.settings = Arc::new(made(|settings: &mut Settings| {
            settings.show = Severity::Hint;
            settings.preview = true;
            settings.surroundings = Arc::new(made(|around: &mut Surroundings| {
                around.asks = read("slugline.toml").map(|text| asks(&text)).unwrap_or_default();
                around.today = Some(TODAY);
                around.files = Some(Arc::new(Fixture(files(case).into_keys().collect())));
            }));
        }));
        options.feed_url = read("feed-url").map(|url| url.trim().to_owned());
    })
}

/// What the first entry of a configuration asks.
fn asks(text: &str) -> Asks {
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    Config::parse(text, &codes).unwrap().content.remove(0).asks
}

/// The files of a fixture as those of a site.
struct Fixture(BTreeSet<String>);

impl Files for Fixture {
    fn has(&self, path: &str) -> bool {
        self.0.contains(path)
    }

    fn has_named(&self, name: &str) -> bool {
        self.0.iter().any(|path| path.rsplit('/').next() == Some(name))
    }
}

/// Whether a file of a fixture is checked, and not only there for the others.
fn is_checked(name: &str) -> bool {
    [".md", ".xml", ".json"].iter().any(|ending| name.ends_with(ending))
}

/// Checks a fixture as a site, and renders what was found for people.
fn report(case: &Path) -> (BTreeSet<String>, String) {
    let options = options(case);
    let (mut reports, mut facts, mut texts): (Vec<FileReport>, Vec<_>, BTreeMap<String, String>) = Default::default();
    for (name, path) in files(case).into_iter().filter(|(name, _)| is_checked(name)) {
        let mut checked = check::check(&name, fs::read(path).unwrap(), &options).unwrap();
        facts.push((name.clone(), std::mem::take(&mut checked.facts)));
        reports.push(FileReport::new(&mut checked.document, checked.left_out));
        texts.insert(name, checked.document.text);
    }
    let facts: Vec<_> = facts.iter().map(|(name, facts)| (name.as_str(), facts)).collect();
    for (name, finding) in check::judge(&facts, |_| &options.settings) {
        let report = reports.iter_mut().find(|report| report.name == name).unwrap();
        report.findings.push(Located::of_site(finding, 0));
    }
    let codes = reports.iter().flat_map(|report| &report.findings).map(|l| l.finding.code.to_string()).collect();
    // Hints of other rules would make every snapshot speak of all that a small feed leaves out.
    let own = case.parent().unwrap().file_name().unwrap().to_str().unwrap();
    for report in &mut reports {
        report.findings.retain(|l| l.finding.severity > Severity::Hint || l.finding.code == own);
    }
    let read = |name: &str| texts.get(name).cloned();
    let whole = Report::new(&reports, &read);
    let mut out = Vec::new();
    (report::find("human").unwrap().write)(&whole, &Look::default(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    (codes, text.rsplit_once("\n\n").map_or(String::new(), |(text, _)| format!("{text}\n")))
}

fn cases(prefix: &str) -> Vec<(String, PathBuf)> {
    let mut cases = Vec::new();
    for folder in fs::read_dir(root()).unwrap() {
        let folder = folder.unwrap().path();
        let code = folder.file_name().unwrap().to_str().unwrap().to_owned();
        for case in fs::read_dir(folder).unwrap() {
            let case = case.unwrap().path();
            let name = case.file_name().unwrap().to_str().unwrap().to_owned();
            if name.starts_with(prefix) && name.contains('-') {
                cases.push((code.clone(), case));
            }
        }
    }
    cases.sort();
    cases
}

#[test]
fn bad_fixtures_are_found() {
    for (code, case) in cases("bad-") {
        let (codes, text) = report(&case);
        assert!(codes.contains(&code), "{}: {codes:?}", case.display());
        let name = format!("{code}__{}", case.file_name().unwrap().to_str().unwrap());
        insta::with_settings!({snapshot_path => "snapshots/rule", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(name, text);
        });
    }
}

#[test]
fn good_fixtures_are_passed_in_silence() {
    for (code, case) in cases("good-") {
        let (codes, text) = report(&case);
        assert!(!codes.contains(&code), "{}\n{text}", case.display());
    }
}

#[test]
fn what_is_not_shown_hides_nothing_that_is() {
    for (_, case) in cases("bad-").into_iter().chain(cases("good-")) {
        let all = options(&case);
        let settings = {
            let mut settings = (*all.settings).clone();
            settings.show = Severity::Warning;
            settings
        };
        let some = {
            let mut options = all.clone();
            options.settings = Arc::new(settings);
            options
        };
        for (name, path) in files(&case).into_iter().filter(|(name, _)| is_checked(name)) {
            let found = |options: &Options| {
                let checked = check::check(&name, fs::read(&path).unwrap(), options).unwrap();
                let findings = checked.document.findings.into_iter();
                findings.filter(|finding| finding.severity > Severity::Hint).collect::<Vec<_>>()
            };
            assert_eq!(found(&all), found(&some), "{}", path.display());
        }
    }
}

#[test]
fn fixing_twice_is_fixing_once_and_keeps_the_body() {
    for (_, case) in cases("") {
        let options = options(&case);
        for (name, path) in files(&case).into_iter().filter(|(name, _)| is_checked(name)) {
            let bytes = fs::read(path).unwrap();
            let mend = |bytes: &[u8]| {
                let checked = check::check(&name, bytes.to_vec(), &options).unwrap();
                let before = checked.document.findings.len();
                let mended = check::mend(checked, Apply::All, &options).unwrap();
                assert!(mended.checked.document.findings.len() <= before, "{name}: more findings than before");
                mended
            };
            let once = mend(&bytes);
            let Some(after) = once.bytes else { continue };
            assert_eq!(mend(&after).bytes, None, "{}", String::from_utf8_lossy(&after));
            let body = |bytes: &[u8]| {
                let checked = check::check(&name, bytes.to_vec(), &options).unwrap();
                checked.document.body().map(|(body, _)| body.to_owned())
            };
            match (body(&bytes), body(&after)) {
                // A head that could not be read: where its body begins is known only now.
                (None, Some(body)) => assert!(bytes.ends_with(body.as_bytes())),
                (before, after) => assert_eq!(before, after),
            }
        }
    }
}

#[test]
fn codes_are_unique_and_sorted() {
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes, sorted);
    insta::assert_snapshot!(codes.join("\n"));
}

#[test]
fn every_rule_has_a_page_with_the_headings() {
    let headings = ["## What it checks", "## Why it matters", "## Example", "## Use instead", "## Since"];
    for rule in RULES {
        let page = rule.page();
        let found: Vec<&str> = page.lines().filter(|line| line.starts_with('#')).collect();
        let title = format!("# {}", rule.code);
        let mut expected = vec![title.as_str()];
        expected.extend(headings);
        // Comments of YAML and TOML examples begin with `# ` too.
        let found: Vec<&str> = found.into_iter().filter(|line| line.starts_with("##") || **line == title).collect();
        assert_eq!(found, expected, "{}", rule.code);
    }
}

#[test]
fn every_rule_file_is_registered() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rule");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let code = name.trim_end_matches(".rs").replace('_', "-");
        assert!(code == "mod" || RULES.iter().any(|rule| rule.code == code), "{name} is in no row of RULES");
    }
}

/// Codes that a fixture cannot show, and the test that does.
const SHOWN_ELSEWHERE: &[(&str, &str)] = &[
    ("limit-reached", "tests/check.rs: a_head_over_the_limit_is_named"),
    ("unreadable-source", "tests/check.rs: a_source_that_ends_too_early_is_a_finding"),
];

#[test]
fn every_rule_has_fixtures() {
    for rule in RULES {
        if SHOWN_ELSEWHERE.iter().any(|(code, _)| *code == rule.code) {
            continue;
        }
        let of = |prefix: &str| cases(prefix).iter().filter(|(code, _)| code == rule.code).count();
        assert!(of("bad-") > 0, "{} has no bad fixture", rule.code);
        assert!(of("good-") > 0, "{} has no good fixture", rule.code);
    }
    for (code, _) in cases("") {
        assert!(RULES.iter().any(|rule| rule.code == code), "fixtures/rule/{code} is of no rule");
    }
}

#[test]
fn rules_over_a_site_judge_in_path_order() {
    let site = RULES.iter().filter(|rule| rule.compares_sources()).map(|rule| rule.code);
    assert_eq!(
        site.collect::<Vec<_>>(),
        ["alias-is-address", "duplicate-address", "duplicate-alias", "duplicate-id", "inconsistent-tag"]
    );
}
