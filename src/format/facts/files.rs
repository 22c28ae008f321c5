//! The files of a site, close together: an export of a gigabyte may hold a hundred thousand. What is said of them stands
//! one behind the other in one text, addresses without the folder that they share with the one before; ids are numbers.

use std::{
    hash::{BuildHasher, RandomState},
    io,
    sync::{LazyLock, OnceLock},
};

use super::File;
use crate::{
    aside::{Aside, Store},
    blocks::Blocks,
};

/// Files by their ids, and by the items that they were uploaded to.
#[derive(Debug, Default)]
pub struct Files {
    rows: Blocks<Row>,
    /// What is said of each: see [`Files::insert`].
    text: Store,
    /// Where the folder of the last address stands in the text, and the folder.
    folder: (u64, String),
    /// Made when somebody first asks.
    order: OnceLock<Order>,
    /// Why something of the text could not be read again.
    trouble: OnceLock<String>,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    id: u64,
    /// The item that it was uploaded to, or [`NOWHERE`].
    parent: u64,
    /// Where its text begins.
    start: u64,
}

/// The numbers of the rows, in order of ids and of parents, equal ones as they came.
#[derive(Debug)]
struct Order {
    by_id: Box<[u32]>,
    /// Of each id only the row that counts.
    by_parent: Box<[u32]>,
}

/// The parent of a file that was uploaded to no item.
const NOWHERE: u64 = u64::MAX;

impl Files {
    /// No files yet; what is said of them goes aside, where there is much.
    pub(crate) fn new(aside: Option<Box<dyn Aside>>) -> Self {
        Files { text: Store::new(aside), ..Files::default() }
    }

    /// Adds a file. Of two with one id the later one counts.
    ///
    /// Its text is: how far before it the folder of its address begins, or 0; with one, its length; the lengths of the
    /// rest of the address, of what stands for it and of the words under it, each of the last two with one more, or 0 for
    /// none; and these three.
    pub fn insert(&mut self, id: &str, parent: Option<&str>, file: &File) {
        let start = self.text.len();
        let length = file.url.rfind('/').map_or(0, |slash| slash + 1);
        let (folder, name) = file.url.split_at(length);
        let shares = length > 0 && self.folder.1 == folder;
        let mut text = Vec::with_capacity(64);
        let name = if shares {
            push_number((start - self.folder.0) as usize, &mut text);
            push_number(length, &mut text);
            name
        } else {
            push_number(0, &mut text);
            file.url.as_str()
        };
        let words = [&file.alternative, &file.caption];
        push_number(name.len(), &mut text);
        words.iter().for_each(|words| push_number(words.as_ref().map_or(0, |words| words.len() + 1), &mut text));
        if !shares {
            self.folder = (start + text.len() as u64, folder.to_owned());
        }
        text.extend_from_slice(name.as_bytes());
        words.into_iter().flatten().for_each(|words| text.extend_from_slice(words.as_bytes()));
        self.text.add(&text);
        self.rows.push(Row { id: key(id), parent: parent.map_or(NOWHERE, key), start });
        self.order = OnceLock::new();
    }

    /// Why something could not be read again since; nobody who asked for a file was told.
    pub(crate) fn trouble(&self) -> Option<&str> {
        self.trouble.get().map(String::as_str)
    }

    /// The file of that id.
    pub fn get(&self, id: &str) -> Option<File> {
        let id = key(id);
        let by_id = &self.order().by_id;
        let end = by_id.partition_point(|&row| self.rows[row as usize].id <= id);
        let &row = by_id[..end].last()?;
        if self.rows[row as usize].id == id { self.read(row) } else { None }
    }

    /// The number of the first file that was uploaded to an item, by which it is known that it has any.
    pub fn first_of(&self, item: &str) -> Option<usize> {
        self.rows_of(item).first().map(|&row| row as usize)
    }

    /// The files that were uploaded to an item, in the order of the source.
    pub fn of(&self, item: &str) -> impl Iterator<Item = File> {
        self.rows_of(item).iter().filter_map(|&row| self.read(row))
    }

    fn rows_of(&self, item: &str) -> &[u32] {
        let item = key(item);
        let by_parent = &self.order().by_parent;
        let parent = |row: &u32| self.rows[*row as usize].parent;
        let start = by_parent.partition_point(|row| parent(row) < item);
        let rows = &by_parent[start..];
        &rows[..rows.partition_point(|row| parent(row) == item)]
    }

    fn order(&self) -> &Order {
        self.order.get_or_init(|| {
            let all = 0..u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
            let ordered = |key: fn(&Row) -> u64, rows: Vec<u32>| {
                let mut rows = rows.into_boxed_slice();
                rows.sort_unstable_by_key(|&row| (key(&self.rows[row as usize]), row));
                rows
            };
            let by_id = ordered(|row| row.id, all.collect());
            let row = |at: usize| by_id.get(at).map(|&row| self.rows[row as usize]);
            // A split export may say a file again. Those without an id are no such files.
            let (mut uploaded, nameless) = (Vec::new(), key(""));
            for (at, &number) in by_id.iter().enumerate() {
                let Row { id, parent, .. } = self.rows[number as usize];
                let counts = id == nameless || row(at + 1).is_none_or(|next| next.id != id);
                if counts && parent != NOWHERE {
                    uploaded.push(number);
                }
            }
            Order { by_parent: ordered(|row| row.parent, uploaded), by_id }
        })
    }

