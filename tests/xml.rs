//! The XML tokenizer: what it accepts, refuses, repairs and survives.

#![allow(clippy::unwrap_used)]

#[path = "xml/hostile.rs"]
mod hostile;
#[path = "xml/suite.rs"]
mod suite;
#[path = "xml/well_formed.rs"]
mod well_formed;

use std::fmt::Write;

use slugline::{
    error::{Error, ErrorKind},
    finding::Finding,
    limits::Limits,
    syntax::xml::{Known, Ns, Token, Xml, XmlOptions},
};

const KNOWN: Known = Known {
    uris: &["http://purl.org/dc/elements/1.1/"],
    by_uri: |uri| (uri == "http://purl.org/dc/elements/1.1/").then_some(Ns(1)),
    by_prefix: |prefix| (prefix == "dc").then_some(Ns(1)),
};

fn options(repair: bool) -> XmlOptions {
    XmlOptions { limits: Limits::default(), repair, known: KNOWN }
}

/// The tokens, written as one line each, and how it ended.
fn tokens(text: &str, repair: bool) -> (String, Vec<Finding>, Option<Error>) {
    let mut xml = Xml::new(Box::new(text.as_bytes()), options(repair));
    let mut out = String::new();
    let mut last = 0;
    let error = loop {
        let mut uris = Vec::new();
        match xml.next() {
            Err(error) => break Some(error),
            Ok(Token::End) => break None,
            Ok(Token::Close) => out.push_str("close"),
            Ok(Token::Text(text)) => write!(out, "text {text:?}").unwrap(),
            Ok(Token::Open(open)) => {
                write!(out, "open {}", open.local).unwrap();
                uris.push((out.len(), open.ns));
                for attribute in open.attributes.iter() {
                    write!(out, " {}={:?}", attribute.local, attribute.value).unwrap();
                }
            }
        }
        if let Some((at, ns)) = uris.pop() {
            let uri = xml.uri(ns);
            if !uri.is_empty() {
                out.insert_str(at, &format!(" {{{uri}}}"));
            }
        }
        let range = xml.range();
        assert!(range.start <= range.end && range.end <= text.len(), "{range:?}");
        assert!(range.start >= last, "{range:?} after {last}");
        last = range.start;
        assert!(out.lines().count() < 10_000 || text.len() > 10_000, "no end");
        assert!(xml.span(&range).is_some());
        writeln!(out, " @{}..{}", range.start, range.end).unwrap();
    };
    let mut findings = xml.take_findings();
    findings.retain(|finding| finding.range.is_some() && finding.span.is_some());
    (out, findings, error)
}

/// The text of all tokens, where nothing goes wrong.
fn text(xml: &str) -> String {
    let mut reader = Xml::new(Box::new(xml.as_bytes()), options(false));
    let mut out = String::new();
    loop {
        match reader.next().unwrap() {
            Token::Text(text) => out.push_str(text),
            Token::End => return out,
            _ => {}
        }
    }
}

