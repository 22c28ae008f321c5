//! An entry of the export: a post or a page into the hub, a comment beside it, the rest left out.

use super::{KIND, Part};
use crate::{
    date::{Date, Moment, Precision},
    finding::{Loss, Reason},
    model::{Comment, Extra, Feed, Item, Node, Person, Text, Value},
    namespace::{
        ATOM, BLOGGER, GOOGLE_DATA, Ns, THR,
        element::{attribute, elements, uri_of},
    },
};

/// The schemes of labels: in a backup, and how they begin in Takeout.
const LABEL: &str = "http://www.blogger.com/atom/ns#";
const BLOG: &str = "tag:blogger.com,1999:blog-";

/// Takes out of the head what only the export says of itself: its own address, and mail addresses.
pub(super) fn head(feed: &mut Feed) {
    let is_archive = |url: &String| url.contains("blogger.com/feeds/") && url.contains("/archive");
    feed.feed_url = feed.feed_url.take().filter(|url| !is_archive(url));
    feed.authors.iter_mut().for_each(|author| author.email = None);
    forget_authors(&mut feed.extra, &mut feed.authors);
    feed.tags.retain(|tag| tag.scheme.as_deref() != Some(KIND));
}

/// Reads what Atom made of an entry. `is_placed`: whether it is known what a path is relative to.
pub(super) fn read(mut item: Box<Item>, is_placed: bool, losses: &mut Vec<Loss>) -> Part {
    let kind = kind(&item);
    let status = own(&item.extra, "status").unwrap_or_default();
    let trashed = own(&item.extra, "trashed").is_some() || status.ends_with("TRASHED");
    match kind.as_str() {
        "comment" => return Part::Comment(Box::new(comment(*item, status))),
        // What Blogger has not told of itself yet is most likely to be read.
        "post" | "page" | "" => {}
        other => return Part::LeftOut(Loss::new(other.to_owned(), Reason::LeftOut, "")),
    }
    if trashed {
        let title = item.title.as_ref().map_or("", |title| title.value.as_str());
        return Part::LeftOut(Loss::new("trash", Reason::LeftOut, title));
    }
    if kind == "page" {
        item.extra.keys.insert("type".to_owned(), Value::from("page"));
    }
    match status.as_str() {
        "" | "LIVE" => {}
        "DRAFT" => item.draft = Some(true),
        other => {
            item.draft = Some(true);
            losses.push(Loss::new("status", Reason::Hidden, other));
        }
    }
    fill(&mut item, is_placed, losses);
    Part::Item(item)
}

/// What an entry is, in lower case: by its category, or by Takeout's element; empty where neither tells.
fn kind(item: &Item) -> String {
    let tag = item.tags.iter().find(|tag| tag.scheme.as_deref() == Some(KIND));
    let kind = tag.map(|tag| tag.term.rsplit_once('#').map_or(tag.term.as_str(), |(_, kind)| kind).to_owned());
    kind.or_else(|| own(&item.extra, "type")).unwrap_or_default().to_ascii_lowercase()
}

