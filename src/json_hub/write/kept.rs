//! Keys of a source that have no field, and go along.

use std::{
    cell::{OnceCell, RefCell},
    collections::{HashMap, HashSet},
};

use serde_json::Value;

use super::super::{OWN, OWN_LATE, object::Object, own::write_keys};
use crate::{model::Extra, syntax::tree::pointer_step};

/// The keys that were kept, each to go where it stood.
pub(super) struct Kept<'e> {
    extra: &'e Extra,
    keep: bool,
    /// Those of extensions in the entries of lists, by the pointers of these.
    inner: OnceCell<HashMap<&'e str, Vec<Inner<'e>>>>,
    /// Pointers of those that were written there.
    placed: RefCell<HashSet<&'e str>>,
}

/// A key of an extension in the entry of a list: its pointer, its name, its value.
type Inner<'e> = (&'e str, String, &'e Value);

impl<'e> Kept<'e> {
    pub(super) fn new(extra: &'e Extra, keep: bool) -> Self {
        Kept { extra, keep, inner: OnceCell::new(), placed: RefCell::default() }
    }

    fn keys(&self) -> impl Iterator<Item = (&'e String, &'e Value)> {
        let keep = self.keep;
        self.extra.keys.iter().filter(move |_| keep)
    }

    /// Keys of extensions: JSON Feed has them begin with `_`.
    pub(super) fn at_top(&self, object: &mut Object<'_>) {
        for (key, value) in self.keys().filter(|(key, _)| is_extension(key)) {
            object.value(key, value);
        }
    }

    /// Keys of extensions in the entry of a list.
    pub(super) fn in_place(&self, object: &mut Object<'_>, list: &str, at: usize) {
        if self.extra.keys.is_empty() {
            return;
        }
        let inner = self.inner.get_or_init(|| self.inner());
        for (pointer, key, value) in inner.get(&*format!("/{list}/{at}")).into_iter().flatten() {
            object.value(key, value);
            self.placed.borrow_mut().insert(pointer);
        }
    }

    fn inner(&self) -> HashMap<&'e str, Vec<Inner<'e>>> {
        let mut inner: HashMap<_, Vec<_>> = HashMap::new();
        for (pointer, value) in self.keys() {
            let Some((entry, step)) = pointer.rsplit_once('/') else { continue };
            let key = step.replace("~1", "/").replace("~0", "~");
            if is_extension(&key) && pointer_step(&key) == step {
                inner.entry(entry).or_default().push((pointer.as_str(), key, value));
            }
        }
        inner
    }

    /// All others.
    pub(super) fn within(&self, own: &mut Object<'_>) {
        let placed = self.placed.borrow();
        write_keys(own, self.extra, self.keep, |key| !is_extension(key) && !placed.contains(key));
    }
}

/// Whether a key is one that JSON Feed leaves to others, and not slugline's own.
fn is_extension(key: &str) -> bool {
    key.starts_with('_') && key != OWN && key != OWN_LATE
}
