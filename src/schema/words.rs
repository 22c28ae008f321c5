//! What jsonschema finds, in the words of someone who writes posts.

use jsonschema::{
    JsonType, ValidationError,
    error::{TypeKind, ValidationErrorKind as Trouble},
};
use serde_json::Value;

use super::{branches, formats::FORMATS, notes};
use crate::{
    date::{self, Precision},
    finding::{Edit, Finding, Place},
    nearest::nearest,
    syntax::tree::{Kind, Node, NodeId, Style, Tree, pointer_step},
};

/// Options of an enumeration that a message lists.
const LISTED: usize = 8;

/// Adds what an error of the validator means.
pub(super) fn findings(trouble: &ValidationError<'_>, schema: &Value, tree: &Tree, out: &mut Vec<Finding>) {
    let at = trouble.instance_path().as_str();
    let name = shown(at);
    let node = tree.resolve(at).map(|(id, _)| id);
    let place = || Place::Value(at.to_owned());
    let invalid = |message: String| Finding::error("invalid-value", message, place());
    let length = || node.map_or(0, |id| text(tree, id).chars().count());
    let finding = match trouble.kind() {
        Trouble::Required { property } => {
            let Some(key) = property.as_str() else { return };
            let finding = missing(at, key, tree);
            let words = notes::property(schema, key, "x-message").filter(|_| at.is_empty()).and_then(Value::as_str);
            out.push(in_own_words(finding, words));
            return;
        }
        Trouble::AdditionalProperties { unexpected } | Trouble::UnevaluatedProperties { unexpected } => {
            let known = known_keys(schema, trouble.schema_path().as_str());
            let words = note(schema, trouble.schema_path().as_str(), "x-message").filter(|_| !at.is_empty());
            out.extend(unexpected.iter().map(|key| in_own_words(unknown(at, key, &known, tree), words)));
            return;
        }
        Trouble::AnyOf { context } | Trouble::OneOfNotValid { context } => {
            branches::tell(trouble, context, schema, tree, out);
            return;
        }
        Trouble::OneOfMultipleValid { .. } => invalid(format!("{name} fits more than one of the shapes it may have")),
        Trouble::Type { kind } => wrong_type(&name, &types(kind), node, tree, place()),
        Trouble::Pattern { pattern } => {
            let words = description(schema, trouble.schema_path().as_str());
            pattern_finding(&name, pattern, words, place())
        }
        Trouble::Format { format } => format_finding(&name, format, node.map(|id| tree.node(id)), place()),
        Trouble::Enum { options } => enumeration(&name, options, node.map(|id| text(tree, id)), place()),
        Trouble::Constant { expected_value } => invalid(format!("{name} must be {}", quoted(expected_value)))
            .help(format!("write {}", quoted(expected_value))),
        Trouble::MinLength { limit: 1 } => invalid(format!("{name} is empty")).label("nothing here"),
        Trouble::MinLength { limit } => invalid(format!("{name} has {} of at least {limit} characters", length())),
        Trouble::MaxLength { limit } => invalid(format!("{name} has {} of at most {limit} characters", length())),
        Trouble::MinItems { limit: 1 } => invalid(format!("{name} is an empty list")).label("nothing here"),
        Trouble::MinItems { limit } => invalid(format!("{name} has fewer than {limit} entries")),
        Trouble::MaxItems { limit } => invalid(format!("{name} has more than {limit} entries")),
        Trouble::AdditionalItems { limit } => invalid(format!("{name} has more than {limit} entries")),
        Trouble::UnevaluatedItems { .. } => invalid(format!("{name} has entries that the schema does not describe")),
        Trouble::MinProperties { limit } => invalid(format!("{name} has fewer than {limit} keys")),
        Trouble::MaxProperties { limit } => invalid(format!("{name} has more than {limit} keys")),
        Trouble::Minimum { limit } => invalid(format!("{name} is less than {limit}")),
        Trouble::Maximum { limit } => invalid(format!("{name} is more than {limit}")),
        Trouble::ExclusiveMinimum { limit } => invalid(format!("{name} must be more than {limit}")),
        Trouble::ExclusiveMaximum { limit } => invalid(format!("{name} must be less than {limit}")),
        Trouble::MultipleOf { multiple_of } => invalid(format!("{name} must be a multiple of {multiple_of}")),
        Trouble::UniqueItems => invalid(format!("{name} holds a value twice")).help("keep each value once"),
        Trouble::Contains => invalid(format!("{name} lacks an entry that must be in it")),
        Trouble::PropertyNames { error } => {
            let key = error.instance().as_str().unwrap_or_default().to_owned();
            let pointer = format!("{at}/{}", pointer_step(&key));
            Finding::error("unknown-key", format!("`{key}` may not be a key here"), Place::Key(pointer))
        }
        Trouble::FalseSchema | Trouble::Not { .. } => invalid(format!("{name} may not be this, says the schema")),
        Trouble::ContentEncoding { content_encoding } => invalid(format!("{name} is not {content_encoding}")),
        Trouble::ContentMediaType { content_media_type } => invalid(format!("{name} is no {content_media_type}")),
        _ => invalid(format!("{name} is not what the schema asks for")),
    };
    let path = trouble.schema_path().as_str();
    out.push(in_own_words(with_description(finding, schema, path), note(schema, path, "x-message")));
}

