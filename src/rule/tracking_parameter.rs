//! # tracking-parameter
//!
//! ## What it checks
//! Whether an address in a head (`link`, `source`, `external_url` …) or in the body carries parameters that only tell who
//! came from where: `utm_…`, `fbclid`, `gclid`, `mc_eid` and their like.
//!
//! ## Why it matters
//! They tell a third party how the reader came, some of them who sent the link; two addresses of one page look like two.
//!
//! ## Example
//! ```yaml
//! link: https://example.com/budget?id=7&utm_source=newsletter
//! ```
//!
//! ## Use instead
//! ```yaml
//! link: https://example.com/budget?id=7
//! ```
//! `--unsafe-fixes` takes them out of heads.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::{Document, Value},
    finding::{Edit, Finding, Place, Severity},
    syntax::tree::{Kind, Pointer, Style},
};

pub(super) const RULE: Rule = Rule {
    code: "tracking-parameter",
    severity: Severity::Warning,
    page: include_str!("tracking_parameter.rs"),
    preview: false,
    check: Check::Document(check),
};

/// Parameters that track, by their whole names.
const NAMES: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_hsenc",
    "_hsmi",
    "vero_id",
    "oly_enc_id",
    "oly_anon_id",
    "rb_clickid",
    "s_cid",
    "wickedid",
];

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some(post) = document.post() else { return };
    for entry in post.tree.entries() {
        let node = post.tree.node(entry.value);
        let Kind::String(text) = &node.kind else { continue };
        let Some((name, _)) = tracking(text) else { continue };
        let value = Value { pointer: Pointer::Key(&entry.key), text, range: node.range.clone(), style: node.style };
        let pointer = value.pointer.to_string();
        let finding = Finding::warning(RULE.code, message(name), Place::Value(pointer.clone()));
        findings.push(match edit(document, &value) {
            Some(edit) => finding.help("take it out (`--unsafe-fixes` does)").fix(false, vec![edit], vec![pointer]),
            None => finding.help("take it out"),
        });
    }
    let Some((body, start)) = document.body().filter(|(body, _)| memchr::memchr(b'?', body.as_bytes()).is_some())
    else {
        return;
    };
    for address in document.addresses() {
        let text = &body[address.range.clone()];
        if let Some((name, at)) = tracking(text) {
            let from = start + address.range.start + at;
            let place = Place::Bytes(from..from + name.len());
            findings.push(Finding::warning(RULE.code, message(name), place).help("take it out"));
        }
    }
}

fn message(name: &str) -> String {
    format!("the address carries `{name}`, which tracks the reader")
}

/// The first parameter of an address that tracks, and where it begins.
fn tracking(address: &str) -> Option<(&str, usize)> {
    if !address.starts_with("http") && !address.starts_with('/') {
        return None;
    }
    let at = memchr::memchr(b'?', address.as_bytes())?;
    let query = address[at + 1..].split('#').next().unwrap_or_default();
    let mut from = at + 1;
    for part in query.split('&') {
        // In HTML `&` is written `&amp;`.
        let inset = if part.starts_with("amp;") { 4 } else { 0 };
        let name = part[inset..].split('=').next().unwrap_or_default();
        if name.starts_with("utm_") || NAMES.contains(&name) {
            return Some((name, from + inset));
        }
        from += part.len() + 1;
    }
    None
}

/// The address without what tracks, where the source spells it as it is.
fn edit(document: &Document, value: &Value<'_>) -> Option<Edit> {
    let inset = match value.style {
        Style::Plain => 0,
        Style::Single | Style::Double => 1,
        Style::Block | Style::Flow => return None,
    };
    let range = value.range.start + inset..value.range.end.checked_sub(inset)?;
    if document.text.get(range.clone())? != value.text {
        return None;
    }
    let (before, rest) = value.text.split_once('?')?;
    let (query, fragment) = rest.split_once('#').map_or((rest, None), |(query, fragment)| (query, Some(fragment)));
    let keeps = |part: &&str| {
        let name = part.split('=').next().unwrap_or_default();
        !(name.starts_with("utm_") || NAMES.contains(&name))
    };
    let kept: Vec<&str> = query.split('&').filter(keeps).collect();
    let mut text = before.to_owned();
    if !kept.is_empty() {
        text.push('?');
        text.push_str(&kept.join("&"));
    }
    if let Some(fragment) = fragment {
        text.push('#');
        text.push_str(fragment);
    }
    Some(Edit { range, text })
}
