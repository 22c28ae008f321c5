//! Input made to hurt: each case ends soon, in little memory, on a small stack, with a word on what it ran into.

use std::io::Read;

use proptest::prelude::*;
use slugline::{
    error::{Error, ErrorKind},
    limits::Limits,
    syntax::xml::{Token, Xml, XmlOptions},
};

use super::{KNOWN, options, tokens};

/// Gives `start`, then `middle` again and again, then `end`.
struct Repeat {
    parts: [(Vec<u8>, usize); 3],
    part: usize,
    at: usize,
}

impl Repeat {
    fn new(start: &str, middle: &str, times: usize, end: &str) -> Self {
        // Larger pieces, so that making them does not take the time.
        let (middle, times) = if middle.len() < 1_000 && times > 10_000 {
            (middle.repeat(1_000), times / 1_000)
        } else {
            (middle.to_owned(), times)
        };
        Repeat { parts: [(start.into(), 1), (middle.into(), times), (end.into(), 1)], part: 0, at: 0 }
    }
}

impl Read for Repeat {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while let Some((bytes, times)) = self.parts.get_mut(self.part) {
            if *times == 0 || bytes.is_empty() {
                (self.part, self.at) = (self.part + 1, 0);
                continue;
            }
            let count = buffer.len().min(bytes.len() - self.at);
            buffer[..count].copy_from_slice(&bytes[self.at..self.at + count]);
            self.at += count;
            if self.at == bytes.len() {
                (*times, self.at) = (*times - 1, 0);
            }
            return Ok(count);
        }
        Ok(0)
    }
}

/// Reads it all on a stack of 512 KB: the number of tokens, or the error.
fn read(source: Repeat, repair: bool) -> Result<usize, Error> {
    let walk = move || {
        let mut limits = Limits::default();
        limits.text = 2 << 20;
        let mut xml = Xml::new(Box::new(source), XmlOptions { limits, ..options(repair) });
        let mut count = 0;
        loop {
            if matches!(xml.next()?, Token::End) {
                return Ok(count);
            }
            count += 1;
            if count % 1_000 == 0 {
                xml.take_findings();
            }
        }
    };
    std::thread::Builder::new().stack_size(512 << 10).spawn(walk).unwrap().join().unwrap()
}

fn lol(levels: usize, value: bool) -> String {
    let mut dtd = String::from("<!DOCTYPE a [<!ENTITY l0 'lol'>");
    for level in 1..levels {
        let inner = format!("&l{};", level - 1).repeat(10);
        dtd += &format!("<!ENTITY l{level} '{inner}'>");
    }
    let last = levels - 1;
    dtd + &if value { format!("]><a b='&l{last};'/>") } else { format!("]><a>&l{last};</a>") }
}

