//! The entries of an index, close together: there is one for each post of a run until its end.

use std::{
    collections::{HashMap, HashSet},
    io,
    sync::Arc,
};

use super::{super::names::Names, Entry};
use crate::{
    aside::{Aside, Store},
    blocks::Blocks,
};

/// Entries by file.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Of each row its file; of rows of one file the last counts.
    files: Names,
    rows: Blocks<Row>,
    /// Numbers of rows in order of their files, those that count.
    order: Vec<u32>,
    /// How many rows there were when they were put in order.
    settled: usize,
    /// What rows hold.
    store: Store,
    /// Lists of keys: many posts share few.
    lists: Vec<Arc<[Arc<str>]>>,
    numbers: HashMap<Arc<[Arc<str>]>, u32>,
    names: HashSet<Arc<str>>,
}

/// Where an entry is in the store: the hashes of all, of the body and of the keys, eight bytes each; then the id.
#[derive(Debug, Clone, Copy)]
struct Row {
    at: u64,
    /// The number of its list of keys; [`Row::GONE`] for one that counts no more.
    list: u32,
    /// Bytes of its id; [`Row::NO_ID`] where there is none.
    id: u32,
}

impl Row {
    const NO_ID: u32 = u32::MAX;
    const GONE: u32 = u32::MAX;
}

/// An entry as it lies in the store.
#[derive(Debug)]
pub(super) struct Packed<'r> {
    keys: &'r [Arc<str>],
    hashes: &'r [[u8; 8]],
    /// The id, where there is one.
    pub(super) id: Option<&'r str>,
}

impl Packed<'_> {
    fn hash(&self, number: usize) -> u64 {
        self.hashes.get(number).map_or(0, |bytes| u64::from_le_bytes(*bytes))
    }

    /// The hash of all.
    pub(super) fn whole(&self) -> u64 {
        self.hash(0)
    }

    /// The hash of the body.
    pub(super) fn body(&self) -> u64 {
        self.hash(1)
    }

    /// The keys, in order, and the hashes of their values.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&Arc<str>, u64)> {
        self.keys.iter().enumerate().map(|(number, name)| (name, self.hash(number + 2)))
    }

    fn entry(&self) -> Entry {
        Entry {
            id: self.id.map(str::to_owned),
            whole: self.whole(),
            body: self.body(),
            keys: self.keys().map(|(name, hash)| (Arc::clone(name), hash)).collect(),
        }
    }
}

impl Rows {
    /// No rows yet; what they hold goes aside, where there is much.
    pub(super) fn new(aside: Option<Box<dyn Aside>>) -> Self {
        Rows { store: Store::new(aside), ..Rows::default() }
    }

    /// How many there are, those counted twice that were put since [`Rows::settle`] in place of others.
    pub(super) fn len(&self) -> usize {
        self.order.len() + self.rows.len() - self.settled
    }

    /// Puts the rows in order. Only those before are found.
    pub(super) fn settle(&mut self) {
        let Rows { files, rows, order, settled, .. } = self;
        order.extend(*settled as u32..rows.len() as u32);
        *settled = rows.len();
        // Most are in order already.
        order.sort_by_key(|&row| (files.get(row), row));
        let mut kept: Vec<u32> = Vec::with_capacity(order.len());
        for &row in &*order {
            if kept.last().is_some_and(|&last| files.get(last) == files.get(row)) {
                kept.pop();
            }
            kept.push(row);
        }
        kept.retain(|&row| rows[row as usize].list != Row::GONE);
        *order = kept;
    }

    fn find(&self, file: &str) -> Option<Row> {
        let at = self.order.binary_search_by(|&row| self.files.get(row).cmp(file)).ok()?;
        Some(self.rows[self.order[at] as usize]).filter(|row| row.list != Row::GONE)
    }

    pub(super) fn has(&self, file: &str) -> bool {
        self.find(file).is_some()
    }

    /// The entry of a file.
    pub(super) fn get(&self, file: &str) -> io::Result<Option<Entry>> {
        let Some(row) = self.find(file) else { return Ok(None) };
        Ok(Some(self.packed(row, &mut Vec::new())?.entry()))
    }

    /// Takes files and entries, in the order of files.
    pub(super) fn each(&self, take: &mut dyn FnMut(&str, &Packed<'_>) -> io::Result<()>) -> io::Result<()> {
        let mut bytes = Vec::new();
        let rows = self.order.iter().map(|&number| (self.files.get(number), self.rows[number as usize]));
        let mut there = rows.filter(|(_, row)| row.list != Row::GONE);
        there.try_for_each(|(file, row)| take(file, &self.packed(row, &mut bytes)?))
    }

    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(|&row| self.files.get(row))
    }

