//! `pass xml|json FILE`: the least that a reader of the file must do. XML: every event of a buffered quick-xml reader;
//! JSON: every token, looked at and forgotten. Prints how many there were.

use std::{
    error::Error,
    fs::File,
    hint::black_box,
    io::BufReader,
};

use quick_xml::{Reader, events::Event};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, path] = &arguments[..] else { return Err("usage: pass xml|json FILE".into()) };
    if kind == "json" {
        let bytes = std::fs::read(path)?;
        let value: serde::de::IgnoredAny = serde_json::from_slice(&bytes)?;
        black_box(value);
        return Ok(());
    }
    let file = BufReader::with_capacity(64 << 10, File::open(path)?);
    let mut reader = Reader::from_reader(file);
    let (mut buffer, mut count) = (Vec::new(), 0_u64);
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Eof => break,
            event => drop(black_box(event)),
        }
        count += 1;
        buffer.clear();
    }
    println!("{count} events");
    Ok(())
}
