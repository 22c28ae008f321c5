//! JSON Feed: versions 1.0 and 1.1 read, and what means to be one; version 1.1 written.

mod apart;
mod read;
mod write;

use super::{Body, Format, Probe, Shape, Target};
use crate::syntax::json::{Json, Token};

pub(super) const FORMAT: Format = Format {
    name: "json-feed",
    aliases: &["jsonfeed", "json"],
    about: "JSON Feed 1.0 and 1.1",
    extensions: &["json", "jsonfeed"],
    sniff,
    read: Some(|read, options| Box::new(read::JsonFeedReader::new(read, options))),
    watch: None,
    gather: None,
    is_export: false,
    write: Some(|options| Box::new(write::JsonFeedWriter::new(options))),
    target: Target { shape: Shape::Feed, head_first: false, has_head: true, needs_id: true, body: Body::Html },
};

/// An object with a JSON Feed's version or its items; posts with a head in JSON are told by their name.
fn sniff(probe: &Probe<'_>) -> bool {
    if matches!(probe.extension, "md" | "markdown" | "mdx" | "html" | "htm" | "ndjson" | "jsonl") {
        return false;
    }
    let mut json = Json::empty(crate::limits::Limits::default(), true);
    json.load(probe.start.as_bytes(), 0, crate::lines::Position { line: 1, column: 1 });
    let (mut addresses, mut title) = (false, false);
    // What stands at the top, as far as the first bytes go.
    if json.next() != Ok(Token::ObjectStart) {
        return false;
    }
    while let Ok(Token::Key(key)) = json.next() {
        let key = key.to_owned();
        match &*key {
            "version" => match json.next() {
                Ok(Token::String(version)) if version.contains("jsonfeed.org/version") => return true,
                Ok(Token::ObjectStart | Token::ArrayStart) | Err(_) => return false,
                Ok(_) => {}
            },
            "items" => return matches!(json.peek(), Ok(Some(b'[')) | Err(_)),
            _ => {
                addresses |= matches!(&*key, "home_page_url" | "feed_url");
                title |= key == "title";
                if json.skip().is_err() {
                    break;
                }
            }
        }
    }
    addresses && title
}
