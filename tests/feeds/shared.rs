//! Feeds of public test suites, where they are at hand: each goes through every format and comes back as it was, less
//! what was told as lost; a second time nothing changes.

use std::{
    fs,
    sync::{Arc, LazyLock},
};

use slugline::{
    convert::{
        self, Options, Summary,
        memory::{Bytes, Memory},
        plan::SameName,
    },
    error::ErrorKind,
    finding::Severity,
    format::{self, Body, Format, Keep, Part, Shape},
    model::{Item, Source, Text, TextKind},
    profile::Profile,
    reference,
    syntax::html,
};

use super::{
    difference,
    hub::Hub,
    support::{below, oracle},
};

fn options(to: &'static Format) -> Options {
    static HUGO: LazyLock<Arc<Profile>> = LazyLock::new(|| Arc::new(Profile::built_in("hugo").unwrap()));
    let mut options = Options::new(to, Arc::clone(&HUGO));
    options.drafts = true;
    options.same_name = SameName::Suffix;
    options.body = Some(Body::Keep);
    options.write.extra = Keep::All;
    options
}

fn run(input: &Bytes, options: &Options) -> (Memory, Summary) {
    let mut memory = Memory { is_folder: options.to.target.shape == Shape::Posts, ..Memory::default() };
    let summary = convert::convert(&[input], &mut memory, options).unwrap();
    (memory, summary)
}

/// What a source says, as far as it can be read.
fn read(input: &Bytes) -> Option<Hub> {
    let options = options(format::find("rss").unwrap());
    let mut read = options.read.clone();
    read.name.clone_from(&input.name);
    let format = convert::identify_one(&input.name, &input.bytes, &read).ok()?;
    let decoder = slugline::encoding::Decoder::new(&*input.bytes, None);
    let mut reader = format.read.unwrap()(Box::new(decoder), &read);
    let mut hub = Hub::default();
    while let Ok(Some(part)) = reader.next() {
        match part {
            Part::Head(feed) => hub.feed = feed,
            Part::Item(item) => hub.items.push(*item),
            Part::Late(feed) => hub.late = Some(feed),
            _ => {}
        }
    }
    Some(hub.settled())
}

/// Spells addresses and languages in both hubs as the conductor has them spelt, and leaves out of both what was told as lost, and out of the second what its format requires and the first has not.
fn forgive(before: &mut Hub, after: &mut Hub, summary: &Summary) {
    for hub in [&mut *before, &mut *after] {
        convert::mend::feed(&mut hub.feed);
        hub.items.iter_mut().for_each(convert::mend::item);
    }
    let lost: Vec<&str> = summary.losses.kinds.keys().map(|(field, _)| field.as_ref()).collect();
    macro_rules! fields {
        ($one:expr, $other:expr, $($field:ident)*) => { $(
            if lost.iter().any(|lost| *lost == stringify!($field)) {
                $one.$field = Default::default();
                $other.$field = Default::default();
            }
        )* };
    }
    fields!(before.feed, after.feed, title home_page_url description updated published rights icon extra);
    macro_rules! made_up {
        ($one:expr, $other:expr, $($field:ident)*) => { $( if $one.$field.is_none() { $other.$field = None; } )* };
    }
    made_up!(before.feed, after.feed, title home_page_url updated description id);
    if before.feed.authors.is_empty() {
        after.feed.authors.clear();
    }
    for (old, new) in before.items.iter_mut().zip(&mut after.items) {
        fields!(old, new, title summary content updated published rights extra content_text source);
        made_up!(old, new, id updated);
        // What its reader could not make absolute yet, the conductor did.
        for (old, new) in [
            (&old.url, &mut new.url),
            (&old.external_url, &mut new.external_url),
            (&old.image, &mut new.image),
            (&old.comments_url, &mut new.comments_url),
        ] {
            if old.as_ref().is_some_and(|url| !reference::is_absolute(url)) {
                new.clone_from(old);
            }
        }
        for (old, new) in old.attachments.iter().zip(&mut new.attachments) {
            if !reference::is_absolute(&old.url) {
                new.url.clone_from(&old.url);
            }
        }
    }
}

