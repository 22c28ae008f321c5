//! `plain_loop PACK FOLDER`: writes the files of a pack into a folder, one after the other. It is what the writing of
//! posts cannot do without. A pack is for each file the lengths of its path and its text, four bytes each, the least
//! first, and both.

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [pack, folder] = &*arguments else { return Err("plain_loop PACK FOLDER".into()) };
    let pack = fs::read(pack)?;
    let mut rest = &*pack;
    while let Some((head, more)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, e, f, g, h] = *head;
        let path_length = u32::from_le_bytes([a, b, c, d]) as usize;
        let (path, more) = more.split_at(path_length);
        let (text, more) = more.split_at(u32::from_le_bytes([e, f, g, h]) as usize);
        let path = Path::new(folder).join(std::str::from_utf8(path)?);
        fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
        fs::write(path, text)?;
        rest = more;
    }
    Ok(())
}
