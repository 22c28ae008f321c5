//! Any sequence of changes to a feed, edits by hand and imports: no edit is lost, and what nobody edited is what a fresh
//! import makes.
#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use proptest::prelude::*;
use serde_json::{Value, json};
use slugline::{
    convert::{
        self, Options, index,
        memory::{Bytes, Memory},
        plan::Existing,
    },
    format::{self, Keep},
    head_edit::Parts,
    limits::Limits,
    profile::Profile,
    syntax::{
        head::HeadFormat,
        tree::{Kind, Style},
    },
};

const ITEMS: usize = 3;

const CASES: u32 = 24;

/// What happens between two imports, and the imports.
#[derive(Debug, Clone)]
enum Step {
    /// An item says something else, or less.
    Source(usize, &'static str, Value),
    /// A person gives a key of a post another value.
    Value(usize, usize),
    /// A person takes a key out.
    Remove(usize, usize),
    /// A person adds a key, or a comment.
    Add(usize),
    Comment(usize, usize),
    /// A person writes into a body.
    Body(usize),
    Import,
}

fn step() -> impl Strategy<Value = Step> {
    let text = prop_oneof![
        "[a-z]{1,8}( [a-z]{1,8}){0,3}",
        Just("a: b # c".to_owned()),
        Just("'q' \"d\"".to_owned()),
        Just("é 日".to_owned()),
        Just("true".to_owned()),
        Just("one\ntwo".to_owned()),
    ];
    let field = prop_oneof![
        (Just("title"), text.clone().prop_map(Value::from)),
        (Just("summary"), prop_oneof![Just(Value::Null), text.clone().prop_map(Value::from)]),
        (Just("content_html"), text.clone().prop_map(|text| Value::from(format!("<p>{text}</p>")))),
        (Just("tags"), prop::collection::vec("[a-z]{1,6}", 0..4).prop_map(|tags| json!(tags))),
        (
            Just("image"),
            prop_oneof![Just(Value::Null), "[a-z]{1,6}".prop_map(|n| json!(format!("https://a.example/{n}.png")))]
        ),
        (Just("authors"), prop_oneof![Just(Value::Null), "[A-Z][a-z]{1,6}".prop_map(|n| json!([{"name": n}]))]),
        (Just("language"), prop_oneof![Just(Value::Null), Just(json!("de"))]),
    ];
    let item = 0..ITEMS;
    prop_oneof![
        4 => (item.clone(), field).prop_map(|(item, (key, value))| Step::Source(item, key, value)),
        1 => (item.clone(), 0..12usize).prop_map(|(item, key)| Step::Value(item, key)),
        1 => (item.clone(), 0..12usize).prop_map(|(item, key)| Step::Remove(item, key)),
        1 => item.clone().prop_map(Step::Add),
        1 => (item.clone(), 0..12usize).prop_map(|(item, key)| Step::Comment(item, key)),
        1 => item.prop_map(Step::Body),
        3 => Just(Step::Import),
    ]
}

/// What a person did to a post: keys with the hash they have since (`None` where they are gone), the body's, comments.
#[derive(Default)]
struct Hand {
    keys: HashMap<Vec<String>, Option<u64>>,
    body: Option<u64>,
    comments: Vec<String>,
}

struct World {
    profile: Arc<Profile>,
    items: Vec<Value>,
    memory: Memory,
    hands: BTreeMap<usize, Hand>,
    count: usize,
}

impl World {
    fn new(profile: &str) -> Self {
        let items = (0..ITEMS).map(|number| {
            json!({"id": format!("id-{number}"), "url": format!("https://a.example/{number}"), "title": format!("Post {number}"),
                "date_published": "2025-09-24T03:17:09+02:00", "tags": ["x"], "content_html": "<p>Text.</p>"})
        });
        let memory = Memory { is_folder: true, ..Memory::default() };
        let profile = Arc::new(Profile::built_in(profile).unwrap());
        World { profile, items: items.collect(), memory, hands: BTreeMap::new(), count: 0 }
    }

