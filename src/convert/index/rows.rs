//! The entries of an index, close together: there is one for each post of a run until its end.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use super::Entry;

/// Entries by file.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: BTreeMap<Box<str>, Row>,
    /// Lists of keys: many posts share few.
    lists: Vec<Arc<[Arc<str>]>>,
    numbers: HashMap<Arc<[Arc<str>]>, u32>,
    names: HashSet<Arc<str>>,
}

/// An entry: the hashes of all, of the body and of the keys, eight bytes each; then the id, where there is one.
#[derive(Debug)]
struct Row {
    bytes: Box<[u8]>,
    /// The number of its list of keys, and whether there is an id.
    list: u32,
    has_id: bool,
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn has(&self, file: &str) -> bool {
        self.rows.contains_key(file)
    }

    /// The entry of a file, if its id is that one.
    pub(super) fn get(&self, file: &str, id: Option<&str>) -> Option<Entry> {
        self.rows.get(file).filter(|row| self.id(row) == id.map(str::as_bytes)).map(|row| self.entry(row))
    }

    /// Files and entries, in the order of files.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Entry)> {
        self.rows.iter().map(|(file, row)| (&**file, self.entry(row)))
    }

    /// Files and ids, where there are any.
    pub(super) fn ids(&self) -> impl Iterator<Item = (&str, &str)> {
        self.rows.iter().filter_map(|(file, row)| Some((std::str::from_utf8(self.id(row)?).ok()?, &**file)))
    }

    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(|file| &**file)
    }

    pub(super) fn remove(&mut self, file: &str) -> Option<Entry> {
        let row = self.rows.remove(file)?;
        Some(self.entry(&row))
    }

    /// Puts an entry, its keys in order.
    pub(super) fn insert(&mut self, file: &str, mut entry: Entry) {
        entry.keys.sort();
        let hashes = [entry.whole, entry.body].into_iter().chain(entry.keys.iter().map(|(_, hash)| *hash));
        let id = entry.id.as_deref();
        let mut bytes = Vec::with_capacity(8 * (2 + entry.keys.len()) + id.map_or(0, str::len));
        hashes.for_each(|hash| bytes.extend_from_slice(&hash.to_le_bytes()));
        bytes.extend_from_slice(id.unwrap_or_default().as_bytes());
        let row = Row { bytes: bytes.into(), has_id: id.is_some(), list: self.list(&entry) };
        match self.rows.get_mut(file) {
            Some(there) => *there = row,
            None => drop(self.rows.insert(file.into(), row)),
        }
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

    fn keys(&self, row: &Row) -> &[Arc<str>] {
        &self.lists[row.list as usize]
    }

    fn id<'r>(&self, row: &'r Row) -> Option<&'r [u8]> {
        row.has_id.then(|| &row.bytes[8 * (2 + self.keys(row).len())..])
    }

    fn entry(&self, row: &Row) -> Entry {
        let names = self.keys(row);
        let mut hashes = row.bytes.as_chunks::<8>().0.iter().map(|bytes| u64::from_le_bytes(*bytes));
        let mut hash = || hashes.next().unwrap_or_default();
        let (whole, body) = (hash(), hash());
        let keys = names.iter().map(|name| (Arc::clone(name), hash())).collect();
        let id = self.id(row).and_then(|id| std::str::from_utf8(id).ok()).map(str::to_owned);
        Entry { id, whole, body, keys }
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
        entries.iter().enumerate().for_each(|(at, entry)| rows.insert(&format!("{at}.md"), entry.clone()));
        for (at, entry) in entries.iter().enumerate() {
            assert_eq!(rows.get(&format!("{at}.md"), entry.id.as_deref()).as_ref(), Some(entry));
            assert_eq!(rows.get(&format!("{at}.md"), Some("other")), None);
        }
        assert_eq!(rows.lists.len(), 2);
        assert_eq!(rows.ids().collect::<Vec<_>>(), [("é1", "0.md"), ("", "1.md")]);
        assert_eq!(rows.remove("2.md").as_ref(), Some(&entries[2]));
        assert_eq!(rows.len(), 2);
    }
}
