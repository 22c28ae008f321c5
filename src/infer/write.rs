//! What was seen, as a schema.

use serde_json::{Map, Value, json};

use super::{
    Inference,
    seen::{FORMATS, Seen},
};
use crate::{syntax::emit::yaml, untrusted::shown};

/// Times that each of a few texts must be there, on average, before they count as a choice.
const OFTEN: usize = 10;

/// The types of a value, the most frequent first. A whole number is a number too.
fn types(seen: &Seen) -> Vec<&'static str> {
    let mut types: Vec<(&str, usize)> = seen.types.iter().map(|(name, (count, _))| (*name, *count)).collect();
    if types.iter().any(|(name, _)| *name == "number") {
        types.retain(|(name, _)| *name != "integer");
    }
    types.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    types.into_iter().map(|(name, _)| name).collect()
}

/// The format that all texts have.
fn format(seen: &Seen) -> Option<&'static str> {
    let all = |(count, _): &(usize, Vec<String>)| *count == seen.texts.count && *count > 0;
    let found = FORMATS.iter().zip(&seen.texts.formats).find(|(_, counts)| all(counts));
    // A word is a slug too: only under that name it is meant.
    found.map(|((name, _), _)| *name).filter(|name| *name != "slug" || seen.name == "slug")
}

/// The few texts that a key takes, with their numbers.
fn choices(seen: &Seen) -> Option<Vec<(&str, usize)>> {
    let is_free = format(seen).is_none() && types(seen) == ["string"] && !near_formats(seen).any(|_| true);
    let choices = seen.texts.choices.as_ref().filter(|_| is_free)?;
    // One text everywhere is no choice.
    let few = choices.len() * OFTEN <= seen.texts.count && choices.len() > 1;
    let mut choices: Vec<(&str, usize)> = choices.iter().map(|(text, count)| (text.as_str(), *count)).collect();
    choices.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    few.then_some(choices)
}

/// What one key is, as a schema.
fn property(seen: &Seen) -> Value {
    let mut property = Map::new();
    let types = types(seen);
    property.insert("type".into(), if types.len() == 1 { json!(types[0]) } else { json!(types) });
    if let Some(format) = format(seen) {
        property.insert("format".into(), json!(format));
    }
    if let Some(choices) = choices(seen) {
        let texts: Vec<&str> = choices.iter().map(|(text, _)| *text).collect();
        property.insert("enum".into(), json!(texts));
    }
    if !seen.items.is_empty() {
        let items: Vec<&str> = seen.items.keys().copied().collect();
        let types = if items.len() == 1 { json!(items[0]) } else { json!(items) };
        property.insert("items".into(), json!({"type": types}));
    }
    Value::Object(property)
}

pub(super) fn json(inference: &Inference) -> String {
    let properties: Map<String, Value> =
        inference.keys.iter().map(|seen| (seen.name.clone(), property(seen))).collect();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title(inference),
        "type": "object",
        "required": inference.required().collect::<Vec<_>>(),
        "properties": properties,
    });
    // A value made of texts and numbers always has a JSON.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

fn title(inference: &Inference) -> String {
    match inference.posts {
        1 => "What one post has".to_owned(),
        posts => format!("What {posts} posts have in common"),
    }
}

pub(super) fn yaml(inference: &Inference) -> String {
    let fits = if inference.posts == 1 { "it fits that" } else { "it fits each of them" };
    let mut out = format!(
        "# {}: {fits}. The counts show what stands out.\n\
         # A key that is nearly everywhere may be meant to be required; a rare type or value is often a slip.\n\
         $schema: https://json-schema.org/draft/2020-12/schema\ntitle: {}\ntype: object\n",
        title(inference),
        title(inference)
    );
    let required: Vec<&Seen> = inference.keys.iter().filter(|seen| seen.count == inference.posts).collect();
    out.push_str(if required.is_empty() { "required: []\n" } else { "required:\n" });
    for seen in &required {
        out.push_str(&format!("  - {}\n", text(&seen.name)));
    }
    out.push_str("# `additionalProperties: false` here would forbid every key that is not named below.\n");
    out.push_str(if inference.keys.is_empty() { "properties: {}\n" } else { "properties:\n" });
    for seen in &inference.keys {
        key(seen, inference.posts, &mut out);
    }
    out
}