    fn import(&self, memory: &mut Memory) {
        let mut options = Options::new(format::find("markdown").unwrap(), Arc::clone(&self.profile));
        (options.existing, options.write.extra) = (Existing::Update, Keep::None);
        options.same_name = convert::plan::SameName::Suffix;
        let text: String = self.items.iter().map(|item| format!("{item}\n")).collect();
        let input = Bytes { name: "feed.ndjson".to_owned(), bytes: text.into_bytes() };
        memory.fates.clear();
        let summary = convert::convert(&[&input], memory, &options).unwrap();
        assert!(summary.errors.is_empty(), "{:?}", summary.errors);
        let unedited =
            |(_, why): &(String, convert::Why)| matches!(why, convert::Why::Unedited | convert::Why::Unknown);
        assert!(!summary.conflicts.kinds.keys().any(unedited), "{:?}", summary.conflicts);
    }

    /// The file of an item: the n-th that was told.
    fn file(memory: &Memory, item: usize) -> Option<String> {
        memory.fates.get(item).map(|(file, _)| file.clone())
    }

    fn text(memory: &Memory, file: &str) -> String {
        String::from_utf8(memory.files[file].clone()).unwrap()
    }

    fn keys(&self, text: &str) -> (HashMap<Vec<String>, u64>, u64) {
        let parts = Parts::of(text, &self.profile.fences, &Limits::default()).unwrap();
        (index::keys(&parts.tree, &self.profile), index::body(&parts))
    }

