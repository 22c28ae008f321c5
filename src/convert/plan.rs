//! Which file each post goes to. Decided for all of them before the first write.

use std::collections::{HashMap, HashSet};

use super::{
    Options, Output,
    index::Index,
    known::{Key, Known},
    names::Names,
};
use crate::{
    error::{Error, ErrorKind},
    file_name::FileName,
    model::Item,
};

/// What happens to a post that is there already, known by its id, else by its link: `--existing`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Existing {
    /// It stays as it is.
    #[default]
    Keep,
    /// What was not changed by hand follows the source.
    Update,
    /// It is written again.
    Overwrite,
    /// Nothing is written.
    Error,
}

/// What happens to a post whose file name another item, or a stranger's file, has: `--same-name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SameName {
    /// Nothing is written.
    #[default]
    Error,
    /// It gets the next free name: `snow-2.md`.
    Suffix,
}

/// Where a post goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// To this file.
    Write(String),
    /// Nowhere: this file is its, and stays.
    Keep(String),
    /// To this file, which is its, as far as nobody changed that by hand.
    Update(String),
    /// To the only stream there is.
    Stream,
}

impl Decision {
    /// The file.
    pub fn file(&self) -> Option<&str> {
        match self {
            Decision::Write(file) | Decision::Keep(file) | Decision::Update(file) => Some(file),
            Decision::Stream => None,
        }
    }
}

/// The files of all items, in order. There is one for each post of a run: nothing else is kept of any.
pub(super) struct Plan<'o> {
    options: &'o Options,
    /// Whether there is a folder.
    is_folder: bool,
    known: Known,
    files: Names,
    fates: Vec<Fate>,
    /// Names that are one to some system, of files that are to be written.
    planned: HashSet<Key>,
    /// Where the search for a free number goes on: of many items with one name each goes on where the last one found a
    /// place.
    numbers: HashMap<Key, usize>,
    /// Titles of the items, for messages, where two may not have one name.
    titles: Names,
    /// Names that cannot be, and why.
    conflicts: Vec<(String, String)>,
}

/// What happens to the post of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It goes to a file that is no other's.
    New,
    /// It has a file.
    There,
    /// It goes to the only stream there is.
    Stream,
}

/// A place in the plan, to go back to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    items: usize,
    conflicts: usize,
}

/// Conflicts that are told one by one.
const SHOWN: usize = 10;