    /// Takes an entry out.
    pub(super) fn remove(&mut self, file: &str) -> io::Result<Option<Entry>> {
        let entry = self.get(file)?;
        if let Ok(at) = self.order.binary_search_by(|&row| self.files.get(row).cmp(file)) {
            self.rows[self.order[at] as usize].list = Row::GONE;
        }
        Ok(entry)
    }

    /// Puts an entry, its keys in order.
    pub(super) fn insert(&mut self, file: &str, mut entry: Entry) {
        entry.keys.sort();
        let hashes = [entry.whole, entry.body].into_iter().chain(entry.keys.iter().map(|(_, hash)| *hash));
        let id = entry.id.as_deref();
        let mut bytes = Vec::with_capacity(8 * (2 + entry.keys.len()) + id.map_or(0, str::len));
        hashes.for_each(|hash| bytes.extend_from_slice(&hash.to_le_bytes()));
        bytes.extend_from_slice(id.unwrap_or_default().as_bytes());
        let id = id.map_or(Row::NO_ID, |id| id.len() as u32);
        let row = Row { at: self.store.add(&bytes), id, list: self.list(&entry) };
        self.files.push(file);
        self.rows.push(row);
    }

    /// The number of the list of an entry's keys.
    fn list(&mut self, entry: &Entry) -> u32 {
        let list: Vec<Arc<str>> = entry.keys.iter().map(|(name, _)| Arc::clone(name)).collect();
        if let Some(number) = self.numbers.get(&*list) {
            return *number;
        }
        let list: Arc<[Arc<str>]> = list.into_iter().map(|name| self.name(name)).collect();
        let number = self.lists.len() as u32;
        self.lists.push(Arc::clone(&list));
        self.numbers.insert(list, number);
        number
    }

    fn name(&mut self, name: Arc<str>) -> Arc<str> {
        if let Some(known) = self.names.get(&name) {
            return Arc::clone(known);
        }
        self.names.insert(Arc::clone(&name));
        name
    }

    /// Reads an entry into `bytes`.
    fn packed<'r>(&'r self, row: Row, bytes: &'r mut Vec<u8>) -> io::Result<Packed<'r>> {
        let keys = &*self.lists[row.list as usize];
        let hashes = 8 * (2 + keys.len());
        let id = if row.id == Row::NO_ID { 0 } else { row.id as usize };
        self.store.read(row.at, hashes + id, bytes)?;
        let (hashes, id) = bytes.split_at(hashes.min(bytes.len()));
        let id = if row.id == Row::NO_ID { None } else { std::str::from_utf8(id).ok() };
        Ok(Packed { keys, hashes: hashes.as_chunks::<8>().0, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_given_back_as_it_came() {
        let keys = |names: &[&str]| names.iter().zip(1..).map(|(name, hash)| (Arc::from(*name), hash)).collect();
        let entries = [
            Entry { id: Some("é1".to_owned()), whole: 1, body: u64::MAX, keys: keys(&["a", "b"]) },
            Entry { id: Some(String::new()), whole: 0, body: 2, keys: keys(&[]) },
            Entry { id: None, whole: 7, body: 3, keys: keys(&["a", "b"]) },
        ];
        let mut rows = Rows::default();
        let old = Entry { whole: 99, ..Entry::default() };
        rows.insert("1.md", old.clone());
        rows.settle();
        assert_eq!(rows.get("1.md").expect("memory is read"), Some(old));
        let numbered = entries.iter().enumerate().rev();
        numbered.for_each(|(at, entry)| rows.insert(&format!("{at}.md"), entry.clone()));
        rows.settle();
        for (at, entry) in entries.iter().enumerate() {
            assert_eq!(rows.get(&format!("{at}.md")).expect("memory is read").as_ref(), Some(entry));
        }
        assert_eq!((rows.lists.len(), rows.len()), (2, 3));
        let mut ids = Vec::new();
        let taken = rows.each(&mut |file, packed| {
            ids.push((file.to_owned(), packed.id.map(str::to_owned)));
            Ok(())
        });
        taken.expect("memory is read");
        let id = |file: &str, id: Option<&str>| (file.to_owned(), id.map(str::to_owned));
        assert_eq!(ids, [id("0.md", Some("é1")), id("1.md", Some("")), id("2.md", None)]);
        assert_eq!(rows.remove("2.md").expect("memory is read").as_ref(), Some(&entries[2]));
        assert!(!rows.has("2.md") && rows.has("1.md"));
        rows.insert("2.md", entries[0].clone());
        rows.settle();
        assert_eq!((rows.len(), rows.files().collect::<Vec<_>>()), (3, vec!["0.md", "1.md", "2.md"]));
        assert_eq!(rows.remove("0.md").expect("memory is read").as_ref(), Some(&entries[0]));
        rows.settle();
        assert_eq!(rows.len(), 2);
    }
}
