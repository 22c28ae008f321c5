//! An address alone on its line: WordPress puts there what the address shows. A link says where that is.

use crate::syntax::html::{Token, tokens};

/// Elements in which an address is what it is.
const AS_IT_IS: &[&str] = &["a", "pre", "code", "button", "select", "option", "samp", "kbd"];

/// The text with such addresses as links.
pub(super) fn link(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut cut = tokens(text);
    let mut inside = [0usize; AS_IT_IS.len()];
    let which = |name: &str| AS_IT_IS.iter().position(|known| known.eq_ignore_ascii_case(name));
    let mut at = 0;
    let mut after_block = true;
    loop {
        let Some(token) = cut.next() else { return out };
        let raw = &text[at..text.len() - cut.left()];
        at = text.len() - cut.left();
        match token {
            Token::Text(_) if inside.iter().all(|&open| open == 0) => {
                let before_block = cut.clone().next().is_none_or(|next| is_block(&next));
                lines(raw, after_block, before_block, &mut out);
            }
            _ => {
                match token {
                    Token::Open(tag) if !tag.is_empty() => inside.iter_mut().enumerate().for_each(|(at, open)| {
                        *open += usize::from(which(tag.name) == Some(at));
                    }),
                    Token::Close(name) => {
                        if let Some(at) = which(name) {
                            inside[at] = inside[at].saturating_sub(1);
                        }
                    }
                    _ => {}
                }
                out.push_str(raw);
            }
        }
        after_block = is_block(&token);
    }
}

/// Whether a line begins or ends at this token.
fn is_block(token: &Token<'_>) -> bool {
    match token {
        Token::Open(tag) => super::autop::is_block(tag.name),
        Token::Close(name) => super::autop::is_block(name),
        _ => false,
    }
}

/// Copies a text line by line. The first and last are whole where a block begins or ends there.
fn lines(text: &str, from_start: bool, to_end: bool, out: &mut String) {
    if from_start && to_end && is_address(text.trim()) {
        return out.push_str(&super::anchor(text.trim()));
    }
    let mut is_first = true;
    for line in text.split_inclusive('\n') {
        let is_whole = (!is_first || from_start) && (line.ends_with('\n') || to_end);
        is_first = false;
        let address = line.trim();
        if !is_whole || !is_address(address) {
            out.push_str(line);
            continue;
        }
        let start = line.len() - line.trim_start().len();
        out.push_str(&line[..start]);
        out.push_str(&super::anchor(address));
        out.push_str(&line[start + address.len()..]);
    }
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_alone_on_a_line_become_links() {
        for (text, linked) in [
            (
                "https://a.example/v?x=1&amp;y=2",
                "<a href=\"https://a.example/v?x=1&amp;y=2\">https://a.example/v?x=1&amp;y=2</a>",
            ),
            ("one\nhttps://a.example/\r\ntwo", "one\n<a href=\"https://a.example/\">https://a.example/</a>\r\ntwo"),
            ("<div>\nhttps://a.example/\n</div>", "<div><a href=\"https://a.example/\">https://a.example/</a></div>"),
            ("<p>https://a.example/</p>", "<p><a href=\"https://a.example/\">https://a.example/</a></p>"),
            ("see https://a.example/", "see https://a.example/"),
            ("<b>x</b> https://a.example/", "<b>x</b> https://a.example/"),
            ("https://a.example/ <b>x</b>", "https://a.example/ <b>x</b>"),
            ("<pre>\nhttps://a.example/\n</pre>", "<pre>\nhttps://a.example/\n</pre>"),
            ("<a href=\"x\">\nhttps://a.example/\n</a>", "<a href=\"x\">\nhttps://a.example/\n</a>"),
            ("https://", "https://"),
        ] {
            assert_eq!(link(text), linked);
        }
    }
}
