//! How long a conversion takes, as a multiple of a bare quick-xml pass over the same bytes in the same run.
//!
//! `cargo bench --bench convert` makes a feed of its own; `cargo bench --bench convert -- FILE` takes another.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::{
    fmt::Write as _,
    io::{BufReader, Read},
    sync::Arc,
    time::Instant,
};

use slugline::{
    convert::{self, Input, Options, Output},
    error::Error,
    format,
    profile::Profile,
};

/// An input that is read from memory, so that the disk is not measured.
struct Memory(Vec<u8>);

impl Input for Memory {
    fn name(&self) -> &str {
        "feed.xml"
    }

    fn start(&self, count: usize) -> Result<Vec<u8>, Error> {
        Ok(self.0[..count.min(self.0.len())].to_vec())
    }

    fn open(&self) -> Result<Box<dyn Read + '_>, Error> {
        Ok(Box::new(self.0.as_slice()))
    }
}

/// Counts bytes and forgets them.
#[derive(Default)]
struct Sink(usize);

impl Output for Sink {
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.0 += bytes.len();
        Ok(())
    }

    fn is_folder(&self) -> bool {
        false
    }

    fn existing(&self) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }

    fn read(&self, _name: &str) -> Result<Option<Vec<u8>>, Error> {
        Ok(None)
    }

    fn post(&mut self, _name: &str, _bytes: &[u8]) -> Result<(), Error> {
        Ok(())
    }
}

/// A feed of about `size` bytes: the same at every run.
fn feed(size: usize) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n<title>Bench</title>\n<link>https://example.org/</link>\n\
         <description>Made for measuring</description>\n",
    );
    let paragraph = "<p>Snow fell on the ridge &amp; the <em>harbour</em> stayed open, said the <a href=\"https://example.org/a?b=1&amp;c=2\">port</a>.</p>\n";
    for number in 0.. {
        if text.len() > size {
            break;
        }
        let _ = write!(
            text,
            "<item>\n<title>Report {number} &amp; more</title>\n<link>https://example.org/{number}</link>\n\
             <guid isPermaLink=\"false\">tag:example.org,2025:{number}</guid>\n<pubDate>Wed, 24 Sep 2025 03:17:09 +0000</pubDate>\n\
             <dc:creator>A. Writer</dc:creator>\n<category>weather</category>\n<description>Snow on the ridge.</description>\n\
             <content:encoded><![CDATA[{}]]></content:encoded>\n\
             <enclosure url=\"https://example.org/{number}.jpg\" length=\"{}\" type=\"image/jpeg\"/>\n</item>\n",
            paragraph.repeat(12),
            20_000 + number,
        );
    }
    text.push_str("</channel>\n</rss>\n");
    text
}

/// A bare pass: what reading XML costs at the least.
fn floor(bytes: &[u8]) -> usize {
    let mut reader = quick_xml::Reader::from_reader(BufReader::with_capacity(1 << 16, bytes));
    let (mut buffer, mut events) = (Vec::new(), 0);
    while !matches!(reader.read_event_into(&mut buffer).unwrap(), quick_xml::events::Event::Eof) {
        buffer.clear();
        events += 1;
    }
    events
}

/// The best of five, in seconds.
fn best(mut work: impl FnMut()) -> f64 {
    let times = (0..5).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    });
    times.fold(f64::MAX, f64::min)
}

fn main() {
    let named = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let bytes = named.map_or_else(|| feed(20_000_000).into_bytes(), |path| std::fs::read(path).unwrap());
    let megabytes = bytes.len() as f64 / 1e6;
    let unit = best(|| {
        std::hint::black_box(floor(&bytes));
    });
    println!("{:28} {:8.1} MB/s  1.00", "bare quick-xml pass", megabytes / unit);
    let input = Memory(bytes);
    for name in ["json-feed", "rss", "atom", "ndjson"] {
        let to = format::find(name).unwrap();
        let options = Options::new(to, Arc::new(Profile::built_in("hugo").unwrap()));
        let time = best(|| {
            let mut sink = Sink::default();
            convert::convert(&[&input], &mut sink, &options).unwrap();
            std::hint::black_box(sink.0);
        });
        println!("{:28} {:8.1} MB/s  {:.2}", format!("RSS to {name}"), megabytes / time, time / unit);
    }
}
