//! An item of the export into the hub: who, when, what kind, what belongs to it.

use std::collections::HashSet;

use super::{
    Facts, Part,
    body::{self, Site},
    kinds::{self, Kind},
    record::{self, Record},
};
use crate::{
    date::{Date, Moment},
    finding::{Loss, Reason},
    json_hub::write::mime_type,
    model::{Attachment, CATEGORY_SCHEME, Comment, Item, Map, Person, Text, TextKind, Value},
    namespace::person,
    spots::Spots,
    syntax::html,
};

/// What an item of the export came to.
pub(super) struct Read {
    /// The item, or why it is none; nothing for a file that its post has.
    pub(super) part: Option<Part>,
    /// What people wrote under it.
    pub(super) comments: Vec<Comment>,
    /// What of it could not be read over.
    pub(super) losses: Vec<Loss>,
    /// Whether its dates are WordPress' own, so that nothing needs to be said of the feed's.
    pub(super) has_own_dates: bool,
}

/// Reads what RSS made of an item.
///
/// `given`: of items before it that have files, the number of the first.
pub(super) fn read(mut item: Box<Item>, facts: &Facts, given: &mut HashSet<usize>) -> Read {
    let mut record = record::take(&mut item.extra);
    let mut comments = std::mem::take(&mut record.comments);
    for comment in &mut comments {
        comment.item_id.clone_from(&item.id);
        comment.item_url.clone_from(&item.url);
    }
    let mut losses = Vec::new();
    let has_own_dates = !record.date.is_empty() || !record.date_gmt.is_empty();
    let title = item.title.as_ref().map(|title| title.value.as_str()).unwrap_or_default();
    let part = match kinds::kind(&record.post_type, &record.status) {
        Kind::File if !matches!(record.parent.as_str(), "" | "0") => None,
        Kind::File => Some(Part::LeftOut(Loss::new("attachment", Reason::LeftOut, &record.attachment_url))),
        Kind::LeftOut => {
            let name = kinds::name(&record.post_type, &record.status).to_owned();
            Some(Part::LeftOut(Loss::new(name, Reason::LeftOut, title)))
        }
        Kind::Post => {
            // Ids are unique: a file is one post's.
            let has_files = facts.files.first_of(&record.id).is_some_and(|first| given.insert(first));
            fill(&mut item, record, facts, has_files, &mut losses);
            Some(Part::Item(item))
        }
    };
    Read { part, comments, losses, has_own_dates }
}

/// Fills the hub from what WordPress says.
fn fill(item: &mut Item, mut record: Record, facts: &Facts, has_files: bool, losses: &mut Vec<Loss>) {
    authors(&mut item.authors, facts, losses);
    dates(item, &record);
    tags(item);
    texts(item, &record, facts, losses);
    item.slug = Some(decoded(&record.name)).filter(|slug| !slug.is_empty());
    item.draft = hidden(&record, losses).then_some(true).or(item.draft);
    if let Some(id) = record.meta("_thumbnail_id").map(str::to_owned) {
        match facts.files.get(&id) {
            Some(file) => {
                item.image = Some(file.url);
                forget(&mut record.private, "_thumbnail_id");
            }
            None => losses.push(Loss::new("image", Reason::Absent, &id)),
        }
    }
    files(item, &record, has_files.then_some(facts));
    let private = std::mem::take(&mut record.private);
    item.extra.nodes.extend(private);
    let above = facts.above(&record.parent);
    if !above.is_empty() {
        item.extra.keys.insert("parents".to_owned(), above.into_iter().map(Value::from).collect());
    }
    keys(&mut item.extra.keys, record);
}

/// Takes the custom fields of that name out of the rows.
fn forget(rows: &mut Vec<crate::model::Node>, key: &str) {
    let kept: Vec<_> = crate::namespace::element::elements(rows)
        .filter(|rows| record::child(rows, "meta_key") != Some(key))
        .flatten()
        .cloned()
        .collect();
    *rows = kept;
}

/// Authors by the names that the site shows. What they log in with may be a mail address, which is nobody's business.
fn authors(authors: &mut [Person], facts: &Facts, losses: &mut Vec<Loss>) {
    for author in authors {
        let login =
            [&author.email, &author.name, &author.url].into_iter().flatten().next().cloned().unwrap_or_default();
        let name = match facts.names.get(&login) {
            Some(name) => name.clone(),
            None if person::is_mail(&login) => {
                losses.push(Loss::new("authors.email", Reason::LeftOut, ""));
                login.split('@').next().unwrap_or_default().to_owned()
            }
            None => login,
        };
        *author = Person { name: Some(name).filter(|name| !name.is_empty()), ..Person::default() };
    }
}

