//! Makes constants of the tables in `schemas/feed/`, so that the program parses none of them when it starts.
#![allow(dead_code, unreachable_pub, reason = "the build script needs a part of what it shares with the library")]

#[path = "src/vocabulary/table.rs"]
mod table;
#[path = "src/kind/weight.rs"]
mod weight;
#[path = "src/vocabulary/yaml.rs"]
mod yaml;

/// Kinds of values by name; the library has what they check.
mod kind {
    pub use super::weight::Weight;
    use std::fmt;

    /// A kind, by the name of its constant.
    #[derive(Clone)]
    pub struct Named(String);

    pub type Kind = &'static Named;

    impl fmt::Debug for Named {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "kind::{}", self.0)
        }
    }

    pub fn find(name: &str) -> Option<Kind> {
        let constant = name.to_ascii_uppercase().replace([' ', '-'], "_");
        Some(Box::leak(Box::new(Named(constant))))
    }
}

use std::{env, error::Error, fmt::Write, fs, path::Path};

/// Links the program of a release to run at a fixed address, on Linux with glibc, where its loader otherwise writes some
/// 50,000 addresses into it at every start: 0.8 of the 1.7 ms that `slugline --version` takes. A hook runs it for each
/// commit. `SLUGLINE_PIE=1` makes it one that can lie anywhere, as some distributions ask of their packages.
fn fixed_address() {
    println!("cargo::rerun-if-env-changed=SLUGLINE_PIE");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    let release = is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let is_static = features.split(',').any(|feature| feature == "crt-static");
    if release && !is_static && env::var_os("CARGO_FEATURE_CLI").is_some() && !is("SLUGLINE_PIE", "1") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    fixed_address();
    let folder = Path::new("schemas/feed");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/kind/weight.rs");
    println!("cargo::rerun-if-changed=src/vocabulary/table.rs");
    println!("cargo::rerun-if-changed=src/vocabulary/yaml.rs");
    let mut files: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    let (mut constants, mut rows, mut tables) = (String::new(), String::new(), String::new());
    let mut all = Vec::new();
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let wrong = |error: String| format!("{}: {error}", file.display());
        let written = yaml::parse(&fs::read_to_string(&file)?).map_err(wrong)?;
        let table = written.table().map_err(wrong)?;
        all.push((written, table));
    }
    // Those without a namespace of their own come last: they have no number.
    all.sort_by_key(|(written, _)| (written.variant_of.is_some(), written.rank.unwrap_or(u16::MAX)));
    for (at, (written, table)) in all.iter().enumerate() {
        writeln!(tables, "    {table:?},")?;
        if written.variant_of.is_some() {
            continue;
        }
        let number = at + 1;
        let constant = constant(written.name.as_deref().unwrap_or(&written.prefix));
        writeln!(constants, "/// The namespace usually called `{}`.", written.prefix)?;
        writeln!(constants, "#[allow(dead_code, reason = \"a row of the table, whether or not a reader names it\")]")?;
        writeln!(constants, "pub(crate) const {constant}: Ns = Ns({number});")?;
        let (prefix, uri, mistaken) = (&written.prefix, &written.uri, &written.mistaken);
        let also: Vec<&String> = written.also.iter().chain(mistaken).collect();
        writeln!(
            rows,
            "    Namespace {{ ns: Ns({number}), prefix: {prefix:?}, uri: {uri:?}, others: &{also:?}, mistaken: &{mistaken:?} }},"
        )?;
    }
    let out = env::var("OUT_DIR")?;
    let namespaces = format!(
        "{constants}\n/// The namespaces, in the order of their numbers.\n\
         pub(crate) const NAMESPACES: &[Namespace] = &[\n{rows}];\n"
    );
    fs::write(Path::new(&out).join("namespaces.rs"), namespaces)?;
    let tables = format!(
        "/// What the namespaces hold, in the order of their numbers.\npub static TABLES: &[Table] = &[\n{tables}];\n"
    );
    fs::write(Path::new(&out).join("tables.rs"), tables)?;
    Ok(())
}

/// The name of a constant: `creativeCommons` is `CREATIVE_COMMONS`.
fn constant(name: &str) -> String {
    let mut constant = String::new();
    let mut lower = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && lower {
            constant.push('_');
        }
        lower = c.is_ascii_lowercase();
        constant.push(if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' });
    }
    constant
}
