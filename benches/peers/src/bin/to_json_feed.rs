//! `to_json_feed rss|feed-rs FILE OUT`: a feed to JSON Feed as a program with that crate would do it: the whole feed
//! read, the fields that it gives copied, the whole written.

use std::{
    error::Error,
    fs::File,
    io::{BufReader, BufWriter, Write},
};

use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [library, from, to] = &arguments[..] else { return Err("usage: to_json_feed rss|feed-rs FILE OUT".into()) };
    let source = BufReader::new(File::open(from)?);
    let (title, items) = match library.as_str() {
        "rss" => with_rss(source)?,
        "feed-rs" => with_feed_rs(source)?,
        other => return Err(format!("there is no `{other}` here").into()),
    };
    let feed = json!({"version": "https://jsonfeed.org/version/1.1", "title": title, "items": items});
    let mut out = BufWriter::new(File::create(to)?);
    serde_json::to_writer_pretty(&mut out, &feed)?;
    out.flush()?;
    Ok(())
}

fn with_rss(source: BufReader<File>) -> Result<(String, Vec<Value>), Box<dyn Error>> {
    let channel = rss::Channel::read_from(source)?;
    let item = |item: &rss::Item| {
        let creators = item.dublin_core_ext().map(|dc| dc.creators().to_vec()).unwrap_or_default();
        let tags: Vec<&str> = item.categories().iter().map(rss::Category::name).collect();
        let files = item.enclosure().map(|file| json!({"url": file.url(), "mime_type": file.mime_type()}));
        json!({
            "id": item.guid().map(rss::Guid::value),
            "url": item.link(),
            "title": item.title(),
            "content_html": item.content().or(item.description()),
            "summary": item.content().and(item.description()),
            "date_published": item.pub_date(),
            "authors": creators.iter().map(|name| json!({"name": name})).collect::<Vec<_>>(),
            "tags": tags,
            "attachments": files.into_iter().collect::<Vec<_>>(),
        })
    };
    Ok((channel.title().to_owned(), channel.items().iter().map(item).collect()))
}

fn with_feed_rs(source: BufReader<File>) -> Result<(String, Vec<Value>), Box<dyn Error>> {
    let feed = feed_rs::parser::parse(source)?;
    let item = |entry: &feed_rs::model::Entry| {
        let text = |text: &Option<feed_rs::model::Text>| text.as_ref().map(|text| text.content.clone());
        json!({
            "id": entry.id,
            "url": entry.links.first().map(|link| link.href.clone()),
            "title": text(&entry.title),
            "content_html": entry.content.as_ref().and_then(|content| content.body.clone()),
            "summary": text(&entry.summary),
            "date_published": entry.published.map(|date| date.to_rfc3339()),
            "authors": entry.authors.iter().map(|author| json!({"name": author.name})).collect::<Vec<_>>(),
            "tags": entry.categories.iter().map(|tag| tag.term.clone()).collect::<Vec<_>>(),
        })
    };
    let title = feed.title.as_ref().map(|title| title.content.clone()).unwrap_or_default();
    Ok((title, feed.entries.iter().map(item).collect()))
}