/// The lines of one key.
fn key(seen: &Seen, posts: usize, out: &mut String) {
    let have = if seen.count == posts {
        if posts == 1 { String::new() } else { format!(" # all {posts}") }
    } else {
        let lack = posts - seen.count;
        // Where few lack it, which ones is what one wants to know; else which ones have it.
        let few = lack < seen.count;
        let files =
            if few { seen.without.clone() } else { seen.types.values().flat_map(|(_, files)| files.clone()).collect() };
        format!(" # {} of {posts}{}", seen.count, named(if few { "not" } else { "in" }, &files, lack.min(seen.count)))
    };
    out.push_str(&format!("  {}:{have}\n", text(&seen.name)));
    let types = types(seen);
    if let [one] = types.as_slice() {
        out.push_str(&format!("    type: {}", text(one)));
    } else {
        let words: Vec<String> = types.iter().map(|name| text(name)).collect();
        out.push_str(&format!("    type: [{}]", words.join(", ")));
        let rare = types.iter().skip(1).filter_map(|name| seen.types.get(name).map(|found| (name, found)));
        let words: Vec<String> =
            rare.map(|(name, (count, files))| format!("{count} {name}{}", named("in", files, *count))).collect();
        out.push_str(&format!(" # {}", words.join("; ")));
    }
    match (seen.texts.lengths, format(seen), types.as_slice()) {
        (Some((least, most)), None, ["string"]) if choices(seen).is_none() => {
            out.push_str(&match least == most {
                true if most == 1 => " # 1 character\n".to_owned(),
                true => format!(" # {most} characters\n"),
                false => format!(" # {least} to {most} characters\n"),
            });
        }
        _ => out.push('\n'),
    }
    match format(seen) {
        Some(format) => out.push_str(&format!("    format: {format}\n")),
        None => nearly(seen, out),
    }
    if let Some(choices) = choices(seen) {
        out.push_str("    enum:\n");
        for (choice, count) in choices {
            out.push_str(&format!("      - {} # {count}\n", text(choice)));
        }
    }
    if !seen.items.is_empty() {
        let types: Vec<String> = seen.items.keys().map(|name| text(name)).collect();
        let counts: Vec<String> = seen.items.iter().map(|(name, count)| format!("{count} {name}")).collect();
        let types = if types.len() == 1 { types[0].clone() } else { format!("[{}]", types.join(", ")) };
        out.push_str(&format!("    items: {{ type: {types} }} # {}\n", counts.join(", ")));
    }
}

/// The formats that nearly all texts have: name, number, and the first files with one that has not.
fn near_formats(seen: &Seen) -> impl Iterator<Item = (&'static str, usize, &[String])> {
    let all = seen.texts.count;
    FORMATS.iter().zip(&seen.texts.formats).filter_map(move |((name, _), (count, files))| {
        let meant = *name != "slug" || seen.name == "slug";
        (meant && *count * 10 >= all * 9 && *count < all).then_some((*name, *count, files.as_slice()))
    })
}

/// A format that nearly all texts have, told with those that have not.
fn nearly(seen: &Seen, out: &mut String) {
    for (name, count, files) in near_formats(seen) {
        let lack = seen.texts.count - count;
        out.push_str(&format!("    # format: {name} fits {count}{}\n", named("not", files, lack)));
    }
}

/// Some files as examples: `, not a.md, b.md and 3 more`.
fn named(word: &str, files: &[String], all: usize) -> String {
    let files: Vec<String> = files.iter().take(super::EXAMPLES.min(all)).map(|file| shown(file).to_string()).collect();
    if files.is_empty() {
        return String::new();
    }
    let more = if all > files.len() { format!(" and {} more", all - files.len()) } else { String::new() };
    format!(", {word} {}{more}", files.join(", "))
}

/// Text in YAML: plain where nothing could take it for something else.
fn text(text: &str) -> String {
    let letters = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    let word = letters && text.len() > 3 && text.as_bytes()[0].is_ascii_alphabetic();
    let taken = ["true", "false", "null"].iter().any(|word| text.eq_ignore_ascii_case(word));
    if word && !taken { text.to_owned() } else { yaml::quoted(text) }
}
