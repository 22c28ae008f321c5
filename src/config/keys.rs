//! Simple rules for single keys, for sites that do not want to write a JSON Schema: `[content.keys]` of a `[[content]]`
//! entry. They become one, so that they are checked and worded like any other.

use serde_json::{Map, Value, json};

use super::{ContentEntry, Reader};
use crate::{
    error::Error,
    schema::Schema,
    syntax::tree::{Entry, Kind},
};

/// What may be said of a key.
const RULES: &[&str] = &["required", "one-of", "min-length", "max-length", "pattern", "message"];

impl Reader<'_> {
    /// Reads `keys`: the required ones are added to the entry's, the rest becomes its schema.
    pub(super) fn keys(&self, entry: &Entry, content: &mut ContentEntry) -> Result<(), Error> {
        let mut properties = Map::new();
        for key in self.table(entry)? {
            let (schema, required) = self.key(key)?;
            if required && !content.require.iter().any(|known| key.key == *known) {
                content.require.push(key.key.to_string());
            }
            if !schema.is_empty() {
                properties.insert(key.key.to_string(), Value::Object(schema));
            }
        }
        if !properties.is_empty() {
            content.keys = Some(json!({"properties": properties}).to_string());
        }
        Ok(())
    }

    /// What is said of one key, as a schema; and whether it is required.
    fn key(&self, owner: &Entry) -> Result<(Map<String, Value>, bool), Error> {
        let (mut schema, mut required) = (Map::new(), false);
        for rule in self.table(owner)? {
            match rule.key.as_str() {
                "required" => match self.tree.node(rule.value).kind {
                    Kind::Bool(value) => required = value,
                    _ => return Err(self.wrong(rule, self.tree.node(rule.value), "true or false")),
                },
                // An entry of a list is judged like a text that stands alone.
                "one-of" => {
                    let options = self.options(rule)?;
                    schema.insert("if".into(), json!({"type": "array"}));
                    schema.insert("then".into(), json!({"items": {"enum": options}}));
                    schema.insert("else".into(), json!({"enum": options}));
                }
                "min-length" => {
                    let count = self.count(rule)?;
                    schema.insert("minLength".into(), count.into());
                    schema.insert("minItems".into(), count.into());
                }
                "max-length" => {
                    let count = self.count(rule)?;
                    schema.insert("maxLength".into(), count.into());
                    schema.insert("maxItems".into(), count.into());
                }
                "pattern" => {
                    let pattern = self.pattern(rule)?;
                    schema.insert("pattern".into(), json!(pattern));
                    schema.insert("items".into(), json!({"pattern": pattern}));
                }
                "message" => drop(schema.insert("x-message".into(), json!(self.string(rule)?))),
                _ => return Err(self.unknown(rule, "rule for a key", RULES)),
            }
        }
        let bound = |name: &str| schema.get(name).and_then(Value::as_u64);
        if let (Some(least), Some(most)) = (bound("minLength"), bound("maxLength"))
            && least > most
        {
            let message = format!("`{}` can never be at least {least} and at most {most} long", owner.key);
            return Err(self.error(&owner.key_range, message, None));
        }
        if let Some(message) = schema.get("x-message").cloned() {
            for branch in ["then", "else", "items"] {
                if let Some(branch) = schema.get_mut(branch).and_then(Value::as_object_mut) {
                    branch.insert("x-message".into(), message.clone());
                }
            }
            if let Some(items) = schema.get_mut("then").and_then(|then| then.get_mut("items")) {
                items["x-message"] = message;
            }
        }
        Ok((schema, required))
    }

    fn options(&self, rule: &Entry) -> Result<Vec<Value>, Error> {
        let mut options = Vec::new();
        for id in self.list(rule)? {
            let node = self.tree.node(id);
            if matches!(node.kind, Kind::List(_) | Kind::Map(_)) {
                return Err(self.wrong(rule, node, "a list of single values"));
            }
            options.push(self.tree.to_value(id));
        }
        if options.is_empty() {
            return Err(self.wrong(rule, self.tree.node(rule.value), "a list with values in it"));
        }
        Ok(options)
    }

    fn count(&self, rule: &Entry) -> Result<u64, Error> {
        let node = self.tree.node(rule.value);
        match &node.kind {
            Kind::Number(number) if number.as_u64().is_some() => Ok(number.as_u64().unwrap_or(0)),
            _ => Err(self.wrong(rule, node, "a whole number")),
        }
    }

    /// A pattern that can be used: the engine is the schemas' own, linear and bounded.
    fn pattern(&self, rule: &Entry) -> Result<String, Error> {
        let pattern = self.string(rule)?;
        match Schema::compile("slugline.toml", &json!({"pattern": pattern}).to_string(), None) {
            Ok(_) => Ok(pattern),
            Err(error) => Err(self.error(&self.range(rule), error.message, error.help)),
        }
    }
}
