//! What a schema notes of keys without forbidding them: `deprecated`, `readOnly`, `default`, and a site's own words,
//! `x-message`. JSON Schema leaves these to whoever reads them; the validator passes them over.

use serde_json::{Map, Value};

use crate::{
    finding::{Finding, Place},
    syntax::tree::{Kind, NodeId, Tree, pointer_step},
};

/// References that are followed one after the other: more is a circle.
const REFERENCES: usize = 16;

/// Adds a finding for every key in `tree` that the schema marks. Goes by `properties`, `items` and `allOf`, as far as
/// the tree reaches, so that it ends.
pub(super) fn find(root: &Value, tree: &Tree, findings: &mut Vec<Finding>) {
    if tree.nodes.is_empty() {
        return;
    }
    let mut stack: Vec<(&Value, NodeId, String)> = vec![(root, Tree::ROOT, String::new())];
    while let Some((schema, id, pointer)) = stack.pop() {
        let Some(schema) = resolved(root, schema) else { continue };
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            // A part that refers back to the whole would never end.
            if part.get("$ref").is_none() {
                stack.push((part, id, pointer.clone()));
            }
        }
        match &tree.node(id).kind {
            Kind::Map(entries) => {
                let Some(properties) = schema.get("properties").and_then(Value::as_object) else { continue };
                for entry in entries {
                    let Some(property) = properties.get(entry.key.as_str()) else { continue };
                    let at = format!("{pointer}/{}", pointer_step(&entry.key));
                    if let Some(members) = resolved(root, property) {
                        marks(members, property, &entry.key, &at, findings);
                    }
                    stack.push((property, entry.value, at));
                }
            }
            Kind::List(items) => {
                let Some(schema) = schema.get("items").filter(|items| items.is_object()) else { continue };
                let items = items.iter().enumerate();
                stack.extend(items.map(|(index, &item)| (schema, item, format!("{pointer}/{index}"))));
            }
            _ => {}
        }
    }
}

/// Whether a schema marks anything at all: most do not, and need no walk beside each post.
pub(super) fn any(root: &Value) -> bool {
    let mut stack = vec![root];
    while let Some(value) = stack.pop() {
        match value {
            Value::Object(members) => {
                let is = |name: &str| members.get(name) == Some(&Value::Bool(true));
                if is("deprecated") || is("readOnly") {
                    return true;
                }
                stack.extend(members.values());
            }
            Value::Array(items) => stack.extend(items),
            _ => {}
        }
    }
    false
}

/// The findings for one key that is there.
fn marks(schema: &Map<String, Value>, own: &Value, key: &str, at: &str, findings: &mut Vec<Finding>) {
    let is = |name: &str| own.get(name).or_else(|| schema.get(name)) == Some(&Value::Bool(true));
    let word = |name: &str| own.get(name).or_else(|| schema.get(name)).and_then(Value::as_str);
    let mut push = |code: &'static str, message: String| {
        let finding = Finding::warning(code, message, Place::Key(at.to_owned()));
        findings.push(match (word("x-message"), word("description")) {
            (Some(words), _) => finding.help(words),
            (None, Some(words)) => finding.help(format!("the schema says: {words}")),
            (None, None) => finding,
        });
    };
    if is("deprecated") {
        push("deprecated-key", format!("`{key}` is no longer used"));
    }
    if is("readOnly") {
        push("read-only-key", format!("`{key}` is set by the site's own tools"));
    }
}

/// What a schema says itself, or through its references within the document.
fn resolved<'v>(root: &'v Value, schema: &'v Value) -> Option<&'v Map<String, Value>> {
    let mut schema = schema;
    for _ in 0..REFERENCES {
        let members = schema.as_object()?;
        match members.get("$ref").and_then(Value::as_str) {
            Some(reference) => schema = root.pointer(reference.strip_prefix('#')?)?,
            None => return Some(members),
        }
    }
    None
}

/// What the schema says of the key of that name at its top.
pub(super) fn property<'v>(root: &'v Value, key: &str, name: &str) -> Option<&'v Value> {
    let own = root.get("properties")?.get(key)?;
    own.get(name).or_else(|| resolved(root, own)?.get(name))
}
