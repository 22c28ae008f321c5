//! Active content taken out of HTML and Markdown. The one file that knows ammonia.
//!
//! What may stay is said once, in the tables here: HTML goes through ammonia, which builds the tree that a browser would
//! build and writes only what the tables name. The HTML inside of Markdown is in pieces, so that it is judged tag by tag
//! and each tag that stays is written anew. What is gone is told, a [`Removed`] each. Both are idempotent.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    ops::Range,
    sync::LazyLock,
};

use ammonia::Builder;

use super::{
    active,
    html::{self, Tag, Token, tokens},
    markdown::{self, Piece},
};

/// Something that was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// What it is: the name of an element, of an attribute, or `javascript`, `comment`, `element`, `attribute`.
    pub kind: Cow<'static, str>,
    /// It as it stood there, or its beginning.
    pub example: String,
}

/// Elements that stay: text and its structure, and pictures, sound and films that play when somebody asks for it.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "map",
    "mark",
    "nav",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];
/// Elements that go with what is in them.
const WHOLE: &[&str] =
    &["script", "style", "template", "noscript", "iframe", "object", "applet", "noembed", "noframes"];
/// Attributes that may stand at any element. Footnotes and links within a page need `id`.
const ATTRIBUTES: &[&str] = &["id", "lang", "title", "dir", "align", "valign", "width", "height"];
/// Attributes that may stand at some. Classes say how code is coloured and how pictures float; elsewhere they would
/// borrow the site's own design.
const ATTRIBUTES_OF: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang", "rel", "name", "class"]),
    ("area", &["href", "alt", "coords", "shape"]),
    ("audio", &["src", "controls", "loop", "muted", "preload"]),
    ("blockquote", &["cite"]),
    ("code", &["class"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("div", &["class"]),
    ("figcaption", &["class"]),
    ("figure", &["class"]),
    ("font", &["color", "face", "size"]),
    ("img", &["src", "srcset", "sizes", "alt", "class", "loading", "decoding", "usemap"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value", "class"]),
    ("map", &["name"]),
    ("ol", &["start", "reversed", "type"]),
    ("pre", &["class"]),
    ("q", &["cite"]),
    ("section", &["class"]),
    ("source", &["src", "srcset", "sizes", "type", "media"]),
    ("span", &["class"]),
    ("sup", &["class"]),
    ("table", &["border", "summary"]),
    ("td", &["colspan", "rowspan", "headers"]),
    ("th", &["colspan", "rowspan", "headers", "scope", "abbr"]),
    ("time", &["datetime"]),
    ("track", &["src", "kind", "srclang", "label", "default"]),
    ("ul", &["class"]),
    ("video", &["src", "poster", "controls", "loop", "muted", "preload", "playsinline"]),
];
/// Attributes that are addresses.
const ADDRESSES: &[&str] = &["href", "src", "cite", "poster", "usemap"];
/// Attributes that are lists of addresses.
const ADDRESS_LISTS: &[&str] = &["srcset"];
/// Schemes of addresses that lead somewhere and run nothing.
const SCHEMES: &[&str] = &[
    "http", "https", "mailto", "tel", "sms", "geo", "ftp", "ftps", "irc", "ircs", "xmpp", "matrix", "magnet", "news",
    "gemini",
];
/// Pictures that are their own address. SVG is none of them: it may hold scripts.
const PICTURES: &[&str] =
    &["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp", "data:image/avif"];

/// HTML without active content.
pub fn html(text: &str) -> (String, Vec<Removed>) {
    let removed = removed(text);
    if !html::is_bearable(text) {
        // A tree of this depth takes quadratic time, and nobody writes one.
        let plain = html::escape(&html::to_text(text)).into_owned();
        let example = text.chars().take(80).collect();
        return (plain, [removed, vec![Removed { kind: "nesting".into(), example }]].concat());
    }
    static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);
    (CLEANER.clean(text).to_string(), removed)
}

fn cleaner() -> Builder<'static> {
    let mut schemes: HashSet<&str> = SCHEMES.iter().copied().collect();
    // Which of them may stay is told by the filter.
    schemes.insert("data");
    let attributes: HashMap<&str, HashSet<&str>> =
        ATTRIBUTES_OF.iter().map(|(element, names)| (*element, names.iter().copied().collect())).collect();
    let mut cleaner = Builder::empty();
    cleaner
        .tags(ELEMENTS.iter().copied().collect())
        .clean_content_tags(WHOLE.iter().copied().collect())
        .generic_attributes(ATTRIBUTES.iter().copied().collect())
        .tag_attributes(attributes)
        .url_schemes(schemes)
        .strip_comments(true)
        .link_rel(None)
        .attribute_filter(|element, name, value| may_stay(element, name, value).then(|| value.into()));
    cleaner
}

/// Whether an attribute may stand at an element that stays. The value has its references resolved.
fn may_stay(element: &str, name: &str, value: &str) -> bool {
    let known =
        ATTRIBUTES.contains(&name) || ATTRIBUTES_OF.iter().any(|(of, names)| *of == element && names.contains(&name));
    if !known {
        return false;
    }
    if ADDRESS_LISTS.contains(&name) {
        // A picture in the address holds a comma.
        return value.split(", ").all(|one| leads_somewhere(one.trim_start(), true));
    }
    !ADDRESSES.contains(&name) || leads_somewhere(value, matches!(element, "img" | "source" | "video" | "audio"))
}

/// Whether an address is relative or has a scheme that runs nothing.
fn leads_somewhere(address: &str, picture: bool) -> bool {
    // Browsers pass over blanks and controls in a scheme.
    let plain: String = address.chars().filter(|c| *c > ' ' && !c.is_control()).take(64).collect();
    let end = plain.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.')).unwrap_or(plain.len());
    if !plain[end..].starts_with(':') {
        // A reference in the scheme is one that was escaped twice.
        return !plain[end..].starts_with("&#") && !plain[end..].starts_with("&colon");
    }
    let plain = plain.to_ascii_lowercase();
    SCHEMES.contains(&&plain[..end]) || picture && PICTURES.iter().any(|known| plain.starts_with(known))
}

/// What goes from a piece of HTML, by its tags.
fn removed(text: &str) -> Vec<Removed> {
    let mut found = Vec::new();
    if memchr::memchr(b'<', text.as_bytes()).is_none() {
        return found;
    }
    let mut cut = tokens(text);
    let mut at = 0;
    while let Some(token) = cut.next() {
        let end = text.len() - cut.left();
        let written = &text[at..end];
        at = end;
        match token {
            Token::Open(tag) => drop(rewritten(&tag, written, &mut found)),
            Token::Comment(_) => found.push(Removed::new("comment", written)),
            _ => {}
        }
    }
    found
}

impl Removed {
    fn new(kind: impl Into<Cow<'static, str>>, example: &str) -> Self {
        Removed { kind: kind.into(), example: example.chars().take(100).collect() }
    }
}

/// A start tag with nothing but what may stay; `None` where its element goes. What goes is added to `found`.
fn rewritten(tag: &Tag<'_>, written: &str, found: &mut Vec<Removed>) -> Option<String> {
    let name = tag.name.to_ascii_lowercase();
    if !ELEMENTS.contains(&&*name) {
        let kind = if html::is_element(&name) || matches!(&*name, "animate" | "set" | "foreignobject" | "portal") {
            Cow::Owned(name)
        } else {
            Cow::Borrowed("element")
        };
        found.push(Removed::new(kind, written));
        return None;
    }
    let mut out = format!("<{name}");
    let mut seen: Vec<String> = Vec::new();
    for (attribute, value) in tag.attributes() {
        let attribute = attribute.to_ascii_lowercase();
        if may_stay(&name, &attribute, &value) {
            // Of two, the first counts.
            if !seen.contains(&attribute) && seen.len() < 32 {
                out.push(' ');
                out.push_str(&attribute);
                out.push_str("=\"");
                out.push_str(&html::escape_attribute(&value).replace(['\n', '\r'], " "));
                out.push('"');
                seen.push(attribute);
            }
            continue;
        }
        let example = format!("{attribute}=\"{value}\"");
        let kind: Cow<'static, str> = match &*attribute {
            // By their names they would be kinds without number.
            name if name.starts_with("on") => Cow::Borrowed("on…"),
            "style" | "class" | "srcdoc" | "href" | "src" | "srcset" => Cow::Owned(attribute),
            _ => Cow::Borrowed("attribute"),
        };
        let is_script = active::runs(&value) && ADDRESSES.contains(&&*kind);
        found.push(Removed::new(if is_script { Cow::Borrowed("javascript") } else { kind }, &example));
    }
    out.push_str(if tag.is_empty() { " />" } else { ">" });
    Some(out)
}

