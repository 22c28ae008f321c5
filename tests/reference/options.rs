//! The commands and their options, from the tree of clap's.

use clap::{Arg, Command};

use super::{code, codes, heading, row};

/// How an option is written: `-o, --output <PATH>`.
fn written(arg: &Arg) -> String {
    if arg.is_positional() {
        return arg.to_string();
    }
    let short = arg.get_short().map(|short| format!("-{short}, ")).unwrap_or_default();
    let values = match arg.get_action().takes_values() {
        true => arg.get_value_names().unwrap_or_default().iter().map(|name| format!(" <{name}>")).collect(),
        false => String::new(),
    };
    format!("{short}--{}{values}", arg.get_long().unwrap_or_default())
}

/// What there is to say of an option, with the values it may have.
fn about(arg: &Arg) -> String {
    let mut about = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let values = arg.get_possible_values().into_iter().filter(|value| !value.is_hide_set());
    // What completions offer, and help does not list, has a table of its own.
    let values: Vec<_> = values.filter(|_| !arg.is_hide_possible_values_set()).collect();
    if arg.get_action().takes_values() && !values.is_empty() {
        let told = values.iter().any(|value| value.get_help().is_some());
        let one = |value: &clap::builder::PossibleValue| match value.get_help() {
            Some(help) => {
                let help = help.to_string();
                let mut letters = help.chars();
                let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
                format!("{}: {first}{}", code(value.get_name()), letters.as_str())
            }
            None => code(value.get_name()),
        };
        let values: Vec<_> = values.iter().map(one).collect();
        about += &format!(". {}", values.join(if told { "; " } else { ", " }));
    }
    let aliases: Vec<_> = arg.get_visible_aliases().unwrap_or_default();
    if !aliases.is_empty() {
        let aliases: Vec<_> = aliases.into_iter().map(|alias| format!("--{alias}")).collect();
        about += &format!(". Also {}", codes(aliases.iter().map(String::as_str)));
    }
    // Placeholders such as <CODE> would be HTML where they are not code.
    let parts = about.split('`').enumerate();
    let escaped = parts.map(|(number, part)| if number % 2 == 0 { part.replace('<', "&lt;") } else { part.to_owned() });
    escaped.collect::<Vec<_>>().join("`")
}

fn default(arg: &Arg) -> String {
    let values: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if arg.get_action().takes_values() { codes(values.iter().map(String::as_str)) } else { String::new() }
}

fn subcommands() -> Vec<Command> {
    let mut command = slugline::cli::command().term_width(100);
    command.build();
    command.get_subcommands().cloned().collect()
}

/// A heading, a sentence and a table of options for each command.
pub(crate) fn table() -> String {
    let mut page = String::new();
    for mut command in subcommands() {
        let usage = command.render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ").to_owned();
        let what = command.get_about().map(ToString::to_string).unwrap_or_default();
        page += &format!("## slugline {}\n\n{what}.\n\n```text\n{usage}\n```\n\n", command.get_name());
        let args: Vec<&Arg> = command.get_arguments().filter(|arg| !arg.is_hide_set()).collect();
        page += &heading(&["argument or option", "", "default"]);
        for arg in args {
            page += &row(&[&code(&written(arg)), &about(arg), &default(arg)]);
        }
        page.push('\n');
    }
    page
}

/// Every option as the book writes it.
pub(crate) fn names() -> Vec<String> {
    let mut names = vec!["--version".to_owned()];
    for command in subcommands() {
        names.extend(command.get_arguments().filter(|arg| !arg.is_hide_set()).map(written));
    }
    names
}
