//! `plain_loop PACK FOLDER [--whole]`: writes the files of a pack into a folder, one after the other. It is what the
//! writing of posts cannot do without. With `--whole` no file is there in part, also after a power cut: each is written
//! under another name, thousands of them are brought to the disk at once and then get their names.
//!
//! A pack is for each file the lengths of its path and its text, four bytes each, the least first, and both.

use std::{
    env,
    error::Error,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// Files that are brought to the disk at once.
const AT_ONCE: usize = 4_096;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (pack, folder, whole) = match &*arguments {
        [pack, folder] => (pack, folder, false),
        [pack, folder, option] if option == "--whole" => (pack, folder, true),
        _ => return Err("plain_loop PACK FOLDER [--whole]".into()),
    };
    let pack = fs::read(pack)?;
    let mut rest = &*pack;
    let mut waiting = Vec::new();
    while let Some((head, more)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, e, f, g, h] = *head;
        let path_length = u32::from_le_bytes([a, b, c, d]) as usize;
        let (path, more) = more.split_at(path_length);
        let (text, more) = more.split_at(u32::from_le_bytes([e, f, g, h]) as usize);
        let path = Path::new(folder).join(std::str::from_utf8(path)?);
        fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
        if whole {
            let aside = path.with_file_name(format!(".{}.tmp", waiting.len()));
            fs::write(&aside, text)?;
            waiting.push((aside, path));
            if waiting.len() == AT_ONCE {
                settle(&mut waiting, folder)?;
            }
        } else {
            fs::write(path, text)?;
        }
        rest = more;
    }
    if whole { Ok(settle(&mut waiting, folder)?) } else { Ok(()) }
}

/// Brings the file system of the folder to the disk, and gives the files that wait their names.
fn settle(waiting: &mut Vec<(PathBuf, PathBuf)>, folder: &str) -> io::Result<()> {
    Command::new("sync").args(["--file-system", folder]).status()?;
    waiting.drain(..).try_for_each(|(aside, path)| fs::rename(aside, path))
}
