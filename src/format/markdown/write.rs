//! An item to a post.

use std::sync::Arc;

use super::templates;
use crate::{
    error::Error,
    file_name::FileName,
    finding::{Loss, Reason},
    format::{Keep, Post, Sink, WriteOptions, Writer},
    model::{Feed, Item, TextKind, Value},
    profile::{FeedVariables, Naming, Profile, Set, Templates, Written, WrittenHead},
    reference,
    syntax::emit,
};

pub(super) fn write(options: &WriteOptions) -> Box<dyn Writer> {
    let mut profile = Arc::clone(&options.profile);
    let mut sets = Vec::with_capacity(options.set.len());
    let mut refused = None;
    for (name, value) in &options.set {
        match Arc::make_mut(&mut profile).set(name, value) {
            Ok(set) => sets.push(set),
            Err(error) => refused = Some(error),
        }
    }
    Box::new(MarkdownWriter {
        naming: profile.naming(&sets),
        profile,
        sets,
        rename: options.rename.clone(),
        drop: options.drop.clone(),
        extra: options.extra == Keep::All,
        folder: options.folder.clone(),
        aliases: options.aliases,
        feed: FeedVariables::default(),
        foreign: false,
        refused,
        tried: false,
    })
}

struct MarkdownWriter {
    profile: Arc<Profile>,
    sets: Vec<Set>,
    rename: Vec<(String, String)>,
    drop: Vec<String>,
    extra: bool,
    /// The folder that files go to.
    folder: String,
    /// Whether old addresses go along.
    aliases: bool,
    feed: FeedVariables,
    /// Whether the items come from a feed: what looks like template syntax in them is none.
    foreign: bool,
    /// Why the options cannot be used; told as soon as the writer can.
    refused: Option<Error>,
    /// What the names of files depend on.
    naming: Naming,
    /// Whether a whole head was made.
    tried: bool,
}

impl Writer for MarkdownWriter {
    fn head(&mut self, feed: &Feed, _sink: &mut dyn Sink, _losses: &mut Vec<Loss>) -> Result<(), Error> {
        if let Some(error) = self.refused.take() {
            return Err(error);
        }
        self.feed = FeedVariables::new(feed);
        self.foreign = self.feed.is_foreign();
        Ok(())
    }

    fn item(&mut self, item: &Item, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        let head = self.profile.write(item, &self.feed, &self.sets, self.extra)?;
        let name = self.profile.file_name(item, &self.feed, &head)?;
        let bytes = self.bytes(item, head, name.as_str(), losses)?;
        sink.post(Post { name, bytes })
    }

    fn post(&mut self, item: &Item, file: &str, losses: &mut Vec<Loss>) -> Result<Option<Vec<u8>>, Error> {
        let head = self.profile.write(item, &self.feed, &self.sets, self.extra)?;
        self.bytes(item, head, file, losses).map(Some)
    }

    fn file_name(&mut self, item: &Item) -> Result<Option<FileName>, Error> {
        if self.tried && !self.extra && self.sets.is_empty() {
            return self.profile.name_alone(item, &self.feed, &self.naming).map(Some);
        }
        // The whole head of the first one, so that an expression that cannot be evaluated is told before anything is
        // written.
        self.tried = true;
        let head = self.profile.write(item, &self.feed, &self.sets, self.extra)?;
        self.profile.file_name(item, &self.feed, &head).map(Some)
    }

    fn address(&mut self, item: &Item, file: &str) -> Result<Option<String>, Error> {
        let head = self.profile.write(item, &self.feed, &self.sets, self.extra)?;
        self.address_in(item, &head, file)
    }

    fn name_reads_body(&self, item: &Item) -> bool {
        !self.tried || self.profile.name_reads_body(item, &self.naming)
    }

    fn finish(&mut self, _late: Option<&Feed>, _sink: &mut dyn Sink, _losses: &mut Vec<Loss>) -> Result<(), Error> {
        Ok(())
    }
}

impl MarkdownWriter {
    /// The post, which stands in that file.
    fn bytes(&self, item: &Item, mut head: WrittenHead, file: &str, losses: &mut Vec<Loss>) -> Result<Vec<u8>, Error> {
        if self.aliases {
            self.add_alias(item, &mut head, file)?;
        }
        losses.append(&mut head.losses);
        self.drop_and_rename(&mut head, losses);
        let mut text = String::with_capacity(1024 + item.content.as_ref().map_or(0, |content| content.value.len()));
        self.push_head(head, &mut text, losses);
        self.push_body(item, file.ends_with(".mdx"), &mut text, losses);
        Ok(text.into_bytes())
    }

