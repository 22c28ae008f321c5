//! The page `docs/w3c-classes.md`: which code tells what a class of the W3C feed validator tells. It is made from the
//! tables of elements, from the sources of the rules, and from what the fixtures raise. `UPDATE_DOCS=1` writes it.
#![allow(clippy::unwrap_used)]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
    sync::Arc,
};

use slugline::{
    check::{self, Options, Settings},
    finding::Severity,
    rule::RULES,
    surroundings::Surroundings,
    vocabulary::{TABLES, table::Note},
};
use support::{below, ends_in, fixtures, made};

type Classes = BTreeMap<String, BTreeSet<String>>;

fn add(classes: &mut Classes, class: &str, code: &str) {
    classes.entry(class.to_owned()).or_default().insert(code.to_owned());
}

/// The words of table rows.
fn of_tables(classes: &mut Classes) {
    let mut note = |note: &Note, generic: &str| {
        let code = [note.code, note.on, generic].into_iter().find(|code| !code.is_empty()).unwrap();
        // A site's own tables may bring codes; the built-in ones may word what no rule raises yet.
        if !RULES.iter().any(|rule| rule.code == code) {
            return;
        }
        note.w3c.0.iter().for_each(|class| add(classes, class, code));
    };
    for element in TABLES.iter().flat_map(|table| table.elements.0) {
        element.notes.0.iter().for_each(|it| note(it, ""));
        element.needs.0.iter().for_each(|need| note(&need.note, "missing-element"));
        element.attributes.0.iter().flat_map(|attribute| attribute.notes.0).for_each(|it| note(it, ""));
    }
}

/// The classes that the source of a rule names: words in quotes, of two capitals at least, that begin with one.
fn of_rules(classes: &mut Classes) {
    for rule in RULES {
        let code: String = rule.page.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for (at, _) in code.match_indices(".w3c(") {
            let end = code[at..].find(')').unwrap() + at;
            quoted(&code[at..end]).for_each(|class| add(classes, class, rule.code));
        }
        for (at, _) in code.match_indices("&[\"") {
            let end = code[at..].find(']').unwrap() + at;
            let is_class = |word: &&str| {
                let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
                word.starts_with(|c: char| c.is_ascii_uppercase())
                    && capitals >= 2
                    && word.bytes().any(|b| b.is_ascii_lowercase())
                    && word.bytes().all(|b| b.is_ascii_alphanumeric())
            };
            quoted(&code[at..end]).filter(is_class).for_each(|class| add(classes, class, rule.code));
        }
    }
}

fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

/// The first of June 2026.
const TODAY: i64 = 1_780_272_000;

/// What is raised in the fixtures.
fn of_fixtures(classes: &mut Classes) {
    let options = made(|options: &mut Options| {
        options.settings = Arc::new(made(|settings: &mut Settings| {
            settings.show = Severity::Hint;
            settings.preview = true;
            settings.surroundings = Arc::new(made(|around: &mut Surroundings| {
                around.today = Some(TODAY);
            }));
        }));
        options.feed_url = Some("https://harbour.example/feed.atom".to_owned());
    });
    let files = below(&fixtures("rule"), |_| true).into_iter().filter(|path| ends_in(path, &["xml", "json"]));
    for file in files {
        let Ok(checked) = check::check(file.to_str().unwrap(), fs::read(&file).unwrap(), &options) else { continue };
        for finding in checked.document.findings {
            finding.w3c.iter().for_each(|class| add(classes, class, &finding.code));
        }
    }
}

#[test]
fn the_page_of_classes_is_that_of_the_tables() {
    let mut classes = Classes::new();
    of_tables(&mut classes);
    of_rules(&mut classes);
    of_fixtures(&mut classes);
    let mut page = String::from(
        "# Classes of the W3C feed validator\n\n\
         Which code of slugline tells what a message of the W3C feed validator tells. Made from the tables of elements, \
         the rules and their fixtures by `UPDATE_DOCS=1 cargo test --test w3c_classes`. `slugline explain CODE` says \
         more of each code; `--output-format json` has the classes of each finding under `w3c`.\n\n\
         | class | code |\n|---|---|\n",
    );
    for (class, codes) in &classes {
        let codes: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
        writeln!(page, "| {class} | {} |", codes.join(", ")).unwrap();
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/w3c-classes.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &page).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(written == page, "docs/w3c-classes.md is out of date: run `UPDATE_DOCS=1 cargo test --test w3c_classes`");
    for (class, codes) in &classes {
        for code in codes {
            assert!(RULES.iter().any(|rule| rule.code == code), "{class}: there is no rule `{code}`");
        }
    }
}
