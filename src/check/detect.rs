//! Which generator a site is made with, from the files in its folder.

/// A generator's mark: a file that its sites have.
struct Mark {
    profile: &'static str,
    /// Names of the file, any of which will do.
    files: &'static [&'static str],
    /// Keys of which the file must have one; none where its name says all.
    keys: &'static [&'static str],
}

const fn mark(profile: &'static str, files: &'static [&'static str]) -> Mark {
    Mark { profile, files, keys: &[] }
}

/// The marks, the surest first. A name that several generators use comes once for each, told apart by keys.
const MARKS: &[Mark] = &[
    mark("hugo", &["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"]),
    mark("hugo", &["config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/config.toml"]),
    mark("zola", &["zola.toml"]),
    mark("eleventy", &[".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs"]),
    mark("eleventy", &["eleventy.config.ts", "eleventy.config.mts"]),
    mark("astro", &["astro.config.mjs", "astro.config.js", "astro.config.ts", "astro.config.cjs", "astro.config.mts"]),
    mark("docusaurus", &["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs"]),
    mark("docusaurus", &["docusaurus.config.cjs", "docusaurus.config.mts"]),
    mark("pelican", &["pelicanconf.py"]),
    // Before its version 0.110 Hugo's configuration was called `config`, as Zola's is.
    Mark { profile: "hugo", files: &["config.toml", "config.yaml", "config.yml", "config.json"], keys: HUGO },
    Mark { profile: "zola", files: &["config.toml"], keys: &["base_url", "compile_sass", "build_search_index"] },
    Mark { profile: "hexo", files: &["_config.yml", "_config.yaml"], keys: HEXO },
    mark("jekyll", &["_config.yml", "_config.yaml", "_config.toml"]),
    // A site of documentation has posts only with the plugin for them.
    Mark { profile: "mkdocs-material", files: &["mkdocs.yml", "mkdocs.yaml"], keys: &["blog", "material/blog"] },
    mark("obsidian", &[".obsidian"]),
];

const HUGO: &[&str] = &["baseURL", "baseurl", "languageCode", "defaultContentLanguage", "paginate"];
const HEXO: &[&str] = &["source_dir", "public_dir", "new_post_name", "default_layout", "skip_render", "render_drafts"];

/// The profile of the generator, and the file that told it. `has` tells whether the folder has a file, `read` reads it.
pub fn detect(
    has: &dyn Fn(&str) -> bool,
    read: &dyn Fn(&str) -> Option<String>,
) -> Option<(&'static str, &'static str)> {
    let told = |mark: &Mark, file: &str| mark.keys.is_empty() || read(file).is_some_and(|text| holds(&text, mark.keys));
    MARKS.iter().find_map(|mark| {
        let file = mark.files.iter().find(|file| has(file) && told(mark, file))?;
        Some((mark.profile, *file))
    })
}

/// Whether a line sets one of the keys, in TOML, YAML or JSON, or is an item of that name.
fn holds(text: &str, keys: &[&str]) -> bool {
    text.lines().any(|line| {
        let line = line.trim().trim_start_matches("- ").trim_start_matches('"');
        keys.iter().any(|key| {
            let rest = line.strip_prefix(key).map(|rest| rest.trim_start_matches('"').trim_start());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['=', ':']))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{MARKS, detect};
    use crate::profile::Profile;

    #[test]
    fn files_tell_the_generator() {
        let of = |files: &[&str], text: &str| {
            detect(&|name| files.contains(&name), &|_| Some(text.to_owned())).map(|(profile, _)| profile)
        };
        assert_eq!(of(&["hugo.toml"], ""), Some("hugo"));
        assert_eq!(of(&["config.toml"], "baseURL = ''"), Some("hugo"));
        assert_eq!(of(&["config.toml"], "base_url = ''"), Some("zola"));
        assert_eq!(of(&["config.toml"], "# baseURL is none of this tool's\nx = 1"), None);
        assert_eq!(of(&["config.json"], "{\n  \"baseURL\": \"/\"\n}"), Some("hugo"));
        assert_eq!(of(&["_config.yml"], ""), Some("jekyll"));
        assert_eq!(of(&["_config.yml"], "title: x\nsource_dir: source\n"), Some("hexo"));
        assert_eq!(of(&[".eleventy.js", "package.json"], ""), Some("eleventy"));
        assert_eq!(of(&["astro.config.mjs"], ""), Some("astro"));
        assert_eq!(of(&["docusaurus.config.ts"], ""), Some("docusaurus"));
        assert_eq!(of(&["pelicanconf.py"], ""), Some("pelican"));
        assert_eq!(
            of(&["mkdocs.yml"], "plugins:\n  - search\n  - blog:\n      blog_dir: b\n"),
            Some("mkdocs-material")
        );
        assert_eq!(of(&["mkdocs.yml"], "plugins:\n  - search\n"), None);
        assert_eq!(of(&[".obsidian"], ""), Some("obsidian"));
    }

    #[test]
    fn every_mark_names_a_profile_and_every_generator_has_one() {
        let names = Profile::names();
        assert!(MARKS.iter().all(|mark| names.contains(&mark.profile)));
        for name in names.iter().filter(|name| **name != "news") {
            assert!(MARKS.iter().any(|mark| mark.profile == *name), "nothing tells {name}");
        }
    }
}
