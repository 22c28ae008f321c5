//! Markdown to HTML. The one file that knows pulldown-cmark.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, html};

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

/// CommonMark with tables, footnotes, strikethrough and task lists, as HTML; raw HTML passes.
pub fn to_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    html::push_html(&mut out, Parser::new_ext(text, OPTIONS));
    out.truncate(out.trim_end().len());
    out
}

/// A piece of Markdown that may do something; bytes of the text.
#[derive(Debug)]
pub enum Piece<'t> {
    /// HTML, inline or a block.
    Html(Range<usize>),
    /// Text that is no code.
    Text(Range<usize>),
    /// A link or an image of any form.
    Link {
        /// All of it.
        whole: Range<usize>,
        /// What is shown of it.
        label: Range<usize>,
        /// Where it leads, its references resolved.
        address: &'t str,
    },
    /// `[name]: address`.
    Definition {
        /// All of it.
        whole: Range<usize>,
        /// Where it leads.
        address: &'t str,
    },
}

/// A link whose end is yet to come.
struct Open {
    whole: Range<usize>,
    address: String,
    /// What is shown of it, as far as that was met.
    label: Option<Range<usize>>,
    /// Whether its address is what is shown.
    auto: bool,
}

/// Hands out the pieces of a text, each kind of them in order.
pub fn pieces(text: &str, take: &mut dyn FnMut(Piece<'_>)) {
    let parser = Parser::new_ext(text, OPTIONS);
    for (_, definition) in parser.reference_definitions().iter() {
        take(Piece::Definition { whole: definition.span.clone(), address: &definition.dest });
    }
    // HTML comes line by line, and a tag may go over several.
    let mut html: Option<Range<usize>> = None;
    let mut links: Vec<Open> = Vec::new();
    let mut code = false;
    for (event, range) in parser.into_offset_iter() {
        let is_html = matches!(event, Event::Html(_) | Event::InlineHtml(_));
        if let Some(before) = html.take_if(|before| !is_html || before.end != range.start) {
            take(Piece::Html(before));
        }
        // What stands in a link, whatever it is, is what is shown of it.
        if !matches!(event, Event::End(TagEnd::Link | TagEnd::Image))
            && let Some(Open { label, .. }) = links.last_mut()
        {
            let start = label.as_ref().map_or(range.start, |label| label.start);
            *label = Some(start..range.end);
        }
        match event {
            Event::Html(_) | Event::InlineHtml(_) => {
                html = Some(html.map_or(range.start, |before| before.start)..range.end);
            }
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(_) if !code => take(Piece::Text(range)),
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) => {
                let auto = matches!(link_type, LinkType::Autolink | LinkType::Email);
                links.push(Open { whole: range, address: dest_url.into_string(), label: None, auto });
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(Open { whole, address, label, auto }) = links.pop() {
                    let label = label.unwrap_or(whole.start + 1..whole.start + 1);
                    let label = if auto { whole.start + 1..whole.end - 1 } else { label };
                    take(Piece::Link { whole, label, address: &address });
                }
            }
            _ => {}
        }
    }
    if let Some(range) = html {
        take(Piece::Html(range));
    }
}

/// The text with other addresses where `other` knows one, in links, pictures and HTML; all else stays as it is, byte for
/// byte. `None` when it knows none. Those that are spelt in a way that cannot be replaced (with escapes, or between
/// brackets that show them) go to `stay`.
pub fn replace(text: &str, other: &mut dyn FnMut(&str) -> Option<String>, stay: &mut Vec<String>) -> Option<String> {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    pieces(text, &mut |piece| {
        // Where the address stands: behind what is shown.
        let (within, address) = match piece {
            Piece::Html(range) => {
                edits.extend(super::links::replace(&text[range.clone()], other).map(|made| (range, made)));
                return;
            }
            Piece::Text(_) => return,
            Piece::Link { whole, label, address } => {
                let (shown, tail) = (label.end..whole.end, text.get(label.end..whole.end).unwrap_or_default());
                // One by name has its address in its definition.
                if !tail.contains("](") && tail != ">" {
                    return;
                }
                (shown, address)
            }
            Piece::Definition { whole, address } => (whole, address),
        };
        let Some(made) = other(address) else { return };
        let spelt = text.get(within.clone()).unwrap_or_default();
        match spelt.find(address).filter(|_| !address.is_empty() && spelt != ">") {
            Some(at) => {
                let start = within.start + at;
                let made = made.replace('(', "%28").replace(')', "%29").replace(' ', "%20").replace('&', "&amp;");
                edits.push((start..start + address.len(), made));
            }
            None => stay.push(address.to_owned()),
        }
    });
    if edits.is_empty() {
        return None;
    }
    Some(spliced(text, edits))
}

