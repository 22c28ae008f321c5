//! Bytes to a document: which format, decoded, parsed.

use std::sync::Arc;

use super::Options;
use crate::{
    document::{Coding, Content, Document, Post},
    encoding,
    error::{Error, ErrorKind},
    finding::{Finding, Place},
    format::{self, Probe, ReadOptions},
    lines::Lines,
    syntax::{head, json, tree::Kind},
};

/// Endings of posts.
const POST_ENDINGS: &[&str] = &["md", "markdown", "mdx", "html", "htm"];

/// Bytes of a source that are looked at to tell its format.
const PROBE: usize = 8 << 10;

/// Reads a source. Its findings are those of encoding and syntax.
pub(super) fn read(name: &str, bytes: Vec<u8>, options: &Options) -> Result<Document, Error> {
    if bytes.len() > options.limits.kept {
        let message = crate::limits::Limits::message("bytes in one source", options.limits.kept, "kept");
        return Err(Error::new(ErrorKind::Limit, message).in_source(name));
    }
    let (text, coding, mut findings) = decode(name, bytes)?;
    let file = name.rsplit('/').next().unwrap_or(name);
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let content = if POST_ENDINGS.contains(&ending.as_str()) {
        post(&text, options, &mut findings)
    } else {
        let probe = Probe { start: &text[..text.floor_char_boundary(PROBE)], extension: &ending };
        match format::sniff(&probe) {
            Some(format) if format.name == "markdown" && ending != "json" => post(&text, options, &mut findings),
            Some(format) if format.name == "json-feed" => json_feed(name, &text, options, &mut findings)?,
            Some(format) if !matches!(format.name, "ndjson" | "markdown") => {
                feed(name, format, &text, options, &mut findings)?
            }
            _ if text.trim_start().starts_with("---") || text.trim_start().starts_with("+++") => {
                post(&text, options, &mut findings)
            }
            _ if ending == "json" => json_feed(name, &text, options, &mut findings)?,
            _ if text.trim().is_empty() => {
                return Err(Error::new(ErrorKind::Input, "the file is empty").in_source(name));
            }
            _ => return Err(neither(name)),
        }
    };
    let mut document = Document::new(name.to_owned(), text, coding, content, Arc::clone(&options.profile));
    document.surroundings = Arc::clone(&options.settings.surroundings);
    document.findings = findings;
    Ok(document)
}

fn post(text: &str, options: &Options, findings: &mut Vec<Finding>) -> Content {
    let split = head::split(text, &options.profile.fences);
    let broken = !split.findings.is_empty();
    findings.extend(split.findings);
    let Some(head) = split.head else {
        return if broken { Content::Broken } else { Content::Headless };
    };
    let (tree, found) = head::parse(text, &head, &options.limits);
    findings.extend(found);
    if tree.nodes.is_empty() { Content::Broken } else { Content::Post(Post { head, tree }) }
}

/// A JSON Feed: an object with the address of JSON Feed's version, or with items.
fn json_feed(name: &str, text: &str, options: &Options, findings: &mut Vec<Finding>) -> Result<Content, Error> {
    let start = &text[..text.floor_char_boundary(PROBE)];
    if !start.contains("jsonfeed.org") && !start.contains("\"items\"") {
        return Err(neither(name));
    }
    let (tree, found) = json::parse(text, 0..text.len(), &options.limits);
    findings.extend(found);
    Ok(match tree.nodes.first().map(|root| &root.kind) {
        Some(Kind::Map(_)) => Content::JsonFeed(tree),
        None => Content::Broken,
        Some(_) => {
            let message = "this is no JSON Feed: it must be an object";
            findings.push(Finding::error("wrong-type", message, Place::Source));
            Content::Broken
        }
    })
}

fn neither(name: &str) -> Error {
    Error::new(ErrorKind::Input, "this is neither a post nor a feed")
        .help("posts end in .md, .markdown, .mdx or .html; feeds are RSS, Atom or JSON Feed")
        .in_source(name)
}

/// Drains a feed's reader for what it finds wrong.
fn feed(
    name: &str,
    format: &'static format::Format,
    text: &str,
    options: &Options,
    findings: &mut Vec<Finding>,
) -> Result<Content, Error> {
    let Some(read) = format.read else {
        return Err(Error::new(ErrorKind::Input, "this format cannot be read").in_source(name));
    };
    let read_options = ReadOptions {
        name: name.to_owned(),
        encoding: Some("utf-8".to_owned()),
        base_url: None,
        repair: true,
        places: true,
        limits: options.limits.clone(),
        profile: Arc::clone(&options.profile),
    };
    let mut reader = read(Box::new(text.as_bytes()), &read_options);
    loop {
        let next = reader.next();
        findings.append(&mut reader.take_findings());
        match next {
            Ok(Some(_)) => {}
            Ok(None) => return Ok(Content::Feed(format.name)),
            // What is cut off is a finding already, with its place.
            Err(error) if error.kind == ErrorKind::Unreadable => {
                if !findings.iter().any(|finding| finding.code == "truncated") {
                    findings.push(unreadable(&error, text));
                }
                return Ok(Content::Feed(format.name));
            }
            Err(error) => return Err(error.in_source(name)),
        }
    }
}

/// The finding for a source whose rest cannot be read.
fn unreadable(error: &Error, text: &str) -> Finding {
    let place = match error.position {
        Some((line, column)) => {
            let lines = Lines::new(text);
            let line = line.clamp(1, lines.count());
            let inside = lines.line(text, line).char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at);
            let start = lines.start(line) + inside;
            Place::Bytes(start..start + text[start..].chars().next().map_or(0, char::len_utf8))
        }
        None => Place::Source,
    };
    let finding = Finding::error("unreadable-source", error.message.clone(), place);
    match &error.help {
        Some(help) => finding.help(help.clone()),
        None => finding,
    }
}

/// Text of bytes, how they were coded, and what is wrong with that.
pub(super) fn decode(name: &str, bytes: Vec<u8>) -> Result<(String, Coding, Vec<Finding>), Error> {
    let encoding::Decoded { text, encoding, bom, utf8, single_byte, mut findings } =
        encoding::decode(&bytes, None).map_err(|error| error.in_source(name))?;
    if text.contains('\0') && !text.trim_start().starts_with('<') {
        return Err(Error::new(ErrorKind::Input, "this is a binary file, no text").in_source(name));
    }
    let coding = match encoding {
        _ if utf8 && bom > 0 => Coding::Utf8Bom,
        _ if utf8 => Coding::Utf8,
        "UTF-16LE" | "UTF-16BE" => Coding::Utf16 { bom: bom > 0 },
        _ if single_byte => Coding::SingleByte,
        _ => Coding::Other,
    };
    // XML says what it is in; nothing else does.
    if matches!(coding, Coding::Utf16 { .. }) && !text.trim_start().starts_with('<') {
        let finding = Finding::warning("foreign-encoding", "this file is in UTF-16", Place::Source);
        findings.push(finding.help("generators expect UTF-8: save it as that"));
    }
    Ok((text, coding, findings))
}
