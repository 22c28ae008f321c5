//! # dangerous-style
//!
//! ## What it checks
//! Whether a `style` in the HTML of an item sets what readers take out: positions, pictures, huge sizes, scripts in
//! style, properties of a word processor.
//!
//! ## Why it matters
//! Style can draw over the reader's own page, and load pictures that tell who reads. Readers keep only properties of
//! text and boxes, and drop the rest: the item looks other than was meant. What can run or lead out of the item is a
//! warning.
//!
//! ## Example
//! ```html
//! <p style="position: absolute; top: 0">Sign in here</p>
//! ```
//!
//! ## Use instead
//! ```html
//! <p style="color: #333">Low tide</p>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{Look, Markup},
    finding::{Finding, Severity},
    untrusted::shown,
};

pub(super) const RULE: Rule = Rule {
    code: "dangerous-style",
    severity: Severity::Hint,
    page: include_str!("dangerous_style.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Properties of text and boxes that cannot leave their place.
const PLAIN: &[&str] = &[
    "azimuth",
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-style",
    "border-top-width",
    "border-width",
    "clear",
    "color",
    "cursor",
    "direction",
    "display",
    "elevation",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
    "max-width",
    "min-height",
    "min-width",
    "overflow",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "pause",
    "pause-after",
    "pause-before",
    "pitch",
    "pitch-range",
    "richness",
    "speak",
    "speak-header",
    "speak-numeral",
    "speak-punctuation",
    "speech-rate",
    "stress",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "unicode-bidi",
    "vertical-align",
    "voice-family",
    "volume",
    "white-space",
    "width",
    "word-break",
    "word-spacing",
    "word-wrap",
];

/// Properties that leave their place or load something.
const LEAVING: &[&str] = &[
    "position",
    "top",
    "left",
    "right",
    "bottom",
    "z-index",
    "behavior",
    "-moz-binding",
    "transform",
    "clip",
    "background",
    "background-image",
    "content",
    "filter",
];

/// Looks at each tag.
#[derive(Default)]
struct State;

impl Look for State {
    fn may_be_worse(&self) -> bool {
        true
    }

    fn wants_tags(&self) -> bool {
        true
    }

    fn tag(&mut self, tag: &Markup<'_, '_>, out: &mut Vec<Finding>) {
        let Some((name, style)) = tag.attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case("style")) else {
            return;
        };
        let Some((severity, message)) = judge(style) else { return };
        let finding = Finding::new(RULE.code, severity, message, tag.at_attribute(name));
        out.push(finding.help("leave it out: readers do").w3c(&["DangerousStyleAttr"]));
    }
}

/// What is wrong with a style: what is worst in it.
fn judge(style: &str) -> Option<(Severity, String)> {
    let lower = style.to_ascii_lowercase();
    if let Some(what) =
        ["expression(", "url(", "javascript:", "@import", "\\", "/*"].iter().find(|w| lower.contains(*w))
    {
        return Some((Severity::Warning, format!("the style holds `{what}`, which can run or load something")));
    }
    let mut dropped = None;
    for declaration in lower.split(';').map(str::trim).filter(|text| !text.is_empty()) {
        let Some((property, value)) = declaration.split_once(':') else {
            dropped = dropped.or(Some(format!("`{}` in a style is no property", shown(declaration))));
            continue;
        };
        let (property, value) = (property.trim(), value.trim());
        let huge = value.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > 4);
        let still = property == "position" && matches!(value, "static" | "inherit");
        let plain = property == "background" && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
        if huge && !value.contains('#') || LEAVING.contains(&property) && !still && !plain {
            return Some((
                Severity::Warning,
                format!("the style sets `{}`, which can leave its place", shown(declaration)),
            ));
        }
        if !PLAIN.contains(&property) && !plain {
            dropped = dropped.or(Some(format!("the style sets `{}`, which readers do not keep", shown(property))));
        }
    }
    dropped.map(|message| (Severity::Hint, message))
}
