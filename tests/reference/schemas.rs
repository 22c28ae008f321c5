//! The shapes of JSON that slugline writes, from their schemas.

use serde_json::Value;
use slugline::schema::built_in;

use super::{code, codes, heading, row};

pub(crate) fn report() -> String {
    of("report")
}

pub(crate) fn convert_report() -> String {
    of("convert-report")
}

pub(crate) fn baseline() -> String {
    of("baseline")
}

fn of(name: &str) -> String {
    let schema: Value = serde_json::from_str(built_in::find(name).unwrap().text).unwrap();
    let mut table = heading(&["member", "type", ""]);
    walk(&schema, &schema, "", &mut table);
    table
}

/// A row for each member, those of members after their own.
fn walk(root: &Value, node: &Value, path: &str, table: &mut String) {
    let node = followed(root, node);
    for (key, member) in node["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let about = member["description"].as_str().unwrap_or_default();
        let mut member = followed(root, member);
        *table += &row(&[&code(&path), &kind(root, member), about]);
        let mut path = path;
        while member["items"].is_object() {
            path += "[]";
            member = followed(root, &member["items"]);
        }
        walk(root, member, &path, table);
    }
}

fn followed<'v>(root: &'v Value, node: &'v Value) -> &'v Value {
    match node["$ref"].as_str() {
        Some(pointer) => root.pointer(pointer.trim_start_matches('#')).unwrap(),
        None => node,
    }
}

fn kind(root: &Value, node: &Value) -> String {
    if let Some(value) = node.get("const") {
        return code(&value.to_string());
    }
    if let Some(values) = node["enum"].as_array() {
        return codes(values.iter().filter_map(Value::as_str));
    }
    match &node["type"] {
        Value::String(name) if name == "array" => format!("list of {}", kind(root, followed(root, &node["items"]))),
        Value::String(name) => name.clone(),
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => String::new(),
    }
}
