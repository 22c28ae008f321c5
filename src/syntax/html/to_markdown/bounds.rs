//! What a text must not be, so that its tree can be built in bounded time and memory.

use super::super::{
    fragment::{DEPTH, is_void},
    token::{Token, tokens},
};

/// How many copies of misnested formatting elements (`<b><p>…<p>…`) a tree builder may have to make, at the least.
const COPIES: usize = 100_000;

/// Whether the tree of the text stays within the bounds that builders of trees bear, as far as its tags tell.
pub fn is_bearable(text: &str) -> bool {
    // Elements whose start tags close an open one of the same name.
    const LAST_ONE_ENDS: &[&str] = &["p", "li", "dt", "dd", "tr", "td", "th", "option", "tbody", "a", "nobr"];
    let mut open: Vec<String> = Vec::new();
    let (mut formatting, mut copies) = (0usize, 0usize);
    for token in tokens(text) {
        match token {
            Token::Open(tag) => {
                let name = tag.name.to_ascii_lowercase();
                if is_void(&name) {
                    continue;
                }
                if LAST_ONE_ENDS.contains(&&*name) && open.last() == Some(&name) {
                    open.pop();
                } else if is_formatting(&name) {
                    formatting += 1;
                }
                copies += formatting;
                open.push(name);
            }
            Token::Close(name) => {
                let name = name.to_ascii_lowercase();
                if is_formatting(&name) {
                    formatting = formatting.saturating_sub(1);
                } else {
                    copies += formatting;
                }
                // Tags beyond the reach of any nesting allowed here need not be looked for.
                if let Some(at) = open.iter().rposition(|known| *known == name) {
                    open.truncate(at);
                }
            }
            Token::Text(_) | Token::Raw(_) | Token::Comment(_) | Token::Other => {}
        }
        // Formatting elements that were closed by their parents come back in the next block.
        if open.len() > DEPTH || formatting > DEPTH || copies > COPIES.max(text.len()) {
            return false;
        }
    }
    true
}

/// Elements that the tree builder opens again after the block that they were opened in.
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}
