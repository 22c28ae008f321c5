//! Links of an item made absolute.

use crate::{
    model::{Feed, Item, TextKind},
    reference::{Base, is_absolute},
    syntax::links,
};

/// Makes the item's own addresses absolute that its reader left relative: the feed's address, which they are relative
/// to, may stand after them.
pub(crate) fn complete(item: &mut Item, feed: &Feed, base_url: Option<&str>) {
    let fields =
        [&mut item.url, &mut item.external_url, &mut item.image, &mut item.banner_image, &mut item.comments_url];
    let attachments = item.attachments.iter_mut().map(|attachment| &mut attachment.url);
    let mut relative =
        fields.into_iter().flatten().chain(attachments).filter(|address| !is_absolute(address)).peekable();
    if relative.peek().is_none() {
        return;
    }
    let around = feed.home_page_url.as_deref().or(base_url).or(feed.feed_url.as_deref());
    let Some(base) = around.map(Base::new).filter(Base::is_known) else { return };
    for address in relative {
        *address = base.resolve(address).into_owned();
    }
}

/// Makes the links inside an item's HTML absolute: against its own base, else the feed's page, else `base_url`.
pub(crate) fn in_texts(item: &mut Item, feed: &Feed, base_url: Option<&str>) {
    let around = feed.home_page_url.as_deref().or(base_url).or(feed.feed_url.as_deref()).or(item.url.as_deref());
    let around = around.map(str::to_owned);
    for text in [&mut item.content, &mut item.summary].into_iter().flatten() {
        if !matches!(text.kind, TextKind::Html | TextKind::Xhtml) {
            continue;
        }
        let Some(base) = text.base.as_deref().or(around.as_deref()) else { continue };
        if let Some(value) = links::resolve(&text.value, base) {
            text.value = value;
        }
        text.base = None;
    }
}

/// Makes the links of a post absolute, which are relative to its page.
pub(crate) fn of_post(item: &mut Item, feed: &Feed) {
    let base = item.url.as_deref().or(feed.home_page_url.as_deref()).map(str::to_owned);
    let (Some(base), Some(content)) = (base, &mut item.content) else { return };
    if content.kind == TextKind::Html
        && let Some(value) = links::resolve(&content.value, &base)
    {
        content.value = value;
    }
}
