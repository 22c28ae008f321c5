//! What was imported last into a folder of posts: a hash of each key's value and of the body, by file. It tells what was
//! changed by hand since, and what changed at the source.
//!
//! It is one small file beside the posts, so that heads stay as their generator has them:
//!
//! ```text
//! {"slugline-index":1}
//! {"file":"snow.md","id":"https://example.org/snow","whole":"9a…","body":"f2…","keys":{"date":"07…","title":"c1…"}}
//! ```
//!
//! A line a post in the order of file names, so that it is the same whatever the order of a run, and two branches of a
//! site merge. `id` is the item's id, else its link: a post that was renamed by hand is found by it. `whole` is the hash
//! of the post as it would have been written, by which most posts need no second look. Hashes are MurmurHash64A: no
//! secret, only the same everywhere.

mod rows;

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
    io::{self, BufRead, BufReader},
    sync::Arc,
};

use serde::Deserialize;

use self::rows::Rows;
use super::Output;
use crate::{
    error::{Error, ErrorKind},
    hash::{Fnv, murmur},
    head_edit::Parts,
    profile::Profile,
    syntax::tree::{Kind, NodeId, Tree, pointer_step},
};

/// The name of the file, in the folder of the posts. Generators and `check` pass over names that begin with a dot.
pub const NAME: &str = ".slugline-index.ndjson";

/// Bytes of it that are read at once.
const PIECE: usize = 64 << 10;

/// The version of its shape.
const VERSION: u64 = 1;

/// Posts after which what is known so far is written down, at the least: as many as come to the disk at once.
const CHECKPOINT: usize = 4_096;

/// What was imported last into one post.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// The item's id, else its link.
    pub id: Option<String>,
    /// The hash of the post as it would have been written.
    pub whole: u64,
    /// The hash of the body.
    pub body: u64,
    /// The hash of each value, by its key, in order; a key in a mapping of the profile's is `extra/link`.
    pub keys: Vec<(Arc<str>, u64)>,
}

/// What was imported last into the posts of a folder.
#[derive(Debug, Default)]
pub struct Index {
    entries: Rows,
    /// What was said of the file that could not be read.
    pub notes: Vec<String>,
    /// What stands in the folder.
    stands: Option<Sum>,
    /// Posts since it was written.
    waiting: usize,
}

/// The length and the hash of bytes that come in pieces of any length: in place of many bytes, of which only equality
/// counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    length: usize,
    hash: Fnv,
}

impl Sum {
    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut sum = Sum::default();
        sum.add(bytes);
        sum
    }

    /// Adds the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.length += bytes.len();
        self.hash.add(bytes);
    }
}

impl io::Write for Sum {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A line of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'l> {
    file: Cow<'l, str>,
    #[serde(default)]
    id: Option<Cow<'l, str>>,
    whole: Hex,
    body: Hex,
    keys: BTreeMap<Cow<'l, str>, Hex>,
}

/// Sixteen digits.
#[derive(Clone, Copy)]
struct Hex(u64);

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        u64::from_str_radix(&text, 16).map(Hex).map_err(serde::de::Error::custom)
    }
}

