//! Every command in README.md prints what README.md shows. They run one after the other in a copy of `fixtures/readme`.
//! With `UPDATE_README=1` the file gets what the program prints.
#![allow(clippy::unwrap_used)]

mod support;

use std::{fs, path::Path};

use support::{Workdir, slugline};

/// The words of a command line: blanks part them, quotes hold them together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match quote {
            Some(q) if c == q => quote = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if c == '\'' || c == '"' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let mut work = Workdir::new();
    for file in fs::read_dir(root.join("fixtures/readme")).unwrap() {
        let path = file.unwrap().path();
        work = work.bytes(path.file_name().unwrap().to_str().unwrap(), &fs::read(&path).unwrap());
    }
    let mut real = String::new();
    let mut in_block = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            in_block = line == "```console";
        } else if in_block && !line.starts_with("$ ") {
            continue;
        }
        real.push_str(line);
        real.push('\n');
        let Some(command) = line.strip_prefix("$ ").filter(|_| in_block) else { continue };
        let words = words(command);
        if words[0] == "cat" {
            real.push_str(&work.read(&words[1]));
            continue;
        }
        assert_eq!(words[0], "slugline", "README runs something else: {line}");
        let arguments: Vec<_> = words[1..].iter().map(String::as_str).collect();
        let (_, stdout, stderr) = slugline(&work, &arguments, b"");
        for printed in [stdout, stderr].iter().filter(|printed| !printed.is_empty()) {
            real.push_str(printed.trim_end());
            real.push('\n');
        }
    }
    assert!(real.contains("$ slugline check") && real.contains("$ slugline convert"));
    if std::env::var_os("UPDATE_README").is_some() {
        return fs::write(root.join("README.md"), real).unwrap();
    }
    assert!(readme == real, "README.md differs; UPDATE_README=1 writes what the program prints:\n{real}");
}
