//! # shadowed-key
//!
//! ## What it checks
//! Whether a key stands beside another one that keeps the generator from reading it: `categories` beside `category` in Jekyll,
//! `category` beside `categories` in Hexo; or a key beside itself in other letters, where capitals do not count.
//!
//! ## Why it matters
//! What it says is lost without a word.
//!
//! ## Example
//! ```yaml
//! category: news
//! categories: [budget, council]
//! ```
//!
//! ## Use instead
//! ```yaml
//! categories: [news, budget, council]
//! ```
//!
//! ## Since
//! 0.1.0

use std::collections::HashMap;

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Finding, Place, Severity},
    syntax::tree::{Kind, pointer_step},
};

pub(super) const RULE: Rule = Rule {
    code: "shadowed-key",
    severity: Severity::Warning,
    page: include_str!("shadowed_key.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some(tree) = document.post().map(|post| &post.tree) else { return };
    same_in_other_letters(document, findings);
    for (wins, loses) in &document.profile.habits.shadows {
        let (Some(winner), Some(loser)) = (document.top(wins), document.top(loses)) else { continue };
        let is_null = |id| tree.node(id).kind == Kind::Null;
        if is_null(winner.value) || is_null(loser.value) || tree.to_value(winner.value) == tree.to_value(loser.value) {
            continue;
        }
        let message = format!("{} does not read `{loses}` beside `{wins}`", document.profile.called());
        let place = Place::Key(format!("/{}", pointer_step(&loser.key)));
        let finding = Finding::warning(RULE.code, message, place);
        let related = Place::Key(format!("/{}", pointer_step(&winner.key)));
        findings.push(finding.related(related, "this one counts").help("join the two under one key"));
    }
}

/// Keys that are one to a generator which does not tell capitals from small letters.
fn same_in_other_letters(document: &Document, findings: &mut Vec<Finding>) {
    if !document.profile.any_case {
        return;
    }
    let mut seen: HashMap<String, &str> = HashMap::new();
    for key in document.keys() {
        let Some(first) = seen.insert(key.to_lowercase(), key) else { continue };
        let message = format!("`{key}` is `{first}` to {}", document.profile.called());
        let finding = Finding::warning(RULE.code, message, Place::Key(format!("/{}", pointer_step(key))));
        let related = Place::Key(format!("/{}", pointer_step(first)));
        findings.push(finding.related(related, "first here").help("keep one; which counts is a matter of luck"));
    }
}
