//! Whole values: passed over, or taken.

use serde_json::{Map, Value};

use super::{
    number::number,
    token::{Json, Step, Token},
};

impl Json<'_> {
    /// Passes over the next value, whole.
    pub fn skip(&mut self) -> Step<()> {
        let depth = self.open.len();
        self.skipping = true;
        let result = loop {
            match self.next() {
                Err(fault) => break Err(fault),
                Ok(Token::Key(_)) => {}
                Ok(Token::End) => break Ok(()),
                Ok(_) => {
                    if self.open.len() <= depth {
                        break Ok(());
                    }
                }
            }
        };
        self.skipping = false;
        result
    }

    /// The next value, whole. Of keys that are there twice the first counts; a number that would be rounded stays
    /// text. Both are findings.
    pub fn read_value(&mut self) -> Step<Value> {
        let mut open: Vec<(Value, Option<String>)> = Vec::new();
        loop {
            let value = match self.next()? {
                Token::ObjectStart => {
                    open.push((Value::Object(Map::new()), None));
                    continue;
                }
                Token::ArrayStart => {
                    open.push((Value::Array(Vec::new()), None));
                    continue;
                }
                Token::Key(key) => {
                    let key = key.to_owned();
                    if let Some((Value::Object(map), slot)) = open.last_mut() {
                        if map.contains_key(&key) {
                            self.duplicate(&key, self.range());
                            self.skip()?;
                        } else {
                            *slot = Some(key);
                        }
                    }
                    continue;
                }
                Token::ObjectEnd | Token::ArrayEnd => match open.pop() {
                    Some((value, _)) => value,
                    // The end of a collection that was open before: there is no value.
                    None => return Ok(Value::Null),
                },
                Token::String(text) => Value::String(text.to_owned()),
                Token::Number(text) => match number(text) {
                    Some(number) => Value::Number(number),
                    None => {
                        let text = text.to_owned();
                        self.inexact(&text);
                        Value::String(text)
                    }
                },
                Token::Bool(value) => Value::Bool(value),
                Token::Null => Value::Null,
                Token::End => return Ok(Value::Null),
            };
            match open.last_mut() {
                None => return Ok(value),
                Some((Value::Array(items), _)) => items.push(value),
                Some((Value::Object(map), slot)) => {
                    if let Some(key) = slot.take() {
                        map.insert(key, value);
                    }
                }
                Some(_) => {}
            }
        }
    }
}
