//! The rules. To add one: write its file, then add its two lines here (`mod` and its row in [`RULES`]).

mod absolute_permalink;
mod active_content;
mod alias_is_address;
mod ambiguous_value;
mod awkward_slug;
mod broken_link;
mod byte_order_mark;
mod contradictory_paging;
mod contradictory_podcast_tag;
mod control_character;
mod dangerous_style;
mod date_differs_from_file_name;
mod date_style_differs;
mod deprecated;
mod deprecated_key;
mod double_encoded_text;
mod duplicate_address;
mod duplicate_alias;
mod duplicate_attribute;
mod duplicate_element;
mod duplicate_entry;
mod duplicate_id;
mod duplicate_key;
mod element_without_namespace;
mod empty_value;
mod equal_dates;
mod escaped_text;
mod expired_feed;
mod external_entity;
mod foreign_encoding;
mod front_matter_not_a_mapping;
mod future_date;
mod guid_not_permalink;
mod html_in_plain_text;
mod ignored_key;
mod image_differs;
mod implausible_date;
mod incomplete_archive;
mod incomplete_date;
mod incomplete_podcast_tag;
mod inconsistent_tag;
mod inexact_number;
mod invalid_date;
mod invalid_encoding;
mod invalid_html;
mod invalid_language;
mod invalid_mail_address;
mod invalid_media_type;
mod invalid_number;
mod invalid_url;
mod invalid_value;
mod inverted_range;
mod key_of_other_version;
mod key_order_differs;
mod limit_reached;
mod literal_yaml;
mod lone_carriage_return;
mod lone_surrogate;
mod long_slug;
mod looping_page_link;
mod loose_date;
mod malformed_extension_name;
mod malformed_fence;
mod malformed_front_matter;
mod malformed_json;
mod malformed_markup;
mod malformed_xml;
mod mismatched_tag;
mod misplaced_element;
mod misplaced_front_matter;
mod misplaced_paging_link;
mod misplaced_reply_count;
mod misread_text;
mod missing_attribute;
mod missing_author_file;
mod missing_content;
mod missing_element;
mod missing_front_matter;
mod missing_guid;
mod missing_home_page;
mod missing_image;
mod missing_key;
mod missing_namespace;
mod missing_podcast_element;
mod missing_self_link;
mod missing_summary;
mod misspelt_element;
mod misspelt_key;
mod misspelt_namespace;
mod named_zone;
mod needless_prefix;
mod nested_categories;
mod noncanonical_id;
mod obsolete_namespace;
mod odd_person;
mod old_version;
mod page_past_end;
mod paged_complete_feed;
mod quoted_date;
mod read_only_key;
mod relative_reference;
mod relative_self_link;
mod relative_url;
mod repeated_front_matter;
mod repeated_link;
mod repeated_summary;
mod repeated_text;
mod reply_to_itself;
mod reserved_prefix;
mod run_together_text;
mod said_twice;
mod script_front_matter;
mod self_link_differs;
mod several_enclosures;
mod shadowed_key;
mod slug_differs_from_file_name;
mod stray_markup;
mod stray_text;
mod tab_indentation;
mod template_syntax;
mod too_long;
mod tracking_parameter;
mod truncated;
mod unclosed_front_matter;
mod unclosed_quote;
mod undeclared_prefix;
mod undefined_entity;
mod unexpected_blanks;
mod unknown_attribute;
mod unknown_element;
mod unknown_key;
mod unknown_namespace;
mod unknown_tag;
mod unordered_items;
mod unquoted_colon;
mod unquoted_wikilink;
mod unreachable_reply;
mod unread_date;
mod unreadable_source;
mod unregistered_value;
mod unsized_enclosure;
mod unsupported_podcast_format;
mod unused_ignore;
mod wrong_encoding;
mod wrong_media_type;
mod wrong_namespace;
mod wrong_podcast_subcategory;
mod wrong_type;

use crate::{
    document::Document,
    facts::{Notes, Seen},
    feed_view::Look,
    finding::{Finding, Severity},
};

/// What a rule over a feed remembers, or gives findings of, where each item could have some: more tells nothing new.
const MOST: usize = 1_000;

