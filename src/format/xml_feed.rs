//! The reader that RSS, RSS 1.0 and Atom share: the walk of [`crate::namespace::gather`] as parts.

use std::io::Read;

use super::{Part, Places, ReadOptions, Reader};
use crate::{
    error::Error,
    finding::Finding,
    namespace::{
        gather::{Gather, Options, Step},
        meaning::Dialect,
    },
};

/// The reader of a source.
struct XmlReader<'a> {
    gather: Gather<'a>,
    places: Places,
}

/// Makes a reader. `dialect` is whose elements are native until the root says.
pub(super) fn xml_reader<'a>(
    read: Box<dyn Read + 'a>,
    options: &ReadOptions,
    dialect: Dialect,
) -> Box<dyn Reader + 'a> {
    let options = Options {
        name: options.name.clone(),
        dialect,
        base_url: options.base_url.clone(),
        repair: options.repair,
        places: options.places,
        limits: options.limits.clone(),
    };
    Box::new(XmlReader { gather: Gather::new(read, options), places: Places::default() })
}

impl Reader for XmlReader<'_> {
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
