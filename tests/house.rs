//! Holds the house together: imports run downward only, siblings of a table do not know each other, and no floor below the
//! command line reaches for the machine.
#![allow(clippy::unwrap_used)]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use support::{below, ends_in};

/// The floor of each top module, from the ground up; DESIGN: a module imports from its own floor or below.
const FLOORS: &[(u8, &[&str])] = &[
    (
        1,
        &[
            "syntax",
            "aside",
            "blocks",
            "encoding",
            "date",
            "slug",
            "file_name",
            "untrusted",
            "limits",
            "drip",
            "hash",
            "lines",
            "error",
            "finding",
            "nearest",
            "reference",
            "kept",
            "marks",
            "spots",
        ],
    ),
    (2, &["model", "config", "schema"]),
    (
        3,
        &[
            "baseline",
            "document",
            "profile",
            "expression",
            "facts",
            "namespace",
            "vocabulary",
            "feed_view",
            "fix",
            "head_edit",
            "identity",
            "address",
            "json_hub",
            "kind",
            "surroundings",
            "infer",
        ],
    ),
    (4, &["format", "rule", "report", "redirect"]),
    (5, &["convert", "check"]),
    (6, &["cli"]),
    (7, &["main", "lib"]),
];

/// Modules whose files are rows of a table: none of them imports another.
const TABLES: &[&str] = &["format", "rule", "report", "redirect"];

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = below(&root, |_| true).into_iter().filter(|path| ends_in(path, &["rs"]));
    files.map(|path| (path.strip_prefix(&root).unwrap().to_owned(), fs::read_to_string(&path).unwrap())).collect()
}

/// The first part of a path below `src`, without `.rs`.
fn top(path: &Path) -> String {
    let part = path.iter().next().unwrap().to_str().unwrap();
    part.trim_end_matches(".rs").to_owned()
}

fn floor(module: &str) -> u8 {
    let found = FLOORS.iter().find(|(_, modules)| modules.contains(&module));
    found.unwrap_or_else(|| panic!("`{module}` stands on no floor: add it to FLOORS")).0
}

/// The code of a file up to the unit tests that stand in it, which are its end.
fn without_tests(text: &str) -> &str {
    let is_module = |at: &usize| {
        let (_, rest) = text[*at..].split_once('\n').unwrap_or_default();
        rest.starts_with("mod ") && rest.lines().next().unwrap().ends_with('{')
    };
    text.match_indices("#[cfg(test)]").map(|(at, _)| at).find(is_module).map_or(text, |at| &text[..at])
}

/// The paths after `crate::` in the code of a file, unit tests left out.
fn imports(text: &str) -> BTreeSet<Vec<String>> {
    let code = without_tests(text);
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        let first = word(rest);
        if first.is_empty() {
            // `use crate::{a::B, c::D}`: the words at the first level of the braces.
            let mut depth = 0;
            let mut previous = '{';
            for (offset, c) in rest.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ if depth == 1 && matches!(previous, '{' | ',') && !c.is_whitespace() => {
                        found.insert(path_of(&rest[offset..]));
                    }
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
                if !c.is_whitespace() {
                    previous = c;
                }
            }
        } else {
            found.insert(path_of(rest));
        }
    }
    found
}

/// `a::b::C` as its words.
fn path_of(text: &str) -> Vec<String> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(text.len());
    text[..end].split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[test]
fn imports_run_downward_only() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let own = top(&path);
        for import in imports(&text) {
            let Some(other) = import.first().filter(|other| **other != own) else { continue };
            if floor(other) > floor(&own) {
                wrong.push(format!("{} imports {}", path.display(), import.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "upward imports:\n{}", wrong.join("\n"));
}

#[test]
fn modules_of_one_floor_do_not_import_in_circles() {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in sources() {
        let own = top(&path);
        let others = imports(&text).into_iter().filter_map(|import| import.first().cloned());
        edges.entry(own.clone()).or_default().extend(others.filter(|other| *other != own));
    }
    // What nothing imports is taken away until nothing is left; a rest is a circle.
    loop {
        let imported: BTreeSet<String> = edges.values().flatten().cloned().collect();
        let Some(free) = edges.keys().find(|module| !imported.contains(*module)).cloned() else { break };
        edges.remove(&free);
    }
    edges.retain(|_, others| !others.is_empty());
    assert!(edges.is_empty(), "circle among {edges:#?}");
}

#[test]
fn rows_of_a_table_do_not_know_each_other() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let own: Vec<_> = path.iter().map(|part| part.to_str().unwrap().trim_end_matches(".rs")).collect();
        if own.len() < 2 || !TABLES.contains(&own[0]) || own[1] == "mod" {
            continue;
        }
        for import in imports(&text) {
            let is_module = import.get(1).is_some_and(|name| name.starts_with(char::is_lowercase));
            let siblings = sources().iter().any(|(other, _)| {
                let parts: Vec<_> = other.iter().map(|part| part.to_str().unwrap().trim_end_matches(".rs")).collect();
                parts[0] == own[0] && parts.get(1) == import.get(1).map(|s| s.as_str()).as_ref() && parts[1] != own[1]
            });
            if import[0] == own[0] && is_module && siblings {
                wrong.push(format!("{} imports {}", path.display(), import.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "siblings:\n{}", wrong.join("\n"));
}

/// What reaches for the machine: its disk, its environment, its processes, its network, its clocks, its terminal.
const OF_THE_MACHINE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
    "std::os",
    "stdin(",
    "stdout(",
    "stderr(",
    "print!(",
    "println!(",
    "eprint!(",
    "eprintln!(",
    "SystemTime",
    "Instant::now",
    "File::open",
    "File::create",
    ".is_file()",
    ".is_dir()",
    ".exists()",
    ".canonicalize()",
    ".metadata()",
    "read_dir(",
    "current_dir(",
    "Timestamp::now",
    "Zoned::now",
    "TimeZone::system",
];

#[test]
fn the_library_without_the_command_line_does_not_reach_for_the_machine() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let is_test = path.file_stem().is_some_and(|stem| stem == "tests") || path.iter().any(|part| part == "tests");
        if matches!(top(&path).as_str(), "cli" | "main") || is_test {
            continue;
        }
        let code = without_tests(&text);
        // `use std::{fs, io}`, on as many lines as it takes.
        for group in code.split("use std::{").skip(1) {
            let group = group.split(';').next().unwrap();
            let reaches = |part: &str| {
                let part = part.trim().trim_end_matches('}').split("::").next().unwrap();
                ["fs", "env", "process", "net", "os"].contains(&part)
            };
            if group.split(',').any(reaches) {
                wrong.push(format!("{}: use std::{{{group}", path.display()));
            }
        }
        for (number, line) in code.lines().enumerate() {
            let line = line.trim_start();
            let reaches = OF_THE_MACHINE.iter().any(|word| line.contains(word)) && !line.contains("env!(");
            if !line.starts_with("//") && reaches {
                wrong.push(format!("{}:{}: {line}", path.display(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "only `cli` may:\n{}", wrong.join("\n"));
}
