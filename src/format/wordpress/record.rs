//! The elements of WordPress' own in an item, taken out of what has no field.

use crate::{
    model::{Comment, Date, Extra, Node, Person, Text},
    namespace::{
        EXCERPT, WP,
        element::{attribute, elements, uri_of},
    },
    spots::Spots,
    syntax::xml::Ns,
};

/// What WordPress says of an item.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) post_type: String,
    pub(super) status: String,
    pub(super) name: String,
    pub(super) password: String,
    pub(super) date: String,
    pub(super) date_gmt: String,
    pub(super) modified: String,
    pub(super) modified_gmt: String,
    pub(super) parent: String,
    pub(super) menu_order: String,
    pub(super) sticky: String,
    pub(super) comment_status: String,
    pub(super) ping_status: String,
    pub(super) attachment_url: String,
    pub(super) excerpt: String,
    /// Custom fields: names and values, in the order of the source. Those that begin with `_` are in `private` too.
    pub(super) meta: Vec<(String, String)>,
    /// The rows of custom fields that begin with `_`.
    pub(super) private: Vec<Node>,
    pub(super) comments: Vec<Comment>,
    /// Terms whose slug is not what their names make: name and slug.
    pub(super) slugs: Vec<(String, String)>,
    known: Spots,
    /// The form that a post has: `aside`, `link`.
    pub(super) format: Option<String>,
}

/// Takes the elements out that are WordPress' own.
pub(super) fn take(extra: &mut Extra) -> Record {
    let mut record = Record::default();
    let mut kept = Vec::new();
    for rows in elements(&extra.nodes) {
        if !record.element(rows) {
            kept.extend_from_slice(rows);
        }
    }
    extra.nodes = kept;
    record
}

impl Record {
    /// Takes an element; false where it is none of WordPress'.
    fn element(&mut self, rows: &[Node]) -> bool {
        let Some(node) = rows.first() else { return false };
        let local = node.name.local();
        let text = || node.text.trim().to_owned();
        let uri = node.name.namespace();
        if uri == uri_of(EXCERPT) && local == "encoded" {
            self.excerpt = text();
            return true;
        }
        if uri.is_empty() && local == "category" {
            return self.category(node);
        }
        if uri != uri_of(WP) {
            return false;
        }
        let slot = match local {
            "post_id" => &mut self.id,
            "post_type" => &mut self.post_type,
            "status" => &mut self.status,
            "post_name" => &mut self.name,
            "post_password" => &mut self.password,
            "post_date" => &mut self.date,
            "post_date_gmt" => &mut self.date_gmt,
            "post_modified" => &mut self.modified,
            "post_modified_gmt" => &mut self.modified_gmt,
            "post_parent" => &mut self.parent,
            "menu_order" => &mut self.menu_order,
            "is_sticky" => &mut self.sticky,
            "comment_status" => &mut self.comment_status,
            "ping_status" => &mut self.ping_status,
            "attachment_url" => &mut self.attachment_url,
            "postmeta" => {
                self.custom_field(rows);
                return true;
            }
            "comment" => {
                self.comments.push(comment(rows));
                return true;
            }
            _ => return false,
        };
        *slot = text();
        true
    }

    /// `category`: its term is a tag already; the rest of it is its slug.
    fn category(&mut self, node: &Node) -> bool {
        let slug = attribute(node, Ns::NONE, "nicename").unwrap_or_default();
        if slug.is_empty() {
            return false;
        }
        let slug = super::item::decoded(slug);
        let name = node.text.trim();
        if attribute(node, Ns::NONE, "domain") == Some("post_format") {
            self.format = Some(slug.strip_prefix("post-format-").unwrap_or(&slug).to_owned());
        } else if crate::slug::slugify(name) != slug
            && !self.known.holds(&self.slugs, &name, |(known, _)| known.as_str())
        {
            self.slugs.push((name.to_owned(), slug));
        }
        true
    }

    fn custom_field(&mut self, rows: &[Node]) {
        let part = |local: &str| child(rows, local).unwrap_or_default();
        let (key, value) = (part("meta_key"), part("meta_value"));
        if key.starts_with('_') {
            self.private.extend_from_slice(rows);
        }
        if !key.is_empty() {
            self.meta.push((key.to_owned(), value.to_owned()));
        }
    }

    /// The value of a custom field.
    pub(super) fn meta(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|(known, _)| known == key).map(|(_, value)| value.trim())
    }
}

/// The text of a child of that name.
pub(super) fn child<'r>(rows: &'r [Node], local: &str) -> Option<&'r str> {
    rows[1..]
        .iter()
        .find(|node| node.name.local() == local && node.depth == rows[0].depth + 1)
        .map(|node| node.text.as_str())
}

fn comment(rows: &[Node]) -> Comment {
    let part = |local: &str| child(rows, local).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let date = |local: &str| part(local).unwrap_or_default();
    Comment {
        id: part("comment_id"),
        parent: part("comment_parent").filter(|parent| parent != "0"),
        author: Person {
            name: part("comment_author"),
            email: part("comment_author_email"),
            url: part("comment_author_url"),
            avatar: None,
        },
        author_ip: part("comment_author_IP"),
        published: super::item::when(&date("comment_date"), &date("comment_date_gmt")),
        content: part("comment_content").map(Text::html),
        status: part("comment_approved"),
        kind: part("comment_type").filter(|kind| kind != "comment"),
        ..Comment::default()
    }
}

/// Whether a date is what PHP makes of noughts: none.
pub(super) fn is_nought(date: &Date) -> bool {
    date.text.contains("-0001")
}
