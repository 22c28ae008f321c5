//! Whether a feed that was mended reads to the same hub as before, but for what the fixes meant.

use crate::{
    date::{Date, Moment},
    document::Document,
    error::Error,
    finding::Fix,
    format::{self, Part, ReadOptions},
    model::{Feed, Item},
};

use super::{Options, read::read_options};

/// Compares two feeds part by part, so that none is held whole. Dates are the same when they mean the same second.
pub(super) fn feed(format: &str, before: &Document, after: &Document, fixes: &[&Fix], options: &Options) -> bool {
    let Some(format) = format::find(format) else { return false };
    let options: ReadOptions = read_options("", options);
    // What stands there, not what a converter makes of it: the reader that checks it.
    let (mut unseen, mut unseen_too) = ((), ());
    let (before, after) = (Box::new(before.text.as_bytes()), Box::new(after.text.as_bytes()));
    let (mut before, mut after) = match (format.watch, format.read) {
        (Some(watched), _) => (watched(before, &options, &mut unseen), watched(after, &options, &mut unseen_too)),
        (None, Some(read)) => (read(before, &options), read(after, &options)),
        (None, None) => return false,
    };
    let meant: Vec<&str> = fixes.iter().flat_map(|fix| &fix.meant).map(String::as_str).collect();
    let mut index = 0;
    loop {
        // Findings would pile up where nobody takes them.
        before.take_findings();
        after.take_findings();
        let same = match (before.next(), after.next()) {
            (Ok(Some(mut one)), Ok(Some(mut other))) => {
                settle(&mut one, index, &meant);
                settle(&mut other, index, &meant);
                index += usize::from(matches!(one, Part::Item(_)));
                same_part(&one, &other)
            }
            (Ok(None), Ok(None)) => return true,
            // A feed that cannot be read to its end may be whole now; one that was whole must stay so.
            (Err(_), Ok(_)) => return true,
            (Err(one), Err(other)) => return same_error(&one, &other),
            _ => false,
        };
        if !same {
            return false;
        }
    }
}

fn same_error(one: &Error, other: &Error) -> bool {
    one.kind == other.kind && one.message == other.message
}

fn same_part(one: &Part, other: &Part) -> bool {
    match (one, other) {
        (Part::Head(one), Part::Head(other)) | (Part::Late(one), Part::Late(other)) => one == other,
        (Part::Item(one), Part::Item(other)) => one == other,
        (Part::Comment(one), Part::Comment(other)) => one == other,
        (Part::LeftOut(one), Part::LeftOut(other)) => one == other,
        _ => false,
    }
}

/// Takes out what a fix means to change, and how dates are spelt.
fn settle(part: &mut Part, index: usize, meant: &[&str]) {
    match part {
        Part::Head(feed) | Part::Late(feed) => {
            settle_date(&mut feed.published);
            settle_date(&mut feed.updated);
            meant.iter().for_each(|pointer| forget_of_feed(feed, pointer));
        }
        Part::Item(item) => {
            settle_date(&mut item.published);
            settle_date(&mut item.updated);
            let prefix = format!("/items/{index}/");
            meant
                .iter()
                .filter_map(|pointer| pointer.strip_prefix(&prefix))
                .for_each(|field| forget_of_item(item, field));
        }
        Part::Comment(_) | Part::LeftOut(_) => {}
    }
}

fn settle_date(date: &mut Option<Date>) {
    if let Some(date) = date
        && let Some(moment) = date.moment
    {
        // Fractions of a second have no place in RSS, and a fix may not drop them.
        let settled = Moment::from_timestamp(moment.timestamp());
        date.moment = settled.map(|settled| Moment { nanosecond: moment.nanosecond, ..settled });
        date.text.clear();
    }
}

fn forget_of_feed(feed: &mut Feed, pointer: &str) {
    if pointer == "/feed_url" {
        feed.feed_url = None;
    }
}

fn forget_of_item(item: &mut Item, field: &str) {
    if field == "url" {
        item.url = None;
    } else if let Some(attachment) = field.strip_prefix("attachments/").and_then(|at| at.parse::<usize>().ok())
        && let Some(attachment) = item.attachments.get_mut(attachment)
    {
        attachment.mime_type = None;
    }
}
