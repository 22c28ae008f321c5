//! The keys of `slugline.toml` and of `profile.toml`. Which there are is told by asking for one that there is not: the
//! error names them. What each is stands above the field that takes it, in the source.

use slugline::{config::Config, limits::Limits, profile::Profile};

use super::{code, heading, row};

/// No key of anything.
const NONE: &str = "zzzzzzzzzzzz";

/// A table of a TOML file: its name, what it is, what stands above a key in it, and the source of its fields.
type Place<'t> = (&'t str, &'t str, &'t str, &'t str);

/// What is said of keys that are no field of their own.
const OTHERS: &[(&str, &str)] = &[
    ("[content.keys.NAME] required", "whether every post must have it"),
    ("[content.keys.NAME] one-of", "the values it may have; each entry of a list is one"),
    ("[content.keys.NAME] min-length", "the least characters of a text, or entries of a list"),
    ("[content.keys.NAME] max-length", "the most of them"),
    ("[content.keys.NAME] pattern", "a regular expression that its text matches"),
    ("[content.keys.NAME] message", "your own words for what is wrong"),
    ("[[content]] date-style", "how dates are spelt: see below"),
    ("[content.date-style] quotes", "`none`, `single` or `double`"),
    ("[content.date-style] offset", "`numeric`, `z` (UTC as `Z`) or `none`"),
    ("[content.date-style] precision", "`day`, `minute` or `second`"),
    ("[[content]] keys", "rules for single keys, without a schema: see below"),
    ("[[content]] paths", "globs of files; the first entry that is about a file counts"),
    ("[feed] author", "one author: a name, or a table of `name`, `email`, `url` and `avatar`"),
    ("[feed] address", "the pattern of a post's address, as `--address`"),
    ("profile.toml extends", "a built-in profile whose keys and settings these are added to"),
    ("profile.toml quotes", "`single` or `double`: which quotes a text in YAML has"),
    ("profile.toml list_indent", "0 or 2: how far the entries of a list stand in"),
    ("profile.toml head", "`yaml`, `toml`, `json`, `bare-json` or `plain`: the syntax that heads are written in"),
    ("profile.toml body", "`markdown` or `html`: what kind of text bodies are"),
    ("profile.toml templates", "`hugo`, `liquid`, `zola` or `mdx`: what is escaped in text from feeds"),
    ("profile.toml from_file_name", "of `date`, `slug` and `title`, what the file's name tells when the head does not"),
    ("profile.toml file_name", "the pattern of a post's file"),
    ("profile.toml other_file_name", "the pattern of the file of what is no post"),
    ("profile.toml without", "a list of keys of the extended profile that go"),
    ("profile.toml key", "the keys, as `[[key]]`: see below"),
    ("profile.toml fences", "which heads the generator takes: see below"),
    ("profile.toml habits", "see below"),
    ("profile.toml pages", "see below"),
    (
        "[fences] close",
        "`line` (alone on it), `prefix` (at its beginning) or `anywhere` (at its end): how a closing fence must stand",
    ),
    ("[fences] after_open", "`nothing`, `blanks` or `language`: what may follow the opening fence on its line"),
    ("[[key]] split", "`blanks` or `commas`: what parts a text that is a list"),
    ("[[key]] style", "`plain`, `single`, `double`, `block` or `flow`: how the value is written"),
    ("[[key]] items", "the same for the entries of a list"),
    ("[[key]] empty", "what stands for nothing, as it is written in YAML; without it the key is left out"),
    ("[[key]] read", "the field that takes it; without it, what has no field"),
    ("[[key]] write", "an expression: what to write where the field is empty; without it, the field as it is"),
];

/// What the comment above the field of that name says, in one line and without links of rustdoc.
fn comment(source: &str, key: &str) -> Option<String> {
    let field = format!("    pub {}: ", key.replace('-', "_"));
    let before = source.split_once(&field)?.0;
    let lines: Vec<&str> = before.lines().rev().map_while(|line| line.trim().strip_prefix("/// ")).collect();
    let mut text = lines.into_iter().rev().collect::<Vec<_>>().join(" ");
    while let Some(at) = text.find("`](") {
        let end = at + text[at..].find(')')?;
        let start = text[..at].rfind("[`")?;
        text = format!("{}`{}`{}", &text[..start], text[start + 2..at].replace("Key::", ""), &text[end + 1..]);
    }
    // What Rust's `None` stands for is the key left out.
    Some(text.replace("`None`", "left out").trim_end_matches('.').to_owned())
}