#[test]
fn tokens_have_names_namespaces_values_and_ranges() {
    let xml = "<?xml version='1.0'?>\n<a xmlns='urn:a' xmlns:d=\"http://purl.org/dc/elements/1.1/\"><!-- c -->\n\
               <d:b x='1 &lt; 2&#10;3' d:y=\"\ttab\"/>t<![CDATA[<&]]>&amp;&#x41;</a>\n";
    let (out, findings, error) = tokens(xml, false);
    insta::assert_snapshot!(out, @r#"
    open a {urn:a} @22..82
    text "\n" @92..93
    open b {http://purl.org/dc/elements/1.1/} x="1 < 2\n3" y=" tab" @93..129
    close @93..129
    text "t" @129..130
    text "<&" @130..144
    text "&" @144..149
    text "A" @149..155
    close @155..159
    "#);
    assert!(findings.is_empty() && error.is_none());
}

#[test]
fn the_end_is_given_again() {
    let mut xml = Xml::new(Box::new(&b"<a/>"[..]), options(false));
    for _ in 0..2 {
        assert!(matches!(xml.next(), Ok(Token::Open(_))) || xml.depth() == 0);
    }
    for _ in 0..3 {
        assert!(matches!(xml.next(), Ok(Token::End)));
    }
}

#[test]
fn line_ends_are_line_feeds() {
    assert_eq!(text("<a>1\r\n2\r3\n<![CDATA[\r\n4\r]]></a>"), "1\n2\n3\n\n4\n");
    assert_eq!(text("<a>&#13;\r</a>"), "\r\n");
}

#[test]
fn internal_entities_are_replaced_and_their_markup_read() {
    let dtd = "<!DOCTYPE a [<!ENTITY t 'text &#38;amp; more'><!ENTITY m '<b>&t;</b><c/>'><!ENTITY % p \
               '<!ENTITY q \"from p\">'>%p;<!ENTITY t 'second'>]>";
    assert_eq!(text(&format!("{dtd}<a>&t;|&m;|&q;</a>")), "text & more|text & more|from p");
    let (out, ..) = tokens("<!DOCTYPE a [<!ENTITY m '<b x=\"1\"/>'>]><a>-&m;-</a>", false);
    insta::assert_snapshot!(out, @r#"
    open a @39..42
    text "-" @42..43
    open b x="1" @43..46
    close @43..46
    text "-" @46..47
    close @47..51
    "#);
}

#[test]
fn declared_attributes_are_normalised_and_given_when_they_are_missing() {
    let dtd = "<!DOCTYPE a [<!ATTLIST a n NMTOKENS #IMPLIED d CDATA ' x  y ' e (p|q) 'p' xmlns CDATA 'urn:d'>\
               <!ENTITY v '1\t2'>]>";
    let (out, ..) = tokens(&format!("{dtd}<a n='  1   2 ' f=' 3  4 &v;&#9;'/>"), false);
    insta::assert_snapshot!(out.lines().next().unwrap(), @r#"open a {urn:d} n="1 2" f=" 3  4 1 2\t" d=" x  y " e="p" @113..148"#);
}

#[test]
fn base_and_language_are_inherited_and_resolved() {
    let xml = "<a xml:base='http://e.org/x/' xml:lang='en'><b xml:base='y/'><c xml:lang='de'/></b><d/></a>";
    let mut reader = Xml::new(Box::new(xml.as_bytes()), options(false));
    let mut seen = Vec::new();
    while let Ok(token) = reader.next() {
        let name = match token {
            Token::Open(open) => open.local.to_owned(),
            Token::End => break,
            _ => continue,
        };
        seen.push(format!("{name} {:?} {:?}", reader.base(), reader.language()));
    }
    insta::assert_snapshot!(seen.join("\n"), @r#"
    a Some("http://e.org/x/") Some("en")
    b Some("http://e.org/x/y/") Some("en")
    c Some("http://e.org/x/y/") Some("de")
    d Some("http://e.org/x/") Some("en")
    "#);
}

#[test]
fn lines_and_columns_count_characters() {
    let xml = "<a>\r\n  <é ü='日'/>\n</a>";
    let mut reader = Xml::new(Box::new(xml.as_bytes()), options(false));
    let mut spans = Vec::new();
    while !matches!(reader.next(), Ok(Token::End)) {
        let span = reader.span(&reader.range()).unwrap();
        spans.push(format!("{}:{}-{}:{}", span.start.line, span.start.column, span.end.line, span.end.column));
    }
    assert_eq!(spans, ["1:1-1:4", "1:4-2:3", "2:3-2:13", "2:3-2:13", "2:13-3:1", "3:1-3:5"]);
}

#[test]
fn places_are_right_in_tokens_larger_than_what_is_kept() {
    let padding = "0123456789é\n".repeat(30_000);
    let xml = format!("<a>\n<b>{padding}&nbsp;</b><![CDATA[{padding}\u{1}]]><c x='{padding}&bad;'/></a>");
    let (_, findings, error) = tokens(&xml, true);
    assert!(error.is_none());
    let lines = slugline::lines::Lines::new(&xml);
    assert_eq!(findings.len(), 3, "{findings:#?}");
    for finding in findings {
        let range = finding.range.unwrap();
        assert_eq!(finding.span.unwrap(), lines.span(&xml, &range), "{}", finding.message);
        assert!(["&nbsp;", "\u{1}", "&bad;"].contains(&&xml[range]));
    }
}

/// Snippets that are repaired, each with what is read and what is said.
#[test]
fn what_is_broken_is_repaired_and_told() {
    let cases = [
        "<a>AT&T &copy; &nbsp; &x; 1 < 2 & 3</a>",
        "<a href='?x=1&y=2&amp;z' b=\"&eacute;&#0;\"/>",
        "<a><b>text</a>",
        "<a><b>text<c>more</b></a>",
        "<a><Title>x</title><link>y</lnik></b></a>",
        "<a>one<br>two<br>three<img src='x'></a>",
        "<a x=1 y z='a'x='2'/>",
        "<a x='1' x='2'/>",
        "<a><dc:date>1</dc:date><foo:date foo:x='1'>2</foo:date></a>",
        "<a><b href=\"x>text</b><c d=\"y\">z</c></a>",
        "<a><b title=\"1 < 2\">x</b></a>",
        "<a><title\n<b>x</b></title></a>",
        "<a><b>x</b <c>y</c></a>",
        "<a>x\u{0}y\u{b}z\u{ffff}</a>",
        "\n <?xml version='1.0'?><a/>",
        "<b>Warning</b> junk<?xml version='1.0'?><rss/>",
        "junk<a/>",
        "<a/>tail<b>gone</b>",
        "<a>]]></a>",
        "<a><!-- x -- y --><?xml version='1.0'?><? bad?></a>",
        "<?xml version='1.0' standalone='maybe'?><a/>",
        "<!DOCTYPE a [<!ENTITY x 'y'> <!ENTITY bad> <!ENTITY z 'w'>]><a>&x;&z;</a>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a b='&x;'>&x;</a>",
        "<!DOCTYPE a [<!ENTITY x '&y;'><!ENTITY y '<b>&x;'>]><a>&x;</a>",
        "<!doctype a><a></a>",
        "<a><b>cut o",
        "<a><b x='cut o",
        "<a><![CDATA[cut o",
        "<a></a",
        "\u{feff}<a>\u{feff}</a>",
        "<a>&#xD800;&#x110000;&#;&;</a>",
        "<a><-b>&#8217;</-b></a>",
        "<a></ b><b></b x='1'></a>",
    ];
    let mut out = String::new();
    for case in cases {
        let (tokens, findings, error) = tokens(case, true);
        writeln!(out, "=== {}", case.escape_debug()).unwrap();
        out.push_str(&tokens);
        for finding in findings {
            let span = finding.span.unwrap();
            let range = finding.range.unwrap();
            write!(
                out,
                "! {}:{} {}: {} [{}]",
                span.start.line,
                span.start.column,
                finding.code,
                finding.message,
                case[range].escape_debug()
            )
            .unwrap();
            if let Some(fix) = finding.fix {
                let safe = if fix.safe { "fix" } else { "unsafe fix" };
                let edits: Vec<String> =
                    fix.edits.iter().map(|e| format!("{:?} -> {:?}", &case[e.range.clone()], e.text)).collect();
                write!(out, " {safe}: {}", edits.join(", ")).unwrap();
            }
            out.push('\n');
        }
        if let Some(error) = error {
            writeln!(out, "!! {:?} {:?} {error}", error.kind, error.position).unwrap();
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn without_repair_the_first_problem_is_an_error_with_its_place() {
    let (_, findings, error) = tokens("<a>\n  x &nbsp; & y</a>", false);
    let error = error.unwrap();
    assert!(findings.is_empty());
    assert_eq!(error.kind, ErrorKind::Unreadable);
    assert_eq!(error.position, Some((2, 5)));
    assert_eq!(error.message, "`&nbsp;` is HTML; XML has no such entity");
    assert_eq!(error.help.as_deref(), Some("write `&#160;`"));
}

/// Safe fixes leave nothing to fix.
#[test]
fn what_is_fixed_stays_fixed() {
    for case in [
        "<a>AT&T &copy; 1 < 2 ]]></a>",
        "<a href='?x=1&y=2' b=\"&eacute;&#0;\" c='1'd='2'/>",
        "<a><Title>x</title><dc:date/></a>",
        "\n <?xml version='1.0'?><a>\u{1}</a>",
        "<a x=1/>",
    ] {
        let (_, findings, _) = tokens(case, true);
        let mut edits: Vec<_> =
            findings.into_iter().filter_map(|f| f.fix).filter(|f| f.safe).flat_map(|f| f.edits).collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
        let mut fixed = case.to_owned();
        for edit in edits {
            fixed.replace_range(edit.range, &edit.text);
        }
        let (_, findings, error) = tokens(&fixed, true);
        assert!(findings.is_empty() && error.is_none(), "{fixed}: {findings:?} {error:?}");
    }
}
