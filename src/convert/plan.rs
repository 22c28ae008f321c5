//! Which file each post goes to. Decided for all of them before the first write.

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasher, RandomState},
    num::NonZeroU64,
    sync::{Arc, LazyLock},
};

use crate::{
    error::{Error, ErrorKind},
    file_name::FileName,
    format::{Part, ReadOptions},
    model::Item,
};

use super::{Options, Output, index::Index};

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

/// The keys of all items, in order: what is needed to decide. Of what only equality counts a hash is kept: there is one
/// for each post of a run.
#[derive(Debug, Default)]
pub struct Plan {
    items: Vec<Keys>,
    /// All titles, one behind the other: for messages, and to know posts that have neither id nor link.
    titles: String,
}

#[derive(Debug)]
struct Keys {
    id: Option<Key>,
    url: Option<Key>,
    name: Option<FileName>,
    /// Where the title ends.
    title: usize,
}

/// The hash of an id, a link, or a name, with a seed that nobody knows, so that no two can be made up that have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key(NonZeroU64);

impl Key {
    fn of(text: &str) -> Self {
        static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);
        Key(NonZeroU64::new(SEED.hash_one(text)).unwrap_or(NonZeroU64::MIN))
    }

    /// What is equal for names that are one file on some system.
    fn of_name(name: &FileName) -> Self {
        Key::of(&name.collision_key())
    }
}

/// The posts that a folder holds, by what they are known by. A key may have several files, in order of their names.
#[derive(Debug, Default)]
struct Known {
    ids: HashMap<Key, Vec<String>>,
    urls: HashMap<Key, Vec<String>>,
    /// Posts that have neither id nor link, each with its title.
    nameless: HashMap<String, String>,
    /// Collision keys of all files that are there, and the files.
    names: HashMap<Key, String>,
    /// Collision keys of files that are to be written.
    planned: HashSet<Key>,
    /// Posts by what the index says they are of: where a head does not tell, as one of another profile's does not.
    indexed: HashMap<Key, Vec<String>>,
    /// Files that an item of this run is known to have.
    taken: HashSet<String>,
}

impl Plan {
    /// Adds the next item.
    pub fn add(&mut self, item: &Item, name: Option<FileName>) {
        let key = |text: &Option<String>| text.as_deref().map(Key::of);
        self.titles.extend(item.title.as_ref().map(|title| title.value.as_str()));
        self.items.push(Keys { id: key(&item.id), url: key(&item.url), name, title: self.titles.len() });
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Forgets all items but the first `len`.
    pub fn truncate(&mut self, len: usize) {
        self.items.truncate(len);
        self.titles.truncate(self.items.last().map_or(0, |keys| keys.title));
    }

    fn title(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.items[before].title);
        &self.titles[start..self.items[at].title]
    }

    /// Decides for all of them, in order. The index follows files that were moved.
    ///
    /// # Errors
    /// More than one post and no folder; posts that `--existing error` or `--same-name error` forbid, all of them in
    /// one message.
    pub fn decide(self, output: &dyn Output, options: &Options, index: &mut Index) -> Result<Vec<Decision>, Error> {
        if !output.is_folder() {
            if self.items.len() > 1 {
                let message = format!("{} posts do not fit into one stream", self.items.len());
                return Err(Error::new(ErrorKind::Usage, message).help("`-o FOLDER` writes a file for each"));
            }
            return Ok(self.items.iter().map(|_| Decision::Stream).collect());
        }
        let mut known = Known::of(output, options)?;
        known.settle(index)?;
        let mut conflicts = Vec::new();
        // Posts that are there keep their files, so that no new one takes their name.
        let mut decisions: HashMap<usize, Decision> = HashMap::new();
        for (at, keys) in self.items.iter().enumerate() {
            let Some(file) = known.take(keys, self.title(at)) else { continue };
            let decision = match options.existing {
                Existing::Keep => Decision::Keep(file),
                Existing::Update => Decision::Update(file),
                Existing::Overwrite => Decision::Write(file),
                Existing::Error => {
                    conflicts.push((file.clone(), "is there already".to_owned()));
                    Decision::Keep(file)
                }
            };
            decisions.insert(at, decision);
        }
        let mut numbers: HashMap<Key, usize> = HashMap::new();
        for (at, keys) in self.items.iter().enumerate() {
            if decisions.contains_key(&at) {
                continue;
            }
            let Some(name) = &keys.name else {
                return Err(Error::new(ErrorKind::Internal, "a post has no file name"));
            };
            let mut key = Key::of_name(name);
            if known.holds(key) {
                if options.same_name == SameName::Error {
                    let other = if conflicts.len() < SHOWN { self.holder(key, at, &known) } else { String::new() };
                    conflicts.push((name.as_str().to_owned(), format!("is another post's file ({other})")));
                }
                // Of many items with one name each goes on where the last one found a place.
                let number = numbers.entry(key).or_insert(2);
                let mut chosen = name.clone();
                while known.holds(key) {
                    chosen = name.with_suffix(*number);
                    key = Key::of_name(&chosen);
                    *number += 1;
                }
                decisions.insert(at, Decision::Write(chosen.into_string()));
            }
            known.planned.insert(key);
        }
        if !conflicts.is_empty() {
            return Err(refusal(&conflicts, self.items.len()));
        }
        // What is not needed any more goes before the posts are written.
        drop((known, self.titles));
        let decide = |(at, keys): (usize, Keys)| {
            decisions.remove(&at).or_else(|| Some(Decision::Write(keys.name?.into_string())))
        };
        Ok(self.items.into_iter().enumerate().filter_map(decide).collect())
    }

