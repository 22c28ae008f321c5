//! What a schema may not say: keywords that are nearly some, which JSON Schema passes over in silence, and references
//! that leave the schema's folder.

use std::collections::HashSet;

use serde_json::Value;

use crate::{
    error::{Error, ErrorKind},
    nearest::nearest,
    syntax::tree::pointer_step,
};

/// Where schemas stand under a keyword.
#[derive(Clone, Copy, PartialEq)]
enum Holds {
    /// Nothing that is a schema.
    Data,
    /// A schema, or (`items`, `dependencies`) a list or object of them.
    Schema,
    /// An object of schemas by name.
    Named,
}

/// Every keyword of draft 4 to 2020-12, and the annotations that editors know.
const KEYWORDS: &[(&str, Holds)] = &[
    ("$anchor", Holds::Data),
    ("$comment", Holds::Data),
    ("$defs", Holds::Named),
    ("$dynamicAnchor", Holds::Data),
    ("$dynamicRef", Holds::Data),
    ("$id", Holds::Data),
    ("$recursiveAnchor", Holds::Data),
    ("$recursiveRef", Holds::Data),
    ("$ref", Holds::Data),
    ("$schema", Holds::Data),
    ("$vocabulary", Holds::Data),
    ("additionalItems", Holds::Schema),
    ("additionalProperties", Holds::Schema),
    ("allOf", Holds::Schema),
    ("anyOf", Holds::Schema),
    ("const", Holds::Data),
    ("contains", Holds::Schema),
    ("contentEncoding", Holds::Data),
    ("contentMediaType", Holds::Data),
    ("contentSchema", Holds::Schema),
    ("default", Holds::Data),
    ("definitions", Holds::Named),
    ("dependencies", Holds::Named),
    ("dependentRequired", Holds::Data),
    ("dependentSchemas", Holds::Named),
    ("deprecated", Holds::Data),
    ("description", Holds::Data),
    ("else", Holds::Schema),
    ("enum", Holds::Data),
    ("example", Holds::Data),
    ("examples", Holds::Data),
    ("exclusiveMaximum", Holds::Data),
    ("exclusiveMinimum", Holds::Data),
    ("format", Holds::Data),
    ("id", Holds::Data),
    ("if", Holds::Schema),
    ("items", Holds::Schema),
    ("maxContains", Holds::Data),
    ("maxItems", Holds::Data),
    ("maxLength", Holds::Data),
    ("maxProperties", Holds::Data),
    ("maximum", Holds::Data),
    ("minContains", Holds::Data),
    ("minItems", Holds::Data),
    ("minLength", Holds::Data),
    ("minProperties", Holds::Data),
    ("minimum", Holds::Data),
    ("multipleOf", Holds::Data),
    ("not", Holds::Schema),
    ("nullable", Holds::Data),
    ("oneOf", Holds::Schema),
    ("pattern", Holds::Data),
    ("patternProperties", Holds::Named),
    ("prefixItems", Holds::Schema),
    ("properties", Holds::Named),
    ("propertyNames", Holds::Schema),
    ("readOnly", Holds::Data),
    ("required", Holds::Data),
    ("then", Holds::Schema),
    ("title", Holds::Data),
    ("type", Holds::Data),
    ("unevaluatedItems", Holds::Schema),
    ("unevaluatedProperties", Holds::Schema),
    ("uniqueItems", Holds::Data),
    ("writeOnly", Holds::Data),
];

/// Looks at every schema within `root`, with a stack of its own.
pub(super) fn check(root: &Value) -> Result<(), Error> {
    let ids = Ids::of(root);
    let mut stack = vec![(root, Holds::Schema, String::new())];
    while let Some((value, holds, pointer)) = stack.pop() {
        match (value, holds) {
            (Value::Array(items), Holds::Schema | Holds::Named) => {
                let items = items.iter().enumerate();
                stack.extend(items.map(|(i, item)| (item, Holds::Schema, format!("{pointer}/{i}"))));
            }
            (Value::Object(members), Holds::Named) => {
                let at = |name: &str| format!("{pointer}/{}", pointer_step(name));
                stack.extend(members.iter().map(|(name, value)| (value, Holds::Schema, at(name))));
            }
            (Value::Object(members), Holds::Schema) => {
                for (name, value) in members {
                    let at = format!("{pointer}/{}", pointer_step(name));
                    match KEYWORDS.iter().find(|(keyword, _)| keyword == name) {
                        Some(("$ref" | "$dynamicRef", _)) => reference(value, &ids, &at)?,
                        Some((_, Holds::Data)) => {}
                        Some((_, holds)) => stack.push((value, *holds, at)),
                        None => misspelt(name, &at)?,
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn misspelt(name: &str, at: &str) -> Result<(), Error> {
    if name.starts_with("x-") {
        return Ok(());
    }
    let Some(meant) = nearest(name, KEYWORDS.iter().map(|(keyword, _)| *keyword)) else { return Ok(()) };
    let message = format!("`{name}` at `{at}` is no keyword of JSON Schema, and would be passed over");
    Err(Error::new(ErrorKind::Schema, message).help(format!("did you mean `{meant}`?")))
}

/// A reference may stay in the document, name a file below, or a schema that the document itself holds by its `$id`.
fn reference(value: &Value, ids: &Ids<'_>, at: &str) -> Result<(), Error> {
    let Some(text) = value.as_str() else { return Ok(()) };
    let address = text.split('#').next().unwrap_or_default();
    let refuse = |message: String| {
        let help = "copy what it names into the schema's folder, and name the file";
        Err(Error::new(ErrorKind::Schema, message).help(help))
    };
    if address.contains(':') || address.starts_with("//") {
        let standard = ["http://json-schema.org/", "https://json-schema.org/"].iter().any(|s| address.starts_with(s));
        if !standard && !ids.own.contains(address) && !ids.folder.is_some_and(|folder| address.starts_with(folder)) {
            return refuse(format!("`$ref` at `{at}` points to `{text}`, and nothing is fetched"));
        }
        return Ok(());
    }
    let decoded = address.replace("%2e", ".").replace("%2E", ".").replace("%2f", "/").replace("%2F", "/");
    if decoded.starts_with('/') || decoded.split(['/', '\\']).any(|part| part == "..") {
        return refuse(format!("`$ref` at `{at}` points to `{text}`, outside the schema's folder"));
    }
    Ok(())
}

/// The addresses that a schema gives itself and its parts.
struct Ids<'v> {
    own: HashSet<&'v str>,
    /// That of the whole, up to its last `/`.
    folder: Option<&'v str>,
}

impl<'v> Ids<'v> {
    fn of(root: &'v Value) -> Self {
        let id = |value: &'v Value| value.get("$id").or_else(|| value.get("id")).and_then(Value::as_str);
        let (mut own, mut stack) = (HashSet::new(), vec![root]);
        while let Some(value) = stack.pop() {
            match value {
                Value::Array(items) => stack.extend(items),
                Value::Object(members) => {
                    stack.extend(members.values());
                    own.extend(id(value).map(|id| id.trim_end_matches('#')));
                }
                _ => {}
            }
        }
        let folder = id(root).filter(|id| id.contains("://")).and_then(|id| Some(&id[..=id.rfind('/')?]));
        Ids { own, folder: folder.filter(|folder| !folder.ends_with("://")) }
    }
}