#[test]
fn each_limit_is_named_when_it_strikes() {
    let million = 1_000_000;
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=''")).collect();
    let namespaces: String = (0..50_000).map(|n| format!(" xmlns:a{n}='urn:{n}'")).collect();
    let parameters: String = {
        let mut dtd = String::from("<!DOCTYPE a [<!ENTITY % l0 '<!-- x -->'>");
        for level in 1..12 {
            dtd += &format!("<!ENTITY % l{level} '{}'>", format!("&#37;l{};", level - 1).repeat(10));
        }
        dtd + "%l11;]><a/>"
    };
    let defaults = format!("<!DOCTYPE a [<!ATTLIST b c CDATA '{}'>]><a>", "x".repeat(100_000));
    let quadratic = format!("<!DOCTYPE a [<!ENTITY x '{}'>]><a>", "x".repeat(100_000));
    let marked = format!("<!DOCTYPE a [<!ENTITY x '{}'>]><a>", "<b/>".repeat(25_000));
    let cases = [
        ("depth", Repeat::new("", "<a>", million, "")),
        ("depth", Repeat::new("", "<div><p>", million, "")),
        ("attributes", Repeat::new(&format!("<a{attributes}/>"), "", 0, "")),
        ("attributes", Repeat::new(&format!("<a{namespaces}/>"), "", 0, "")),
        ("attributes", Repeat::new("", "<a xmlns:b='urn:b'>", 0, &format!("<a{namespaces}/>"))),
        ("name", Repeat::new(&format!("<{}/>", "a".repeat(10_000)), "", 0, "")),
        ("name", Repeat::new(&format!("<a {}=''/>", "a".repeat(10_000)), "", 0, "")),
        ("text", Repeat::new("<a>", "0123456789 ", million, "</a>")),
        ("text", Repeat::new("<a b='", "0123456789 ", million, "'/>")),
        ("text", Repeat::new("<a><![CDATA[", "0123456789 ", million, "")),
        ("text", Repeat::new("<a><!--", "0123456789 ", million, "")),
        ("text", Repeat::new("<a><?p ", "0123456789 ", million, "")),
        ("text", Repeat::new("<a>&", "0123456789 ", million, "")),
        ("text", Repeat::new("<!DOCTYPE a [", "<!ELEMENT a ANY>", million, "")),
        ("entities", Repeat::new(&lol(12, false), "", 0, "")),
        ("entities", Repeat::new(&lol(12, true), "", 0, "")),
        ("entities", Repeat::new(&parameters, "", 0, "")),
        ("entities", Repeat::new(&quadratic, "&x;", 10_000, "</a>")),
        ("entities", Repeat::new(&marked, "&x;", 10_000, "</a>")),
        ("entities", Repeat::new(&defaults, "<b/>", 10_000, "</a>")),
    ];
    for (name, source) in cases {
        for repair in [true, false] {
            let source = Repeat { parts: source.parts.clone(), ..source };
            let start = source.parts[0].0[..source.parts[0].0.len().min(40)].to_vec();
            let error = read(source, repair).unwrap_err();
            let start = String::from_utf8_lossy(&start);
            assert_eq!(error.kind, ErrorKind::Limit, "{start}: {error}");
            assert!(error.message.contains(&format!("`{name}`")), "{start}: {error}");
            assert!(error.position.is_some(), "{start}");
        }
    }
}

#[test]
fn much_of_what_is_allowed_is_accepted() {
    for (source, count) in [
        (Repeat::new("<a>", "&amp;&#x20;", 200_000, "</a>"), 400_002),
        (Repeat::new("<a>", "<b/>", 200_000, "</a>"), 400_002),
        (Repeat::new("<!DOCTYPE a [<!ENTITY x 'y'>]><a>", "&x;", 100_000, "</a>"), 100_002),
    ] {
        assert_eq!(read(source, false).unwrap(), count);
    }
}

/// Each was, or could be, quadratic: the bad token swallows what follows it, again and again. A time that grows with
/// the square would be minutes here.
#[test]
fn repairs_take_linear_time() {
    for broken in [
        "<a \"",
        "<a '",
        "</a \"",
        "<b",
        "<a><!",
        "&",
        "& <",
        "<a b=\"<",
        "<b c='1",
        "</b",
        "<br>",
        "</x>",
        "\u{1}",
        "<",
        "]]>",
        "<?",
        "<a x=\"y>z</a>",
        "<dc:x>",
        "<a x='1' x='2'>",
        "<!DOCTYPE a [",
        "<b <c ",
    ] {
        let result = read(Repeat::new("<a>", broken, 200_000, "</a>"), true);
        assert!(result.is_err() || result.is_ok_and(|count| count > 0), "{broken}");
    }
}

#[test]
fn predefined_entities_cannot_be_redefined() {
    let xml = "<!DOCTYPE a [<!ENTITY lt 'evil'><!ENTITY amp 'evil'>]><a b='&lt;'>&amp;</a>";
    let (out, ..) = tokens(xml, true);
    assert!(out.contains("b=\"<\"") && out.contains("text \"&\""), "{out}");
}

#[test]
fn limits_can_be_set() {
    let mut limits = Limits::default();
    limits.text = 10;
    limits.depth = 2;
    for (xml, name) in
        [("<a>12345678901</a>", "text"), ("<a><![CDATA[12345678901]]></a>", "text"), ("<a><b><c/></b></a>", "depth")]
    {
        let mut reader =
            Xml::new(Box::new(xml.as_bytes()), XmlOptions { limits: limits.clone(), repair: true, known: KNOWN });
        let error = loop {
            match reader.next() {
                Ok(Token::End) => panic!("accepted {xml}"),
                Ok(_) => {}
                Err(error) => break error,
            }
        };
        assert!(error.message.contains(name), "{error}");
    }
}

