//! An item to a head.

use super::{
    FeedVariables, Key, Naming, Profile,
    fields::is_empty,
    losses, own,
    variables::{Variables, hash},
};
use crate::{
    error::{Error, ErrorKind},
    expression::{Expression, Mistake},
    file_name::FileName,
    finding::{Loss, Reason},
    json_hub::OWN,
    model::{Item, Map, Value},
    syntax::{
        tree::{Kind, Style},
        yaml,
    },
};

/// A key as it is to be written.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Written {
    /// Its name.
    pub name: String,
    /// The mapping that it stands in.
    pub within: Option<String>,
    /// Whether it stands in the place of that mapping when nothing else is in it.
    pub alone: bool,
    /// Its value.
    pub value: Value,
    /// How to write the value.
    pub style: Option<Style>,
    /// How to write the items of a list.
    pub items: Option<Style>,
    /// Whether an empty line stands above it.
    pub blank_before: bool,
}

/// A key from the command line: `--set layout=post`. Values are YAML, or an expression.
#[derive(Debug, Clone)]
pub struct Set {
    name: String,
    pub(super) value: Result<Value, Expression>,
}

/// A head as it is to be written, and what of the item is not in it.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct WrittenHead {
    /// The keys in order.
    pub keys: Vec<Written>,
    /// What has no key.
    pub losses: Vec<Loss>,
}

impl Profile {
    /// Compiles a key from the command line: `value` is YAML, or text with expressions in `{{ … }}`.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for an expression that does not compile.
    pub fn set(&mut self, name: &str, value: &str) -> Result<Set, Error> {
        let name = name.to_owned();
        if value.contains("{{") {
            let expression = self.values.add(value).map_err(|mistake| {
                Error::new(ErrorKind::Usage, format!("the value of `--set {name}` {}", mistake.0))
            })?;
            return Ok(Set { name, value: Err(expression) });
        }
        let (tree, findings) = yaml::parse(value, 0..value.len(), &crate::limits::Limits::default());
        // What is no YAML is meant as text: `--set title=Budget: one`. So is what YAML would leave empty.
        let value = match tree.nodes.first() {
            Some(node) if findings.is_empty() && !matches!(node.kind, Kind::Null | Kind::Map(_)) => {
                tree.to_value(crate::syntax::tree::Tree::ROOT)
            }
            _ => Value::String(value.to_owned()),
        };
        Ok(Set { name, value: Ok(value) })
    }

    /// The head of an item. With `extra`, the keys that are no field follow the others.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] for an expression that fails, or runs on without end.
    pub fn write(&self, item: &Item, feed: &FeedVariables, sets: &[Set], extra: bool) -> Result<WrittenHead, Error> {
        let mut variables = Variables { item, feed, given: Vec::new(), folder: None };
        let mut keys: Vec<Written> = Vec::with_capacity(self.keys.len());
        for key in &self.keys {
            let Some((value, style)) = self.filled(key, &mut variables, extra)? else { continue };
            keys.push(Written {
                name: key.name.clone(),
                within: key.within.clone(),
                alone: key.alone,
                value,
                style,
                items: key.items,
                blank_before: key.blank_before,
            });
        }
        if extra {
            for (name, value) in &item.extra.keys {
                let written = self.other(name, value.clone());
                if !keys.iter().any(|key| key.name == written.name && key.within == written.within) {
                    keys.push(written);
                }
            }
        }
        let back = self.read_back(&keys);
        let mut losses = losses::between(item, &back, extra);
        if extra
            && !losses.is_empty()
            && let Some(own) = own::write(item, &back, &losses)
        {
            keys.push(self.other(OWN, own));
            losses = losses::between(item, &self.read_back(&keys), extra);
        }
        let has = |name: &String| keys.iter().any(|key| key.within.as_ref().unwrap_or(&key.name) == name);
        let needed = self.required.iter().filter(|name| !has(name));
        losses.extend(needed.map(|name| Loss::new(name.clone(), Reason::Missing, "")));
        for set in sets {
            let value = match &set.value {
                Ok(value) => value.clone(),
                Err(expression) => self.evaluate(expression, &set.name, &mut variables)?,
            };
            match keys.iter_mut().find(|key| key.name == set.name) {
                Some(key) => key.value = value,
                None => keys.push(self.other(&set.name, value)),
            }
        }
        Ok(WrittenHead { keys, losses })
    }

