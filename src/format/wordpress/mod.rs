//! WordPress' export: WXR 1.0 to 1.2 (`wp-admin/includes/export.php`), read only. It is RSS 2.0 with elements of its own.
//!
//! The reader is that of RSS; what it gives is looked through item by item.
//!
//! - [`record`]: the `wp:` elements of an item, out of its extra. [`item`]: from them to the hub.
//! - [`kinds`]: which items are posts, pages or types of the site's own, and which are what a site keeps for itself.
//! - [`gather`]: the facts that items of any file need: authors' names, addresses of files.
//! - [`body`]: the text as WordPress shows it, in [`blocks`], [`shortcodes`] (with [`gallery`] and
//!   [`listing`]), [`embeds`] and [`autop`].

mod autop;
mod blocks;
mod body;
mod embeds;
mod gallery;
mod gather;
mod item;
mod kinds;
mod listing;
mod record;
mod shortcodes;

use std::{
    collections::{HashSet, VecDeque},
    io::Read,
    sync::Arc,
};

use super::{Body, Facts, File, Format, Page, Part, Places, Probe, ReadOptions, Reader, Shape, Target, xml_reader};
use crate::{
    error::Error,
    finding::{Finding, Loss},
    model::SLUGLINE_NAMESPACE,
    namespace::meaning::Dialect,
    syntax::{html, xml::Watch},
};

/// The row of WordPress.
pub(super) const FORMAT: Format = Format {
    name: "wordpress",
    aliases: &["wxr", "wp"],
    about: "WordPress' export: WXR 1.0 to 1.2 (read only)",
    extensions: &["xml"],
    sniff,
    read: Some(reader),
    watch: Some(watcher),
    gather: Some(gather::gather),
    is_export: true,
    write: None,
    target: Target { shape: Shape::Feed, head_first: false, has_head: true, needs_id: false, body: Body::Html },
};

/// Makes a reader.
fn reader<'a>(read: Box<dyn Read + 'a>, options: &ReadOptions) -> Box<dyn Reader + 'a> {
    Box::new(WordpressReader {
        rss: xml_reader(read, options, Dialect::Rss, ()),
        facts: Arc::clone(&options.facts),
        queue: VecDeque::new(),
        given: HashSet::new(),
        findings: Vec::new(),
        losses: Vec::new(),
    })
}

/// Makes a reader whose tokens are watched: what stands there is RSS.
fn watcher<'a>(read: Box<dyn Read + 'a>, options: &ReadOptions, watch: &'a mut dyn Watch) -> Box<dyn Reader + 'a> {
    xml_reader(read, options, Dialect::Rss, watch)
}

/// Whether a source is an export: RSS that declares its namespace. Feeds of WordPress do not; a feed that slugline made of
/// an export is one no more, whatever it kept.
fn sniff(probe: &Probe<'_>) -> bool {
    let is_rss = probe.root().is_some_and(|root| root.eq_ignore_ascii_case("rss"));
    is_rss
        && !probe.start.contains(SLUGLINE_NAMESPACE)
        && (probe.start.contains("//wordpress.org/export/") || probe.holds_tag("wp:wxr_version"))
}

struct WordpressReader<'a> {
    rss: Box<dyn Reader + 'a>,
    facts: Arc<Facts>,
    /// The last item and its comments.
    queue: VecDeque<Part>,
    /// Of items that were given their files, the number of the first.
    given: HashSet<usize>,
    findings: Vec<Finding>,
    losses: Vec<Loss>,
}

impl Reader for WordpressReader<'_> {
    fn next(&mut self) -> Result<Option<Part>, Error> {
        loop {
            if let Some(part) = self.queue.pop_front() {
                return Ok(Some(part));
            }
            let part = self.rss.next();
            let mut found = self.rss.take_findings();
            let item = match part {
                Ok(Some(Part::Item(item))) => item,
                other => {
                    self.findings.append(&mut found);
                    return other;
                }
            };
            let read = item::read(item, &self.facts, &mut self.given);
            if read.has_own_dates {
                // WordPress writes the year 0 as the date of a draft.
                found.retain(|finding| !matches!(&*finding.code, "unread-date" | "loose-date"));
            }
            self.findings.append(&mut found);
            self.losses.extend(read.losses);
            // A file that its post has is no part of its own.
            self.queue.extend(read.part);
            self.queue.extend(read.comments.into_iter().map(|comment| Part::Comment(Box::new(comment))));
        }
    }

    fn places(&self) -> &Places {
        self.rss.places()
    }

    fn take_findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }

    fn take_losses(&mut self) -> Vec<Loss> {
        std::mem::take(&mut self.losses)
    }
}

/// A link that says where it leads. The address is HTML already.
fn anchor(address: &str) -> String {
    format!("<a href=\"{address}\">{address}</a>")
}

/// A picture of the site with its words.
fn figure(file: &File) -> String {
    let alternative = file.alternative.as_deref().unwrap_or_default();
    let (url, alternative) = (html::escape_attribute(&file.url), html::escape_attribute(alternative));
    let caption = file.caption.as_ref().map(|words| format!("<figcaption>{words}</figcaption>")).unwrap_or_default();
    format!("<figure><img src=\"{url}\" alt=\"{alternative}\">{caption}</figure>\n\n")
}
