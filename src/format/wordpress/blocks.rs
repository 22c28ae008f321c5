//! The comments that WordPress' block editor puts around each block: `<!-- wp:paragraph {"align":"left"} -->`.
//!
//! What stands between them is the block as it is shown, and stays. A block of one comment has nothing between: the site
//! makes its content when it is shown.

use std::borrow::Cow;

use memchr::memmem;

/// A text without those comments.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stripped<'t> {
    pub(super) text: Cow<'t, str>,
    /// Whether there were any.
    pub(super) has_blocks: bool,
    /// The names of the blocks that have no content.
    pub(super) dynamic: Vec<&'t str>,
    /// Where the text was to be cut when it is shown: `more`, `nextpage`, `noteaser`.
    pub(super) cuts: Vec<&'static str>,
}

const CUTS: [&str; 3] = ["more", "nextpage", "noteaser"];

/// Takes the comments of blocks out of a text, and those that cut it.
pub(super) fn strip(text: &str) -> Stripped<'_> {
    let mut out = String::new();
    let (mut has_blocks, mut dynamic, mut cuts) = (false, Vec::new(), Vec::new());
    // What is copied, and the end of the last comment.
    let (mut kept, mut passed) = (0, 0);
    for start in memmem::find_iter(text.as_bytes(), "<!--") {
        // Inside of the comment before.
        if start < passed {
            continue;
        }
        let inside = &text[start + 4..];
        // The editor writes `--` in a block's settings as `\u002d\u002d`, so that the first end is the comment's.
        let Some(length) = memmem::find(inside.as_bytes(), b"-->") else { break };
        let comment = &inside[..length];
        passed = start + 4 + length + 3;
        let cut = CUTS.iter().find(|cut| comment.strip_prefix(**cut).is_some_and(|rest| !rest.starts_with(is_word)));
        if let Some(block) = block(comment) {
            has_blocks = true;
            dynamic.extend(block.is_empty.then_some(block.name));
        } else if let Some(cut) = cut {
            cuts.push(*cut);
        } else {
            continue;
        }
        out.push_str(&text[kept..start]);
        kept = passed;
    }
    let text = if kept == 0 { Cow::Borrowed(text) } else { Cow::Owned(out + &text[kept..]) };
    Stripped { text, has_blocks, dynamic, cuts }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

struct Block<'t> {
    name: &'t str,
    /// Whether it is one comment: `<!-- wp:latest-posts /-->`.
    is_empty: bool,
}

/// A comment of a block, from what stands between `<!--` and `-->`.
fn block(comment: &str) -> Option<Block<'_>> {
    let comment = comment.trim();
    let closing = comment.starts_with('/');
    let rest = comment.strip_prefix('/').unwrap_or(comment).strip_prefix("wp:")?;
    let end = rest.find(|c: char| c.is_whitespace() || c == '{').unwrap_or(rest.len());
    let name = rest[..end].trim_end_matches('/');
    let is_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'/');
    if name.is_empty() || !name.bytes().all(is_name) {
        return None;
    }
    Some(Block { name, is_empty: !closing && comment.ends_with('/') })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_blocks_and_cuts_go_and_others_stay() {
        for (text, stripped, names) in [
            ("<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->", "\n<p>a</p>\n", &[][..]),
            ("a<!-- wp:latest-posts {\"postsToShow\":3} /-->b", "ab", &["latest-posts"]),
            ("<!-- wp:acme/map {\"to\":\"\\u002d\\u002d\\u003e\"} -->x<!-- /wp:acme/map -->", "x", &[]),
            ("<!-- wp:spacer/-->", "", &["spacer"]),
            ("<!-- a note -->x<!--moreover-->", "<!-- a note -->x<!--moreover-->", &[]),
            ("a<!--more Read on-->b<!--nextpage-->c", "abc", &[]),
            ("<!-- wp:paragraph", "<!-- wp:paragraph", &[]),
            ("<!-- a <!-- wp:b --> c", "<!-- a <!-- wp:b --> c", &[]),
            ("<!-- wp: -->", "<!-- wp: -->", &[]),
            ("<!-- wp:a --><!-- wp:b --> <!-- /wp:b -->", " ", &[]),
        ] {
            let found = strip(text);
            assert_eq!((&*found.text, &*found.dynamic), (stripped, names));
            assert_eq!(found.has_blocks || !found.cuts.is_empty(), found.text != text);
        }
    }
}
