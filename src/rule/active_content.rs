//! # active-content
//!
//! ## What it checks
//! Whether the body of a post, or a text of a feed, holds markup that runs or loads something in the reader's browser: `<script>`, frames
//! and plug-ins, `on…` attributes, `javascript:` addresses, `<base>`, `<meta http-equiv="refresh">`. Code blocks of
//! Markdown are left out.
//!
//! ## Why it matters
//! In a post that came from a feed it was written by a stranger, and runs with the rights of the site's own pages.
//!
//! ## Example
//! ```html
//! <p onclick="steal()">Read more</p>
//! ```
//!
//! ## Use instead
//! ```html
//! <p>Read more</p>
//! ```
//! Where it is meant, set `active-content = "off"` for those posts.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use memchr::memmem;

use crate::{
    document::Document,
    feed_view::{About, Look, Markup, Part, fields::Kind, place::Cursor},
    finding::{Finding, Place, Severity},
    syntax::active,
};

pub(super) const RULE: Rule = Rule {
    code: "active-content",
    severity: Severity::Warning,
    page: include_str!("active_content.rs"),
    preview: false,
    check: Check::Both(check, || Box::<State>::default()),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some((body, start)) = document.body() else { return };
    for found in active::find(body) {
        let range = start + found.range.start..start + found.range.end;
        findings.push(
            Finding::warning(RULE.code, found.message(), Place::Bytes(range))
                .label("runs in the reader's browser")
                .help("take it out where it came with an import; `slugline-ignore` or the configuration keeps what is meant"),
        );
    }
}

/// Elements that run or load something, or reach beyond the text that they stand in.
const ELEMENTS: &[&str] = &[
    "applet", "base", "bgsound", "embed", "frame", "frameset", "iframe", "link", "meta", "object", "portal", "script",
    "style",
];

/// Looks at each tag of a feed.
struct State {
    import: memmem::Finder<'static>,
}

impl Default for State {
    fn default() -> Self {
        State { import: memmem::Finder::new("<?import") }
    }
}

impl Look for State {
    fn wants_tags(&self) -> bool {
        true
    }

    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        // Old browsers ran what a processing instruction names.
        for text in item.texts().filter(|text| text.kind == Kind::Html) {
            if let Some(at) = self.import.find(text.elem.raw().as_bytes()) {
                let place = text.elem.at(at..at + 8, &mut Cursor::default());
                let finding = Finding::warning(RULE.code, "the text holds an `<?import`, which loads a script", place);
                out.push(finding.help("take it out").w3c(&["SecurityRisk"]));
            }
        }
    }

    fn tag(&mut self, tag: &Markup<'_, '_>, out: &mut Vec<Finding>) {
        let help = "take it out: readers do, too";
        // Most tags have shorter names.
        let is_long = tag.name.len() > 3;
        if let Some(name) = ELEMENTS.iter().find(|known| is_long && tag.name.eq_ignore_ascii_case(known)) {
            let finding = Finding::warning(RULE.code, format!("the text holds a `<{name}>`"), tag.at());
            out.push(finding.help(help).w3c(&["SecurityRisk"]));
        }
        for (name, value) in tag.attributes {
            let runs = name.len() > 2 && name.as_bytes()[..2].eq_ignore_ascii_case(b"on");
            let message = if runs {
                format!("the text holds an `{}` attribute, which is a script", crate::untrusted::shown(name))
            } else if active::runs(value) {
                "the text holds an address that runs as a script".to_owned()
            } else {
                continue;
            };
            let finding = Finding::warning(RULE.code, message, tag.at_attribute(name));
            out.push(finding.help(help).w3c(&["SecurityRiskAttr"]));
        }
    }
}
