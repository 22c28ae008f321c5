//! `anyOf` and `oneOf`: of several shapes that a value may have, which one was meant.

use jsonschema::{JsonType, ValidationError, error::ValidationErrorKind as Trouble};
use serde_json::Value;

use super::words::{enumeration, findings, shown, text, types, wrong_type};
use crate::{
    finding::{Finding, Place},
    syntax::tree::{Tree, pointer_step},
};

/// Of several shapes that a value may have, tells what the one lacks that was most likely meant: the one whose
/// complaints lie deepest, then the one with the fewest. Where the value has none of the types, tells the types.
pub(super) fn tell(
    trouble: &ValidationError<'_>,
    context: &[Vec<ValidationError<'static>>],
    schema: &Value,
    tree: &Tree,
    out: &mut Vec<Finding>,
) {
    let at = trouble.instance_path().as_str();
    let type_error = |error: &ValidationError<'_>| match error.kind() {
        Trouble::Type { kind } if error.instance_path().as_str() == at => Some(types(kind)),
        _ => None,
    };
    let wanted: Vec<Vec<JsonType>> = context.iter().filter_map(|branch| branch.iter().find_map(type_error)).collect();
    if wanted.len() == context.len() {
        let mut all: Vec<JsonType> = wanted.concat();
        all.dedup();
        let node = tree.resolve(at).map(|(id, _)| id);
        out.push(wrong_type(&shown(at), &all, node, tree, Place::Value(at.to_owned())));
        return;
    }
    let fitting = context.iter().filter(|branch| branch.iter().all(|error| type_error(error).is_none()));
    // Branches that are all a bare `required` say: one of these keys.
    let required: Vec<&str> = context
        .iter()
        .filter_map(|branch| match branch.as_slice() {
            [one] if one.instance_path().as_str() == at => match one.kind() {
                Trouble::Required { property } => property.as_str(),
                _ => None,
            },
            _ => None,
        })
        .collect();
    if required.len() == context.len() && required.len() > 1 {
        let words = required.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" or ");
        let pointer = format!("{at}/{}", pointer_step(required[0]));
        out.push(Finding::error("missing-key", format!("{words} is missing"), Place::Value(pointer)));
        return;
    }
    let least_deep = |branch: &&Vec<ValidationError<'static>>| {
        let depth = |error: &ValidationError<'_>| error.instance_path().as_str().matches('/').count();
        (usize::MAX - branch.iter().map(depth).min().unwrap_or(0), branch.len())
    };
    // A branch is named by a key that must have one value: `type: video`. Where the value is another branch's, this
    // one is not meant.
    let names = |branch: &Vec<ValidationError<'static>>| -> Vec<(String, Value)> {
        let inner = |error: &&ValidationError<'_>| {
            let rest = error.instance_path().as_str().strip_prefix(at).and_then(|rest| rest.strip_prefix('/'));
            rest.is_some_and(|rest| !rest.contains('/'))
        };
        let named = branch.iter().filter(inner).filter_map(|error| match error.kind() {
            Trouble::Constant { expected_value } => {
                Some((error.instance_path().as_str().to_owned(), Value::clone(expected_value)))
            }
            _ => None,
        });
        named.collect()
    };
    let fitting: Vec<_> = fitting.collect();
    let named: Vec<_> = fitting.iter().map(|branch| names(branch)).collect();
    if fitting.len() > 1
        && let Some((key, _)) = named[0].first()
        && named.iter().all(|names| names.iter().any(|(other, _)| other == key))
    {
        let options =
            named.iter().flatten().filter(|(other, _)| other == key).map(|(_, value)| value.clone()).collect();
        let node = tree.resolve(key).map(|(id, _)| text(tree, id));
        out.push(enumeration(&shown(key), &Value::Array(options), node, Place::Value(key.clone())));
        return;
    }
    let meant = fitting.into_iter().zip(named).min_by_key(|(branch, names)| (names.len(), least_deep(branch)));
    if let Some((branch, _)) = meant {
        for error in branch {
            findings(error, schema, tree, out);
        }
    }
}