    /// What is said of the file of a row.
    fn read(&self, row: u32) -> Option<File> {
        let row = row as usize;
        let start = self.rows.get(row)?.start;
        let end = self.rows.get(row + 1).map_or(self.text.len(), |next| next.start);
        let read = self.read_text(start, (end - start) as usize);
        read.map_err(|error| self.trouble.set(format!("cannot be read again: {error}"))).ok()
    }

    fn read_text(&self, start: u64, length: usize) -> io::Result<File> {
        let mut text = Vec::new();
        self.text.read(start, length, &mut text)?;
        let mut rest = &*text;
        let back = number(&mut rest);
        let mut folder = Vec::new();
        if back > 0 {
            self.text.read(start - back as u64, number(&mut rest), &mut folder)?;
        }
        let (name, alternative, caption) = (number(&mut rest), number(&mut rest), number(&mut rest));
        let mut piece = |length: usize| {
            let (piece, after) = rest.split_at(length.min(rest.len()));
            rest = after;
            String::from_utf8_lossy(piece).into_owned()
        };
        let name = piece(name);
        let mut words = |length: usize| length.checked_sub(1).map(&mut piece);
        let (alternative, caption) = (words(alternative), words(caption));
        Ok(File { url: [&*String::from_utf8_lossy(&folder), &name].concat(), alternative, caption })
    }
}

/// Writes a number: seven bits a byte, the low ones first.
fn push_number(mut number: usize, text: &mut Vec<u8>) {
    while number > 0x7f {
        text.push(number as u8 | 0x80);
        number >>= 7;
    }
    text.push(number as u8);
}

/// Takes a number off the beginning.
fn number(rest: &mut &[u8]) -> usize {
    let (mut number, mut shift) = (0, 0);
    while let Some((byte, after)) = rest.split_first() {
        *rest = after;
        number |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 || shift > 63 {
            break;
        }
    }
    number
}

/// An id as a number. Most are one; of any other it is a hash, with a seed that nobody knows, so that no two can be made
/// up that have the same.
fn key(id: &str) -> u64 {
    const OTHER: u64 = 1 << 63;
    static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    let is_number = (1..=18).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit()) && !id.starts_with('0');
    match id.parse() {
        Ok(number) if is_number => number,
        _ => (SEED.hash_one(id) | OTHER).min(NOWHERE - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(url: &str, alternative: Option<&str>, caption: Option<&str>) -> File {
        File { url: url.to_owned(), alternative: alternative.map(str::to_owned), caption: caption.map(str::to_owned) }
    }

    #[test]
    fn a_file_is_given_back_as_it_came() {
        let long = format!("https://a.example/{}/b.jpg", "é".repeat(300));
        let all = [
            ("1", None, file("https://a.example/2024/01/a.jpg", Some("A roof"), None)),
            ("2", Some("9"), file("https://a.example/2024/01/b.jpg", None, Some("Words"))),
            ("3", Some("8"), file("https://a.example/2024/02/c.jpg", Some(""), Some("é"))),
            ("x-4", Some("9"), file("https://a.example/2024/02/", None, None)),
            ("007", Some("9"), file("no-folder", None, None)),
            ("5", Some("x"), file("", None, None)),
            ("6", None, file(&long, Some("x"), None)),
            ("7", None, file(&long, Some("y"), None)),
        ];
        let mut files = Files::default();
        all.iter().for_each(|(id, parent, file)| files.insert(id, *parent, file));
        for (id, _, file) in &all {
            assert_eq!(files.get(id).as_ref(), Some(file), "{id}");
        }
        assert_eq!(files.get("4"), None);
        assert_eq!(files.get("7 "), None);
        assert_eq!(files.get(""), None);
        let of = |item: &str| files.of(item).map(|file| file.url).collect::<Vec<_>>();
        assert_eq!(of("9"), ["https://a.example/2024/01/b.jpg", "https://a.example/2024/02/", "no-folder"]);
        assert_eq!(of("x"), [""]);
        assert!(of("10").is_empty());
        assert_eq!((files.first_of("9"), files.first_of("10")), (Some(1), None));
    }

    #[test]
    fn the_last_of_an_id_counts() {
        let mut files = Files::default();
        files.insert("1", None, &file("a", None, None));
        assert_eq!(files.get("1").map(|file| file.url).as_deref(), Some("a"));
        files.insert("1", None, &file("b", None, None));
        assert_eq!(files.get("1").map(|file| file.url).as_deref(), Some("b"));
    }

    #[test]
    fn an_item_has_the_last_of_an_id_alone() {
        let mut files = Files::default();
        for (id, parent, url) in [
            ("5", Some("1"), "old.jpg"),
            ("6", Some("1"), "other.jpg"),
            ("5", Some("1"), "new.jpg"),
            ("7", Some("2"), "moved.jpg"),
            ("7", None, "moved.jpg"),
            ("", Some("3"), "a.jpg"),
            ("", Some("3"), "b.jpg"),
        ] {
            files.insert(id, parent, &file(url, None, None));
        }
        let of = |item: &str| files.of(item).map(|file| file.url).collect::<Vec<_>>();
        assert_eq!(of("1"), ["other.jpg", "new.jpg"]);
        assert!(of("2").is_empty() && files.first_of("2").is_none());
        assert_eq!(of("3"), ["a.jpg", "b.jpg"], "files without an id are not the same");
    }

    #[test]
    fn a_file_takes_little_more_than_its_name() {
        let mut files = Files::default();
        for number in 0..1000 {
            let url = format!("https://a.example/wp-content/uploads/2024/01/{number}.jpg");
            files.insert(&number.to_string(), Some("1"), &file(&url, None, None));
        }
        assert!(files.text.len() < 20_000, "{}", files.text.len());
    }
}
