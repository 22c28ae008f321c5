//! A schema made of posts: what they have in common, with counts, so that what stands out shows. And what a site needs
//! to begin with.

mod seen;
mod starter;
mod write;

pub use starter::{Found, StarterFile, plan};

use std::collections::HashMap;

use crate::document::Document;

use seen::Seen;

/// What a number of posts have in common.
///
/// ```
/// use slugline::{check, infer::Inference};
///
/// let mut inference = Inference::default();
/// for post in ["---\ntitle: Snow\ndraft: true\n---\n", "---\ntitle: Ice\n---\n"] {
///     let checked = check::check("post.md", post.into(), &check::Options::default())?;
///     inference.add(&checked.document);
/// }
/// assert_eq!(inference.required().collect::<Vec<_>>(), ["title"]);
/// assert!(inference.to_json().contains(r#""required": ["#));
/// # Ok::<(), slugline::error::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Inference {
    /// How many posts there are.
    posts: usize,
    /// The keys at the top, in the order in which they were met.
    keys: Vec<Seen>,
    /// Where in `keys` each is.
    index: HashMap<String, usize>,
    /// The names of the first posts, which lack every key that comes later.
    first: Vec<String>,
}

/// Files that are named as examples.
const EXAMPLES: usize = 3;

impl Inference {
    /// Takes a post in; whether it is one.
    pub fn add(&mut self, document: &Document) -> bool {
        let Some(post) = document.post() else { return false };
        self.posts += 1;
        for entry in post.tree.entries() {
            let at = *self.index.entry(entry.key.to_string()).or_insert_with(|| {
                let mut key = Seen::new(&entry.key);
                key.without.extend(self.first.iter().cloned());
                self.keys.push(key);
                self.keys.len() - 1
            });
            self.keys[at].add(&post.tree, entry.value, &document.name);
            self.keys[at].last = self.posts;
        }
        for key in self.keys.iter_mut().filter(|key| key.without.len() < EXAMPLES && key.last != self.posts) {
            key.without.push(document.name.clone());
        }
        if self.first.len() < EXAMPLES {
            self.first.push(document.name.clone());
        }
        true
    }

    /// How many posts were taken in.
    pub fn posts(&self) -> usize {
        self.posts
    }

    /// The keys that all posts have.
    pub fn required(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().filter(|key| key.count == self.posts).map(|key| key.name.as_str())
    }

    /// The schema as YAML, with counts in comments.
    pub fn to_yaml(&self) -> String {
        write::yaml(self)
    }

    /// The schema as JSON, which has no comments.
    pub fn to_json(&self) -> String {
        write::json(self)
    }
}
