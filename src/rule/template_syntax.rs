//! # template-syntax
//!
//! ## What it checks
//! Whether the body of a post holds template syntax that its generator runs, or that it does not know: Liquid (`{{ x }}`,
//! `{% include x %}`), Hugo's shortcodes (`{{< x >}}`), `<% x %>`. The generator's own is told in imported posts only:
//! those with a `guid` or `source`. Code is left out, but not from what the generator runs there too.
//!
//! ## Why it matters
//! Text from a feed was written by a stranger: in it `{% include secrets.txt %}` is run like the site's own. What the
//! generator does not know stands on the page as it is, or stops the build.
//!
//! ## Example
//! ```markdown
//! ---
//! title: A note on templates
//! source: https://example.com/feed.xml
//! ---
//! Write {{ site.title }} there.
//! ```
//!
//! ## Use instead
//! ```markdown
//! Write {% raw %}{{ site.title }}{% endraw %} there.
//! ```
//! `slugline convert` escapes what it imports. In posts of one's own that are told, `<!-- slugline-ignore template-syntax -->`.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Finding, Place, Severity},
    profile::Templates,
    syntax::prose,
};

pub(super) const RULE: Rule = Rule {
    code: "template-syntax",
    severity: Severity::Warning,
    page: include_str!("template_syntax.rs"),
    preview: false,
    check: Check::Document(check),
};

/// What opens a piece of a template, what closes it, and whose it is.
const MARKS: &[(&str, &str, Templates)] = &[
    ("{{<", ">}}", Templates::Hugo),
    ("{{%", "%}}", Templates::Hugo),
    ("{%", "%}", Templates::Liquid),
    ("{{", "}}", Templates::Liquid),
    ("<%", "%>", Templates::None),
];
/// Bytes that such a piece may have.
const LONGEST: usize = 1_000;

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some((body, start)) = document.body() else { return };
    if !holds_one(body) {
        return;
    }
    let own = document.profile.templates;
    let key = |field: &str, usual| document.profile.key_of(field).unwrap_or(usual).to_owned();
    let is_imported = [key("/id", "guid"), key("/source", "source")].iter().any(|key| document.has_key(key));
    let mut at = 0;
    let mut code = code(body).into_iter().peekable();
    while let Some(step) = memchr::memchr2(b'{', b'<', &body.as_bytes()[at..]) {
        let here = at + step;
        let Some((open, close, whose)) = MARKS.iter().find(|(open, ..)| body[here..].starts_with(open)) else {
            at = here + 1;
            continue;
        };
        at = here + open.len();
        let near = &body[at..body.floor_char_boundary((at + LONGEST).min(body.len()))];
        let Some(length) = near.find(close) else { continue };
        let end = at + length + close.len();
        let runs = *whose == own && own != Templates::None;
        while code.next_if(|range| range.end <= here).is_some() {}
        let in_code = code.peek().is_some_and(|range| range.contains(&here));
        at = end;
        let told = if runs { is_imported } else { (own != Templates::None || is_imported) && !in_code };
        // What is raw, or a comment that a shortcode makes of one, is escaped already.
        if !told || body[..here].ends_with("{% raw %}") || near.starts_with("/*") {
            continue;
        }
        let (message, label) = match runs {
            _ if own == Templates::None => {
                (format!("`{open}` in an imported post is template syntax"), "many generators run this")
            }
            true => (format!("`{open}` in an imported post is template syntax"), "the site's build runs this"),
            false => (format!("`{open}` is template syntax of another generator"), "stands on the page as it is"),
        };
        findings.push(Finding::warning(RULE.code, message, Place::Bytes(start + here..start + end)).label(label));
    }
}

/// Whether a text holds what opens a piece of a template.
fn holds_one(body: &str) -> bool {
    let bytes = body.as_bytes();
    let follows = |at: usize| matches!(bytes.get(at + 1), Some(b'{' | b'%'));
    memchr::memchr_iter(b'{', bytes).any(follows)
        || memchr::memchr_iter(b'%', bytes).any(|at| at > 0 && bytes[at - 1] == b'<')
}

/// The stretches of code.
fn code(body: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for prose in prose::ranges(body) {
        found.push(at..prose.start);
        at = prose.end;
    }
    found.push(at..body.len());
    found.retain(|range| !range.is_empty());
    found
}
