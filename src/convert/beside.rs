//! What an export holds beside its items: things that are none, which are counted, and comments, which become lines of
//! JSON where that is asked for (`--comments`).
//!
//! Whoever asks for them moves them elsewhere, so that nothing is left out: names and addresses of those who wrote them
//! are in the file too, and in no other.

use serde_json::{Map, Value};

use super::{Fate, Output, Run, Told, losses::Origin};
use crate::{
    error::Error,
    finding::{Loss, Reason},
    format::Part,
    model::{Comment, Date, TextKind},
};

impl Run<'_> {
    /// Takes what an export holds beside its items: a comment is written where that was asked for, the rest is counted.
    pub(super) fn beside(
        &mut self,
        part: Part,
        source: &str,
        output: &mut dyn Output,
        origin: &Origin,
    ) -> Result<(), Error> {
        match part {
            Part::Comment(comment) => {
                self.summary.comments += 1;
                if self.options.comments {
                    return output.comment(&line(&comment));
                }
                self.summary.losses.add(vec![Loss::new("comments", Reason::LeftOut, "")], origin);
            }
            Part::LeftOut(loss) => {
                self.summary.left_out += 1;
                let losses = vec![loss];
                output.told(&Told { losses: &losses, ..Told::new(source, origin.item, Fate::LeftOut) })?;
                self.summary.losses.add(losses, origin);
            }
            Part::Head(_) | Part::Item(_) | Part::Late(_) => {}
        }
        Ok(())
    }
}

/// A comment as a line of JSON.
fn line(comment: &Comment) -> Vec<u8> {
    let content = comment.content.as_ref();
    let is_html = content.is_some_and(|content| matches!(content.kind, TextKind::Html | TextKind::Xhtml));
    let author = &comment.author;
    let persons = [("name", &author.name), ("email", &author.email), ("url", &author.url), ("ip", &comment.author_ip)];
    let author = object(persons.map(|(key, text)| (key, text.clone())));
    let published = comment.published.as_ref().map(written);
    let content = content.map(|content| content.value.clone());
    let mut object = object([
        ("id", comment.id.clone()),
        ("parent", comment.parent.clone()),
        ("item_id", comment.item_id.clone()),
        ("item_url", comment.item_url.clone()),
        ("date_published", published),
        ("status", comment.status.clone()),
        ("kind", comment.kind.clone()),
        (if is_html { "content_html" } else { "content_text" }, content),
    ]);
    if !author.is_empty() {
        object.insert("author".to_owned(), Value::Object(author));
    }
    let mut line = Value::Object(object).to_string().into_bytes();
    line.push(b'\n');
    line
}

/// The members that are there.
fn object<const N: usize>(members: [(&str, Option<String>); N]) -> Map<String, Value> {
    let filled = members.into_iter().filter_map(|(key, text)| Some((key.to_owned(), Value::String(text?))));
    filled.collect()
}

/// A date as JSON Feed has it; as it was written where it cannot be read.
fn written(date: &Date) -> String {
    date.moment.map_or_else(|| date.text.clone(), |moment| moment.rfc3339())
}
