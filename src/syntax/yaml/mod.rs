//! YAML to a tree with byte ranges. The one folder that knows granit-parser.
//!
//! Plain scalars are typed by YAML 1.2's core schema, dates stay text. Aliases are replaced by what they stand for, at
//! the alias's own place and under a budget; `<<` merges, as Hugo, Jekyll and js-yaml do, with the mapping's own keys
//! first.

mod build;
mod mistakes;
mod plain;
pub mod scalar;

use std::ops::Range;

pub(in crate::syntax) use build::duplicate;
use granit_parser::{Event, Parser};

use crate::{
    finding::Finding,
    limits::Limits,
    syntax::tree::{Kind, Style, Tree},
};

/// Nesting that granit-parser is told to accept, whatever [`Limits::depth`] says.
const NESTING: usize = 64;

/// Parses the YAML in `range` of `text` as one document. The ranges of the tree and of the findings are bytes of
/// `text`. After a mistake that leaves no values to speak of the tree has no nodes; an empty document is
/// [`Kind::Null`].
pub fn parse(text: &str, range: Range<usize>, limits: &Limits) -> (Tree, Vec<Finding>) {
    match plain::scan(text, range.clone(), limits) {
        Some(tree) => (tree, Vec::new()),
        None => parse_fully(text, range, limits),
    }
}

#[cfg(test)]
use plain::scan as scan_plain;

/// Parses with the parser that knows all of YAML.
fn parse_fully(text: &str, range: Range<usize>, limits: &Limits) -> (Tree, Vec<Finding>) {
    let source = &text[range.clone()];
    let options = granit_parser::options! {
        emit_comments: false,
        flow_nesting_limit: NESTING.min(limits.depth),
        block_nesting_limit: NESTING.min(limits.depth),
    };
    let mut builder = build::Builder::new(text, range.start, limits);
    for next in Parser::new_from_str_with_options(source, options) {
        let step = match next {
            Ok((Event::StreamEnd, _)) => break,
            Ok((event, span)) => builder.event(event, &span),
            Err(error) => Err(mistakes::explain(text, &range, &error, limits)),
        };
        if let Err(finding) = step {
            let mut findings = builder.findings;
            findings.push(*finding);
            return (Tree::default(), findings);
        }
    }
    let (mut tree, findings) = (builder.tree, builder.findings);
    if tree.nodes.is_empty() {
        tree.push(Kind::Null, range.start..range.start, Style::Plain);
    }
    (tree, findings)
}
