//! `slugline list`.

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{Exit, terminal};
use crate::{
    config::Level,
    error::Error,
    format::FORMATS,
    profile::Profile,
    rule::{Check, RULES},
    schema::built_in::SCHEMAS,
};

/// List what there is
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What to list
    what: What,
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    Formats,
    Profiles,
    Rules,
    Schemas,
}

/// A row: a name and one line about it, and what else a program may want.
struct Row {
    name: String,
    about: String,
    more: serde_json::Value,
}

/// Prints a list.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let rows = match arguments.what {
        What::Formats => formats(),
        What::Profiles => profiles(),
        What::Rules => rules(),
        What::Schemas => schemas(),
    };
    let text = if arguments.json {
        let rows: Vec<serde_json::Value> = rows
            .into_iter()
            .map(|row| {
                let mut object = json!({"name": row.name, "about": row.about});
                if let (Some(object), Some(more)) = (object.as_object_mut(), row.more.as_object()) {
                    object.extend(more.clone());
                }
                object
            })
            .collect();
        format!("{:#}\n", serde_json::Value::Array(rows))
    } else {
        let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
        rows.iter().map(|row| format!("{:width$}  {}", row.name, row.about).trim_end().to_owned() + "\n").collect()
    };
    terminal::print(text.as_bytes())
}

fn formats() -> Vec<Row> {
    let row = |format: &crate::format::Format| Row {
        name: format.name.to_owned(),
        about: format.about.to_owned(),
        more: json!({"aliases": format.aliases, "read": format.read.is_some(), "write": format.write.is_some()}),
    };
    FORMATS.iter().map(row).collect()
}

fn profiles() -> Vec<Row> {
    let about = |name: &str| Profile::built_in(name).map(|profile| profile.about).unwrap_or_default();
    let row = |name: &&str| Row { name: (*name).to_owned(), about: about(name), more: json!({}) };
    Profile::names().iter().map(row).collect()
}

fn rules() -> Vec<Row> {
    let row = |rule: &crate::rule::Rule| {
        let kind = match rule.check {
            Check::Document(_) | Check::Both(..) => "file",
            Check::Feed(_) => "feed",
            Check::Site { .. } => "site",
            Check::Elsewhere => "syntax",
        };
        let severity = match Level::On(rule.severity) {
            Level::On(severity) => severity.name(),
            Level::Off => "off",
        };
        // The first sentence of the page says what it is about.
        let page = rule.page();
        let about: String = page
            .lines()
            .skip_while(|line| *line != "## What it checks")
            .skip(1)
            .take_while(|line| !line.starts_with('#'))
            .collect::<Vec<_>>()
            .join(" ");
        let end = about.find(". ").map_or(about.len(), |end| end + 1);
        Row {
            name: rule.code.to_owned(),
            about: format!("{severity:<7}  {}", about[..end].trim()),
            more: json!({"about": about[..end].trim(), "severity": severity, "scope": kind, "preview": rule.preview}),
        }
    };
    RULES.iter().map(row).collect()
}

fn schemas() -> Vec<Row> {
    let row = |schema: &crate::schema::built_in::BuiltIn| Row {
        name: schema.name.to_owned(),
        about: schema.about.to_owned(),
        more: json!({}),
    };
    SCHEMAS.iter().map(row).collect()
}