/// How often Markdown is looked at again after something was taken out of it.
const ROUNDS: usize = 8;

/// Markdown without active content: the HTML in it, and links that run what they name. Code stays.
pub fn markdown(text: &str) -> (String, Vec<Removed>) {
    let (mut text, mut found) = round(text);
    for _ in 0..ROUNDS {
        // What stood around something that was taken out may be a tag now: `<</b>script>`.
        let (again, mut more) = round(&text);
        found.append(&mut more);
        if again == text {
            return (text, found);
        }
        text = again;
    }
    let (text, mut more) = round(&text.replace('<', "&lt;"));
    found.append(&mut more);
    (text, found)
}

fn round(text: &str) -> (String, Vec<Removed>) {
    let mut found = Vec::new();
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    markdown::pieces(text, &mut |piece| match piece {
        // `{{<note>}}` is a shortcode of the site's own; one from a feed is escaped when it is written.
        Piece::Html(range) if text[..range.start].ends_with("{{") => {}
        Piece::Html(range) => {
            let cleaned = pieces_of_html(&text[range.clone()], &mut found);
            if cleaned != text[range.clone()] {
                edits.push((range, cleaned));
            }
        }
        Piece::Text(range) => {
            for at in memchr::memchr_iter(b'<', &text.as_bytes()[range.clone()]) {
                let at = range.start + at;
                let begins =
                    text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
                if begins && !text[..at].ends_with(['\\', '{']) {
                    edits.push((at..at + 1, "&lt;".to_owned()));
                }
            }
        }
        Piece::Link { whole, label, address } => {
            if !leads_somewhere(address, true) {
                found.push(Removed::new("javascript", &text[whole.clone()]));
                edits.push((whole.start..label.start, String::new()));
                edits.push((label.end..whole.end, String::new()));
            }
        }
        Piece::Definition { whole, address } => {
            if !leads_somewhere(address, true) {
                found.push(Removed::new("javascript", &text[whole.clone()]));
                edits.push((whole, String::new()));
            }
        }
    });
    edits.retain(|(range, with)| !(range.is_empty() && with.is_empty()));
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, with) in edits {
        // What stands in a definition that goes, or in the address of a link that does, is gone with it.
        if range.start < at {
            continue;
        }
        out.push_str(&text[at..range.start]);
        out.push_str(&with);
        at = range.end;
    }
    out.push_str(&text[at..]);
    // What another reader of Markdown would take for a link.
    let addresses: Vec<Range<usize>> =
        active::find(&out).into_iter().filter(active::Active::is_address).map(|active| active.range).collect();
    if addresses.is_empty() {
        return (out, found);
    }
    let (mut safe, mut at) = (String::with_capacity(out.len()), 0);
    for range in addresses.into_iter().filter(|range| !range.is_empty()) {
        if range.start < at {
            continue;
        }
        found.push(Removed::new("javascript", &out[range.clone()]));
        safe.push_str(&out[at..range.start]);
        safe.push('#');
        at = range.end;
    }
    safe.push_str(&out[at..]);
    (safe, found)
}

