//! JSON (RFC 8259) to tokens, trees and back. Knows no feeds.
//!
//! - [`Json`] reads token by token and holds one token at a time, whatever the size of the source.
//! - [`parse`] makes a [`Tree`](super::tree::Tree) in which every key and value knows its bytes.
//! - [`mod@write`] escapes strings and lays values out.
//!
//! What a reader can mend without guessing (a comma before a closing bracket, a comment, a line end within a string)
//! is a finding, and reading goes on if it may; anything else ends it.

mod apart;
mod mistakes;
mod number;
mod source;
mod string;
mod token;
mod tree;
mod value;
pub mod write;

pub use number::number;
pub use token::{Fault, Json, Token};
pub(crate) use tree::parse_elements;
pub use tree::{parse, parse_lines};

#[cfg(test)]
mod tests;