const FEED: &str = "<?xml version=\"1.0\" encoding='utf-8'?>\n<!DOCTYPE rss [<!ENTITY pub \"News &amp; <b>more</b>\">\n<!ATTLIST guid \
    isPermaLink (true|false) 'true'>]>\n<rss version=\"2.0\" xmlns:dc='http://purl.org/dc/elements/1.1/'>\n<channel><title>Zeitung \
    – &pub;</title><!-- items --><?hint x?>\n<item><title>A &amp; B</title><link>https://e.org/?a=1&amp;b=2</link>\n<guid>1</guid>\
    <description><![CDATA[<p>one</p>]]></description><dc:creator>Ö</dc:creator></item>\n<item><enclosure url=\"https://e.org/1.mp3\" \
    length='1'/><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate></item>\n</channel>\n</rss>\n";

#[test]
fn a_source_cut_anywhere_gives_what_came_before_and_an_error() {
    let (whole, findings, error) = tokens(FEED, false);
    assert!(findings.is_empty() && error.is_none(), "{findings:?} {error:?}");
    let complete = FEED.trim_end().len();
    for end in (0..complete).filter(|&end| FEED.is_char_boundary(end)) {
        let cut = &FEED[..end];
        let (out, findings, error) = tokens(cut, true);
        let error = error.unwrap_or_else(|| panic!("no error at {end}: {out}"));
        assert_eq!(error.kind, ErrorKind::Unreadable, "{end}");
        let opened = out.matches("open ").count();
        assert_eq!(opened, out.matches("close").count(), "{end}: {out}");
        if opened > 0 {
            assert!(findings.iter().any(|finding| finding.code == "truncated"), "{end}");
            // All but what is at the cut is as it would have been.
            let common = out.lines().zip(whole.lines()).take_while(|(a, b)| a == b).count();
            let closes = out.lines().rev().take_while(|line| line.starts_with("close")).count();
            assert!(common + closes + 2 >= out.lines().count(), "{end}:\n{out}");
        }
        let (_, _, error) = tokens(cut, false);
        assert!(error.is_some(), "{end}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_in_order_or_refused(text in any::<String>()) {
        tokens(&text, true);
        tokens(&text, false);
    }

    #[test]
    fn any_markup_is_read_in_order_or_refused(parts in prop::collection::vec(prop::sample::select(vec![
        "<", ">", "/", "a", "b:c", " ", "=", "'", "\"", "&", ";", "&amp;", "&x;", "#", "<a>", "</a>", "<b", "/>", "<!--", "-->", "<![CDATA[", "]]>",
        "<?", "?>", "<?xml version='1.0'?>", "<!DOCTYPE a [", "<!ENTITY x '<b>&y;'>", "<!ENTITY % y 'z'>", "%y;", "]>", "\r", "\n", "\u{0}", "é", "\u{feff}",
        "<br>", "xmlns:b='urn:b'", " x='1'", "<!", "[", "]", "--", "<!ATTLIST a x CDATA 'y'>", "&nbsp;", "\u{ffff}",
    ]), 0..40)) {
        let text = parts.concat();
        tokens(&text, true);
        tokens(&text, false);
    }

    #[test]
    fn any_change_of_a_feed_is_read_in_order_or_refused(at in 0..FEED.len(), byte in any::<u8>(), length in 0usize..20) {
        let mut bytes = FEED.as_bytes().to_vec();
        let end = (at + length).min(bytes.len());
        bytes.splice(at..end, [byte]);
        let text = String::from_utf8_lossy(&bytes);
        tokens(&text, true);
        tokens(&text, false);
    }

    #[test]
    fn bytes_that_are_no_utf_8_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut xml = Xml::new(Box::new(&bytes[..]), options(true));
        for _ in 0..1_000 {
            if matches!(xml.next(), Err(_) | Ok(Token::End)) {
                break;
            }
        }
    }
}