/// A row for each key of a place.
fn rows(place: &Place<'_>, help: &str, page: &mut String) {
    let (name, what, _, source) = place;
    let list = help.trim_start_matches("known here: ").trim_start_matches("there is ");
    *page += &format!("### `{name}`\n\n");
    if !what.is_empty() {
        *page += &format!("{what}.\n\n");
    }
    *page += &heading(&["key", ""]);
    for key in list.split(", ") {
        let other = OTHERS.iter().find(|(other, _)| *other == format!("{name} {key}"));
        let about = other.map(|(_, about)| (*about).to_owned()).or_else(|| comment(source, key));
        let about = about.unwrap_or_else(|| panic!("nothing is said of `{key}` in {name}"));
        let mut letters = about.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        *page += &row(&[&code(key), &format!("{first}{}", letters.as_str())]);
    }
    page.push('\n');
}

/// The tables of `slugline.toml`.
pub(crate) fn configuration() -> String {
    const CONFIG: &str = include_str!("../../src/config.rs");
    const ASKS: &str = include_str!("../../src/config/asks.rs");
    const CONTENT: &str = "[[content]]\npaths = [\"a\"]\n";
    let asked = CONFIG.to_owned() + ASKS;
    let of_entries = &asked[asked.find("pub struct ContentEntry").unwrap()..];
    let model = include_str!("../../src/model.rs");
    let of_feeds = &model[model.find("pub struct Feed").unwrap()..];
    let places: &[(&str, &str, String, &str)] = &[
        ("slugline.toml", "", String::new(), CONFIG),
        ("[[content]]", "Which files are posts, and what is asked of them", CONTENT.to_owned(), of_entries),
        ("[content.keys.NAME]", "What is asked of one key", format!("{CONTENT}[content.keys.a]\n"), ""),
        ("[content.date-style]", "How dates are spelt", format!("{CONTENT}[content.date-style]\n"), ASKS),
        (
            "[feed]",
            "What a feed made of the posts says of itself, and where that goes in each format",
            "[feed]\n".to_owned(),
            of_feeds,
        ),
    ];
    let mut page = String::new();
    for (name, what, toml, source) in places {
        let error = Config::parse(&format!("{toml}{NONE} = 1\n"), &[]).unwrap_err();
        let help = error.help.unwrap_or_else(|| panic!("{name}: {}", error.message));
        rows(&(name, what, "", source), &help, &mut page);
    }
    page
}

/// The limits and what they are.
pub(crate) fn limits() -> String {
    let limits = Limits::default();
    let shown = format!("{limits:?}");
    let shown = shown.trim_start_matches("Limits { ").trim_end_matches(" }");
    let source = include_str!("../../src/limits.rs");
    let mut table = heading(&["limit", "usual", "of"]);
    for (name, value) in shown.split(", ").filter_map(|pair| pair.split_once(": ")) {
        table += &row(&[&code(name), value, &comment(source, name).unwrap()]);
    }
    table
}

/// The tables of `profile.toml`.
pub(crate) fn profile() -> String {
    const PROFILE: &str = include_str!("../../src/profile/mod.rs");
    const FENCES: &str = include_str!("../../src/syntax/head/fences.rs");
    const HABITS: &str = include_str!("../../src/profile/habits.rs");
    const PAGES: &str = include_str!("../../src/profile/pages.rs");
    let of_keys = &PROFILE[PROFILE.find("pub struct Key").unwrap()..];
    let places: &[Place<'_>] = &[
        ("profile.toml", "", "", PROFILE),
        ("[[key]]", "A key of a head, in the order they are written", "[[key]]\nname = \"a\"\n", of_keys),
        ("[fences]", "Which heads the generator takes", "[fences]\n", FENCES),
        ("[habits]", "What the generator does that a schema cannot say", "[habits]\n", HABITS),
        ("[pages]", "What the generator makes of a file's place", "[pages]\n", PAGES),
    ];
    let mut page = String::new();
    for place in places {
        let error = Profile::parse(&format!("{}{NONE} = 1\n", place.2), None).unwrap_err();
        let help = error.help.unwrap_or_else(|| panic!("{}: {}", place.0, error.message));
        rows(place, &help, &mut page);
    }
    page
}
