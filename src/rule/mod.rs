//! The rules. To add one: write its file, then add its two lines here (`mod` and its row in [`RULES`]).

mod active_content;
mod alias_is_address;
mod ambiguous_value;
mod awkward_slug;
mod broken_link;
mod control_character;
mod date_style_differs;
mod deprecated_key;
mod duplicate_address;
mod duplicate_alias;
mod duplicate_attribute;
mod duplicate_id;
mod duplicate_key;
mod empty_value;
mod escaped_text;
mod external_entity;
mod foreign_encoding;
mod front_matter_not_a_mapping;
mod future_date;
mod implausible_date;
mod inconsistent_tag;
mod inexact_number;
mod invalid_encoding;
mod invalid_value;
mod key_order_differs;
mod limit_reached;
mod lone_surrogate;
mod long_slug;
mod loose_date;
mod malformed_fence;
mod malformed_front_matter;
mod malformed_json;
mod malformed_xml;
mod mismatched_tag;
mod misplaced_front_matter;
mod missing_author_file;
mod missing_front_matter;
mod missing_image;
mod missing_key;
mod misspelt_key;
mod named_zone;
mod read_only_key;
mod repeated_front_matter;
mod repeated_text;
mod run_together_text;
mod slug_differs_from_file_name;
mod stray_markup;
mod stray_text;
mod tab_indentation;
mod template_syntax;
mod tracking_parameter;
mod truncated;
mod unclosed_front_matter;
mod unclosed_quote;
mod undeclared_prefix;
mod undefined_entity;
mod unknown_key;
mod unknown_tag;
mod unquoted_colon;
mod unread_date;
mod unreadable_source;
mod unused_ignore;
mod wrong_encoding;
mod wrong_type;

use std::{ops::Range, sync::Arc};

use crate::{
    document::Document,
    finding::{Finding, Severity},
    lines::Span,
};

/// The rules, by code.
pub const RULES: &[Rule] = &[
    active_content::RULE,
    alias_is_address::RULE,
    ambiguous_value::RULE,
    awkward_slug::RULE,
    broken_link::RULE,
    control_character::RULE,
    date_style_differs::RULE,
    deprecated_key::RULE,
    duplicate_address::RULE,
    duplicate_alias::RULE,
    duplicate_attribute::RULE,
    duplicate_id::RULE,
    duplicate_key::RULE,
    empty_value::RULE,
    escaped_text::RULE,
    external_entity::RULE,
    foreign_encoding::RULE,
    front_matter_not_a_mapping::RULE,
    future_date::RULE,
    implausible_date::RULE,
    inconsistent_tag::RULE,
    inexact_number::RULE,
    invalid_encoding::RULE,
    invalid_value::RULE,
    key_order_differs::RULE,
    limit_reached::RULE,
    lone_surrogate::RULE,
    long_slug::RULE,
    loose_date::RULE,
    malformed_fence::RULE,
    malformed_front_matter::RULE,
    malformed_json::RULE,
    malformed_xml::RULE,
    mismatched_tag::RULE,
    misplaced_front_matter::RULE,
    missing_author_file::RULE,
    missing_front_matter::RULE,
    missing_image::RULE,
    missing_key::RULE,
    misspelt_key::RULE,
    named_zone::RULE,
    read_only_key::RULE,
    repeated_front_matter::RULE,
    repeated_text::RULE,
    run_together_text::RULE,
    slug_differs_from_file_name::RULE,
    stray_markup::RULE,
    stray_text::RULE,
    tab_indentation::RULE,
    template_syntax::RULE,
    tracking_parameter::RULE,
    truncated::RULE,
    unclosed_front_matter::RULE,
    unclosed_quote::RULE,
    undeclared_prefix::RULE,
    undefined_entity::RULE,
    unknown_key::RULE,
    unknown_tag::RULE,
    unquoted_colon::RULE,
    unread_date::RULE,
    unreadable_source::RULE,
    unused_ignore::RULE,
    wrong_encoding::RULE,
    wrong_type::RULE,
];

/// A row of [`RULES`].
#[derive(Debug)]
pub struct Rule {
    /// Its code: a kebab-case name of the bad thing; the name of its file, page, fixtures and snapshots.
    pub code: &'static str,
    /// How much its findings matter unless configured otherwise.
    pub severity: Severity,
    /// The source of its file: the `//!` lines at the top are the page that `explain` prints.
    pub page: &'static str,
    /// Whether it is off unless `--preview` or `--all` asks for it, so that an update never breaks a pipeline.
    pub preview: bool,
    /// What it looks at.
    pub check: Check,
}

/// What a rule looks at.
#[derive(Debug)]
pub enum Check {
    /// One document.
    Document(fn(&Document, &mut Vec<Finding>)),
    /// All of them: a small fact of each is kept, never the documents.
    Site {
        /// Takes down what the documents are compared by.
        note: fn(&Document, &mut Vec<Fact>),
        /// Told for all facts of one key, in path order, where there are several.
        judge: fn(facts: &[&Fact], &mut Vec<Verdict>),
    },
    /// Nothing: syntax, schema or a reader raises the code; the row gives it page and severity.
    Elsewhere,
}

/// What a site rule says of facts with the same key.
#[derive(Debug)]
pub struct Verdict {
    /// Which fact the finding stands at.
    pub at: usize,
    /// The fact that it is shown with, as a further place.
    pub other: usize,
    /// The finding; the conductor sets its place.
    pub finding: Finding,
}

/// A verdict on every fact but the first.
fn all_but_first(facts: &[&Fact], out: &mut Vec<Verdict>, judge: impl Fn(&Fact, &Fact) -> Finding) {
    for (at, fact) in facts.iter().enumerate().skip(1) {
        out.push(Verdict { at, other: 0, finding: judge(facts[0], fact) });
    }
}

/// What a site rule keeps of a document.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Documents with equal keys are judged.
    pub key: String,
    /// What the messages call it.
    pub shown: String,
    /// The document's name. Set by the conductor.
    pub file: Arc<str>,
    /// JSON Pointer of what it is about.
    pub pointer: String,
    /// Its bytes.
    pub range: Range<usize>,
    /// Its lines and columns. Set by the conductor.
    pub span: Option<Span>,
}

impl Fact {
    /// A fact that stands at `pointer`, in `range`.
    pub fn new(
        key: impl Into<String>,
        shown: impl Into<String>,
        pointer: impl Into<String>,
        range: Range<usize>,
    ) -> Self {
        Fact { key: key.into(), shown: shown.into(), file: Arc::default(), pointer: pointer.into(), range, span: None }
    }

    /// Where it stands, in words: `content/news/budget.md:3:7`.
    pub fn place(&self) -> String {
        match self.span {
            Some(span) => format!("{}:{}:{}", self.file, span.start.line, span.start.column),
            None => self.file.to_string(),
        }
    }
}

impl Rule {
    /// Its page: Markdown with the headings What it checks, Why it matters, Example, Use instead, Since.
    pub fn page(&self) -> String {
        let lines = self.page.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
    }
}

/// The rule of that code.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}