    fn address_in(&self, item: &Item, head: &WrittenHead, file: &str) -> Result<Option<String>, Error> {
        let below = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        // The folder of a bundle is the post itself.
        let below = if self.profile.pages.index.iter().any(|index| file.ends_with(&format!("/{index}.md"))) {
            below.rsplit_once('/').map_or("", |(above, _)| above)
        } else {
            below
        };
        let folder = [self.folder.trim_matches('/'), below].join("/");
        self.profile.address_of(item, &self.feed, head, folder.trim_matches('/'))
    }

    /// Adds the path that an item had before, where it is another one now.
    fn add_alias(&self, item: &Item, head: &mut WrittenHead, file: &str) -> Result<(), Error> {
        let Some(key) = &self.profile.old_addresses else { return Ok(()) };
        let Some(old) = item.url.as_deref().and_then(reference::path) else { return Ok(()) };
        let new = self.address_in(item, head, file)?;
        if old == "/" || new.as_deref() == Some(&old) || head.keys.iter().any(|known| known.name == *key) {
            return Ok(());
        }
        let value = Value::Array(vec![Value::String(old)]);
        head.keys.push(Written {
            name: key.clone(),
            within: None,
            alone: false,
            value,
            style: None,
            items: None,
            blank_before: false,
        });
        Ok(())
    }

    fn drop_and_rename(&self, head: &mut WrittenHead, losses: &mut Vec<Loss>) {
        for name in &self.drop {
            if let Some(at) = head.keys.iter().position(|key| key.name == *name) {
                let key = head.keys.remove(at);
                losses.push(Loss::new(name.clone(), Reason::Asked, &example(&key.value)));
            }
        }
        for (from, to) in self.rename.iter().filter(|(from, to)| from != to) {
            if !head.keys.iter().any(|key| key.name == *from) {
                continue;
            }
            // A key cannot stand twice: the one that is renamed was asked for.
            if let Some(at) = head.keys.iter().position(|key| key.name == *to) {
                let key = head.keys.remove(at);
                losses.push(Loss::new(to.clone(), Reason::OnlyOne, &example(&key.value)));
            }
            if let Some(key) = head.keys.iter_mut().find(|key| key.name == *from) {
                to.clone_into(&mut key.name);
            }
        }
    }

    fn push_head(&self, head: WrittenHead, text: &mut String, losses: &mut Vec<Loss>) {
        let keys = head.gathered();
        let lines: Vec<emit::Line<'_>> = keys
            .iter()
            .map(|key| emit::Line {
                key: &key.name,
                value: &key.value,
                style: key.style,
                items: key.items,
                blank_before: key.blank_before,
            })
            .collect();
        for pointer in emit::head(self.profile.head, self.profile.layout, &lines, text) {
            let name = pointer.split('/').nth(1).unwrap_or_default().replace("~1", "/").replace("~0", "~");
            losses.push(Loss::new(name, Reason::Unreadable, &pointer));
        }
    }

    fn push_body(&self, item: &Item, is_mdx: bool, text: &mut String, losses: &mut Vec<Loss>) {
        let Some(content) = &item.content else { return };
        if let TextKind::Media(kind) = &content.kind {
            losses.push(Loss::new("content", Reason::Unreadable, kind));
            return;
        }
        if let Some(language) = &content.language {
            losses.push(Loss::new("content.language", Reason::NoField, language));
        }
        if let Some(base) = &content.base {
            losses.push(Loss::new("content.base", Reason::NoField, base));
        }
        let body = if self.foreign {
            templates::escape(&content.value, if is_mdx { Templates::Mdx } else { self.profile.templates })
        } else {
            content.value.as_str().into()
        };
        if body.contains('\r') {
            text.push_str(&body.replace("\r\n", "\n").replace('\r', "\n"));
        } else {
            text.push_str(&body);
        }
        if !body.is_empty() {
            text.push('\n');
        }
    }
}

fn example(value: &crate::model::Value) -> String {
    match value {
        crate::model::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