fn dates(item: &mut Item, record: &Record) {
    if let Some(date) = when(&record.date, &record.date_gmt) {
        item.published = Some(date);
    }
    // The feed's own date is of the year 0 in drafts.
    item.published = item.published.take().filter(|date| !record::is_nought(date));
    let changed = when(&record.modified, &record.modified_gmt);
    let moment = |date: &Option<Date>| date.as_ref().and_then(|date| date.moment).map(|moment| moment.timestamp());
    if changed.is_some() && moment(&changed) != moment(&item.published) {
        item.updated = changed;
    }
}

/// A date that WordPress keeps twice: on the site's own clock and on that of Greenwich. The difference is the offset.
/// `None` where it is all noughts.
pub(super) fn when(local: &str, gmt: &str) -> Option<Date> {
    let moment = |text: &str| Date::new(text).moment.map(|moment| Moment { offset: None, ..moment });
    match (moment(local), moment(gmt)) {
        (Some(local), Some(gmt)) => {
            let offset = local.timestamp() - gmt.timestamp();
            let offset = i32::try_from(offset).ok().filter(|offset| offset % 60 == 0 && offset.abs() <= 18 * 3600);
            Some(match offset {
                Some(offset) => Moment { offset: Some(offset), ..local }.into(),
                None => Moment { offset: Some(0), ..gmt }.into(),
            })
        }
        (None, Some(gmt)) => Some(Moment { offset: Some(0), ..gmt }.into()),
        (Some(local), None) => Some(local.into()),
        (None, None) => None,
    }
}

/// Tells categories from tags; a term that is named twice, as WXR 1.0 does, counts once.
fn tags(item: &mut Item) {
    let tags = std::mem::take(&mut item.tags);
    let with_scheme: HashSet<String> =
        tags.iter().filter(|tag| tag.scheme.is_some()).map(|tag| tag.term.clone()).collect();
    let mut known = Spots::default();
    for mut tag in tags {
        tag.scheme = match tag.scheme.as_deref() {
            None if with_scheme.contains(&tag.term) => continue,
            Some("post_format") => continue,
            Some("category") => Some(CATEGORY_SCHEME.to_owned()),
            None | Some("post_tag" | "tag") => None,
            Some(taxonomy) => Some(taxonomy.to_owned()),
        };
        if !known.holds(&item.tags, &&tag, |known| known) {
            item.tags.push(tag);
        }
    }
}

fn texts(item: &mut Item, record: &Record, facts: &Facts, losses: &mut Vec<Loss>) {
    if !record.excerpt.is_empty() {
        let kind = if html::is_html(&record.excerpt) { TextKind::Html } else { TextKind::Plain };
        item.summary = Some(Text::new(kind, record.excerpt.clone()));
    }
    if let Some(content) = &mut item.content {
        content.kind = TextKind::Html;
        content.value = body::html(&content.value, &Site { facts, item: &record.id }, losses);
    }
}

/// Whether not everybody was to read it; says so, unless its own status is that of a draft.
fn hidden(record: &Record, losses: &mut Vec<Loss>) -> bool {
    if !record.password.is_empty() {
        losses.push(Loss::new("password", Reason::Hidden, ""));
        return true;
    }
    match record.status.as_str() {
        "" | "publish" | "future" => false,
        "draft" | "pending" => true,
        // A status of a plugin's own is not public for all that is known.
        other => {
            losses.push(Loss::new("status", Reason::Hidden, other));
            true
        }
    }
}

/// The files that were uploaded to the item, and the ones of a podcast.
fn files(item: &mut Item, record: &Record, facts: Option<&Facts>) {
    let mut known = Spots::default();
    for file in facts.into_iter().flat_map(|facts| facts.files.of(&record.id)) {
        if !known.holds(&item.attachments, &file.url.as_str(), |known| known.url.as_str()) {
            // WordPress itself goes by the ending.
            let mime_type = Some(mime_type(&file.url)).filter(|mime| *mime != "application/octet-stream");
            let mime_type = mime_type.map(str::to_owned);
            item.attachments.push(Attachment { url: file.url, mime_type, ..Attachment::default() });
        }
    }
    for (_, value) in record.meta.iter().filter(|(key, _)| key == "enclosure") {
        let mut lines = value.lines().map(str::trim);
        let Some(url) = lines.next().filter(|url| !url.is_empty()) else { continue };
        if known.holds(&item.attachments, &url, |known| known.url.as_str()) {
            continue;
        }
        let size_in_bytes = lines.next().and_then(|size| size.parse().ok());
        let mime_type = lines.next().filter(|mime| !mime.is_empty()).map(str::to_owned);
        item.attachments.push(Attachment { url: url.to_owned(), mime_type, size_in_bytes, ..Attachment::default() });
    }
}

