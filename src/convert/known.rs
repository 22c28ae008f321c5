//! The posts that a folder holds, by what they are known by: whose they are, and which names are taken.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    num::NonZeroU64,
    sync::{Arc, LazyLock},
};

use super::{Options, Output, index::Index, names::Names};
use crate::{
    error::Error,
    file_name::FileName,
    format::{Part, ReadOptions},
    model::{Item, Value},
    profile::fields,
};

/// The hash of an id, a link, a title or a name, with a seed that nobody knows, so that no two can be made up that have
/// the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key(NonZeroU64);

impl Key {
    fn of(text: &str) -> Self {
        static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);
        Key(NonZeroU64::new(SEED.hash_one(text)).unwrap_or(NonZeroU64::MIN))
    }

    /// What is equal for names that are one file on some system.
    pub(super) fn of_name(name: &FileName) -> Self {
        Key::of(&name.collision_key())
    }

    /// The same for a path.
    pub(super) fn of_file(path: &str) -> Self {
        Key::of(&FileName::collision_key_of(path))
    }
}

/// An item's title as posts have it: without markup.
fn title(item: &Item) -> String {
    match fields::find("title").map(|field| (field.get)(item)) {
        Some(Value::String(title)) => title,
        _ => String::new(),
    }
}

/// Files by keys. A key may have several, in the order they were added.
#[derive(Debug, Default)]
struct Keyed(Vec<(Key, u32)>);

impl Keyed {
    fn settle(&mut self) {
        self.0.sort();
        self.0.shrink_to_fit();
    }

    fn files(&self, key: Key) -> impl Iterator<Item = u32> {
        let start = self.0.partition_point(|(other, _)| *other < key);
        self.0[start..].iter().take_while(move |(other, _)| *other == key).map(|(_, file)| *file)
    }
}

/// The files of a folder.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// All of them. Those of shorter names come first, then in order.
    files: Names,
    /// By names that are one to some system.
    names: Keyed,
    ids: Keyed,
    urls: Keyed,
    /// By what the index says they are of: where a head does not tell, as one of another profile's does not.
    indexed: Keyed,
    /// Posts that have neither id nor link, each with its title.
    nameless: HashMap<u32, Key>,
    /// Which of them an item of this run is known to have.
    taken: Vec<bool>,
}

impl Known {
    /// Reads the heads of the posts in the output folder. The index is told which files are there, and tells whose some
    /// of them are.
    pub(super) fn of(output: &dyn Output, options: &Options, index: &mut Index) -> Result<Self, Error> {
        let mut known = Known::default();
        let mut names = output.existing()?;
        // `snow.md` before `snow-2.md`, so that equal ids meet their files in the order they were written.
        names.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        for name in names {
            let file = known.files.push(&name);
            known.names.0.push((Key::of_file(&name), file));
            let extension = name.rsplit_once('.').map_or("", |(_, end)| end);
            let Some(read) = options.to.read.filter(|_| options.to.extensions.contains(&extension)) else { continue };
            let Some(bytes) = output.read(&name)? else { continue };
            // What lies there was written by the profile, whatever the sources are spelt as.
            let profile = Arc::clone(&options.write.profile);
            let read_options = ReadOptions { name, profile, ..options.read.clone() };
            let mut reader = read(Box::new(bytes.as_slice()), &read_options);
            while let Ok(Some(part)) = reader.next() {
                if let Part::Item(item) = part {
                    known.note(file, &item);
                }
            }
        }
        known.taken = vec![false; known.files.len()];
        [&mut known.names, &mut known.ids, &mut known.urls].into_iter().for_each(Keyed::settle);
        known.settle(index)?;
        Ok(known)
    }

    fn note(&mut self, file: u32, item: &Item) {
        if item.id.is_none() && item.url.is_none() {
            self.nameless.insert(file, Key::of(&title(item)));
        }
        self.ids.0.extend(item.id.iter().map(|id| (Key::of(id), file)));
        self.urls.0.extend(item.url.iter().map(|url| (Key::of(url), file)));
    }

    fn settle(&mut self, index: &mut Index) -> Result<(), Error> {
        let Known { files, names, ids, urls, indexed, nameless, .. } = self;
        let number = |path: &str| names.files(Key::of_file(path)).find(|&file| files.get(file) == path);
        let files_of = |id: &str| {
            let id = Key::of(id);
            let by_id = ids.files(id).map(|file| files.get(file).to_owned());
            let mut found: Vec<String> = by_id.collect();
            if found.is_empty() {
                found.extend(urls.files(id).map(|file| files.get(file).to_owned()));
            }
            found
        };
        index.settle(|file| number(file).is_some(), files_of)?;
        index.each_id(&mut |id, file| {
            if let Some(file) = number(file).filter(|file| nameless.contains_key(file)) {
                indexed.0.push((Key::of(id), file));
            }
        })?;
        indexed.settle();
        Ok(())
    }

    /// The file that has that name, or one that is the same to some system.
    pub(super) fn holder(&self, name: Key) -> Option<&str> {
        Some(self.files.get(self.names.files(name).next()?))
    }

    /// The file of that item, by its id, else by its link, else by name and title; each file is given away once.
    pub(super) fn take(&mut self, item: &Item, name: Option<&FileName>) -> Option<u32> {
        // Most runs begin with an empty folder.
        if self.files.len() == 0 {
            return None;
        }
        let free = |keyed: &Keyed, text: Option<&str>| {
            let key = Key::of(text?);
            keyed.files(key).find(|&file| !self.taken[file as usize])
        };
        let (id, url) = (item.id.as_deref(), item.url.as_deref());
        let file = free(&self.ids, id)
            .or_else(|| free(&self.urls, url))
            .or_else(|| free(&self.indexed, id.or(url)))
            .or_else(|| self.by_name(item, name?))?;
        self.taken[file as usize] = true;
        Some(file)
    }

    /// Takes back a file that was given away.
    pub(super) fn give_back(&mut self, path: &str) {
        let file = self.names.files(Key::of_file(path)).find(|&file| self.files.get(file) == path);
        if let Some(file) = file {
            self.taken[file as usize] = false;
        }
    }

    /// The path of a file.
    pub(super) fn path(&self, file: u32) -> &str {
        self.files.get(file)
    }

    /// The file that an item without link got from a profile that has no key for its id: the one of its name, if that
    /// says nothing of whose it is, and has the item's title.
    fn by_name(&self, item: &Item, name: &FileName) -> Option<u32> {
        if item.url.is_some() {
            return None;
        }
        let title = Some(title(item)).filter(|title| !title.is_empty()).map(|title| Key::of(&title));
        let mut number = 1;
        let mut next = name.clone();
        while let Some(file) = self.names.files(Key::of_name(&next)).next() {
            let is_its = |its: &Key| title.is_none_or(|title| *its == title);
            if self.nameless.get(&file).is_some_and(is_its) && !self.taken[file as usize] {
                return Some(file);
            }
            number += 1;
            next = name.with_suffix(number);
        }
        None
    }
}