impl Index {
    /// Reads the file of the folder. Lines that cannot be read are told in [`Index::notes`], and what they knew is
    /// unknown.
    ///
    /// # Errors
    /// A file that is none, cannot be read, or was written by a newer slugline.
    pub fn read(output: &dyn Output) -> Result<Self, Error> {
        let mut index = Index { entries: Rows::new(output.aside()), ..Index::default() };
        let Some(bytes) = output.index()? else { return Ok(index) };
        let (mut bytes, mut line, mut sum) = (BufReader::with_capacity(PIECE, bytes), Vec::new(), Sum::default());
        let failed = |error| Error::new(ErrorKind::Input, format!("cannot be read: {error}")).in_source(NAME);
        let (mut number, mut bad, mut first) = (0, 0, 0);
        loop {
            line.clear();
            if bytes.read_until(b'\n', &mut line).map_err(failed)? == 0 {
                break;
            }
            sum.add(&line);
            number += 1;
            let line = line.strip_suffix(b"\n").unwrap_or(&line);
            if line.is_empty() {
                continue;
            }
            if let Some(version) = version(line) {
                if version > VERSION {
                    let message = format!("was written by a newer slugline (version {version} of its shape)");
                    return Err(Error::new(ErrorKind::Config, message)
                        .help("update slugline, or delete the file: what differs then counts as changed by hand, once")
                        .in_source(NAME));
                }
                continue;
            }
            match serde_json::from_slice::<Line<'_>>(line) {
                Ok(line) => index.take(line),
                Err(_) => {
                    bad += 1;
                    first = if bad == 1 { number } else { first };
                }
            }
        }
        if bad > 0 {
            let lines = if bad == 1 { format!("line {first}") } else { format!("{bad} lines, from line {first} on,") };
            index.notes.push(format!(
                "{lines} of {NAME} cannot be read: what differs in those posts counts as changed by hand"
            ));
        }
        index.stands = Some(sum);
        index.entries.settle();
        Ok(index)
    }

    fn take(&mut self, line: Line<'_>) {
        let keys = line.keys.into_iter().map(|(name, Hex(hash))| (Arc::from(&*name), hash)).collect();
        let id = line.id.map(Cow::into_owned);
        let entry = Entry { id, whole: line.whole.0, body: line.body.0, keys };
        self.entries.insert(&line.file, entry);
    }

    /// What was imported last into that file, if it was that item's. What this run set is not asked for: a file is one
    /// item's.
    ///
    /// # Errors
    /// What is kept aside cannot be read.
    pub fn get(&self, file: &str, id: Option<&str>) -> Result<Option<Entry>, Error> {
        Ok(self.entries.get(file).map_err(unreadable)?.filter(|entry| entry.id.as_deref() == id))
    }

    /// Takes ids or links of items, each with its file.
    ///
    /// # Errors
    /// As of [`Index::get`].
    pub fn each_id(&self, take: &mut dyn FnMut(&str, &str)) -> Result<(), Error> {
        let each = self.entries.each(&mut |file, packed| {
            packed.id.into_iter().for_each(|id| take(id, file));
            Ok(())
        });
        each.map_err(unreadable)
    }

    /// Follows posts that were moved by hand, and forgets those that are gone. `is_there` tells which files are there,
    /// `files_of` those of an id or link.
    ///
    /// # Errors
    /// As of [`Index::get`].
    pub fn settle(
        &mut self,
        is_there: impl Fn(&str) -> bool,
        files_of: impl Fn(&str) -> Vec<String>,
    ) -> Result<(), Error> {
        let gone: Vec<String> = self.entries.files().filter(|file| !is_there(file)).map(str::to_owned).collect();
        let mut followed = HashSet::new();
        for file in gone {
            let Some(entry) = self.entries.remove(&file).map_err(unreadable)? else { continue };
            let files = entry.id.as_deref().map(&files_of).unwrap_or_default();
            if let Some(file) = files.into_iter().find(|file| !self.entries.has(file) && !followed.contains(file)) {
                self.entries.insert(&file, entry);
                followed.insert(file);
            }
        }
        self.entries.settle();
        Ok(())
    }

    /// Takes down what was imported into a file.
    pub fn set(&mut self, file: &str, entry: Entry) {
        self.entries.insert(file, entry);
        self.waiting += 1;
    }

    /// Writes what is known so far, now and then: a run that is interrupted is resumed from there. Never more bytes in
    /// all than some times those of the last.
    pub fn checkpoint(&mut self, output: &mut dyn Output) -> Result<(), Error> {
        if self.waiting >= CHECKPOINT.max(self.entries.len() * 2 / 3) { self.write(output) } else { Ok(()) }
    }

    /// Writes it, unless it stands there already.
    pub fn write(&mut self, output: &mut dyn Output) -> Result<(), Error> {
        self.waiting = 0;
        self.entries.settle();
        if self.entries.len() == 0 && self.stands.is_none() {
            return Ok(());
        }
        let mut sum = Sum::default();
        if self.stands.is_some() {
            let failed = |error| Error::new(ErrorKind::Internal, format!("the index cannot be written: {error}"));
            self.lines(&mut sum).map_err(failed)?;
            if self.stands == Some(sum) {
                return Ok(());
            }
        }
        output.put_index(self.stands, &mut |out| {
            sum = Sum::default();
            self.lines(&mut Both { out, sum: &mut sum })
        })?;
        self.stands = Some(sum);
        Ok(())
    }

    /// Writes its lines.
    fn lines(&self, out: &mut dyn io::Write) -> io::Result<()> {
        writeln!(out, "{{\"slugline-index\":{VERSION}}}")?;
        let mut line = Vec::new();
        self.entries.each(&mut |file, entry| {
            line.clear();
            line.extend_from_slice(b"{\"file\":");
            serde_json::to_writer(&mut line, file)?;
            if let Some(id) = entry.id {
                line.extend_from_slice(b",\"id\":");
                serde_json::to_writer(&mut line, id)?;
            }
            for (name, hash) in [("whole", entry.whole()), ("body", entry.body())] {
                line.extend_from_slice(b",\"");
                line.extend_from_slice(name.as_bytes());
                push_hash(hash, &mut line);
            }
            line.extend_from_slice(b",\"keys\":{");
            for (number, (name, hash)) in entry.keys().enumerate() {
                line.extend_from_slice(if number == 0 { b"" } else { b"," });
                serde_json::to_writer(&mut line, &**name)?;
                line.pop();
                push_hash(hash, &mut line);
            }
            line.extend_from_slice(b"}}\n");
            out.write_all(&line)
        })
    }
}