impl<'o> Plan<'o> {
    /// Looks at what the folder holds. The index follows files that were moved.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub(super) fn new(output: &dyn Output, options: &'o Options, index: &mut Index) -> Result<Self, Error> {
        let is_folder = output.is_folder();
        let known = if is_folder { Known::of(output, options, index)? } else { Known::default() };
        Ok(Plan {
            options,
            is_folder,
            known,
            files: Names::default(),
            fates: Vec::new(),
            planned: HashSet::new(),
            numbers: HashMap::new(),
            titles: Names::default(),
            conflicts: Vec::new(),
        })
    }

    /// Decides for the next item.
    ///
    /// # Errors
    /// It has no name.
    pub(super) fn add(&mut self, item: &Item, name: Option<&FileName>) -> Result<(), Error> {
        if self.options.same_name == SameName::Error {
            self.titles.push(item.title.as_ref().map_or("", |title| &title.value));
        }
        if !self.is_folder {
            self.put("", Fate::Stream);
        } else if let Some(file) = self.known.take(item, name) {
            let path = self.known.path(file).to_owned();
            if self.options.existing == Existing::Error {
                self.conflicts.push((path.clone(), "is there already".to_owned()));
            }
            self.put(&path, Fate::There);
        } else {
            let name = name.ok_or_else(|| Error::new(ErrorKind::Internal, "a post has no file name"))?;
            let (key, name) = self.free(name);
            self.planned.insert(key);
            self.put(name.as_str(), Fate::New);
        }
        Ok(())
    }

    fn put(&mut self, file: &str, fate: Fate) {
        self.files.push(file);
        self.fates.push(fate);
    }

    /// A name that no other file has: that one, or else the next one with a number.
    fn free(&mut self, name: &FileName) -> (Key, FileName) {
        let mut key = Key::of_name(name);
        let holds = |key: Key| self.known.holder(key).is_some() || self.planned.contains(&key);
        if !holds(key) {
            return (key, name.clone());
        }
        if self.options.same_name == SameName::Error {
            let other = if self.conflicts.len() < SHOWN { self.holder(key) } else { String::new() };
            self.conflicts.push((name.as_str().to_owned(), format!("is another post's file ({other})")));
            return (key, name.clone());
        }
        let number = self.numbers.entry(key).or_insert(2);
        let mut chosen = name.clone();
        while holds(key) {
            chosen = name.with_suffix(*number);
            key = Key::of_name(&chosen);
            *number += 1;
        }
        (key, chosen)
    }

    /// Whose a file of that name is, in words.
    fn holder(&self, name: Key) -> String {
        let planned = (0..self.files.len() as u32).find(|&number| Key::of_file(self.files.get(number)) == name);
        match (planned, self.known.holder(name)) {
            (Some(number), _) => format!("`{}`", self.titles.get(number)),
            (None, file) => file.unwrap_or_default().to_owned(),
        }
    }

    /// Where the plan is.
    pub(super) fn mark(&self) -> Mark {
        Mark { items: self.files.len(), conflicts: self.conflicts.len() }
    }

    /// Forgets the items since then.
    pub(super) fn go_back(&mut self, mark: Mark) {
        for (number, fate) in (0..).zip(&self.fates).skip(mark.items) {
            let file = self.files.get(number);
            match fate {
                Fate::New => drop(self.planned.remove(&Key::of_file(file))),
                Fate::There => self.known.give_back(file),
                Fate::Stream => {}
            }
        }
        self.numbers.clear();
        self.files.truncate(mark.items);
        self.fates.truncate(mark.items);
        self.titles.truncate(mark.items);
        self.conflicts.truncate(mark.conflicts);
    }

    /// What is decided for all of them.
    ///
    /// # Errors
    /// More than one post and no folder; posts that `--existing error` or `--same-name error` forbid, all of them in one
    /// message.
    pub(super) fn decided(self) -> Result<Decisions, Error> {
        let posts = self.files.len();
        if !self.is_folder && posts > 1 {
            let message = format!("{posts} posts do not fit into one stream");
            return Err(Error::new(ErrorKind::Usage, message).help("`-o FOLDER` writes a file for each"));
        }
        if !self.conflicts.is_empty() {
            return Err(refusal(&self.conflicts, posts));
        }
        let Plan { files, fates, options, .. } = self;
        Ok(Decisions { files, fates, existing: options.existing, next: 0 })
    }
}

/// What is decided for each item, in order.
#[derive(Debug)]
pub(super) struct Decisions {
    files: Names,
    fates: Vec<Fate>,
    existing: Existing,
    next: u32,
}

impl Decisions {
    /// How many posts are to be written, at most.
    pub(super) fn to_write(&self) -> usize {
        let stays = matches!(self.existing, Existing::Keep | Existing::Error);
        self.fates.iter().filter(|fate| **fate == Fate::New || **fate == Fate::There && !stays).count()
    }
}

impl Iterator for Decisions {
    type Item = Decision;

    fn next(&mut self) -> Option<Decision> {
        let fate = self.fates.get(self.next as usize)?;
        let file = self.files.get(self.next).to_owned();
        self.next += 1;
        Some(match (fate, self.existing) {
            (Fate::Stream, _) => Decision::Stream,
            (Fate::New, _) | (Fate::There, Existing::Overwrite) => Decision::Write(file),
            (Fate::There, Existing::Update) => Decision::Update(file),
            (Fate::There, Existing::Keep | Existing::Error) => Decision::Keep(file),
        })
    }
}

/// One message for all conflicts.
fn refusal(conflicts: &[(String, String)], posts: usize) -> Error {
    let mut message = format!("{} of {posts} posts would replace other files; nothing was written", conflicts.len());
    for (name, why) in conflicts.iter().take(SHOWN) {
        message.push_str(&format!("\n  {name}  {why}"));
    }
    if conflicts.len() > SHOWN {
        message.push_str(&format!("\n  and {} more", conflicts.len() - SHOWN));
    }
    let help =
        "`--existing keep` leaves posts that are there; `--same-name suffix` writes name-2.md beside a stranger's file";
    Error::new(ErrorKind::Output, message).help(help)
}
