//! Reads Atom 1.0 and 0.3.

use std::io::Read;

use crate::{
    error::Error,
    finding::Finding,
    format::{Part, Places, ReadOptions, Reader},
    namespace::{
        gather::{Gather, Options, Step},
        meaning::Dialect,
    },
    syntax::xml::Watch,
};

/// The reader of a source.
struct AtomReader<'a, W: Watch> {
    gather: Gather<'a, W>,
    places: Places,
}

/// Makes a reader.
pub(super) fn reader<'a>(read: Box<dyn Read + 'a>, options: &ReadOptions) -> Box<dyn Reader + 'a> {
    watched(read, options, ())
}

/// Makes a reader whose tokens are watched.
pub(super) fn watcher<'a>(
    read: Box<dyn Read + 'a>,
    options: &ReadOptions,
    watch: &'a mut dyn Watch,
) -> Box<dyn Reader + 'a> {
    watched(read, options, watch)
}

fn watched<'a, W: Watch + 'a>(read: Box<dyn Read + 'a>, options: &ReadOptions, watch: W) -> Box<dyn Reader + 'a> {
    let options = Options {
        name: options.name.clone(),
        dialect: Dialect::Atom,
        base_url: options.base_url.clone(),
        repair: options.repair,
        places: options.places,
        limits: options.limits.clone(),
    };
    Box::new(AtomReader { gather: Gather::new(read, options, watch), places: Places::default() })
}

impl<W: Watch> Reader for AtomReader<'_, W> {
    fn next(&mut self) -> Result<Option<Part>, Error> {
        let step = self.gather.next()?;
        self.places.list = self.gather.take_places();
        Ok(match step {
            Step::Head(feed) => Some(Part::Head(feed)),
            Step::Item(item) => Some(Part::Item(item)),
            Step::Late(feed) => Some(Part::Late(feed)),
            Step::End => None,
        })
    }

    fn places(&self) -> &Places {
        &self.places
    }

    fn take_findings(&mut self) -> Vec<Finding> {
        self.gather.take_findings()
    }
}