/// The rules, by code.
pub const RULES: &[Rule] = &[
    absolute_permalink::RULE,
    active_content::RULE,
    alias_is_address::RULE,
    ambiguous_value::RULE,
    awkward_slug::RULE,
    broken_link::RULE,
    byte_order_mark::RULE,
    contradictory_paging::RULE,
    contradictory_podcast_tag::RULE,
    control_character::RULE,
    dangerous_style::RULE,
    date_differs_from_file_name::RULE,
    date_style_differs::RULE,
    deprecated::RULE,
    deprecated_key::RULE,
    double_encoded_text::RULE,
    duplicate_address::RULE,
    duplicate_alias::RULE,
    duplicate_attribute::RULE,
    duplicate_element::RULE,
    duplicate_entry::RULE,
    duplicate_id::RULE,
    duplicate_key::RULE,
    element_without_namespace::RULE,
    empty_value::RULE,
    equal_dates::RULE,
    escaped_text::RULE,
    expired_feed::RULE,
    external_entity::RULE,
    foreign_encoding::RULE,
    front_matter_not_a_mapping::RULE,
    future_date::RULE,
    guid_not_permalink::RULE,
    html_in_plain_text::RULE,
    ignored_key::RULE,
    image_differs::RULE,
    implausible_date::RULE,
    incomplete_archive::RULE,
    incomplete_date::RULE,
    incomplete_podcast_tag::RULE,
    inconsistent_tag::RULE,
    inexact_number::RULE,
    invalid_date::RULE,
    invalid_encoding::RULE,
    invalid_html::RULE,
    invalid_language::RULE,
    invalid_mail_address::RULE,
    invalid_media_type::RULE,
    invalid_number::RULE,
    invalid_url::RULE,
    invalid_value::RULE,
    inverted_range::RULE,
    key_of_other_version::RULE,
    key_order_differs::RULE,
    limit_reached::RULE,
    literal_yaml::RULE,
    lone_carriage_return::RULE,
    lone_surrogate::RULE,
    long_slug::RULE,
    looping_page_link::RULE,
    loose_date::RULE,
    malformed_extension_name::RULE,
    malformed_fence::RULE,
    malformed_front_matter::RULE,
    malformed_json::RULE,
    malformed_markup::RULE,
    malformed_xml::RULE,
    mismatched_tag::RULE,
    misplaced_element::RULE,
    misplaced_front_matter::RULE,
    misplaced_paging_link::RULE,
    misplaced_reply_count::RULE,
    misread_text::RULE,
    missing_attribute::RULE,
    missing_author_file::RULE,
    missing_content::RULE,
    missing_element::RULE,
    missing_front_matter::RULE,
    missing_guid::RULE,
    missing_home_page::RULE,
    missing_image::RULE,
    missing_key::RULE,
    missing_namespace::RULE,
    missing_podcast_element::RULE,
    missing_self_link::RULE,
    missing_summary::RULE,
    misspelt_element::RULE,
    misspelt_key::RULE,
    misspelt_namespace::RULE,
    named_zone::RULE,
    needless_prefix::RULE,
    nested_categories::RULE,
    noncanonical_id::RULE,
    obsolete_namespace::RULE,
    odd_person::RULE,
    old_version::RULE,
    page_past_end::RULE,
    paged_complete_feed::RULE,
    quoted_date::RULE,
    read_only_key::RULE,
    relative_reference::RULE,
    relative_self_link::RULE,
    relative_url::RULE,
    repeated_front_matter::RULE,
    repeated_link::RULE,
    repeated_summary::RULE,
    repeated_text::RULE,
    reply_to_itself::RULE,
    reserved_prefix::RULE,
    run_together_text::RULE,
    said_twice::RULE,
    script_front_matter::RULE,
    self_link_differs::RULE,
    several_enclosures::RULE,
    shadowed_key::RULE,
    slug_differs_from_file_name::RULE,
    stray_markup::RULE,
    stray_text::RULE,
    tab_indentation::RULE,
    template_syntax::RULE,
    too_long::RULE,
    tracking_parameter::RULE,
    truncated::RULE,
    unclosed_front_matter::RULE,
    unclosed_quote::RULE,
    undeclared_prefix::RULE,
    undefined_entity::RULE,
    unexpected_blanks::RULE,
    unknown_attribute::RULE,
    unknown_element::RULE,
    unknown_key::RULE,
    unknown_namespace::RULE,
    unknown_tag::RULE,
    unordered_items::RULE,
    unquoted_colon::RULE,
    unquoted_wikilink::RULE,
    unreachable_reply::RULE,
    unread_date::RULE,
    unreadable_source::RULE,
    unregistered_value::RULE,
    unsized_enclosure::RULE,
    unsupported_podcast_format::RULE,
    unused_ignore::RULE,
    wrong_encoding::RULE,
    wrong_media_type::RULE,
    wrong_namespace::RULE,
    wrong_podcast_subcategory::RULE,
    wrong_type::RULE,
];

/// A row of [`RULES`].
#[derive(Debug)]
#[non_exhaustive]
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
    pub(crate) check: Check,
}

/// What a rule looks at.
#[derive(Debug)]
pub(crate) enum Check {
    /// One document.
    Document(fn(&Document, &mut Vec<Finding>)),
    /// All of them: a small fact of each is kept, never the documents.
    Site {
        /// Takes down what the documents are compared by.
        note: fn(&Document, &mut Notes),
        /// Told for all facts of one key, in path order, where there are several.
        judge: fn(facts: &[Seen<'_>], &mut Vec<Verdict>),
        /// Whether it has something to say of facts that are all shown alike: else it is not told of those.
        tells_alike: bool,
        /// What it sees of feeds in XML, of which there is no tree.
        look: Option<fn() -> Box<dyn Look>>,
    },
    /// A feed while it streams: makes the rule's state for one feed. [`feed_view`](crate::feed_view) says what it sees.
    Feed(fn() -> Box<dyn Look>),
    /// Posts, and feeds: both of the above.
    Both(fn(&Document, &mut Vec<Finding>), fn() -> Box<dyn Look>),
    /// Nothing: syntax, schema or a reader raises the code; the row gives it page and severity.
    Elsewhere,
}

/// What a site rule says of facts with the same key.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// Which fact the finding stands at.
    pub(crate) at: usize,
    /// The fact that it is shown with, as a further place.
    pub(crate) other: usize,
    /// The finding; the conductor sets its place.
    pub(crate) finding: Finding,
}

/// A verdict on every fact but the first.
fn all_but_first(facts: &[Seen<'_>], out: &mut Vec<Verdict>, judge: impl Fn(&Seen<'_>, &Seen<'_>) -> Finding) {
    for (at, fact) in facts.iter().enumerate().skip(1) {
        out.push(Verdict { at, other: 0, finding: judge(&facts[0], fact) });
    }
}

impl Rule {
    /// Its page: Markdown with the headings What it checks, Why it matters, Example, Use instead, Since.
    pub fn page(&self) -> String {
        let lines = self.page.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
    }

    /// Whether it compares sources with each other: its findings come of [`check::judge`](crate::check::judge), when
    /// all were looked at.
    pub fn compares_sources(&self) -> bool {
        matches!(self.check, Check::Site { .. })
    }
}

/// The rule of that code.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}
