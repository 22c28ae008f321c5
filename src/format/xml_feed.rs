//! What RSS, RSS 1.0 and Atom share: the reader, which is the walk of [`crate::namespace::gather`] as parts, and how
//! writers hand on what they made.

use std::{io::Read, sync::Arc};

use super::{
    Part, Places, ReadOptions, Reader, Sink,
    apart::{self, Apart, ReadApart},
};
use crate::{
    error::Error,
    finding::{Finding, Loss},
    namespace::{
        emit::Emitter,
        gather::{Gather, Options, Step, Surrounding},
        meaning::Dialect,
    },
    syntax::xml::Watch,
};

/// The reader of a source.
struct XmlReader<'a, W: Watch> {
    gather: Gather<'a, W>,
    places: Places,
}

/// Makes a reader. `dialect` is whose elements are native until the root says; `watch` looks on, `()` where nobody does.
pub(super) fn xml_reader<'a, W: Watch + 'a>(
    read: Box<dyn Read + 'a>,
    options: &ReadOptions,
    dialect: Dialect,
    watch: W,
) -> Box<dyn Reader + 'a> {
    let options = Options {
        name: options.name.clone(),
        dialect,
        base_url: options.base_url.clone(),
        repair: options.repair,
        places: options.places,
        parts: options.parts,
        limits: options.limits.clone(),
    };
    Box::new(XmlReader { gather: Gather::new(read, options, watch), places: Places::default() })
}

impl<W: Watch> Reader for XmlReader<'_, W> {
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

    fn apart(&mut self, count: usize, size: usize) -> Option<Apart<'_>> {
        let (surrounding, tag, bytes) = self.gather.ahead(count * size)?;
        let begin = format!("<{tag}");
        let ends_name = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
        let stretches = apart::cut(bytes, count, begin.as_bytes(), |rest| rest.get(begin.len()).is_some_and(ends_name));
        (!stretches.is_empty()).then(|| Apart { stretches, read: Arc::new(surrounding) })
    }

    fn pass_over(&mut self, bytes: usize, _items: usize) {
        self.gather.pass_over(bytes);
    }
}

impl ReadApart for Surrounding {
    fn reader<'a>(&'a self, stretch: &'a [u8]) -> Box<dyn Reader + 'a> {
        Box::new(StretchReader { gather: Gather::within(stretch, self), places: Places::default() })
    }
}

/// The reader of a stretch of items.
struct StretchReader<'a> {
    gather: Gather<'a>,
    places: Places,
}

impl Reader for StretchReader<'_> {
    fn next(&mut self) -> Result<Option<Part>, Error> {
        Ok(self.gather.next_within()?.map(Part::Item))
    }

    fn places(&self) -> &Places {
        &self.places
    }

    fn take_findings(&mut self) -> Vec<Finding> {
        self.gather.take_findings()
    }
}

/// Hands on what was made: whole blocks, or all of it with `rest`.
pub(super) fn flush(e: &mut Emitter, rest: bool, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
    losses.append(&mut e.losses);
    if let Some(made) = e.take(rest) {
        sink.write(made.as_bytes())?;
        e.give_back(made);
    }
    Ok(())
}
