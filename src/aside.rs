//! Bytes that are too many to stand in memory: the last ones do, those before them lie aside where there is a place for
//! that. A migration keeps some hundred of them for each post and each picture of a site.

use std::io;

/// Bytes that are held in memory before they go aside together. A site of a few thousand posts has no more.
const HELD: usize = 1 << 20;

/// A place outside of memory for the time of a run.
pub trait Aside: Send + Sync {
    /// Puts bytes at a place: the end of those that are there.
    ///
    /// # Errors
    /// They do not fit; those before them are as they were.
    fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()>;

    /// Fills `into` with the bytes at a place.
    ///
    /// # Errors
    /// They cannot be read.
    fn read(&self, at: u64, into: &mut [u8]) -> io::Result<()>;
}

/// Bytes that are added at the end and read anywhere.
#[derive(Default)]
pub(crate) struct Store {
    aside: Option<Box<dyn Aside>>,
    /// How many are aside: those that came first.
    gone: u64,
    held: Vec<u8>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("gone", &self.gone).field("held", &self.held.len()).finish_non_exhaustive()
    }
}

impl Store {
    /// A store that puts there what is much; `None` for memory alone.
    pub(crate) fn new(aside: Option<Box<dyn Aside>>) -> Self {
        Store { aside, ..Store::default() }
    }

    /// How many bytes there are.
    pub(crate) fn len(&self) -> u64 {
        self.gone + self.held.len() as u64
    }

    /// Adds bytes. Gives where they are.
    pub(crate) fn add(&mut self, bytes: &[u8]) -> u64 {
        let at = self.len();
        self.held.extend_from_slice(bytes);
        if self.held.len() >= HELD
            && let Some(aside) = &mut self.aside
        {
            if aside.write(self.gone, &self.held).is_ok() {
                self.gone += self.held.len() as u64;
                self.held.clear();
            } else if self.gone == 0 {
                // There is no place: memory is what is left.
                self.aside = None;
            }
        }
        at
    }

    /// Reads `length` bytes into `bytes`, whose own go.
    ///
    /// # Errors
    /// Those that are aside cannot be read, or there are none at that place.
    pub(crate) fn read(&self, at: u64, length: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
        bytes.clear();
        if let Some(at) = at.checked_sub(self.gone) {
            let held = usize::try_from(at).ok().and_then(|at| self.held.get(at..at.checked_add(length)?));
            bytes.extend_from_slice(held.ok_or(io::ErrorKind::UnexpectedEof)?);
            return Ok(());
        }
        bytes.resize(length, 0);
        self.aside.as_ref().map_or(Err(io::ErrorKind::UnexpectedEof.into()), |aside| aside.read(at, bytes))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    /// Takes as many bytes as it has room for.
    struct Room {
        bytes: Arc<Mutex<Vec<u8>>>,
        most: usize,
    }

    impl Aside for Room {
        fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
            let mut room = self.bytes.lock().unwrap();
            assert_eq!(room.len() as u64, at);
            if room.len() + bytes.len() > self.most {
                return Err(io::ErrorKind::StorageFull.into());
            }
            room.extend_from_slice(bytes);
            Ok(())
        }

        fn read(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
            let at = usize::try_from(at).unwrap();
            into.copy_from_slice(&self.bytes.lock().unwrap()[at..at + into.len()]);
            Ok(())
        }
    }

    /// Adds rows of 0, 1, 2, … bytes, far more than are held, and reads them all.
    fn filled(mut store: Store) -> Store {
        let row = |number: usize| vec![(number % 251) as u8; number % 4_000];
        let places: Vec<u64> = (0..3_000).map(|number| store.add(&row(number))).collect();
        let mut bytes = b"before".to_vec();
        for (number, at) in places.into_iter().enumerate() {
            store.read(at, row(number).len(), &mut bytes).unwrap();
            assert_eq!(bytes, row(number), "{number}");
        }
        assert!(store.read(store.len(), 1, &mut bytes).is_err());
        store
    }

    fn within(most: usize) -> Store {
        filled(Store::new(Some(Box::new(Room { bytes: Arc::default(), most }))))
    }

    #[test]
    fn bytes_are_read_where_they_are() {
        let store = within(usize::MAX);
        assert!(store.gone > 3 << 20 && store.held.len() < HELD, "{store:?}");
        assert_eq!(filled(Store::default()).gone, 0);
    }

    #[test]
    fn where_there_is_no_more_room_they_stay() {
        let store = within(3 << 20);
        assert!(store.gone > 1 << 20 && store.held.len() > 1 << 20, "{store:?}");
        assert_eq!(within(10).gone, 0);
    }
}