    /// The file that an item goes to, from the keys that its name depends on: for a head without keys from the command
    /// line or from elsewhere.
    ///
    /// # Errors
    /// Those of [`Profile::file_name`].
    pub fn name_alone(&self, item: &Item, feed: &FeedVariables, naming: &Naming) -> Result<FileName, Error> {
        let mut variables = Variables { item, feed, given: Vec::new(), folder: None };
        let mut keys = Vec::with_capacity(naming.keys.len());
        for key in naming.keys.iter().map(|&index| &self.keys[index]) {
            let Some((value, _)) = self.filled(key, &mut variables, false)? else { continue };
            keys.push(Written { within: key.within.clone(), ..Written::plain(&key.name, value) });
        }
        self.file_name(item, feed, &WrittenHead { keys, losses: Vec::new() })
    }

    /// The file that an item with this head goes to.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] where the profile's pattern fails, [`ErrorKind::Usage`] where one of the command line's gives
    /// no name.
    pub fn file_name(&self, item: &Item, feed: &FeedVariables, head: &WrittenHead) -> Result<FileName, Error> {
        let variables = self.variables_of(item, feed, head);
        // Posts of a site have their place already, whatever their type.
        let is_other = feed.is_foreign() && !variables.of_item("type").is_null();
        let (pattern, key) =
            if is_other { (&self.other_file_name, "other_file_name") } else { (&self.file_name, "file_name") };
        let path = self.paths.evaluate(pattern, &mut |name| variables.get(name));
        let path = path.map_err(|Mistake(words)| config(format!("the pattern `{key}` {words}")))?;
        let cleaned = path.as_str().and_then(FileName::clean);
        if cleaned.is_none() && self.own_file_name && !is_other {
            let title = item.title.as_ref().map_or("an item without title", |title| title.value.as_str());
            let error = Error::new(ErrorKind::Usage, format!("`--file-name` gives no name for “{title}”"));
            return Err(error.help("name what every item has: `{{ slug }}`, `{{ hash }}`"));
        }
        // Nothing that could be a name: the item's own sign always can.
        cleaned
            .or_else(|| FileName::clean(&format!("{}.md", hash(item))))
            .ok_or_else(|| config(format!("the pattern `{key}` gives no name")))
    }

    /// The address of the page that a post with this head becomes, in that folder of the site; `None` where the profile
    /// has no pattern of addresses.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] where the pattern fails.
    pub fn address_of(
        &self,
        item: &Item,
        feed: &FeedVariables,
        head: &WrittenHead,
        folder: &str,
    ) -> Result<Option<String>, Error> {
        let Some(pattern) = &self.addresses else { return Ok(None) };
        let mut variables = self.variables_of(item, feed, head);
        variables.folder = Some(self.pages.below_root(folder).trim_matches('/').to_owned());
        let address = self.values.evaluate(pattern, &mut |name| variables.get(name));
        let address = address.map_err(|Mistake(words)| config(format!("the pattern of addresses {words}")))?;
        Ok(address.as_str().map(str::to_owned).filter(|address| !address.trim().is_empty()))
    }

    /// What expressions read once a head is made.
    fn variables_of<'a>(&self, item: &'a Item, feed: &'a FeedVariables, head: &WrittenHead) -> Variables<'a> {
        let mut variables = Variables { item, feed, given: Vec::new(), folder: None };
        for written in &head.keys {
            let key = match &written.within {
                Some(group) => self.key_within(group, &written.name),
                None => self.key(&written.name),
            };
            if let Some(field) = key.and_then(|key| key.read) {
                variables.given.push((field.name, written.value.clone()));
            }
        }
        variables
    }

    /// Takes another pattern of file names: `--file-name`.
    ///
    /// # Errors
    /// It does not compile, or gives every item the same name.
    pub fn set_file_name(&mut self, pattern: &str) -> Result<(), Error> {
        let wrong = |words: String| {
            Error::new(ErrorKind::Usage, format!("the pattern of `--file-name` {words}"))
                .help("write it as `{{ slug }}.md`, or `{{ published | date('%Y/%m') }}/{{ slug }}/index.md`")
        };
        let compiled = self.paths.add(pattern).map_err(|Mistake(words)| wrong(words))?;
        if compiled.is_constant() {
            return Err(wrong(format!("gives every post the same name, `{pattern}`")));
        }
        (self.file_name, self.own_file_name) = (compiled, true);
        Ok(())
    }

