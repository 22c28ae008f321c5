//! Which elements fill which field: told by reading an item that holds nothing else.

use std::{collections::BTreeMap, io::Cursor};

use slugline::{
    convert::Options,
    format::{self, Part},
    model::Item,
    profile::Profile,
    vocabulary::{TABLES, table::Table},
};

use super::{code, heading, probes, row};

/// What may stand in an element: a word, an address, a date, an answer.
const TEXTS: &[&str] = &[
    "markword",
    "https://mark.example/1",
    "2031-07-08T09:10:11Z",
    "Tue, 08 Jul 2031 09:10:11 +0200",
    "yes",
    "1:02:03",
];

/// What may stand in attributes, other than the kind of a link.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("url", "https://mark.example/1"),
    ("href", "https://mark.example/1"),
    ("src", "https://mark.example/1"),
    ("term", "markword"),
    ("text", "markword"),
    ("type", "audio/mpeg"),
];

const RELATIONS: &[&str] = &["alternate", "enclosure", "related", "replies", "via", "self"];

/// The formats whose items are tried, the table whose elements have no prefix there, and what is around an item.
const DIALECTS: &[(&str, &str, &str)] = &[
    ("rss", "rss", "<rss version=\"2.0\" NAMES><channel><item>INSIDE</item></channel></rss>"),
    ("atom", "atom", "<feed xmlns=\"http://www.w3.org/2005/Atom\" NAMES><entry>INSIDE</entry></feed>"),
];

/// The fields of an item that has something in them.
fn filled(dialect: &str, around: &str, table: &Table, inside: &str) -> Vec<&'static str> {
    let name = match table.uri {
        "" => String::new(),
        uri => format!("xmlns:{}=\"{uri}\"", table.prefix),
    };
    let text = around.replace("NAMES", &name).replace("INSIDE", inside);
    let format = format::find(dialect).unwrap();
    let options = Options::new(format, Profile::empty().into()).read;
    let mut reader = (format.read.unwrap())(Box::new(Cursor::new(text.into_bytes())), &options);
    while let Ok(Some(part)) = reader.next() {
        if let Part::Item(item) = part {
            return fields(&item);
        }
    }
    Vec::new()
}

/// The names of the fields that are not empty. A new field of the hub must be named here.
fn fields(item: &Item) -> Vec<&'static str> {
    macro_rules! names {
        ($($field:ident)*) => {{
            let empty = Item::default();
            let (mut all, mut names) = (vec!["extra"], Vec::new());
            $(
                all.push(stringify!($field));
                if item.$field != empty.$field {
                    names.push(stringify!($field));
                }
            )*
            let known = probes::names(&empty);
            assert!(known.iter().all(|name| all.contains(&name.as_str())), "{known:?}");
            names
        }};
    }
    names!(id url external_url title summary content content_text content_src published updated authors tags attachments
        image banner_image language source comments_url rights slug draft)
}

/// The ways in which an element may be written, and what each is called in the table.
fn ways(name: &str) -> Vec<(String, String)> {
    let attributes: String = ATTRIBUTES.iter().map(|(key, value)| format!(" {key}=\"{value}\"")).collect();
    let mut ways: Vec<(String, String)> = Vec::new();
    for text in TEXTS {
        ways.push((name.to_owned(), format!("<{name}>{text}</{name}>")));
    }
    if name.rsplit(':').next() == Some("link") {
        for relation in RELATIONS {
            let written = format!("<{name} rel=\"{relation}\" href=\"https://mark.example/1\" type=\"audio/mpeg\"/>");
            ways.push((format!("{name}[@rel='{relation}']"), written));
        }
    } else {
        ways.push((name.to_owned(), format!("<{name}{attributes}/>")));
    }
    ways
}

fn tried(table: &Table) -> bool {
    // Slugline's own elements say what `schemas/slugline.md` has; the rest are other documents' own.
    !["slugline", "opml", "rss1", "rss090", "rss091", "atom03", "xml"].contains(&table.prefix)
}

/// A row for each field, a column for each dialect.
pub(crate) fn table() -> String {
    let mut found: BTreeMap<&str, Vec<Vec<String>>> = BTreeMap::new();
    for (number, (dialect, native, around)) in DIALECTS.iter().enumerate() {
        for table in TABLES.iter().filter(|table| tried(table) && (!table.uri.is_empty() || table.prefix == *native)) {
            for element in table.elements.0 {
                let name = match table.prefix == *native {
                    true => element.name.to_owned(),
                    false => format!("{}:{}", table.prefix, element.name),
                };
                for (shown, written) in ways(&name) {
                    for field in filled(dialect, around, table, &written) {
                        let columns = found.entry(field).or_insert_with(|| vec![Vec::new(); DIALECTS.len()]);
                        if !columns[number].contains(&shown) {
                            columns[number].push(shown.clone());
                        }
                    }
                }
            }
        }
    }
    let mut table = heading(&["field", "in an item of RSS", "in an entry of Atom"]);
    for (field, columns) in found {
        let cells: Vec<String> = columns
            .into_iter()
            .map(|mut names| {
                // The format's own elements first.
                names.sort_by_key(|name| (name.contains(':'), name.clone()));
                names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ")
            })
            .collect();
        table += &row(&[&code(field), &cells[0], &cells[1]]);
    }
    table
}
