//! Blogger's export, read only: Atom whose entries are posts, pages, comments, settings and templates, told apart by a
//! category of the scheme [`KIND`], or, in `feed.atom` of Google Takeout, by `blogger:type`.
//!
//! The reader is that of Atom; what it gives is looked through entry by entry, in [`entry`].

mod entry;

use std::io::Read;

use super::{Body, Format, Part, Places, Probe, ReadOptions, Reader, Shape, Target, xml_reader};
use crate::{
    error::Error,
    finding::{Finding, Loss},
    model::{Feed, SLUGLINE_NAMESPACE},
    namespace::meaning::Dialect,
    syntax::xml::Watch,
};

/// The scheme of the category that tells what an entry is.
const KIND: &str = "http://schemas.google.com/g/2005#kind";

/// The namespace of Takeout's elements.
const TAKEOUT: &str = "http://schemas.google.com/blogger/2018";

/// The row of Blogger.
pub(super) const FORMAT: Format = Format {
    name: "blogger",
    aliases: &["blogspot"],
    about: "Blogger's export: its backup, and feed.atom of Google Takeout (read only)",
    extensions: &["xml", "atom"],
    sniff,
    read: Some(reader),
    watch: Some(watcher),
    gather: None,
    is_export: true,
    write: None,
    target: Target { shape: Shape::Feed, head_first: true, has_head: true, needs_id: true, body: Body::Html },
};

/// Makes a reader.
fn reader<'a>(read: Box<dyn Read + 'a>, options: &ReadOptions) -> Box<dyn Reader + 'a> {
    Box::new(BloggerReader {
        atom: xml_reader(read, options, Dialect::Atom, ()),
        is_placed: options.base_url.is_some(),
        losses: Vec::new(),
    })
}

/// Makes a reader whose tokens are watched: what stands there is Atom.
fn watcher<'a>(read: Box<dyn Read + 'a>, options: &ReadOptions, watch: &'a mut dyn Watch) -> Box<dyn Reader + 'a> {
    xml_reader(read, options, Dialect::Atom, watch)
}

/// Whether a source is an export: Atom that tells kinds of entries apart. A blog's feed does not; a feed that slugline made
/// of an export is one no more, whatever it kept.
fn sniff(probe: &Probe<'_>) -> bool {
    let is_atom = probe.root().is_some_and(|root| root.eq_ignore_ascii_case("feed"));
    is_atom
        && !probe.start.contains(SLUGLINE_NAMESPACE)
        && (probe.start.contains(KIND) || probe.start.contains(TAKEOUT))
}

struct BloggerReader<'a> {
    atom: Box<dyn Reader + 'a>,
    /// Whether it is known what the paths of Takeout are relative to.
    is_placed: bool,
    losses: Vec<Loss>,
}

impl Reader for BloggerReader<'_> {
    fn next(&mut self) -> Result<Option<Part>, Error> {
        Ok(match self.atom.next()? {
            Some(Part::Head(mut feed)) => {
                entry::head(&mut feed);
                self.is_placed |= feed.home_page_url.is_some();
                Some(Part::Head(feed))
            }
            Some(Part::Late(mut feed)) => {
                entry::head(&mut feed);
                // Without what only the export says of itself there may be nothing left.
                (feed != Feed::default()).then_some(Part::Late(feed))
            }
            Some(Part::Item(item)) => Some(entry::read(item, self.is_placed, &mut self.losses)),
            other => other,
        })
    }

    fn places(&self) -> &Places {
        self.atom.places()
    }

    fn take_findings(&mut self) -> Vec<Finding> {
        self.atom.take_findings()
    }

    fn take_losses(&mut self) -> Vec<Loss> {
        std::mem::take(&mut self.losses)
    }
}