/// The text of an element of Blogger's own, where there is one.
fn own(extra: &Extra, local: &str) -> Option<String> {
    let found = extra
        .nodes
        .iter()
        .find(|node| node.depth == 0 && node.name.local() == local && node.name.namespace() == uri_of(BLOGGER))?;
    Some(found.text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn fill(item: &mut Item, is_placed: bool, losses: &mut Vec<Loss>) {
    item.tags.retain(|tag| tag.scheme.as_deref() != Some(KIND));
    for tag in &mut item.tags {
        let scheme = tag.scheme.take();
        tag.scheme = scheme.filter(|scheme| scheme != LABEL && !scheme.starts_with(BLOG));
    }
    for author in &mut item.authors {
        // Blogger's own stand-in says nothing of anybody.
        if author.email.take().is_some_and(|email| !email.eq_ignore_ascii_case("noreply@blogger.com")) {
            losses.push(Loss::new("authors.email", Reason::LeftOut, ""));
        }
    }
    forget_authors(&mut item.extra, &mut item.authors);
    let path = own(&item.extra, "filename");
    if item.url.is_none() && is_placed {
        item.url.clone_from(&path);
    }
    item.slug = item.url.as_deref().or(path.as_deref()).and_then(slug);
    if item.published.is_none() {
        item.published = own(&item.extra, "created").map(|text| Date::new(&text));
    }
    // Blogger counts in thousandths of a second, and nobody else does.
    [&mut item.published, &mut item.updated].into_iter().flatten().for_each(to_the_second);
    if item.updated == item.published {
        item.updated = None;
    }
    if item.summary.is_none() {
        item.summary = own(&item.extra, "metaDescription").map(Text::plain);
    }
    // What is said now need not be kept.
    let said = ["type", "status", "filename", "created", "metaDescription", "trashed"];
    let is_said = |rows: &[Node]| {
        rows[0].name.namespace() == uri_of(BLOGGER)
            && (said.contains(&rows[0].name.local()) || rows[0].text.trim().is_empty())
            && (rows[0].name.local() != "filename" || is_placed)
    };
    let kept = elements(&item.extra.nodes).filter(|rows| !is_said(rows)).flatten().cloned().collect();
    item.extra.nodes = kept;
}

/// Takes out what is kept of authors beside the hub: it names them again, with their mail addresses. Their picture stays.
fn forget_authors(extra: &mut Extra, authors: &mut [Person]) {
    let is_author = |node: &Node| node.name.local() == "author" && node.name.namespace() == uri_of(ATOM);
    let pictures = elements(&extra.nodes).filter(|rows| is_author(&rows[0])).map(|rows| {
        let image =
            rows.iter().find(|node| node.name.namespace() == uri_of(GOOGLE_DATA) && node.name.local() == "image");
        image.and_then(|image| attribute(image, Ns::NONE, "src")).filter(|src| !src.contains("/b16")).map(str::to_owned)
    });
    for (author, picture) in authors.iter_mut().zip(pictures) {
        author.avatar = author.avatar.take().or(picture);
    }
    let kept = elements(&extra.nodes).filter(|rows| !is_author(&rows[0])).flatten().cloned().collect();
    extra.nodes = kept;
}

fn to_the_second(date: &mut Date) {
    if let Some(moment) = date.moment.filter(|moment| moment.precision == Precision::Fraction) {
        *date = Moment { nanosecond: 0, precision: Precision::Second, ..moment }.into();
    }
}

/// The last part of an address, without its ending: `/2010/06/a-title.html`. A draft's has a number for it.
fn slug(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    // The host is no part of the path.
    let path = path.split_once("://").map_or(path, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let last = path.rsplit('/').next().unwrap_or_default();
    let name = last.strip_suffix(".html").unwrap_or(last);
    (!name.is_empty()).then(|| name.to_owned())
}

fn comment(mut item: Item, status: String) -> Comment {
    item.published.iter_mut().for_each(to_the_second);
    let reply =
        item.extra.nodes.iter().find(|node| node.name.local() == "in-reply-to" && node.name.namespace() == uri_of(THR));
    let reply = |name: &str| reply.and_then(|node| attribute(node, Ns::NONE, name)).map(str::to_owned);
    // A backup links the comment that it answers as related, by its address in Blogger's own programs.
    let related = elements(&item.extra.nodes).map(|rows| &rows[0]).find(|node| {
        node.name.local() == "link"
            && node.name.namespace() == uri_of(ATOM)
            && attribute(node, Ns::NONE, "rel") == Some("related")
    });
    let related = related.and_then(|node| attribute(node, Ns::NONE, "href")).map(str::to_owned);
    let related = related.or(item.external_url).as_deref().and_then(last_number);
    let number = |id: &String| last_number(id);
    let author = item.authors.into_iter().next().unwrap_or_default();
    Comment {
        id: item.id.as_ref().and_then(number).or(item.id),
        parent: own(&item.extra, "inReplyTo").as_ref().and_then(number).or(related),
        item_id: own(&item.extra, "parent").or_else(|| reply("ref")),
        item_url: reply("href"),
        author: Person {
            email: author.email.filter(|mail| !mail.eq_ignore_ascii_case("noreply@blogger.com")),
            ..author
        },
        author_ip: None,
        published: item.published.or_else(|| own(&item.extra, "created").map(|text| Date::new(&text))),
        content: item.content,
        status: Some(status).filter(|status| !status.is_empty()),
        kind: None,
    }
}

/// The number at the end of an id or address: `tag:blogger.com,1999:blog-1.post-22`.
fn last_number(text: &str) -> Option<String> {
    let start = text.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    // What stands before is a character of one byte in all that Blogger writes; another is no such id.
    text.get(start..).filter(|number| !number.is_empty()).map(str::to_owned)
}