#[test]
fn feeds_of_public_suites_go_through_every_format_unchanged() {
    let Some(folder) = oracle() else { return };
    let (mut wrong, mut checked) = (Vec::new(), 0);
    for path in below(&folder.join("feeds"), |_| true) {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        if name.ends_with("expected.jsonl") {
            continue;
        }
        let input = Bytes { name: name.clone(), bytes: fs::read(&path).unwrap() };
        let Some(before) = read(&input) else { continue };
        for to in ["rss", "rss1", "atom", "json-feed"] {
            let to = format::find(to).unwrap();
            let (memory, summary) = run(&input, &options(to));
            if memory.stream.is_empty() {
                assert!(!summary.errors.is_empty(), "{name} to {}: nothing was written, and no word on it", to.name);
                continue;
            }
            let middle = Bytes { name: format!("x.{}", to.extensions[0]), bytes: memory.stream };
            let (mut old, mut new) = (before.clone(), read(&middle).unwrap_or_default());
            forgive(&mut old, &mut new, &summary);
            if old.shown() != new.shown() {
                wrong.push(format!("{name} to {}: {}", to.name, difference(&old, &new)));
            }
            let (twice, again) = run(&middle, &options(to));
            if twice.stream != middle.bytes {
                wrong.push(format!("{name} to {}: a second round changes it {:?}", to.name, again.errors));
            }
            checked += 1;
        }
    }
    assert!(checked > 1_000, "only {checked} round trips");
    assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
}

