//! Which generator a site is made with, from the files in its folder.

/// A generator's mark: a file that only its sites have.
struct Mark {
    profile: &'static str,
    file: &'static str,
    /// What must be in the file; empty where its name says all.
    holds: &'static [&'static str],
}

const fn mark(profile: &'static str, file: &'static str) -> Mark {
    Mark { profile, file, holds: &[] }
}

/// The marks, the surest first.
const MARKS: &[Mark] = &[
    mark("hugo", "hugo.toml"),
    mark("hugo", "hugo.yaml"),
    mark("hugo", "hugo.yml"),
    mark("hugo", "hugo.json"),
    // Before its version 0.110 Hugo's configuration was called `config`, as others' is too.
    Mark { profile: "hugo", file: "config.toml", holds: &["baseURL", "baseurl", "languageCode"] },
    Mark { profile: "hugo", file: "config.yaml", holds: &["baseURL", "baseurl", "languageCode"] },
    Mark { profile: "hugo", file: "config.yml", holds: &["baseURL", "baseurl", "languageCode"] },
    mark("hugo", "config/_default/hugo.toml"),
    mark("hugo", "config/_default/config.toml"),
    mark("hexo", "_config.yml"),
    mark("jekyll", "_config.yml"),
    mark("jekyll", "_config.yaml"),
    mark("jekyll", "_config.toml"),
];

/// The profile of the generator, and the file that told it. `has` tells whether the folder has a file, `read` reads it.
pub fn detect(
    has: &dyn Fn(&str) -> bool,
    read: &dyn Fn(&str) -> Option<String>,
) -> Option<(&'static str, &'static str)> {
    let fits = |mark: &&Mark| {
        if !has(mark.file) || (mark.profile == "hexo" && !has("scaffolds")) {
            return false;
        }
        mark.holds.is_empty() || read(mark.file).is_some_and(|text| mark.holds.iter().any(|key| text.contains(key)))
    };
    MARKS.iter().find(fits).map(|mark| (mark.profile, mark.file))
}

#[cfg(test)]
mod tests {
    use super::detect;

    #[test]
    fn files_tell_the_generator() {
        let of = |files: &[&str], text: &str| {
            detect(&|name| files.contains(&name), &|_| Some(text.to_owned())).map(|(profile, _)| profile)
        };
        assert_eq!(of(&["hugo.toml"], ""), Some("hugo"));
        assert_eq!(of(&["config.toml"], "baseURL = ''"), Some("hugo"));
        assert_eq!(of(&["config.toml"], "base_url = ''"), None);
        assert_eq!(of(&["_config.yml"], ""), Some("jekyll"));
        assert_eq!(of(&["_config.yml", "scaffolds"], ""), Some("hexo"));
    }
}