/// The finding in the words that the site has for it, under `x-message`; what slugline would say becomes the label.
fn in_own_words(mut finding: Finding, words: Option<&str>) -> Finding {
    if let Some(words) = words {
        let said = std::mem::replace(&mut finding.message, words.to_owned());
        finding.label = Some(said);
    }
    finding
}

/// A pointer as people write it: `/tags/0` is "`tags[0]`".
pub(super) fn shown(pointer: &str) -> String {
    if pointer.is_empty() {
        return "the front matter".to_owned();
    }
    let mut name = String::new();
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        if step.bytes().all(|b| b.is_ascii_digit()) && !step.is_empty() {
            name.push_str(&format!("[{step}]"));
        } else {
            if !name.is_empty() {
                name.push('.');
            }
            name.push_str(&step);
        }
    }
    format!("`{name}`")
}

pub(super) fn text(tree: &Tree, id: NodeId) -> &str {
    match &tree.node(id).kind {
        Kind::String(text) => text,
        _ => "",
    }
}

/// The finding for a key that is not there. `parent` is the pointer of the mapping that lacks it.
pub(super) fn missing(parent: &str, key: &str, tree: &Tree) -> Finding {
    let pointer = format!("{parent}/{}", pointer_step(key));
    let owner = if parent.is_empty() { String::new() } else { format!(" in {}", shown(parent)) };
    let finding = Finding::error("missing-key", format!("`{key}` is missing{owner}"), Place::Value(pointer));
    let there = tree.resolve(parent).map(|(id, _)| &tree.node(id).kind);
    let near = match there {
        Some(Kind::Map(entries)) => nearest(key, entries.iter().map(|entry| entry.key.as_str())),
        _ => None,
    };
    match near {
        Some(near) => finding.help(format!("is `{near}` meant to be `{key}`?")),
        None => finding,
    }
}

/// The finding for a key that no schema describes.
fn unknown(parent: &str, key: &str, known: &[&str], tree: &Tree) -> Finding {
    let place = Place::Key(format!("{parent}/{}", pointer_step(key)));
    let free = |name: &&str| tree.resolve(&format!("{parent}/{}", pointer_step(name))).is_none();
    match nearest(key, known.iter().copied().filter(free)) {
        Some(meant) => Finding::error("misspelt-key", format!("`{key}` is no key of this schema"), place)
            .label(format!("did you mean `{meant}`?"))
            .help(format!("write `{meant}`")),
        None => {
            let finding = Finding::error("unknown-key", format!("`{key}` is no key of this schema"), place);
            if known.is_empty() { finding } else { finding.help(format!("known here: {}", list(known))) }
        }
    }
}

fn list(names: &[&str]) -> String {
    let mut words: Vec<String> = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    if names.len() > LISTED {
        words.push(format!("and {} more", names.len() - LISTED));
    }
    words.join(", ")
}