    /// Edits a post by hand, if the edit can be made, and takes down what it did.
    fn by_hand(&mut self, item: usize, edit: impl FnOnce(&Parts<'_>, &mut Hand, usize) -> Option<String>) {
        let Some(file) = Self::file(&self.memory, item) else { return };
        let text = Self::text(&self.memory, &file);
        let parts = Parts::of(&text, &self.profile.fences, &Limits::default()).unwrap();
        self.count += 1;
        let mut hand = self.hands.remove(&item).unwrap_or_default();
        let made = edit(&parts, &mut hand, self.count);
        self.hands.insert(item, hand);
        let Some(made) = made else { return };
        let (before, body_before) = self.keys(&text);
        let (after, body_after) = self.keys(&made);
        let hand = self.hands.entry(item).or_default();
        for path in before.keys().chain(after.keys()) {
            if before.get(path) != after.get(path) {
                hand.keys.insert(path.clone(), after.get(path).copied());
            }
        }
        if body_before != body_after {
            hand.body = Some(body_after);
        }
        self.memory.files.insert(file, made.into_bytes());
    }

    /// Imports, and looks whether everything is as it should be.
    fn import_and_look(&mut self) {
        let mut memory = std::mem::take(&mut self.memory);
        self.import(&mut memory);
        let mut fresh = Memory { is_folder: true, ..Memory::default() };
        self.import(&mut fresh);
        for item in 0..ITEMS {
            let text = Self::text(&memory, &Self::file(&memory, item).unwrap());
            let (mut keys, mut body) = self.keys(&text);
            let (mut wanted, wanted_body) = self.keys(&Self::text(&fresh, &Self::file(&fresh, item).unwrap()));
            let hand = self.hands.entry(item).or_default();
            for (path, value) in &hand.keys {
                assert_eq!(keys.get(path), value.as_ref(), "{path:?} was changed by hand in\n{text}");
                keys.remove(path);
            }
            // What both took out is nobody's any more.
            hand.keys.retain(|path, value| value.is_some() || wanted.contains_key(path));
            for path in hand.keys.keys() {
                wanted.remove(path);
            }
            if let Some(own) = hand.body {
                assert_eq!(body, own, "the body was changed by hand in\n{text}");
                body = wanted_body;
            }
            assert_eq!(keys, wanted, "not as a fresh import makes it:\n{text}");
            assert_eq!(body, wanted_body, "not the body of a fresh import:\n{text}");
            for comment in &hand.comments {
                assert!(text.contains(comment), "{comment} is gone from\n{text}");
            }
        }
        // And again: nothing is left to do.
        let before = memory.clone();
        self.import(&mut memory);
        assert_eq!((&before.files, &before.index), (&memory.files, &memory.index));
        self.memory = memory;
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Source(item, key, value) => {
                let map = self.items[*item].as_object_mut().unwrap();
                match value {
                    Value::Null => drop(map.remove(*key)),
                    value => drop(map.insert((*key).to_owned(), value.clone())),
                }
            }
            Step::Import => self.import_and_look(),
            Step::Body(item) => self.by_hand(*item, |parts, _, count| Some(format!("{}Hand {count}.\n", parts.text))),
            Step::Add(item) => self.by_hand(*item, |parts, _, count| {
                let line = match parts.head.format {
                    HeadFormat::Toml => format!("hand{count} = 'x'\n"),
                    HeadFormat::Json | HeadFormat::BareJson => return None,
                    _ => format!("hand{count}: x\n"),
                };
                let mut text = parts.text.to_string();
                text.insert_str(parts.head.inner.start, &line);
                Some(text)
            }),
            Step::Comment(item, number) => self.by_hand(*item, |parts, hand, count| {
                if !matches!(parts.head.format, HeadFormat::Yaml | HeadFormat::Toml) {
                    return None;
                }
                let entries = parts.tree.entries();
                let entry = entries.get(number % entries.len().max(1))?;
                let at = parts.text[..entry.key_range.start].rfind('\n')? + 1;
                let comment = format!("# hand {count};");
                let mut text = parts.text.to_string();
                text.insert_str(at, &format!("{comment}\n"));
                hand.comments.push(comment);
                Some(text)
            }),
            Step::Value(item, number) => self.by_hand(*item, |parts, _, count| {
                let (key, value) = scalar(parts, *number)?;
                let plain = matches!(parts.head.format, HeadFormat::Plain);
                let made = if plain { format!("hand {count}") } else { format!("\"hand {count}\"") };
                let mut text = parts.text.to_string();
                text.replace_range(value, &made);
                let _ = key;
                Some(text)
            }),
            Step::Remove(item, number) => self.by_hand(*item, |parts, _, _| {
                if matches!(parts.head.format, HeadFormat::Json | HeadFormat::BareJson) {
                    return None;
                }
                let (key, value) = scalar(parts, *number)?;
                let start = parts.text[..key.start].rfind('\n').map_or(0, |at| at + 1);
                let end = value.end + parts.text[value.end..].find('\n')? + 1;
                let mut text = parts.text.to_string();
                text.replace_range(start..end, "");
                Some(text)
            }),
        }
    }
}

/// Where key and value of some text of one line stand; not those that tell whose a post is.
fn scalar(parts: &Parts<'_>, number: usize) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    for entry in parts.tree.entries() {
        match &parts.tree.node(entry.value).kind {
            Kind::Map(inner) => found.extend(inner),
            _ => found.push(entry),
        }
    }
    found.retain(|entry| {
        let node = parts.tree.node(entry.value);
        let one_line = node.style != Style::Block && !node.range.is_empty();
        let tells = ["guid", "link", "id", "url"].contains(&&*entry.key);
        one_line && !tells && matches!(node.kind, Kind::String(_)) && entry.key_range.end <= node.range.start
    });
    let entry = found.get(number % found.len().max(1))?;
    Some((entry.key_range.clone(), parts.tree.node(entry.value).range.clone()))
}

fn hold(profile: &str, head: Option<HeadFormat>, steps: &[Step]) {
    let mut world = World::new(profile);
    if let Some(head) = head {
        Arc::make_mut(&mut world.profile).head = head;
    }
    world.import_and_look();
    for step in steps {
        world.take(step);
    }
    world.import_and_look();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn no_edit_is_lost_and_the_rest_is_as_fresh(
        profile in prop::sample::select(Profile::names()),
        steps in prop::collection::vec(step(), 1..16),
    ) {
        hold(profile, None, &steps);
    }

    #[test]
    fn nor_in_heads_of_other_formats(
        (profile, head) in prop::sample::select(vec![
            ("hugo", HeadFormat::Toml),
            ("hugo", HeadFormat::Json),
            ("hexo", HeadFormat::BareJson),
            ("zola", HeadFormat::Yaml),
        ]),
        steps in prop::collection::vec(step(), 1..16),
    ) {
        hold(profile, Some(head), &steps);
    }
}
