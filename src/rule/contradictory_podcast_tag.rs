//! # contradictory-podcast-tag
//!
//! ## What it checks
//! Whether what an element of the podcast namespace says can be true: a live item (`podcast:liveItem`) ends after it
//! starts; someone gets a share of what `podcast:value` takes in; `podcast:valueTimeSplit` has recipients of its own or
//! a remote item, not both.
//!
//! ## Why it matters
//! Apps pass over such elements, or each makes something else of them: a payment goes to nobody.
//!
//! ## Example
//! ```xml
//! <podcast:liveItem status="pending" start="2025-03-01T20:00:00Z" end="2025-03-01T19:00:00Z">
//! ```
//!
//! ## Use instead
//! ```xml
//! <podcast:liveItem status="pending" start="2025-03-01T20:00:00Z" end="2025-03-01T21:00:00Z">
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    date,
    feed_view::{About, Elem, Look, Part},
    finding::{Finding, Severity},
    namespace::PODCAST,
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "contradictory-podcast-tag",
    severity: Severity::Error,
    page: include_str!("contradictory_podcast_tag.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at each item and at the head.
#[derive(Default)]
struct State;

fn live_item(elem: Elem<'_, '_>, out: &mut Vec<Finding>) {
    let moment = |name: &str| elem.get(name).and_then(|text| date::read(text.trim()).0.moment);
    if let (Some(start), Some(end)) = (moment("start"), moment("end"))
        && end.timestamp() < start.timestamp()
    {
        let message = "this live item ends before it starts";
        let finding = Finding::error(RULE.code, message, elem.at_attribute(Ns::NONE, "end"));
        out.push(finding.related(elem.at_attribute(Ns::NONE, "start"), "it starts then").help("change one of the two"));
    }
    elem.children().filter(|child| child.is(PODCAST, "value")).for_each(|child| value(child, out));
}

fn value(elem: Elem<'_, '_>, out: &mut Vec<Finding>) {
    shares(elem, out);
    for split in elem.children().filter(|child| child.is(PODCAST, "valueTimeSplit")) {
        shares(split, out);
        let (remote, own) = (split.child(PODCAST, "remoteItem"), split.child(PODCAST, "valueRecipient"));
        if let (Some(remote), Some(own)) = (remote, own) {
            let message = "this part has recipients of its own and a remote item, whose recipients count";
            let finding = Finding::error(RULE.code, message, remote.at_name());
            out.push(finding.related(own.at_name(), "a recipient of its own").help("keep the one or the others"));
        }
    }
}

/// Whether all recipients get nothing. What is no number is said elsewhere.
fn shares(elem: Elem<'_, '_>, out: &mut Vec<Finding>) {
    let mut recipients = elem.children().filter(|child| child.is(PODCAST, "valueRecipient")).peekable();
    let zero = |recipient: Elem<'_, '_>| {
        let split = recipient.get("split").unwrap_or("").trim();
        !split.is_empty() && split.bytes().all(|byte| byte == b'0')
    };
    let Some(first) = recipients.peek().copied() else { return };
    if recipients.all(zero) {
        let message = "no recipient gets a share";
        let finding = Finding::error(RULE.code, message, first.at_attribute(Ns::NONE, "split"));
        out.push(finding.help("give each its number of shares as `split`"));
    }
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        item.top().filter(|elem| elem.is(PODCAST, "value")).for_each(|elem| value(elem, out));
    }

    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        for elem in head.top().filter(|elem| elem.ns() == PODCAST) {
            match elem.local() {
                "value" => value(elem, out),
                "liveItem" => live_item(elem, out),
                _ => {}
            }
        }
    }
}
