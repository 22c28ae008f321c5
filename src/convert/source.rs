//! An input whose format is known, and the reading of its parts.

use crate::{
    encoding,
    error::{Error, ErrorKind},
    finding::{Finding, Loss},
    format::{self, Facts, Format, Part, Probe, ReadOptions, Reader},
};

use super::{Input, Options, choice::Choosing};

/// How many bytes are looked at to tell the format.
const PROBE: usize = 8 << 10;

/// An input and its format.
pub(crate) struct Source<'i> {
    input: &'i dyn Input,
    /// The format it is in.
    pub format: &'static Format,
}

/// Takes what a source is made of.
pub(crate) trait Take {
    /// The next part, with what was said up to it.
    fn part(&mut self, part: Part, said: Said) -> Result<(), Error>;

    /// The reader stands after an item: [`Reader::apart`] may tell what comes next.
    fn between(&mut self, _reader: &mut dyn Reader) -> Result<(), Error> {
        Ok(())
    }
}

impl<F: FnMut(Part, Said) -> Result<(), Error>> Take for F {
    fn part(&mut self, part: Part, said: Said) -> Result<(), Error> {
        self(part, said)
    }
}

/// What a reader said beside a part.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    /// What was found up to the part.
    pub findings: Vec<Finding>,
    /// What of the part could not be read over.
    pub losses: Vec<Loss>,
}

impl Said {
    fn of(reader: &mut dyn Reader) -> Self {
        Said { findings: reader.take_findings(), losses: reader.take_losses() }
    }
}

/// How the reading of a source ended.
#[derive(Debug, Default)]
pub(crate) struct End {
    /// What was found after the last part.
    pub findings: Vec<Finding>,
    /// Why it ended before its end.
    pub error: Option<Error>,
}

/// Tells the format of every input. Those that have none, or cannot be opened, go to `errors`.
pub(crate) fn identify<'i>(inputs: &[&'i dyn Input], options: &Options, errors: &mut Vec<Error>) -> Vec<Source<'i>> {
    let mut sources = Vec::with_capacity(inputs.len());
    for &input in inputs {
        let format = match options.from {
            Some(format) => Ok(format),
            None => input.start(PROBE).and_then(|start| identify_one(input.name(), &start, &options.read)),
        };
        match format {
            Ok(format) => sources.push(Source { input, format }),
            Err(error) => errors.push(error.in_source(input.name())),
        }
    }
    sources
}

/// The format of a source by its first bytes (8 KiB are enough), then by the ending of its name.
///
/// # Errors
/// [`ErrorKind::Unreadable`] for what is empty, binary, or in no format of [`FORMATS`](crate::format::FORMATS).
pub fn identify_one(name: &str, start: &[u8], options: &ReadOptions) -> Result<&'static Format, Error> {
    let (text, refused) = encoding::probe(start, options.encoding.as_deref());
    let extension = name.rsplit(['/', '\\']).next().and_then(|file| file.rsplit_once('.')).map_or("", |(_, end)| end);
    let extension = extension.to_ascii_lowercase();
    if let Some(format) = format::sniff(&Probe { start: &text, extension: &extension }) {
        return Ok(format);
    }
    if let Some(error) = refused {
        return Err(error);
    }
    let (message, help) = if start.is_empty() {
        ("is empty", "an empty file is neither a feed nor a post")
    } else if text.contains('\0') {
        ("is a binary file", "feeds and posts are text")
    } else {
        (
            "is no feed and no post that slugline knows",
            "`--from FORMAT` tells the format; `slugline list formats` names them",
        )
    };
    Err(Error::new(ErrorKind::Unreadable, message).help(help))
}

impl Source<'_> {
    /// The input's name.
    pub(crate) fn name(&self) -> &str {
        self.input.name()
    }

    /// Takes down what the source's own format must know before it is read. Trouble with the source is told by whoever
    /// reads it: what was found up to there counts.
    pub(crate) fn gather(&self, options: &Options, facts: &mut Facts) {
        let (Some(gather), Ok(bytes)) = (self.format.gather, self.input.open()) else { return };
        let read = ReadOptions { name: self.name().to_owned(), ..options.read.clone() };
        let decoder = encoding::Decoder::new(bytes, read.encoding.as_deref()).within(&read.limits);
        let _ = gather(Box::new(decoder), &read, facts);
    }

    /// Hands out the parts in order, each with what was said up to it, and asks after each item whether what follows is
    /// to be read apart. Items that are not chosen are passed over.
    ///
    /// # Errors
    /// What `take` returns; a condition that cannot be told. Trouble with the source itself is in [`End::error`].
    pub(crate) fn read(
        &self,
        options: &Options,
        choosing: &mut Choosing<'_>,
        take: &mut dyn Take,
    ) -> Result<End, Error> {
        let failed = |error: Error| End { error: Some(error.in_source(self.name())), ..End::default() };
        let bytes = match self.input.open() {
            Ok(bytes) => bytes,
            Err(error) => return Ok(failed(error)),
        };
        let Some(make) = self.format.read else {
            let message = format!("`{}` can be written but not read", self.format.name);
            return Ok(failed(Error::new(ErrorKind::Usage, message)));
        };
        let read = ReadOptions { name: self.name().to_owned(), ..options.read.clone() };
        let decoder = encoding::Decoder::new(bytes, read.encoding.as_deref()).within(&read.limits);
        let notes = decoder.notes();
        let mut reader = make(Box::new(decoder), &read);
        loop {
            match reader.next() {
                Ok(Some(part)) => {
                    if !choosing.takes(&part)? {
                        // What was found is told with the next part; what was lost was lost of this one.
                        reader.take_losses();
                        continue;
                    }
                    let between = matches!(part, Part::Item(_)) && choosing.is_all();
                    take.part(part, Said::of(reader.as_mut()))?;
                    if between {
                        take.between(reader.as_mut())?;
                    }
                }
                Ok(None) => {
                    return Ok(End { findings: [notes.take_findings(), reader.take_findings()].concat(), error: None });
                }
                Err(error) => {
                    let findings = [notes.take_findings(), reader.take_findings()].concat();
                    return Ok(End { findings, error: Some(error.in_source(self.name())) });
                }
            }
        }
    }
}
