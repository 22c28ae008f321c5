//! Bytes that are kept on the disk for the time of a run, in a file without a name: nothing of it stays.

use std::{fs::File, io};

use crate::aside::Aside;

/// A file that nobody else can open, in the system's folder for such files. It is made when something is put there.
#[derive(Debug, Default)]
pub(crate) struct Unnamed {
    #[cfg(unix)]
    file: Option<File>,
    /// To read here is to stand there.
    #[cfg(not(unix))]
    file: std::sync::Mutex<Option<File>>,
}

#[cfg(unix)]
impl Aside for Unnamed {
    fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        use std::os::unix::fs::FileExt;
        let file = match self.file.take() {
            Some(file) => file,
            None => tempfile::tempfile()?,
        };
        self.file.insert(file).write_all_at(bytes, at)
    }

    fn read(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
        use std::os::unix::fs::FileExt;
        self.file.as_ref().ok_or(io::ErrorKind::NotFound)?.read_exact_at(into, at)
    }
}

#[cfg(not(unix))]
impl Aside for Unnamed {
    fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        use io::{Seek, Write};
        let place = self.file.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
        let file = match place.take() {
            Some(file) => file,
            None => tempfile::tempfile()?,
        };
        let file = place.insert(file);
        file.seek(io::SeekFrom::Start(at))?;
        file.write_all(bytes)
    }

    fn read(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
        use io::{Read, Seek};
        let mut place = self.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let file = place.as_mut().ok_or(io::ErrorKind::NotFound)?;
        file.seek(io::SeekFrom::Start(at))?;
        file.read_exact(into)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_from_any_place() {
        let mut file = Unnamed::default();
        file.write(0, b"snow").unwrap();
        file.write(4, b"drift").unwrap();
        let mut bytes = [0; 6];
        assert!(Unnamed::default().read(0, &mut bytes).is_err());
        file.read(2, &mut bytes).unwrap();
        assert_eq!(&bytes, b"owdrif");
        assert!(file.read(4, &mut bytes).is_err());
    }
}
