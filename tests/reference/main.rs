//! The tables of the book are those of the program: of its formats, fields, profiles, rules, options, schemas and
//! namespaces. A page holds each between `<!-- table: NAME -->` and `<!-- end of table -->`; `UPDATE_DOCS=1` writes it.
#![allow(clippy::unwrap_used)]

mod fields;
mod fields_read;
mod flat;
mod options;
mod probes;
mod profiles;
mod schemas;
mod settings;
#[path = "../support/mod.rs"]
mod support;
mod tables;

use std::{fs, path::Path};

/// A table's name, and what makes it.
type Table = (&'static str, fn() -> String);

const TABLES: &[Table] = &[
    ("options", options::table),
    ("formats", tables::formats),
    ("styles", tables::styles),
    ("rules", tables::rules),
    ("rule pages", tables::rule_pages),
    ("namespaces", tables::namespaces),
    ("schemas", tables::schemas),
    ("item fields", fields::of_items),
    ("feed fields", fields::of_feeds),
    ("read fields", fields_read::table),
    ("profiles", profiles::overview),
    ("profile keys", profiles::keys),
    ("fields of keys", profiles::fields),
    ("keys of slugline.toml", settings::configuration),
    ("limits", settings::limits),
    ("keys of profile.toml", settings::profile),
    ("report schema", schemas::report),
    ("convert-report schema", schemas::convert_report),
    ("baseline schema", schemas::baseline),
];

const END: &str = "<!-- end of table -->";

/// A row of a table in Markdown.
fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// The rows above the first: the names of the columns.
fn heading(cells: &[&str]) -> String {
    format!("{}|{}\n", row(cells), "---|".repeat(cells.len()))
}

/// Text as code, so that no Markdown is seen in it.
fn code(text: &str) -> String {
    match text {
        "" => String::new(),
        text if text.contains('`') => format!("`` {text} ``"),
        text => format!("`{text}`"),
    }
}

/// Several texts, each as code.
fn codes<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    texts.into_iter().map(code).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_tables_of_the_book_are_those_of_the_program() {
    let pages = support::pages();
    let mut wrong = Vec::new();
    for (page, text) in &pages {
        let mut real = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find("<!-- table: ") {
            let (before, table) = rest.split_at(at);
            let (name, after) = table["<!-- table: ".len()..].split_once(" -->").unwrap();
            let Some((_, make)) = TABLES.iter().find(|(known, _)| *known == name) else {
                panic!("{page}: nothing makes the table `{name}`");
            };
            let end = after.find(END).unwrap_or_else(|| panic!("{page}: the table `{name}` does not end"));
            real += &format!("{before}<!-- table: {name} -->\n\n{}\n\n{END}", make().trim_end());
            rest = &after[end + END.len()..];
        }
        real += rest;
        if real != *text {
            wrong.push(page);
            if std::env::var_os("UPDATE_DOCS").is_some() {
                fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(page), real).unwrap();
            }
        }
    }
    for (name, _) in TABLES {
        let mark = format!("<!-- table: {name} -->");
        let count: usize = pages.iter().map(|(_, text)| text.matches(&mark).count()).sum();
        assert!(count == 1, "the table `{name}` stands {count} times in the book");
    }
    let updated = std::env::var_os("UPDATE_DOCS").is_some();
    assert!(updated || wrong.is_empty(), "out of date: {wrong:?}; run `UPDATE_DOCS=1 cargo test --test reference`");
}

/// What a reader may look for by its name, and whether the book has it.
#[test]
fn the_book_names_everything_there_is() {
    let book: String =
        support::pages().into_iter().filter(|(page, _)| page != "README.md").map(|(_, text)| text).collect();
    let mut missing = Vec::new();
    let mut want = |name: &str| {
        // In tables a bar has a backslash before it.
        if !book.contains(&format!("`{}`", name.replace('|', "\\|"))) {
            missing.push(name.to_owned());
        }
    };
    slugline::rule::RULES.iter().for_each(|rule| want(rule.code));
    slugline::profile::Profile::names().into_iter().for_each(&mut want);
    slugline::format::FORMATS
        .iter()
        .flat_map(|format| format.aliases.iter().chain([&format.name]))
        .for_each(|name| want(name));
    slugline::report::STYLES.iter().for_each(|style| want(style.name));
    slugline::redirect::STYLES.iter().for_each(|style| want(style.name));
    slugline::schema::built_in::SCHEMAS.iter().for_each(|schema| want(schema.name));
    slugline::vocabulary::TABLES.iter().for_each(|table| want(table.prefix));
    options::names().iter().for_each(|name| want(name));
    (0..4).for_each(|code| want(&code.to_string()));
    // Filters are shown with what they take.
    let expressions = include_str!("../../src/expression.rs");
    for filter in expressions.split("add_filter(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        if !book.contains(&format!("| `{filter}` |")) && !book.contains(&format!("| `{filter}(")) {
            missing.push(format!("the filter {filter}"));
        }
    }
    assert!(missing.is_empty(), "not in the book: {missing:?}");
}
