//! # broken-link
//!
//! ## What it checks
//! Whether posts that a body links to are there: relative links to Markdown files (`[more](../budget.md)`), Hugo's `ref`
//! and `relref`, Jekyll's `post_url` and `link`. Links that only the generator can resolve are left alone.
//!
//! ## Why it matters
//! Hugo and Jekyll stop at a `ref` or `post_url` that leads nowhere; a link to a Markdown file that is gone is a page not
//! found.
//!
//! ## Example
//! ```markdown
//! [The budget]({{< ref "news/bugdet.md" >}})
//! ```
//!
//! ## Use instead
//! ```markdown
//! [The budget]({{< ref "news/budget.md" >}})
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    address,
    document::Document,
    finding::{Finding, Place, Severity},
    profile::Templates,
    surroundings::{Files, joined},
    syntax::{liquid, prose},
};

pub(super) const RULE: Rule = Rule {
    code: "broken-link",
    severity: Severity::Error,
    page: include_str!("broken_link.rs"),
    preview: false,
    check: Check::Document(check),
};

/// Whether there is what a link names: by the folders, the name and the files of the site.
type Has = fn(Folders<'_>, &str, &dyn Files) -> bool;

/// The folder of the post, and the site's own, with `/` behind it.
#[derive(Clone, Copy)]
struct Folders<'d> {
    post: &'d str,
    site: &'d str,
}

/// Endings of posts.
const POSTS: &[&str] = &[".md", ".markdown", ".mdx"];

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some(files) = document.surroundings.files.as_deref() else { return };
    let Some((body, start)) = document.body().filter(|_| document.name != "-") else { return };
    let folder = document.name.rsplit_once('/').map_or("", |(folder, _)| folder);
    for address in document.addresses().iter().filter(|address| !address.image) {
        let text = &body[address.range.clone()];
        let Some(path) = address::local(text).filter(|path| !path.starts_with('/')) else { continue };
        if POSTS.iter().any(|ending| path.ends_with(ending))
            && joined(folder, &path).is_some_and(|path| !files.has(&path) && !files.has(&in_language(document, &path)))
        {
            let range = start + address.range.start..start + address.range.end;
            findings.push(Finding::warning(RULE.code, format!("there is no post `{path}`"), Place::Bytes(range)));
        }
    }
    let (marks, has): (&[&str], Has) = match document.profile.templates {
        Templates::Hugo => (&["ref", "relref"], hugo_has),
        Templates::Liquid => (&["post_url", "link"], jekyll_has),
        _ => return,
    };
    let folders = Folders { post: folder, site: document.profile.pages.site_of(folder) };
    let raw = raw(body, document.profile.templates);
    for range in prose::ranges(body) {
        for (argument, mark) in arguments(&body[range.clone()], marks) {
            let at = range.start + argument.start;
            let text = &body[at..range.start + argument.end];
            let name = if mark == "link" { format!("/{}", text.trim_start_matches('/')) } else { text.to_owned() };
            let is_shown = raw.get(raw.partition_point(|raw| raw.end <= at)).is_some_and(|raw| raw.contains(&at));
            if !is_shown && !has(folders, &name, files) {
                let at = start + range.start;
                let place = Place::Bytes(at + argument.start..at + argument.end);
                let message = format!("`{mark}` leads to `{text}`, and there is no such post");
                findings.push(Finding::error(RULE.code, message, place).label("the site's build stops here"));
            }
        }
    }
}

/// The path in the language that the post's own name tells: `budget.md` in `snow.fr.md` may be `budget.fr.md`.
fn in_language(document: &Document, path: &str) -> String {
    let language = address::language(&document.name);
    let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
    format!("{stem}.{language}.{ending}")
}

/// What of a body stands between `{% raw %}` and `{% endraw %}`: it is shown, not followed.
fn raw(body: &str, templates: Templates) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while templates == Templates::Liquid
        && let Some(tag) = liquid::find_tag(body, at, "raw")
    {
        let end = liquid::find_tag(body, tag.end, "endraw").map_or(body.len(), |end| end.start);
        found.push(tag.end..end);
        at = end;
    }
    found
}

/// The first arguments of shortcodes and tags of those names: `{{< ref "a" >}}`, `{% post_url a %}`.
fn arguments<'m>(text: &str, marks: &[&'m str]) -> Vec<(std::ops::Range<usize>, &'m str)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(['<', '%']) {
        let inner = &text[at + 1..text.floor_char_boundary((at + 500).min(text.len()))];
        let opens = text[..at].ends_with('{') && inner.starts_with([' ', '\t']) || text[..at].ends_with("{{");
        let word = inner.trim_start();
        let Some(mark) =
            marks.iter().find(|mark| word.strip_prefix(**mark).is_some_and(|rest| rest.starts_with([' ', '\t'])))
        else {
            continue;
        };
        let argument = word[mark.len()..].trim_start();
        let quoted = argument.starts_with(['"', '\'', '`']);
        let argument = if quoted { &argument[1..] } else { argument };
        let end = if quoted { argument.find(['"', '\'', '`']) } else { argument.find([' ', '\t', '%', '>', '}']) };
        let Some(length) = end.filter(|length| opens && *length > 0) else { continue };
        let start = at + 1 + inner.len() - argument.len();
        // What is put together while the site is built is nobody's to judge, nor a named argument.
        let value = &text[start..start + length];
        if !value.contains(['{', '=', '\n']) {
            found.push((start..start + length, *mark));
        }
    }
    found
}

/// Hugo looks beside the page, then for a path below `content/`, then for a page of that name anywhere.
fn hugo_has(folders: Folders<'_>, name: &str, files: &dyn Files) -> bool {
    let name = name.split('#').next().unwrap_or_default();
    if name.is_empty() {
        return true;
    }
    let rooted = name.starts_with('/');
    let stem = name.trim_matches('/').trim_end_matches(".md");
    let spellings = |folder: &str| {
        let any = ["", ".md", "/index.md", "/_index.md"]
            .iter()
            .any(|ending| joined(folder, &format!("{stem}{ending}")).is_some_and(|path| files.has(&path)));
        any || joined(folder, name.trim_start_matches('/')).is_some_and(|path| files.has(&path))
    };
    if (!rooted && spellings(folders.post)) || spellings(&format!("{}content", folders.site)) {
        return true;
    }
    // A language suffix, a mount or a permalink may still give it that name: only a plain file's name is certain.
    let last = stem.rsplit('/').next().unwrap_or(stem);
    let is_file = name.ends_with(".md");
    !is_file || (!rooted && !name.contains('/') && files.has_named(&format!("{last}.md")))
}

/// Jekyll looks for the post's name below a folder `_posts`, for `link` from the site's own folder.
fn jekyll_has(folders: Folders<'_>, name: &str, files: &dyn Files) -> bool {
    let base = folders.site;
    if let Some(path) = name.strip_prefix('/').filter(|path| path.contains('.')) {
        return joined(base, path).is_some_and(|path| files.has(&path)) || files.has(path);
    }
    let name = name.trim_matches('/');
    let last = name.rsplit('/').next().unwrap_or(name);
    ["md", "markdown", "html", "mdx", "textile"].iter().any(|ending| {
        let below = joined(base, &format!("_posts/{name}.{ending}"));
        below.is_some_and(|path| files.has(&path)) || files.has_named(&format!("{last}.{ending}"))
    })
}
