//! The keys of `slugline.toml` and of `profile.toml`: told by asking for one that there is not, which names those there
//! are.

use slugline::{config::Config, limits::Limits, profile::Profile};

use super::{code, codes, heading, row};

/// No key of anything.
const NONE: &str = "zzzzzzzzzzzz";

/// What a help of the kind `known here: a, b, c` names.
fn named(help: &str) -> Vec<String> {
    let list = help.trim_start_matches("known here: ").trim_start_matches("there is ");
    list.split(", ").map(str::to_owned).collect()
}

fn row_of(place: &str, text: &str, keys: &[String]) -> String {
    row(&[&code(place), text, &codes(keys.iter().map(String::as_str))])
}

/// The tables of `slugline.toml`.
pub(crate) fn configuration() -> String {
    let content = "[[content]]\npaths = [\"a\"]\n";
    let places = [
        ("top", "", String::new()),
        ("[[content]]", "which files, and what is asked of them", content.to_owned()),
        ("[content.keys.NAME]", "what is asked of a key", format!("{content}[content.keys.a]\n")),
        ("[content.date-style]", "how dates are spelt", format!("{content}[content.date-style]\n")),
        ("[feed]", "what a feed made of the posts says of itself", "[feed]\n".to_owned()),
        ("[limits]", "bounds on the input", "[limits]\n".to_owned()),
    ];
    let mut table = heading(&["table", "", "keys"]);
    for (place, about, toml) in places {
        let error = Config::parse(&format!("{toml}{NONE} = 1\n"), &[]).unwrap_err();
        let help = error.help.unwrap_or_else(|| panic!("{place}: {}", error.message));
        table += &row_of(place, about, &named(&help));
    }
    table
}

/// The limits and what they are.
pub(crate) fn limits() -> String {
    let limits = Limits::default();
    let shown = format!("{limits:?}");
    let shown = shown.trim_start_matches("Limits { ").trim_end_matches(" }");
    let source = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/limits.rs")).unwrap();
    let mut table = heading(&["limit", "usual", "of"]);
    for (name, value) in shown.split(", ").filter_map(|pair| pair.split_once(": ")) {
        let about = source.split(&format!("    pub {name}: usize")).next().unwrap().lines().last().unwrap();
        let about = about.trim().trim_start_matches("/// ").trim_end_matches('.');
        table += &row(&[&code(name), value, about]);
    }
    table
}

/// The tables of `profile.toml`.
pub(crate) fn profile() -> String {
    let places = [
        ("top", "", String::new()),
        ("[fences]", "which heads the generator takes", "[fences]\n".to_owned()),
        ("[habits]", "what the generator does that a schema cannot say", "[habits]\n".to_owned()),
        ("[pages]", "what the generator makes of a file's place", "[pages]\n".to_owned()),
        ("[[key]]", "a key of a head", "[[key]]\nname = \"a\"\n".to_owned()),
    ];
    let mut table = heading(&["table", "", "keys"]);
    for (place, about, toml) in places {
        let error = Profile::parse(&format!("{toml}{NONE} = 1\n"), None).unwrap_err();
        let help = error.help.unwrap_or_else(|| panic!("{place}: {}", error.message));
        table += &row_of(place, about, &named(&help));
    }
    table
}
