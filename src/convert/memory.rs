//! Inputs and outputs in memory: for programs that have the bytes at hand, and for tests.

use std::{collections::BTreeMap, io::Read};

use crate::error::{Error, ErrorKind};

use super::{Fate, Input, Lines, Output, Told, index::Sum, media::Medium};

/// Bytes with a name.
#[derive(Debug, Clone)]
pub struct Bytes {
    /// The name: a path, for formats and rules that look at it.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Input for Bytes {
    fn name(&self) -> &str {
        &self.name
    }

    fn start(&self, count: usize) -> Result<Vec<u8>, Error> {
        Ok(self.bytes[..count.min(self.bytes.len())].to_vec())
    }

    fn open(&self) -> Result<Box<dyn Read + '_>, Error> {
        Ok(Box::new(self.bytes.as_slice()))
    }
}

/// A stream and a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// What was written to the stream.
    pub stream: Vec<u8>,
    /// The files of the folder, by name.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The comments, a line each.
    pub comments: Vec<u8>,
    /// The pictures and files that items show.
    pub media: Vec<Medium>,
    /// What was imported last into the folder.
    pub index: Option<Vec<u8>>,
    /// The file of each post and what became of it, in the order of the items.
    pub fates: Vec<(String, Fate)>,
    /// Whether there is a folder; without one, a single post goes to the stream.
    pub is_folder: bool,
}

impl Output for Memory {
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.stream.extend_from_slice(bytes);
        Ok(())
    }

    fn is_folder(&self) -> bool {
        self.is_folder
    }

    fn existing(&self) -> Result<Vec<String>, Error> {
        Ok(self.files.keys().cloned().collect())
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.files.get(name).cloned())
    }

    fn post(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        self.files.insert(name.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn index(&self) -> Result<Option<Box<dyn Read + '_>>, Error> {
        Ok(self.index.as_deref().map(|bytes| Box::new(bytes) as Box<dyn Read>))
    }

    fn put_index(&mut self, _before: Option<Sum>, lines: &mut Lines<'_>) -> Result<(), Error> {
        let mut bytes = Vec::new();
        lines(&mut bytes).map_err(|error| Error::new(ErrorKind::Output, error.to_string()))?;
        self.index = Some(bytes);
        Ok(())
    }

    fn told(&mut self, told: &Told<'_>) -> Result<(), Error> {
        self.fates.extend(told.file.map(|file| (file.to_owned(), told.fate)));
        Ok(())
    }

    fn medium(&mut self, medium: &Medium) -> Result<(), Error> {
        self.media.push(medium.clone());
        Ok(())
    }

    fn comment(&mut self, line: &[u8]) -> Result<(), Error> {
        self.comments.extend_from_slice(line);
        Ok(())
    }
}