fn unreadable(error: io::Error) -> Error {
    Error::new(ErrorKind::Output, format!("what was imported cannot be read again: {error}"))
        .help("run again: what was written stands")
}

/// What ends a key of JSON, and sixteen digits.
fn push_hash(hash: u64, line: &mut Vec<u8>) {
    line.extend_from_slice(b"\":\"");
    line.extend(
        hash.to_be_bytes().iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|n| b"0123456789abcdef"[usize::from(n)]),
    );
    line.push(b'"');
}

/// Writes on, and adds to the sum.
struct Both<'b> {
    out: &'b mut dyn io::Write,
    sum: &'b mut Sum,
}

impl io::Write for Both<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.sum.add(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The version that the first line tells.
fn version(line: &[u8]) -> Option<u64> {
    let line: serde_json::Value =
        line.starts_with(b"{\"slugline-index\"").then(|| serde_json::from_slice(line).ok())??;
    line.get("slugline-index")?.as_u64()
}

/// What a post says, hashed; `whole` is of all its bytes.
pub fn entry(parts: &Parts<'_>, profile: &Profile, id: Option<&str>, bytes: &[u8]) -> Entry {
    let mut keys = Vec::with_capacity(parts.tree.entries().len());
    each(&parts.tree, profile, |group, key, id| {
        let key = pointer_step(key);
        let name = group.map_or_else(|| Arc::from(&*key), |group| format!("{}/{key}", pointer_step(group)).into());
        keys.push((name, of(&parts.tree, id)));
    });
    Entry { id: id.map(str::to_owned), whole: hash(bytes), body: body(parts), keys }
}

/// The name of a key in the file.
pub fn shown(path: &[String]) -> String {
    path.iter().map(|step| pointer_step(step)).collect::<Vec<_>>().join("/")
}

/// The hash of a body, blank lines around it aside: editors put them there.
pub fn body(parts: &Parts<'_>) -> u64 {
    let body = parts.body();
    let body = if body.contains('\r') { body.replace("\r\n", "\n").into() } else { Cow::Borrowed(body) };
    hash(body.trim_start_matches('\n').trim_end().as_bytes())
}

/// The hash of each value of a head. What stands in a mapping of the profile's counts by itself.
pub fn keys(tree: &Tree, profile: &Profile) -> HashMap<Vec<String>, u64> {
    let mut keys = HashMap::new();
    each(tree, profile, |group, key, id| {
        keys.insert(group.into_iter().chain([key]).map(str::to_owned).collect(), of(tree, id));
    });
    keys
}

/// Takes the values of a head, each with its key and the mapping that this stands in.
fn each<'t>(tree: &'t Tree, profile: &Profile, mut take: impl FnMut(Option<&'t str>, &'t str, NodeId)) {
    for entry in tree.entries() {
        match &tree.node(entry.value).kind {
            Kind::Map(inner) if !inner.is_empty() && profile.is_group(&entry.key) => {
                inner.iter().for_each(|key| take(Some(&entry.key), &key.key, key.value));
            }
            _ => take(None, &entry.key, entry.value),
        }
    }
}

/// The hash of a value: the same however it is written.
fn of(tree: &Tree, id: NodeId) -> u64 {
    match &tree.node(id).kind {
        // Most are text.
        Kind::String(text) => murmur(1, text.as_bytes()),
        _ => {
            let mut text = Vec::with_capacity(64);
            push_json(tree, id, &mut text);
            hash(&text)
        }
    }
}

/// Writes a value as JSON without blanks. Recurses no deeper than the parser's limit on depth.
fn push_json(tree: &Tree, id: NodeId, text: &mut Vec<u8>) {
    // Into memory nothing fails.
    let _ = match &tree.node(id).kind {
        Kind::String(string) => serde_json::to_writer(text, string.as_str()),
        Kind::List(items) => {
            text.push(b'[');
            for (number, &item) in items.iter().enumerate() {
                text.extend_from_slice(if number == 0 { b"" } else { b"," });
                push_json(tree, item, text);
            }
            text.push(b']');
            Ok(())
        }
        // Of a key that stands twice one counts.
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Map(_) => serde_json::to_writer(text, &tree.to_value(id)),
    };
}

/// The hash of a text, as the file has it.
pub fn hash(bytes: &[u8]) -> u64 {
    murmur(0, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{limits::Limits, syntax::yaml};

    #[test]
    fn a_value_is_written_as_json_is() {
        for text in ["[a, 'é \"b\"', [1, null, true], {k: [x], l: 2.50}]", "{a: 1, b: [\"\\n\"]}", "[]", "1.0", "~"] {
            let (tree, findings) = yaml::parse(text, 0..text.len(), &Limits::default());
            assert!(findings.is_empty(), "{text}: {findings:?}");
            let mut json = Vec::new();
            push_json(&tree, Tree::ROOT, &mut json);
            assert_eq!(String::from_utf8_lossy(&json), tree.to_value(Tree::ROOT).to_string(), "{text}");
        }
    }
}