/// What has no field of the hub, under names of its own.
fn keys(keys: &mut Map<String, Value>, record: Record) {
    let number = |text: &str| text.parse::<i64>().ok().map_or_else(|| Value::from(text), Value::from);
    let mut put = |key: &str, value: Value| {
        keys.insert(key.to_owned(), value);
    };
    if !matches!(record.post_type.as_str(), "" | "post") {
        put("type", Value::from(record.post_type));
    }
    if !matches!(record.status.as_str(), "" | "publish") {
        put("status", Value::from(record.status));
    }
    for (key, text) in [("post_id", record.id), ("post_parent", record.parent), ("menu_order", record.menu_order)] {
        if !matches!(text.as_str(), "" | "0") {
            put(key, number(&text));
        }
    }
    if record.sticky == "1" {
        put("sticky", Value::from(true));
    }
    if let Some(format) = record.format {
        put("post_format", Value::from(format));
    }
    for (key, text) in [("comment_status", record.comment_status), ("ping_status", record.ping_status)] {
        if !text.is_empty() {
            put(key, Value::from(text));
        }
    }
    if !record.slugs.is_empty() {
        put("term_slugs", record.slugs.into_iter().map(|(name, slug)| (name, Value::from(slug))).collect());
    }
    let fields = custom_fields(record.meta);
    if !fields.is_empty() {
        put("custom_fields", Value::Object(fields));
    }
}

/// Custom fields that are not private; one that is given several times is a list.
fn custom_fields(meta: Vec<(String, String)>) -> Map<String, Value> {
    let mut fields = Map::new();
    for (key, value) in meta.into_iter().filter(|(key, _)| !key.starts_with('_') && key != "enclosure") {
        match fields.get_mut(&key) {
            None => {
                fields.insert(key, Value::from(value));
            }
            Some(Value::Array(values)) => values.push(Value::from(value)),
            Some(one) => *one = Value::Array(vec![one.take(), Value::from(value)]),
        }
    }
    fields
}

/// A slug with its letters: `%e5%8c%97` is one. As it is where that is no text.
pub(super) fn decoded(slug: &str) -> String {
    if !slug.contains('%') {
        return slug.to_owned();
    }
    let bytes = slug.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = slug
            .get(at + 1..at + 3)
            .filter(|digits| bytes[at] == b'%' && digits.bytes().all(|b| b.is_ascii_hexdigit()));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    // WordPress cuts long ones, even within a letter.
    match String::from_utf8(out) {
        Ok(text) => text,
        Err(error) if error.utf8_error().error_len().is_none() => {
            let end = error.utf8_error().valid_up_to();
            String::from_utf8_lossy(&error.as_bytes()[..end]).into_owned()
        }
        Err(_) => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_dates_make_one_with_its_offset() {
        let nought = "0000-00-00 00:00:00";
        for (local, gmt, date) in [
            ("2025-01-14 08:05:09", "2025-01-14 07:05:09", Some("2025-01-14T08:05:09+01:00")),
            ("2025-01-14 02:00:00", "2025-01-14 07:30:00", Some("2025-01-14T02:00:00-05:30")),
            ("2025-01-14 08:05:09", "2025-01-14 08:05:09", Some("2025-01-14T08:05:09Z")),
            // No zone is that far away, and none has seconds.
            ("2025-01-14 08:05:09", "2025-03-14 08:05:09", Some("2025-03-14T08:05:09Z")),
            ("2025-01-14 08:05:09", "2025-01-14 08:05:00", Some("2025-01-14T08:05:00Z")),
            ("2025-01-14 08:05:09", nought, Some("2025-01-14T08:05:09")),
            (nought, "2025-01-14 08:05:09", Some("2025-01-14T08:05:09Z")),
            (nought, nought, None),
            ("", "", None),
        ] {
            assert_eq!(when(local, gmt).map(|date| date.text).as_deref(), date, "{local} {gmt}");
        }
    }

    #[test]
    fn slugs_are_decoded_where_they_are_text() {
        for (slug, text) in [
            ("snow", "snow"),
            ("%e5%8c%97-ice", "北-ice"),
            ("100%", "100%"),
            ("%zz", "%zz"),
            // WordPress cuts after 200 bytes of percent signs.
            ("%e5%8c%97%e5%8c", "北"),
            ("%ff%fe-x", "%ff%fe-x"),
        ] {
            assert_eq!(decoded(slug), text);
        }
    }
}
