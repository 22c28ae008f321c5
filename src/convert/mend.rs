//! Addresses and languages in the spelling that every format takes, where they have another that is understood all the
//! same: `https://snow.example/a b`, `en_US`. Nothing is lost by it, so that nothing is told.

use crate::{
    model::{Feed, Item, Person},
    reference,
};

/// Mends an item's addresses and languages. Its id is nobody's to mend: it is compared letter by letter.
pub fn item(item: &mut Item) {
    let fields = [
        &mut item.url,
        &mut item.external_url,
        &mut item.image,
        &mut item.banner_image,
        &mut item.comments_url,
        &mut item.content_src,
    ];
    fields.into_iter().flatten().for_each(address);
    item.attachments.iter_mut().for_each(|file| address(&mut file.url));
    if let Some(source) = &mut item.source {
        [&mut source.url, &mut source.home_page_url].into_iter().flatten().for_each(address);
    }
    persons(&mut item.authors);
    language(&mut item.language);
    for text in [&mut item.title, &mut item.summary, &mut item.content, &mut item.rights].into_iter().flatten() {
        text.base.iter_mut().for_each(address);
        language(&mut text.language);
    }
}

/// Mends a feed's.
pub fn feed(feed: &mut Feed) {
    let fields = [&mut feed.home_page_url, &mut feed.feed_url, &mut feed.next_url, &mut feed.icon, &mut feed.favicon];
    fields.into_iter().flatten().for_each(address);
    feed.hubs.iter_mut().for_each(|hub| address(&mut hub.url));
    persons(&mut feed.authors);
    language(&mut feed.language);
    for text in [&mut feed.title, &mut feed.description, &mut feed.rights].into_iter().flatten() {
        text.base.iter_mut().for_each(address);
        language(&mut text.language);
    }
}

fn persons(persons: &mut [Person]) {
    for person in persons {
        [&mut person.url, &mut person.avatar].into_iter().flatten().for_each(address);
    }
}

fn address(address: &mut String) {
    let trimmed = address.trim();
    if trimmed.len() < address.len() {
        *address = trimmed.to_owned();
    }
    if let Some(mended) = reference::mended(address) {
        *address = mended;
    }
}

/// `en_US` is how programs name a locale, `en-US` how BCP 47 names a language.
fn language(language: &mut Option<String>) {
    if let Some(tag) = language
        && tag.contains('_')
    {
        *tag = tag.replace('_', "-");
    }
}