/// The text with other words in place of pieces of it. What begins in a piece that has gone already is gone with it.
pub fn spliced(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let (mut made, mut at) = (String::with_capacity(text.len()), 0);
    for (range, with) in edits {
        if range.start < at {
            continue;
        }
        made.push_str(&text[at..range.start]);
        made.push_str(&with);
        at = range.end;
    }
    made.push_str(&text[at..]);
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_replaced_where_they_stand_and_all_else_stays() {
        let mut stay = Vec::new();
        let mut moved = |text: &str| {
            let mut other = |address: &str| address.strip_prefix("/old/").map(|name| format!("/new/{name}"));
            replace(text, &mut other, &mut stay)
        };
        for (text, made) in [
            ("A ![b *c*](/old/d.jpg \"e\") f.", "A ![b *c*](/new/d.jpg \"e\") f."),
            ("[![a](/old/a.jpg)](/old/b.pdf)\n", "[![a](/new/a.jpg)](/new/b.pdf)\n"),
            ("![a][b] and [b]\n\n[b]: </old/b.jpg> 'B'\n", "![a][b] and [b]\n\n[b]: </new/b.jpg> 'B'\n"),
            ("![][b] [][b]\n\n[b]: /old/b&c;.jpg\n", "![][b] [][b]\n\n[b]: /new/b&amp;c;.jpg\n"),
            ("![/old/a.jpg](</old/a.jpg>)", "![/old/a.jpg](</new/a.jpg>)"),
            ("| a |\n|---|\n| ![](/old/a(1).jpg) |", "| a |\n|---|\n| ![](/new/a%281%29.jpg) |"),
            ("x\n\n<figure><img src=\"/old/a.jpg\"></figure>\n", "x\n\n<figure><img src=\"/new/a.jpg\"></figure>\n"),
            ("é <img src=/old/a.jpg> ![é](/old/é.jpg)", "é <img src=\"/new/a.jpg\"> ![é](/new/é.jpg)"),
        ] {
            assert_eq!(moved(text).as_deref(), Some(made));
        }
        for text in ["![a](/other/a.jpg)", "`![a](/old/a.jpg)`", "    ![a](/old/a.jpg)\n", "/old/a.jpg", ""] {
            assert_eq!(moved(text), None, "{text}");
        }
        assert!(stay.is_empty());
        let mut other = |_: &str| Some("/new.jpg".to_owned());
        assert_eq!(replace("![a](/old/a\\_b.jpg) <https://a.example/x>", &mut other, &mut stay), None);
        assert_eq!(stay, ["/old/a_b.jpg", "https://a.example/x"]);
    }

    #[test]
    fn tables_footnotes_strikethrough_and_tasks_are_read() {
        let html = to_html("| a |\n|---|\n| ~~b~~[^1] |\n\n- [x] done\n\n[^1]: note\n");
        for part in ["<table>", "<del>b</del>", "footnote-reference", "type=\"checkbox\" checked"] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn raw_html_passes() {
        assert_eq!(
            to_html("a <b class=\"x\">b</b>\n\n<div>\n*c*\n</div>"),
            "<p>a <b class=\"x\">b</b></p>\n<div>\n*c*\n</div>"
        );
    }

    #[test]
    fn deep_nesting_neither_overflows_nor_hangs() {
        let run = || {
            for text in [">".repeat(20_000), "[".repeat(20_000), "*a ".repeat(20_000), "- ".repeat(5_000)] {
                to_html(&text);
            }
        };
        let thread = std::thread::Builder::new().stack_size(512 << 10).spawn(run).expect("a thread");
        thread.join().expect("no panic");
    }
}
