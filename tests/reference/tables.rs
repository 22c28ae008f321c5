//! Tables that are tables in the program too: formats, styles of report, rules, namespaces, schemas.

use std::process::Command;

use serde_json::Value;
use slugline::{
    format::{FORMATS, Shape},
    report::STYLES,
    rule::RULES,
    schema::built_in::SCHEMAS,
    vocabulary::TABLES,
};

use super::{code, codes, heading, row};

pub(crate) fn formats() -> String {
    let mut table = heading(&["format", "", "also called", "endings", "read", "write"]);
    for format in FORMATS {
        let write = match format.write {
            Some(_) if format.target.shape == Shape::Posts => "a file a post",
            Some(_) => "one file",
            None => "",
        };
        let read = if format.read.is_some() { "yes" } else { "" };
        let endings: Vec<String> = format.extensions.iter().map(|ending| format!(".{ending}")).collect();
        table += &row(&[
            &code(format.name),
            format.about,
            &codes(format.aliases.iter().copied()),
            &codes(endings.iter().map(String::as_str)),
            read,
            write,
        ]);
    }
    table
}

pub(crate) fn styles() -> String {
    let mut table = heading(&["style", ""]);
    STYLES.iter().for_each(|style| table += &row(&[&code(style.name), style.about]));
    table
}

pub(crate) fn schemas() -> String {
    let mut table = heading(&["schema", ""]);
    SCHEMAS.iter().for_each(|schema| table += &row(&[&code(schema.name), schema.about]));
    table
}

pub(crate) fn rules() -> String {
    let list = Command::new(env!("CARGO_BIN_EXE_slugline")).args(["list", "rules", "--json"]).output().unwrap();
    let list: Value = serde_json::from_slice(&list.stdout).unwrap();
    let mut table = heading(&["code", "severity", "looks at", ""]);
    for rule in list.as_array().unwrap() {
        let name = rule["name"].as_str().unwrap();
        let scope = match rule["scope"].as_str().unwrap() {
            "file" => "a post or item",
            "feed" => "a feed",
            "site" => "all posts together",
            _ => "syntax, schema or vocabulary",
        };
        let severity = rule["severity"].as_str().unwrap();
        let preview = if rule["preview"] == true { ", `--preview`" } else { "" };
        table += &row(&[
            &format!("[`{name}`](#{name})"),
            &format!("{severity}{preview}"),
            scope,
            rule["about"].as_str().unwrap(),
        ]);
    }
    table
}

/// What `slugline explain` prints, its headings made small.
pub(crate) fn rule_pages() -> String {
    let mut pages = String::new();
    for rule in RULES {
        let mut fence = false;
        for line in rule.page().lines() {
            fence ^= line.starts_with("```");
            match line.strip_prefix("## ").filter(|_| !fence) {
                Some(heading) => pages += &format!("**{heading}**\n\n"),
                None if line.starts_with("# ") && !fence => pages += &format!("#{line}\n"),
                None => pages += &format!("{line}\n"),
            }
        }
        pages.push('\n');
    }
    pages
}

pub(crate) fn namespaces() -> String {
    let mut table = heading(&["prefix", "", "namespace", "elements"]);
    for known in TABLES {
        let mut elements: Vec<&str> = known.elements.0.iter().map(|element| element.name).collect();
        elements.sort_unstable();
        elements.dedup();
        let about = if known.spec.starts_with("http") {
            format!("{} ([specification]({}))", known.about, known.spec)
        } else {
            known.about.to_owned()
        };
        let elements = match (known.open, elements.is_empty()) {
            (true, true) => "any".to_owned(),
            (true, false) => format!("{}, and any other", codes(elements)),
            _ => codes(elements),
        };
        let uri = if known.uri.is_empty() { "none".to_owned() } else { code(known.uri) };
        table += &row(&[&code(known.prefix), &about, &uri, &elements]);
    }
    table
}