/// RSS → JSON Feed → Atom → RSS 1.0 → RSS: what the last one says is what the first one did.
#[test]
fn feeds_of_public_suites_go_through_all_formats_in_a_row() {
    let Some(folder) = oracle() else { return };
    let (mut wrong, mut checked) = (Vec::new(), 0);
    for path in below(&folder.join("feeds"), |_| true) {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        let first = Bytes { name: name.clone(), bytes: fs::read(&path).unwrap() };
        let Some(before) = read(&first).filter(|_| !name.ends_with("expected.jsonl")) else { continue };
        let (mut now, mut losses) = (first, Summary::default());
        for to in ["json-feed", "atom", "rss1", "rss"] {
            let to = format::find(to).unwrap();
            let (memory, summary) = run(&now, &options(to));
            losses.losses.kinds.extend(summary.losses.kinds);
            now = Bytes { name: format!("x.{}", to.extensions[0]), bytes: memory.stream };
        }
        if now.bytes.is_empty() {
            continue;
        }
        let (mut old, mut new) = (before.clone(), read(&now).unwrap_or_default());
        forgive(&mut old, &mut new, &losses);
        if old.shown() != new.shown() {
            wrong.push(format!("{name}: {}", difference(&old, &new)));
        }
        checked += 1;
    }
    assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Feed → posts → feed: with everything kept, what has a key of the profile or is kept under `_slugline` comes back.
#[test]
fn feeds_of_public_suites_become_posts_and_come_back() {
    let Some(folder) = oracle() else { return };
    let markdown = format::find("markdown").unwrap();
    let (mut wrong, mut checked) = (Vec::new(), 0);
    for path in below(&folder.join("feeds"), |_| true) {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        let first = Bytes { name: name.clone(), bytes: fs::read(&path).unwrap() };
        let Some(before) = read(&first).filter(|_| !name.ends_with("expected.jsonl")) else { continue };
        let (memory, summary) = run(&first, &options(markdown));
        let mut after = Hub { feed: before.feed.clone(), ..Hub::default() };
        for (file, _) in &memory.fates {
            let bytes = memory.files[file.as_str()].clone();
            after.items.extend(read(&Bytes { name: file.clone(), bytes }).unwrap_or_default().items);
        }
        if after.items.len() != before.items.len() {
            wrong.push(format!("{name}: {} items, {} posts", before.items.len(), after.items.len()));
            continue;
        }
        let (mut old, mut new) = (before.clone(), after);
        forgive(&mut old, &mut new, &summary);
        for (old, new) in old.items.iter_mut().zip(&mut new.items) {
            as_post(old, new);
        }
        if old.shown() != new.shown() {
            wrong.push(format!("{name}: {}", difference(&old, &new)));
        }
        checked += 1;
    }
    assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
}

/// What a post has for its own: a slug, a title and a date in any case, a body that is Markdown by its name, and text
/// without markup in its head.
fn as_post(old: &mut Item, new: &mut Item) {
    new.slug.clone_from(&old.slug);
    if old.title.is_none() {
        new.title = None;
    }
    if old.published.is_none() {
        new.published = None;
    }
    if old.source.as_ref().is_none_or(|source| source.url.is_none())
        && let Some(source) = &mut new.source
    {
        source.url = None;
    }
    if new.source == Some(Source::default()) {
        new.source = None;
    }
    for item in [old, new] {
        for text in [&mut item.title, &mut item.summary, &mut item.rights].into_iter().flatten() {
            let plain = match text.kind {
                TextKind::Html | TextKind::Xhtml => html::to_text(&text.value),
                _ => text.value.clone(),
            };
            *text = Text::plain(plain.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        if let Some(content) = &mut item.content {
            *content = Text::plain(content.value.trim());
        }
    }
}

/// Codes of what is mended while XML is read; without repairs each of them stops the reading.
const REPAIRS: &[&str] = &[
    "control-character",
    "duplicate-attribute",
    "external-entity",
    "malformed-xml",
    "mismatched-tag",
    "stray-markup",
    "truncated",
    "undeclared-prefix",
    "undefined-entity",
];

#[test]
fn a_named_format_reads_as_the_sniffed_one_and_no_repair_refuses_what_is_broken() {
    let Some(folder) = oracle() else { return };
    let json = format::find("json-feed").unwrap();
    let (mut wrong, mut refused) = (Vec::new(), 0);
    for path in below(&folder, |_| true).iter().filter(|path| path.extension().is_some_and(|ending| ending == "xml")) {
        let input = Bytes { name: path.display().to_string(), bytes: fs::read(path).unwrap() };
        let mut options = options(json);
        let Ok(format) = convert::identify_one(&input.name, &input.bytes, &options.read) else { continue };
        if !["rss", "rss1", "atom"].contains(&format.name) {
            continue;
        }
        let (sniffed, summary) = run(&input, &options);
        for name in ["rss", "rss1", "atom"] {
            options.from = format::find(name);
            if run(&input, &options).0.stream != sniffed.stream {
                wrong.push(format!("{}: differs with --from {name}", input.name));
            }
        }
        options.read.repair = false;
        let mended =
            summary.findings.iter().find(|(_, f)| REPAIRS.contains(&&*f.code) && f.severity == Severity::Error);
        let (_, strict) = run(&input, &options);
        match mended {
            Some(_) if !strict.errors.is_empty() => refused += 1,
            Some((_, finding)) => wrong.push(format!("{}: not refused though {}", input.name, finding.message)),
            None if !strict.errors.is_empty() && summary.errors.is_empty() => {
                wrong.push(format!("{}: refused without a word before: {}", input.name, strict.errors[0]));
            }
            None => {}
        }
    }
    assert!(refused > 100, "only {refused} were refused");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Whatever it is: it is converted to every format, or told to be none that is known.
#[test]
fn files_of_public_suites_are_converted_without_a_panic() {
    let Some(folder) = oracle() else { return };
    let mut files = below(&folder, |_| true);
    // The feeds have gone through every format above.
    files
        .retain(|path| path.extension().is_none_or(|ending| ending != "xz") && !path.starts_with(folder.join("feeds")));
    for path in &files {
        let bytes = fs::read(path).unwrap();
        let input = Bytes { name: path.file_name().unwrap().to_string_lossy().into_owned(), bytes };
        for to in format::FORMATS.iter().filter(|format| format.write.is_some()) {
            let (_, summary) = run(&input, &options(to));
            assert!(summary.errors.iter().all(|error| error.kind != ErrorKind::Internal), "{}", path.display());
        }
    }
}