    /// Whose a file of that name is, in words, for the item at that place.
    fn holder(&self, name: Key, at: usize, known: &Known) -> String {
        let has_it = |other: &usize| self.items[*other].name.as_ref().is_some_and(|other| Key::of_name(other) == name);
        match (0..at).find(has_it) {
            Some(other) => format!("`{}`", self.title(other)),
            None => known.names.get(&name).cloned().unwrap_or_default(),
        }
    }
}

/// Conflicts that are told one by one.
const SHOWN: usize = 10;

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

impl Known {
    /// Reads the heads of the posts in the output folder.
    fn of(output: &dyn Output, options: &Options) -> Result<Self, Error> {
        let mut known = Known::default();
        let mut names = output.existing()?;
        // `snow.md` before `snow-2.md`, so that equal ids meet their files in the order they were written.
        names.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        for name in names {
            known.names.insert(Key::of(&FileName::collision_key_of(&name)), name.clone());
            let extension = name.rsplit_once('.').map_or("", |(_, end)| end);
            let Some(read) = options.to.read.filter(|_| options.to.extensions.contains(&extension)) else { continue };
            let Some(bytes) = output.read(&name)? else { continue };
            // What lies there was written by the profile, whatever the sources are spelt as.
            let profile = Arc::clone(&options.write.profile);
            let read_options = ReadOptions { name: name.clone(), profile, ..options.read.clone() };
            let mut reader = read(Box::new(bytes.as_slice()), &read_options);
            while let Ok(Some(part)) = reader.next() {
                let Part::Item(item) = part else { continue };
                if item.id.is_none() && item.url.is_none() {
                    let title = item.title.map(|title| title.value).unwrap_or_default();
                    known.nameless.insert(name.clone(), title);
                }
                if let Some(id) = item.id {
                    known.ids.entry(Key::of(&id)).or_default().push(name.clone());
                }
                if let Some(url) = item.url {
                    known.urls.entry(Key::of(&url)).or_default().push(name.clone());
                }
            }
        }
        Ok(known)
    }

    /// Tells the index which files are there, and takes from it whose they are.
    fn settle(&mut self, index: &mut Index) -> Result<(), Error> {
        let at = |file: &str| self.names.get(&Key::of(&FileName::collision_key_of(file)));
        let is_there = |file: &str| at(file).is_some_and(|name| name == file);
        let files_of = |id: &str| {
            let id = Key::of(id);
            self.ids.get(&id).or_else(|| self.urls.get(&id)).cloned().unwrap_or_default()
        };
        index.settle(is_there, files_of)?;
        let Known { nameless, indexed, .. } = self;
        index.each_id(&mut |id, file| {
            if nameless.contains_key(file) {
                indexed.entry(Key::of(id)).or_default().push(file.to_owned());
            }
        })
    }

    /// Whether a file of that name is there, or is to be.
    fn holds(&self, name: Key) -> bool {
        self.names.contains_key(&name) || self.planned.contains(&name)
    }

    /// The file of that item, by its id, else by its link, else by name and title; each file is given away once.
    fn take(&mut self, keys: &Keys, title: &str) -> Option<String> {
        let Known { ids, urls, indexed, taken, .. } = &*self;
        let free = |files: Option<&Vec<String>>| files?.iter().find(|file| !taken.contains(*file)).cloned();
        let by_id = free(keys.id.as_ref().and_then(|id| ids.get(id)));
        let by_url = || free(keys.url.as_ref().and_then(|url| urls.get(url)));
        let identity = keys.id.as_ref().or(keys.url.as_ref());
        let by_index = || free(identity.and_then(|id| indexed.get(id)));
        let file = by_id.or_else(by_url).or_else(by_index).or_else(|| self.by_name(keys, title))?;
        self.taken.insert(file.clone());
        Some(file)
    }

    /// The file that an item without link got from a profile that has no key for its id: the one of its name, if that
    /// says nothing of whose it is, and has the item's title.
    fn by_name(&self, keys: &Keys, title: &str) -> Option<String> {
        if keys.url.is_some() {
            return None;
        }
        let name = keys.name.as_ref()?;
        let mut number = 1;
        let mut next = name.clone();
        while let Some(file) = self.names.get(&Key::of_name(&next)) {
            let is_its = |its: &String| title.is_empty() || *its == title;
            if self.nameless.get(file).is_some_and(is_its) && !self.taken.contains(file) {
                return Some(file.clone());
            }
            number += 1;
            next = name.with_suffix(number);
        }
        None
    }
}