    /// Takes another pattern of addresses: `--address`.
    ///
    /// # Errors
    /// It does not compile, or gives every item the same address.
    pub fn set_address(&mut self, pattern: &str) -> Result<(), Error> {
        let wrong = |words: String| {
            Error::new(ErrorKind::Usage, format!("the pattern of addresses {words}"))
                .help("write it as `/posts/{{ slug }}/`")
        };
        let compiled = self.values.add(pattern).map_err(|Mistake(words)| wrong(words))?;
        if compiled.is_constant() {
            return Err(wrong(format!("gives every post the same address, `{pattern}`")));
        }
        (self.address, self.addresses) = (Some(pattern.to_owned()), Some(compiled));
        Ok(())
    }

    /// A key that is none of the profile's: where the generator looks for those.
    fn other(&self, name: &str, value: Value) -> Written {
        let known = self.described.iter().any(|known| known == name) || self.is_group(name);
        let within = self.habits.others_in.clone().filter(|_| !known);
        Written { within, ..Written::plain(name, value) }
    }

    /// A key's value, or what stands for none; `None` where the key is left out. Expressions of later keys know it.
    fn filled(
        &self,
        key: &Key,
        variables: &mut Variables<'_>,
        extra: bool,
    ) -> Result<Option<(Value, Option<Style>)>, Error> {
        let (value, style) = self.value(key, variables, extra)?;
        if let Some(field) = key.read {
            variables.given.push((field.name, value.clone()));
        }
        let value = if is_empty(&value) { key.empty.as_ref().map(|(empty, _)| empty.clone()) } else { Some(value) };
        Ok(value.map(|value| (value, style)))
    }

    /// The value of a key, and how to write it.
    fn value(&self, key: &Key, variables: &mut Variables<'_>, extra: bool) -> Result<(Value, Option<Style>), Error> {
        let own = match key.read {
            Some(field) => (field.get)(variables.item),
            None if extra => variables.item.extra.keys.get(&key.name).cloned().unwrap_or(Value::Null),
            None => Value::Null,
        };
        let made = match &key.write {
            Some(expression) if key.always || is_empty(&own) => self.evaluate(expression, &key.name, variables)?,
            _ => Value::Null,
        };
        let value = if is_empty(&made) { own } else { made };
        let style = match &key.empty {
            Some((_, style)) if is_empty(&value) => Some(*style),
            _ => key.style,
        };
        Ok((value, style))
    }

    fn evaluate(&self, expression: &Expression, key: &str, variables: &mut Variables<'_>) -> Result<Value, Error> {
        let value = self.values.evaluate(expression, &mut |name| variables.get(name));
        value.map_err(|Mistake(words)| config(format!("the expression of the key `{key}` {words}")))
    }
}

fn config(message: String) -> Error {
    Error::new(ErrorKind::Config, message)
}

impl Written {
    fn plain(name: &str, value: Value) -> Self {
        let name = name.to_owned();
        Written { name, within: None, alone: false, value, style: None, items: None, blank_before: false }
    }
}

impl WrittenHead {
    /// The keys with those that stand in a mapping gathered in it, where its first one stands.
    pub fn gathered(self) -> Vec<Written> {
        let mut keys: Vec<Written> = Vec::with_capacity(self.keys.len());
        for mut key in self.keys {
            let name = key.within.take();
            let is_in_group = name.is_some();
            let name = name.unwrap_or_else(|| key.name.clone());
            match (keys.iter_mut().find(|known| known.name == name).map(|known| &mut known.value), key.value) {
                (Some(Value::Object(known)), value) if is_in_group => {
                    known.entry(key.name).or_insert(value);
                }
                (Some(Value::Object(known)), Value::Object(value)) => known.extend(value),
                (Some(Value::Object(_)), _) => {}
                (_, value) if is_in_group => {
                    let value = Value::Object(Map::from_iter([(key.name, value)]));
                    keys.push(Written { name, value, ..key });
                }
                (_, value) => keys.push(Written { name, value, ..key }),
            }
        }
        for key in &mut keys {
            if let (true, Value::Object(inner)) = (key.alone, &mut key.value)
                && inner.len() == 1
                && let Some(value) = inner.values_mut().next().map(Value::take)
            {
                key.value = value;
            }
        }
        keys
    }
}
