//! Documents as flat lists: where a value stands, as a path, and the value.

use quick_xml::{Reader, events::Event};
use serde_json::Value;

/// The leaves of a document.
pub(crate) type Leaves = Vec<(String, String)>;

/// The leaves of XML: texts as `source/title`, attributes as `source/@url`; links by what they are for.
pub(crate) fn xml(text: &str) -> Leaves {
    let mut reader = Reader::from_str(text);
    let (mut path, mut leaves) = (Vec::<String>::new(), Leaves::new());
    let mut here = String::new();
    let keep = |path: &[String], here: &mut String, leaves: &mut Leaves| {
        if !here.trim().is_empty() {
            leaves.push((path.join("/"), here.trim().to_owned()));
        }
        here.clear();
    };
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                keep(&path, &mut here, &mut leaves);
                let name = tag.name();
                let mut name = name.as_ref().to_owned();
                let attributes: Vec<(String, String)> = tag
                    .attributes()
                    .map(|attribute| {
                        let attribute = attribute.unwrap();
                        (attribute.key.as_ref().to_owned(), attribute.value.into_owned())
                    })
                    .collect();
                if let Some((_, rel)) = attributes.iter().find(|(key, _)| key == "rel") {
                    name += &format!("[@rel='{rel}']");
                }
                path.push(name);
                leaves.push((path.join("/"), String::new()));
                for (key, value) in attributes {
                    if !key.starts_with("xmlns") {
                        leaves.push((format!("{}/@{key}", path.join("/")), value));
                    }
                }
                if matches!(event, Event::Empty(_)) {
                    path.pop();
                }
            }
            Event::End(_) => {
                keep(&path, &mut here, &mut leaves);
                path.pop();
            }
            Event::Text(text) => here += text,
            Event::CData(text) => here += text,
            Event::GeneralRef(name) => here += &format!("&{};", &**name),
            Event::Eof => return leaves,
            _ => {}
        }
    }
}

/// The leaves of JSON: `authors[].name`.
pub(crate) fn json(value: &Value) -> Leaves {
    let mut leaves = Leaves::new();
    let mut rest = vec![(String::new(), value)];
    while let Some((path, value)) = rest.pop() {
        match value {
            Value::Object(map) => rest.extend(map.iter().map(|(key, value)| {
                let dot = if path.is_empty() { "" } else { "." };
                (format!("{path}{dot}{key}"), value)
            })),
            Value::Array(list) => rest.extend(list.iter().map(|value| (format!("{path}[]"), value))),
            Value::String(text) => leaves.push((path, text.clone())),
            other => leaves.push((path, other.to_string())),
        }
    }
    leaves
}

/// The leaves of a post: its keys, and the body.
pub(crate) fn post(text: &str) -> Leaves {
    let (head, body) = text.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
    let head: Value = serde_yaml::from_str(head).unwrap();
    let mut leaves = json(&head);
    leaves.push(("the body".to_owned(), body.to_owned()));
    leaves
}
