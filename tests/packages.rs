//! What the packages say about the program is what Cargo.toml says: a version that is raised in one place only would
//! have hooks install another program than the one they name.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

/// Where a version stands, and how. `{}` is the version.
const SAID: &[(&str, &str)] = &[
    ("README.md", "    rev: v{}\n"),
    ("action.yml", "    default: \"{}\"\n"),
    ("docs/ci.md", "uses: slugline/slugline@v{}\n"),
    ("docs/ci.md", "pip install --quiet slugline=={}\n"),
    ("docs/ci.md", "uvx slugline@{} check"),
    ("docs/installing.md", "    rev: v{}\n"),
    ("docs/installing.md", "slugline/slugline:{} check"),
    ("packages/npm/slugline/package.json", "\"version\": \"{}\",\n"),
    ("packages/npm/slugline/package.json", "\"@slugline/darwin-arm64\": \"{}\",\n"),
    ("packages/npm/slugline/package.json", "\"@slugline/darwin-x64\": \"{}\",\n"),
    ("packages/npm/slugline/package.json", "\"@slugline/linux-arm64\": \"{}\",\n"),
    ("packages/npm/slugline/package.json", "\"@slugline/linux-x64\": \"{}\",\n"),
    ("packages/npm/slugline/package.json", "\"@slugline/win32-x64\": \"{}\"\n"),
    ("pyproject.toml", "version = \"{}\"\n"),
    ("pyproject.toml", "dependencies = [\"slugline=={}\"]\n"),
];

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

#[test]
fn every_package_names_the_version_of_the_program() {
    for (file, pattern) in SAID {
        let wanted = pattern.replace("{}", env!("CARGO_PKG_VERSION"));
        assert!(read(file).contains(&wanted), "{file} has no `{}`", wanted.trim());
    }
}

#[test]
fn the_debian_package_takes_files_that_are_there_or_that_are_made() {
    let manifest: toml_edit::DocumentMut = read("Cargo.toml").parse().unwrap();
    let archive = read("packages/archive");
    let assets = manifest["package"]["metadata"]["deb"]["assets"].as_array().unwrap();
    assert!(assets.len() > 5);
    for asset in assets {
        let file = asset.as_array().unwrap().get(0).unwrap().as_str().unwrap();
        if let Some(made) = file.strip_prefix("target/packages/debian/") {
            let name = made.rsplit('/').next().unwrap();
            assert!(archive.contains(&format!("\"{name}\"")), "packages/archive makes no {name}");
        } else if file != "target/release/slugline" {
            assert!(!read(file).is_empty(), "{file}");
        }
    }
}

#[test]
fn no_banned_crate_and_no_foreign_source_is_locked() {
    let deny: toml_edit::DocumentMut = read("deny.toml").parse().unwrap();
    let banned: Vec<_> = deny["bans"]["deny"].as_array().unwrap().iter().collect();
    assert!(banned.len() > 10);
    let lock: toml_edit::DocumentMut = read("Cargo.lock").parse().unwrap();
    for package in lock["package"].as_array_of_tables().unwrap() {
        let name = package["name"].as_str().unwrap();
        let is_banned = banned.iter().any(|ban| ban.as_inline_table().unwrap()["name"].as_str() == Some(name));
        assert!(!is_banned, "deny.toml bans {name}");
        let source = package.get("source").and_then(|source| source.as_str());
        let is_ours = name == env!("CARGO_PKG_NAME") && source.is_none();
        assert!(is_ours || source.is_some_and(|source| source.ends_with("crates.io-index")), "{name}: {source:?}");
    }
}
