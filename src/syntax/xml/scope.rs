//! What holds inside an element: namespaces, `xml:base`, `xml:lang`. Costs nothing where none is declared.

use std::collections::HashMap;

use super::{Known, Ns};
use crate::syntax::lanes;

/// What the prefix `xml` stands for.
pub(super) const XML_URI: &str = "http://www.w3.org/XML/1998/namespace";
/// What the prefix `xmlns` stands for.
pub(super) const XMLNS_URI: &str = "http://www.w3.org/2000/xmlns/";

/// Bytes of namespace names that are kept: far more than any document has.
const URIS: usize = 16 << 20;

/// A prefix, bound by the element at `depth`.
#[derive(Debug, Clone)]
struct Binding {
    prefix: Box<str>,
    ns: Ns,
    depth: usize,
}

/// A value that holds inside the element at `depth`.
#[derive(Debug, Clone)]
struct Inherited {
    value: String,
    depth: usize,
}

/// The namespaces of a document, by their numbers.
#[derive(Debug, Clone)]
pub(super) struct Uris {
    known: Known,
    /// The URIs that the reader does not know; the first is that of `Ns(known.uris.len() + 1)`.
    others: Vec<Box<str>>,
}

impl Uris {
    /// The URI of a namespace; empty for none.
    pub(super) fn uri(&self, ns: Ns) -> &str {
        let Some(index) = usize::from(ns.0).checked_sub(1) else { return "" };
        match self.known.uris.get(index) {
            Some(uri) => uri,
            None => self.others.get(index - self.known.uris.len()).map_or("", |uri| uri),
        }
    }

    /// How many there are that the reader does not know.
    pub(super) fn count(&self) -> usize {
        self.others.len()
    }

    /// Those from a number on.
    pub(super) fn since(&self, first: usize) -> Self {
        Uris { known: self.known, others: self.others.get(first..).unwrap_or_default().to_vec() }
    }

    /// Adds those of `other` from a number on.
    pub(super) fn extend(&mut self, other: &Uris, first: usize) {
        self.others.extend_from_slice(other.others.get(first..).unwrap_or_default());
    }
}

/// The namespaces, and what elements inherit.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    pub(super) uris: Uris,
    numbers: HashMap<Box<str>, Ns>,
    size: usize,
    bindings: Vec<Binding>,
    /// The namespace of the prefix `xml`.
    pub(super) xml: Ns,
    bases: Vec<Inherited>,
    languages: Vec<Inherited>,
    /// The depth of the innermost element that may have declared any of these.
    deepest: usize,
}

impl Scope {
    pub(super) fn new(known: Known) -> Self {
        let mut scope = Scope {
            uris: Uris { known, others: Vec::new() },
            numbers: HashMap::new(),
            size: 0,
            bindings: Vec::new(),
            xml: Ns::NONE,
            bases: Vec::new(),
            languages: Vec::new(),
            deepest: 0,
        };
        scope.xml = scope.intern(XML_URI).unwrap_or(Ns::NONE);
        scope
    }

    /// The number of a URI; `None` when there are too many.
    pub(super) fn intern(&mut self, uri: &str) -> Option<Ns> {
        if uri.is_empty() {
            return Some(Ns::NONE);
        }
        if let Some(ns) = (self.uris.known.by_uri)(uri) {
            return Some(ns);
        }
        if let Some(&ns) = self.numbers.get(uri) {
            return Some(ns);
        }
        self.size += uri.len();
        if self.size > URIS {
            return None;
        }
        let ns = Ns(u16::try_from(self.uris.known.uris.len() + self.uris.count() + 1).ok()?);
        self.uris.others.push(uri.into());
        self.numbers.insert(uri.into(), ns);
        Some(ns)
    }

    /// The URI of a namespace; empty for none.
    pub(super) fn uri(&self, ns: Ns) -> &str {
        self.uris.uri(ns)
    }

    /// Binds a prefix in the element at `depth`.
    pub(super) fn bind(&mut self, prefix: &str, ns: Ns, depth: usize) {
        self.bindings.push(Binding { prefix: prefix.into(), ns, depth });
        self.deepest = depth;
    }

    /// What an undeclared prefix is taken for, from here on: what it usually stands for, else a namespace of its own.
    pub(super) fn adopt(&mut self, prefix: &str) -> Option<Ns> {
        let ns = match (self.uris.known.by_prefix)(prefix) {
            Some(ns) => ns,
            None => self.intern(&format!("undeclared:{prefix}"))?,
        };
        // Beneath all others: a declaration that comes later wins.
        self.bindings.insert(0, Binding { prefix: prefix.into(), ns, depth: 0 });
        Some(ns)
    }

    /// Whether the element at `depth` itself binds the prefix.
    pub(super) fn binds(&self, prefix: &str, depth: usize) -> bool {
        self.bindings
            .iter()
            .rev()
            .take_while(|binding| binding.depth == depth)
            .any(|binding| *binding.prefix == *prefix)
    }

    /// How many declarations are in scope.
    pub(super) fn bound(&self) -> usize {
        self.bindings.len()
    }

    /// What a prefix stands for here; the empty one is that of elements without prefix.
    #[inline]
    pub(super) fn find(&self, prefix: &str) -> Option<Ns> {
        for binding in self.bindings.iter().rev() {
            if lanes::same(&binding.prefix, prefix) {
                // An empty URI takes a declaration back, which is allowed for the empty prefix only.
                return (binding.ns != Ns::NONE || prefix.is_empty()).then_some(binding.ns);
            }
        }
        match prefix {
            "" => Some(Ns::NONE),
            "xml" => Some(self.xml),
            _ => None,
        }
    }

    /// Takes note of `xml:base` on the element at `depth`.
    pub(super) fn set_base(&mut self, value: &str, depth: usize) {
        let value = super::base::resolve(self.base(), value);
        self.bases.push(Inherited { value, depth });
        self.deepest = depth;
    }

    /// Takes note of `xml:lang` on the element at `depth`.
    pub(super) fn set_language(&mut self, value: &str, depth: usize) {
        self.languages.push(Inherited { value: value.to_owned(), depth });
        self.deepest = depth;
    }

    pub(super) fn base(&self) -> Option<&str> {
        self.bases.last().map(|base| base.value.as_str())
    }

    pub(super) fn language(&self) -> Option<&str> {
        self.languages.last().map(|language| language.value.as_str())
    }

    /// Ends the element at `depth`.
    #[inline]
    pub(super) fn leave(&mut self, depth: usize) {
        if depth <= self.deepest {
            self.forget(depth);
            self.deepest = depth - 1;
        }
    }

    fn forget(&mut self, depth: usize) {
        while self.bindings.last().is_some_and(|binding| binding.depth >= depth) {
            self.bindings.pop();
        }
        while self.bases.last().is_some_and(|base| base.depth >= depth) {
            self.bases.pop();
        }
        while self.languages.last().is_some_and(|language| language.depth >= depth) {
            self.languages.pop();
        }
    }
}
