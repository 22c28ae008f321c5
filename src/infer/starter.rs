//! The files that a site begins with: `slugline.toml`, a schema, and the lines of the hook.

use std::collections::{BTreeMap, BTreeSet};

use super::Inference;
use crate::untrusted::shown;

/// What was found of a site.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Found {
    /// The profile of its generator, and the file that told it.
    pub generator: Option<(String, String)>,
    /// The posts, by name; whether each has front matter.
    pub posts: Vec<(String, bool)>,
    /// What they have in common.
    pub inference: Inference,
}

/// A file to begin with.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StarterFile {
    /// Its path, relative to the site's folder.
    pub path: &'static str,
    /// What is in it.
    pub text: String,
    /// What it is for, in words.
    pub why: String,
}

/// The path of the schema.
const SCHEMA: &str = "schemas/post.schema.yaml";

/// The files for a site.
pub fn plan(found: &Found) -> Vec<StarterFile> {
    let common = match found.inference.posts() {
        1 => "what the one post has".to_owned(),
        count => format!("what the {count} posts have in common"),
    };
    let required: Vec<&str> = found.inference.required().collect();
    let asks = if required.is_empty() { "no key".to_owned() } else { required.join(", ") };
    vec![
        StarterFile {
            path: "slugline.toml",
            text: configuration(found),
            why: "says which files are posts and what is asked of them; `slugline check` reads it".to_owned(),
        },
        StarterFile {
            path: SCHEMA,
            text: found.inference.to_yaml(),
            why: format!("{common}: requires {}", shown(&asks)),
        },
        StarterFile {
            path: ".pre-commit-config.yaml",
            text: hook(),
            why: "stops a commit with a post that lacks something; `pre-commit install` switches it on".to_owned(),
        },
    ]
}

/// How many posts there are, in words.
fn posts(found: &Found) -> String {
    match found.inference.posts() {
        1 => "1 post".to_owned(),
        count => format!("{count} posts"),
    }
}

/// The hook's lines.
fn hook() -> String {
    format!(
        "repos:\n  - repo: https://github.com/slugline/slugline\n    rev: v{}\n    hooks:\n      - id: slugline\n",
        env!("CARGO_PKG_VERSION")
    )
}

fn configuration(found: &Found) -> String {
    let mut text =
        "# What `slugline check` asks of the posts of this site. `slugline list rules` names the rules.\n\n".to_owned();
    text.push_str("# What is wrong today may wait: `slugline check --write-baseline slugline-baseline.json`, then\n");
    text.push_str("# baseline = \"slugline-baseline.json\"\n\n[[content]]\n");
    let globs: Vec<String> = globs(found).iter().map(|glob| quoted(glob)).collect();
    text.push_str(&format!("paths = [{}]\n", globs.join(", ")));
    if let Some((profile, file)) = &found.generator {
        text.push_str(&format!("profile = {} # {} is here\n", quoted(profile), shown(file)));
    }
    text.push_str(&format!("schema = {} # made of {}\n", quoted(SCHEMA), posts(found)));
    text.push_str(
        "# Keys that every post must have, beside those that the schema requires.\n# require = [\"source\"]\n",
    );
    text.push_str("# The order of keys, and how dates are spelt; `--fix` brings them there.\n");
    text.push_str("# key-order = [\"title\", \"date\", \"slug\"]\n");
    text.push_str("# date-style = { quotes = \"none\", offset = \"numeric\", precision = \"second\" }\n\n");
    text.push_str("# How much a rule matters: \"error\", \"warning\", \"hint\" or \"off\".\n[rules]\n# empty-value = \"warning\"\n");
    text
}

/// The globs of the folders that hold posts: the first folder of each, with the endings that are there. Files beside
/// the configuration are posts only where all are.
fn globs(found: &Found) -> Vec<String> {
    let glob = |(folder, ending): &(&str, &str)| {
        let folder = escaped(folder);
        if folder.is_empty() { format!("*.{ending}") } else { format!("{folder}/**/*.{ending}") }
    };
    places(&found.posts).iter().map(glob).collect()
}

/// The first folder and the ending of each file that the configuration is about.
fn places(posts: &[(String, bool)]) -> BTreeSet<(&str, &str)> {
    let mut places: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for (name, has_head) in posts {
        let (with, without) = places.entry(place(name)).or_default();
        *(if *has_head { with } else { without }) += 1;
    }
    // Folders of notes without front matter are no content.
    places.retain(|_, (with, without)| with >= without && *with > 0);
    if places.keys().any(|(folder, _)| !folder.is_empty()) {
        places.retain(|(folder, _), _| !folder.is_empty());
    }
    places.into_keys().collect()
}

/// The first folder of a file, and its ending.
fn place(name: &str) -> (&str, &str) {
    let folder = name.split_once('/').map_or("", |(folder, _)| folder);
    let ending = name.rsplit_once('.').map_or("md", |(_, ending)| ending);
    (folder, ending)
}

impl Found {
    /// The posts with front matter that the configuration leaves out, by name.
    pub fn left_out(&self) -> BTreeSet<String> {
        let places = places(&self.posts);
        let out = self.posts.iter().filter(|(name, has_head)| *has_head && !places.contains(&place(name)));
        out.map(|(name, _)| name.clone()).collect()
    }
}

/// A folder's name in a glob.
fn escaped(name: &str) -> String {
    name.chars().map(|c| if "*?[]{}!\\".contains(c) { format!("[{c}]") } else { c.to_string() }).collect()
}

/// A text in TOML. JSON's escapes are TOML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_with_posts_are_content_and_notes_are_not() {
        let post = |name: &str, head: bool| (name.to_owned(), head);
        let posts = vec![
            post("README.md", false),
            post("about.md", true),
            post("content/a.md", true),
            post("content/news/b.markdown", true),
            post("notes/c.md", false),
            post("we[b]/d.md", true),
        ];
        let found = Found { posts, ..Found::default() };
        assert_eq!(globs(&found), ["content/**/*.markdown", "content/**/*.md", "we[[]b[]]/**/*.md"]);
        assert_eq!(found.left_out().into_iter().collect::<Vec<_>>(), ["about.md"]);
    }
}