/// The keys beside an `additionalProperties`; beside an `unevaluatedProperties` those of the whole schema, which may
/// come from any branch.
fn known_keys<'s>(schema: &'s Value, at: &str) -> Vec<&'s str> {
    let (parent, keyword) = at.rsplit_once('/').unwrap_or(("", at));
    let own = |value: &'s Value| {
        let keys = value.get("properties").and_then(Value::as_object).into_iter().flatten();
        keys.map(|(key, _)| key.as_str()).collect::<Vec<_>>()
    };
    if keyword == "additionalProperties" {
        return schema.pointer(parent).map(own).unwrap_or_default();
    }
    let (mut keys, mut stack) = (Vec::new(), vec![schema]);
    while let Some(value) = stack.pop() {
        match value {
            Value::Array(items) => stack.extend(items),
            Value::Object(members) => {
                keys.extend(own(value));
                stack.extend(members.values());
            }
            _ => {}
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

pub(super) fn types(kind: &TypeKind) -> Vec<JsonType> {
    match kind {
        TypeKind::Single(one) => vec![*one],
        TypeKind::Multiple(set) => set.iter().collect(),
    }
}

fn noun(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Array => "a list",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Null => "nothing",
        JsonType::Number => "a number",
        JsonType::Object => "a mapping",
        JsonType::String => "text",
    }
}

/// The finding for a value of another type.
pub(super) fn wrong_type(name: &str, wanted: &[JsonType], node: Option<NodeId>, tree: &Tree, place: Place) -> Finding {
    let words: Vec<&str> = wanted.iter().map(|&kind| noun(kind)).collect();
    let kind = node.map(|id| &tree.node(id).kind);
    let found = match kind {
        Some(Kind::Null) | None => "nothing",
        Some(Kind::Bool(_)) => "true or false",
        Some(Kind::Number(_)) => "a number",
        Some(Kind::String(_)) => "text",
        Some(Kind::List(_)) => "a list",
        Some(Kind::Map(_)) => "a mapping",
    };
    let finding = Finding::error("wrong-type", format!("{name} must be {}, not {found}", words.join(" or ")), place)
        .label(format!("this is {found}"));
    let wants = |kind| wanted.contains(&kind);
    match kind {
        Some(Kind::String(text)) if wants(JsonType::Boolean) => match text.to_ascii_lowercase().as_str() {
            "no" | "off" | "false" | "n" => finding.help("write `false`, without quotes"),
            "yes" | "on" | "true" | "y" => finding.help("write `true`, without quotes"),
            _ => finding,
        },
        Some(Kind::String(text)) if wants(JsonType::Array) && text.len() < 60 => {
            finding.help(format!("write `[{text}]`"))
        }
        Some(Kind::String(text)) if wants(JsonType::Integer) || wants(JsonType::Number) => {
            if text.parse::<f64>().is_ok() { finding.help("leave the quotes away") } else { finding }
        }
        Some(Kind::Number(number)) if wants(JsonType::String) => finding.help(format!("write `\"{number}\"`")),
        Some(Kind::Bool(value)) if wants(JsonType::String) => finding.help(format!("write `\"{value}\"`")),
        _ => finding,
    }
}

/// A pattern says little to most; the schema's own words, where there are some, say more.
fn pattern_finding(name: &str, pattern: &str, words: Option<&str>, place: Place) -> Finding {
    if let Some(words) = words {
        return Finding::error("invalid-value", format!("{name} is not as the schema asks"), place)
            .help(format!("the schema says: {words}"));
    }
    let finding = Finding::error("invalid-value", format!("{name} does not match `{pattern}`"), place);
    if pattern.contains("[a-z0-9]+(") && pattern.contains('-') {
        return finding.help("lower-case letters and digits, joined by single hyphens: `a-new-budget`");
    }
    finding
}

fn format_finding(name: &str, format: &str, node: Option<&Node>, place: Place) -> Finding {
    if let Some(finding) = node.and_then(|node| respelt_date(name, format, node, &place)) {
        return finding;
    }
    match FORMATS.iter().find(|known| known.name == format) {
        Some(known) => Finding::error("invalid-value", format!("{name} is no {}", known.noun), place)
            .label(format!("cannot be read as {} {}", article(known.noun), known.noun))
            .help(format!("write {} such as `{}`", with_article(known.noun), known.example)),
        None => Finding::error("invalid-value", format!("{name} is not of the format `{format}`"), place),
    }
}

/// The finding for a date that can be read, in a spelling that the format does not take; the fix writes it anew.
fn respelt_date(name: &str, format: &str, node: &Node, place: &Place) -> Option<Finding> {
    let Kind::String(text) = &node.kind else { return None };
    let moment = date::read(text).0.moment?;
    let written = match format {
        "date-or-datetime" => moment.written(),
        "date-time" if moment.offset.is_some() => moment.rfc3339(),
        "date" if moment.precision == Precision::Day => moment.written(),
        "rfc822-date" => moment.rfc822(),
        _ => return None,
    };
    let finding = Finding::error("invalid-value", format!("{name} is a date in another spelling"), place.clone())
        .label("generators differ on what this means")
        .help(format!("write `{written}` (`--unsafe-fixes` does)"));
    let inset = match node.style {
        Style::Plain => 0,
        Style::Single | Style::Double => 1,
        Style::Block | Style::Flow => return Some(finding),
    };
    let range = node.range.start + inset..node.range.end.checked_sub(inset)?;
    let meant = vec![finding.pointer.clone()];
    Some(finding.fix(false, vec![Edit { range, text: written }], meant))
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" }
}

fn with_article(noun: &str) -> String {
    format!("{} {noun}", article(noun))
}

fn quoted(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        other => format!("`{other}`"),
    }
}

