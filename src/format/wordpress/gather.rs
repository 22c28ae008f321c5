//! What must be known of all files of an export: what authors are called, where files are and what belongs to which post.

use std::io::Read;

use super::{Facts, File, Page, Part, ReadOptions, kinds, kinds::Kind, record, record::child, xml_reader};
use crate::{
    error::Error,
    model::Feed,
    namespace::{
        WP,
        element::{elements, uri_of},
        meaning::Dialect,
        person,
    },
};

/// Takes down the facts of one file.
pub(super) fn gather(read: Box<dyn Read + '_>, options: &ReadOptions, facts: &mut Facts) -> Result<(), Error> {
    let mut rss = xml_reader(read, options, Dialect::Rss, ());
    while let Some(part) = rss.next()? {
        rss.take_findings();
        match part {
            Part::Head(feed) | Part::Late(feed) => authors(&feed, facts),
            Part::Item(mut item) => {
                let record = record::take(&mut item.extra);
                match kinds::kind(&record.post_type, &record.status) {
                    Kind::File => {}
                    Kind::Post if record.post_type != "post" && !record.name.is_empty() => {
                        let slug = super::item::decoded(&record.name);
                        facts.pages.insert(record.id, Page { slug, parent: record.parent });
                        continue;
                    }
                    Kind::Post | Kind::LeftOut => continue,
                }
                let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
                let url = text(&record.attachment_url).or(item.id).or(item.url);
                let (Some(url), Some(id)) = (url, text(&record.id)) else { continue };
                let parent = Some(record.parent.as_str()).filter(|parent| !matches!(*parent, "" | "0"));
                let alternative = record.meta("_wp_attachment_image_alt").and_then(text);
                facts.files.insert(&id, parent, &File { url, alternative, caption: text(&record.excerpt) });
            }
            Part::Comment(_) | Part::LeftOut(_) => {}
        }
    }
    Ok(())
}

/// The table of authors: an item names its own by the word that they log in with.
fn authors(feed: &Feed, facts: &mut Facts) {
    for rows in elements(&feed.extra.nodes) {
        let node = &rows[0];
        if node.name.namespace() != uri_of(WP) || node.name.local() != "author" {
            continue;
        }
        let part = |local: &str| child(rows, local).map(str::trim).filter(|text| !text.is_empty());
        let Some(login) = part("author_login") else { continue };
        let names = [part("author_first_name"), part("author_last_name")];
        let full = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        // A mail address is nobody's public name.
        let shown = part("author_display_name").filter(|name| !person::is_mail(name)).map(str::to_owned);
        if let Some(name) = shown.or(Some(full).filter(|name| !name.is_empty())) {
            facts.names.insert(login.to_owned(), name);
        }
    }
}
