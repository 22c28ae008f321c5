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
};

/// The reader of a source.
struct AtomReader<'a> {
    gather: Gather<'a>,
    places: Places,
}

/// Makes a reader.
pub(super) fn reader<'a>(read: Box<dyn Read + 'a>, options: &ReadOptions) -> Box<dyn Reader + 'a> {
    let options = Options {
        name: options.name.clone(),
        dialect: Dialect::Atom,
        base_url: options.base_url.clone(),
        repair: options.repair,
        places: options.places,
        limits: options.limits.clone(),
    };
    Box::new(AtomReader { gather: Gather::new(read, options), places: Places::default() })
}

impl Reader for AtomReader<'_> {
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