pub(super) fn enumeration(name: &str, options: &Value, found: Option<&str>, place: Place) -> Finding {
    let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut words: Vec<String> = options.iter().take(LISTED).map(quoted).collect();
    if options.len() > LISTED {
        words.push(format!("or {} more", options.len() - LISTED));
    }
    let finding = Finding::error("invalid-value", format!("{name} must be one of {}", words.join(", ")), place);
    match found.and_then(|found| nearest(found, options.iter().filter_map(Value::as_str))) {
        Some(meant) => finding.label(format!("did you mean `{meant}`?")),
        None => finding,
    }
}

/// Where the schema describes the value that is wrong, its description is the best help there is.
fn with_description(finding: Finding, schema: &Value, at: &str) -> Finding {
    match description(schema, at) {
        Some(text) if finding.help.is_none() => finding.help(format!("the schema says: {text}")),
        _ => finding,
    }
}

/// What the schema says of the value that the keyword at `at` is about; nothing of the whole.
fn description<'s>(schema: &'s Value, at: &str) -> Option<&'s str> {
    note(schema, at, "description")
}

/// A text beside the keyword at `at`; nothing of the whole.
fn note<'s>(schema: &'s Value, at: &str, name: &str) -> Option<&'s str> {
    let parent = at.rsplit_once('/').map_or("", |(parent, _)| parent);
    schema.pointer(parent).filter(|_| !parent.is_empty())?.get(name)?.as_str()
}

/// What is wrong with the schema itself: a message, and a remedy.
pub(super) fn schema_trouble(trouble: &ValidationError<'_>) -> (String, Option<String>) {
    match trouble.kind() {
        Trouble::Referencing(error) => (reference_words(error), None),
        Trouble::Format { format } if format == "regex" => {
            let pattern = trouble.instance().as_str().unwrap_or_default().to_owned();
            let message = format!("the pattern `{pattern}` cannot be used");
            let help = "patterns have no look-around and no back references, and a bound on their size";
            (message, Some(help.to_owned()))
        }
        _ => {
            let at = trouble.instance_path().as_str();
            let place = if at.is_empty() { String::new() } else { format!(" at `{at}`") };
            (format!("the schema is not valid{place}: {trouble}"), None)
        }
    }
}

fn reference_words(error: &jsonschema::ReferencingError) -> String {
    use std::error::Error as _;
    match error.source() {
        Some(source) => format!("a `$ref` cannot be resolved: {source}"),
        None => format!("a `$ref` cannot be resolved: {error}"),
    }
}