/// A stretch of HTML in Markdown, tag by tag.
fn pieces_of_html(text: &str, found: &mut Vec<Removed>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut cut = tokens(text);
    let mut at = 0;
    // Whether what `script` and its like hold is passed over.
    let mut hidden = false;
    while let Some(token) = cut.next() {
        let end = text.len() - cut.left();
        let written = &text[at..end];
        at = end;
        match token {
            Token::Open(tag) => {
                hidden = WHOLE.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
                out.extend(rewritten(&tag, written, found));
            }
            Token::Close(name) => {
                let name = name.to_ascii_lowercase();
                if ELEMENTS.contains(&&*name) {
                    out.push_str(&format!("</{name}>"));
                }
            }
            Token::Text(text) => escape_open(text, &mut out),
            Token::Raw(text) => {
                if !hidden {
                    escape_open(text, &mut out);
                }
            }
            Token::Comment(_) => found.push(Removed::new("comment", written)),
            // A tag that the text cuts off.
            Token::Other => {
                if !written.ends_with('>') {
                    escape_open(written, &mut out);
                }
            }
        }
    }
    out
}

/// Text whose `<` begin nothing.
fn escape_open(text: &str, out: &mut String) {
    out.push_str(&text.replace('<', "&lt;"));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOSTILE: &[&str] = &[
        "<script>alert(1)</script>a",
        "<SCRIPT SRC=//x.example/x.js></SCRIPT>a",
        "<p onclick=\"x()\">a</p>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<a href='javascript:x()'>a</a>",
        "<a href=\" java\nscript:x()\">a</a>",
        "<a href=\"&#106;avascript:x()\">a</a>",
        "<a href=\"javascript&colon;x()\">a</a>",
        "<iframe srcdoc=\"<script>x</script>\"></iframe>a",
        "<iframe src=https://www.youtube.com/embed/x></iframe>",
        "<object data=x.swf><embed src=x.swf></object>",
        "<base href=//x.example><meta http-equiv=refresh content=0>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<svg><style><img title=\"</style><script>x</script>\">",
        "<form action=javascript:x><button formaction=javascript:x>a</button></form>",
        "<img srcset=\"a.png 1x, javascript:x 2x\">",
        "<video poster=javascript:x src=data:text/html,x></video>",
        "<div style=\"position:fixed\">a</div>",
        "<link rel=stylesheet href=x.css><style>@import 'x'</style>",
        "<a href=\"data:text/html,<script>x</script>\">a</a>",
        "<img src=\"data:image/svg+xml,<svg onload=x>\">",
        "<svg><a><animate attributeName=href values=javascript:x /></a></svg>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<p <script>x</script>",
        "<img src=x:x onerror",
    ];

    #[test]
    fn what_runs_is_gone_and_told_and_a_second_time_changes_nothing() {
        for text in HOSTILE {
            for clean in [html, markdown] {
                let (cleaned, removed) = clean(text);
                assert_eq!(active::find(&cleaned), [], "{text} became {cleaned}");
                assert!(!removed.is_empty() || !cleaned.contains('<'), "nothing told of {text}: {cleaned}");
                assert_eq!(clean(&cleaned), (cleaned.clone(), vec![]), "{text}");
            }
        }
    }

    #[test]
    fn what_is_inert_stays_byte_for_byte() {
        for text in [
            "<p>a <b>b</b> <a href=\"https://example.org/?a=1&amp;b=2#c\" rel=\"nofollow\">c</a></p>",
            "<pre><code class=\"language-rust\">let a = 1;</code></pre>",
            "<figure class=\"wide\"><img src=\"a.png\" alt=\"a\" width=\"640\" height=\"480\" class=\"left\"><figcaption>b</figcaption></figure>",
            "<table><thead><tr><th scope=\"col\">a</th></tr></thead><tbody><tr><td colspan=\"2\">b</td></tr></tbody></table>",
            "<video src=\"https://example.org/v.mp4\" controls=\"\" poster=\"p.jpg\"></video>",
            "<sup id=\"fnref:1\"><a href=\"#fn:1\">1</a></sup>",
            "<img src=\"data:image/png;base64,AAAA\" srcset=\"a.png 1x, b.png 2x\">",
            "<details open=\"\"><summary>a</summary>b</details>",
            "<a href=\"mailto:a@example.org\">a</a> <a href=\"../x\">b</a> <a href=\"//example.org\">c</a>",
        ] {
            assert_eq!(html(text), (text.to_owned(), vec![]));
            assert_eq!(markdown(text), (text.to_owned(), vec![]));
        }
    }

    #[test]
    fn markdown_keeps_its_own_marks_and_loses_links_that_run() {
        for (text, cleaned) in [
            ("a [b *c*](javascript:x()) d", "a b *c* d"),
            ("![b](javascript:x) [c](https://example.org/ \"t\")", "b [c](https://example.org/ \"t\")"),
            (
                "<javascript:x> <https://example.org> <a@example.org>",
                "javascript:x <https://example.org> <a@example.org>",
            ),
            ("[a][b] and [b]\n\n[b]: javascript:x\n[c]: /c\n", "a and b\n\n\n[c]: /c\n"),
            ("[a](JaVa&#x73;cript:x)", "a"),
            (
                "`<script>` and\n\n```html\n<script>x</script>\n```\n",
                "`<script>` and\n\n```html\n<script>x</script>\n```\n",
            ),
            ("a < b and 1 <2 <3", "a < b and 1 <2 <3"),
            ("a <b onclick=x>*c*</b>", "a <b>*c*</b>"),
            ("<div onclick=\"x\">\n\n**b**\n\n</div>", "<div>\n\n**b**\n\n</div>"),
            ("{{<note>}} a <script>x</script>", "{{<note>}} a x"),
            ("a <script src=x", "a &lt;script src=x"),
            ("a<!-- b -->", "a"),
            ("<</b>script>x</script>", "<</b>script>x"),
            ("<</on>script>x</script>", "x"),
            ("<</on-->on", "&lt;on"),
        ] {
            assert_eq!(markdown(text).0, cleaned, "{text}");
        }
    }

    #[test]
    fn what_is_nested_without_end_becomes_text() {
        let (cleaned, removed) = html(&("<div>".repeat(20_000) + "a"));
        assert_eq!((cleaned.as_str(), removed.len()), ("a", 1));
    }

    #[test]
    fn time_is_linear() {
        for piece in [
            "<",
            "<a ",
            "<a b=\"",
            "<!--",
            "<b>",
            "[a](javascript:x)",
            "[",
            "<script>",
            "<svg x=",
            "\n[x]:",
            "`<",
            "<p>a",
        ] {
            let text = piece.repeat(100_000 / piece.len());
            let _ = (html(&text), markdown(&text));
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_nothing_runs_and_twice_is_once(
            text in "(<|>|</|script|a|href|=|\"|'|javascript:|on|load|svg|style|img|src| |\n|\n\n|`|\\[|\\]|\\(|\\)|!--|-->|&lt;|&#106;|p|é|x){0,30}"
        ) {
            for clean in [html, markdown] {
                let once = clean(&text).0;
                prop_assert_eq!(&clean(&once).0, &once, "{}", text);
            }
            // In HTML the marks of Markdown are words.
            let cleaned = html(&text).0.replace("](", "] (");
            prop_assert_eq!(active::find(&cleaned), []);
        }
    }
}
