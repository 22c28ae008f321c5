//! The built-in profiles. To add one: write its folder under `schemas/`, then its row here.

use std::collections::HashMap;

use super::{FromFileName, Habits, Pages, Profile, Templates};
use crate::{
    expression::Expressions,
    model::TextKind,
    syntax::{
        emit::Layout,
        head::{Fences, HeadFormat},
    },
};

/// Name, `profile.toml` and `post.schema.json` of each.
const BUILT_IN: &[(&str, &str, &str)] = &[
    ("hugo", include_str!("../../schemas/hugo/profile.toml"), include_str!("../../schemas/hugo/post.schema.json")),
    (
        "jekyll",
        include_str!("../../schemas/jekyll/profile.toml"),
        include_str!("../../schemas/jekyll/post.schema.json"),
    ),
    ("news", include_str!("../../schemas/news/profile.toml"), include_str!("../../schemas/news/post.schema.json")),
    ("zola", include_str!("../../schemas/zola/profile.toml"), include_str!("../../schemas/zola/post.schema.json")),
    (
        "eleventy",
        include_str!("../../schemas/eleventy/profile.toml"),
        include_str!("../../schemas/eleventy/post.schema.json"),
    ),
    ("astro", include_str!("../../schemas/astro/profile.toml"), include_str!("../../schemas/astro/post.schema.json")),
    ("hexo", include_str!("../../schemas/hexo/profile.toml"), include_str!("../../schemas/hexo/post.schema.json")),
    (
        "docusaurus",
        include_str!("../../schemas/docusaurus/profile.toml"),
        include_str!("../../schemas/docusaurus/post.schema.json"),
    ),
    (
        "pelican",
        include_str!("../../schemas/pelican/profile.toml"),
        include_str!("../../schemas/pelican/post.schema.json"),
    ),
    (
        "obsidian",
        include_str!("../../schemas/obsidian/profile.toml"),
        include_str!("../../schemas/obsidian/post.schema.json"),
    ),
    (
        "mkdocs-material",
        include_str!("../../schemas/mkdocs-material/profile.toml"),
        include_str!("../../schemas/mkdocs-material/post.schema.json"),
    ),
];

impl Profile {
    /// The built-in profile of that name.
    pub fn built_in(name: &str) -> Option<Profile> {
        let (name, profile, schema) = BUILT_IN.iter().find(|(known, _, _)| *known == name)?;
        // A test holds that each of them parses.
        let mut profile = Profile::parse(profile, Some(schema)).ok()?;
        profile.name = (*name).to_owned();
        Some(profile)
    }

    /// The names of the built-in profiles, the default first.
    pub fn names() -> Vec<&'static str> {
        BUILT_IN.iter().map(|(name, _, _)| *name).collect()
    }

    /// A profile without a name and without keys, for posts whose generator is not known: everything in a head is
    /// [`Extra`](crate::model::Extra).
    pub fn empty() -> Profile {
        let mut paths = Expressions::of_paths();
        let mut add = |pattern| paths.add(pattern).unwrap_or_else(|_| crate::expression::Expression::empty());
        let file_name = add("{{ slug }}.md");
        let other_file_name = add("{{ type }}/{% for parent in parents %}{{ parent }}/{% endfor %}{{ slug }}.md");
        Profile {
            name: String::new(),
            about: String::new(),
            generator: String::new(),
            fences: Fences::default(),
            head: HeadFormat::default(),
            layout: Layout::default(),
            body: TextKind::Markdown,
            keys: Vec::new(),
            any_case: false,
            from_file_name: FromFileName::default(),
            templates: Templates::default(),
            schema: None,
            required: Vec::new(),
            described: Vec::new(),
            habits: Habits::default(),
            pages: Pages::default(),
            address: None,
            old_addresses: None,
            own_file_name: false,
            index: HashMap::new(),
            values: Expressions::new(),
            paths,
            file_name,
            other_file_name,
            addresses: None,
        }
    }
}

impl Default for Profile {
    /// The default profile, `hugo`.
    fn default() -> Self {
        Profile::built_in("hugo").unwrap_or_else(Profile::empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_profile_parses() {
        for (name, profile, schema) in BUILT_IN {
            let parsed = Profile::parse(profile, Some(schema));
            assert!(parsed.is_ok(), "{name}: {:?}", parsed.err());
        }
    }
}
