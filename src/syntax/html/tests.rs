use proptest::prelude::*;

use super::*;

#[test]
fn markup_is_told_from_plain_text() {
    for html in [
        "<p>a",
        "a<br>",
        "a<br/>b",
        "</div>",
        "<!-- c -->",
        "AT&amp;T",
        "&#8217;",
        "&#x2019;",
        "<A HREF='x'>",
        "<my-tag>",
        "<img src=\"a>b\">",
    ] {
        assert!(is_html(html), "{html}");
    }
    for plain in [
        "",
        "a < b > c",
        "AT&T; more",
        "<me@example.org>",
        "Vec<String>",
        "x <b",
        "1 <3 2",
        "&nosuch;",
        "&#;",
        "&#x;",
        "<!-- open",
        "a & b",
    ] {
        assert!(!is_html(plain), "{plain}");
    }
    assert!(ELEMENTS.is_sorted());
}

#[test]
fn stripping_cuts_tags_and_nothing_else() {
    assert_eq!(strip_tags("<p class='a>b'>x&nbsp;<!-- <i> -->y</p> 1 < 2"), "x&nbsp;y 1 < 2");
    assert_eq!(strip_tags("<script>a<b</script >c"), "a<bc");
    assert_eq!(strip_tags("<title/>a<b>c</b>"), "ac");
    assert_eq!(strip_tags("<?php x ?>a<!doctype html>b</>c</ d>e"), "abce");
    assert_eq!(strip_tags("a<b href=\"c"), "a");
    assert_eq!(strip_tags("<!-->a<!--->b<!--c--!>d"), "abd");
    assert_eq!(strip_tags("é<日本>ü<a é=ö>ß"), "é<日本>üß");
}

#[test]
fn references_are_resolved_as_browsers_do() {
    assert_eq!(unescape("3 &times 4 &gt; 10 &#150; &#x1F600; &nosuch; &"), "3 × 4 > 10 – 😀 &nosuch; &");
    assert_eq!(entity("nbsp"), Some("\u{a0}"));
    assert_eq!(entity("CounterClockwiseContourIntegral"), Some("∳"));
    assert_eq!(entity("nosuch"), None);
    assert_eq!(entity(&"x".repeat(100)), None);
    assert_eq!(entity(""), None);
    assert_eq!(escape("a & <b> \"c\""), "a &amp; &lt;b&gt; \"c\"");
}

#[test]
fn attributes_are_read_in_all_their_forms() {
    let Some(Token::Open(tag)) = tokens("<a href=x&amp;y title='1 > 0' alt=\"\" checked/data-é = z>").next() else {
        panic!("a tag")
    };
    let attributes: Vec<_> = tag.attributes().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(attributes, ["href=x&y", "title=1 > 0", "alt=", "checked=", "data-é=z"]);
    assert_eq!(tag.attribute("title").as_deref(), Some("1 > 0"));
}

#[test]
fn text_for_people_has_a_line_for_each_block() {
    let html = "<h1>Snow</h1>\n<p>It  snowed<br>all &amp; day.\n</p><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>\
        <ol start=3><li>x<li>y</ol><script>no()</script><style>p{}</style><pre>  k\n  l</pre>\
        <table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>end <b>of</b> <img alt='a cat'>";
    insta::assert_snapshot!(to_text(html), @r"
    Snow

    It snowed
    all & day.

    - a
      - b
    - c

    3. x
    4. y

      k
      l

    1	2
    3

    end of a cat
    ");
    assert_eq!(to_text(""), "");
    assert_eq!(to_text("<p> <b> a </b> </p>"), "a");
    assert_eq!(to_text("a<b>b</b> c"), "ab c");
}

fn markdown(html: &str) -> String {
    to_markdown(html).expect("not too deep").text
}

#[test]
fn html_becomes_the_markdown_a_person_would_write() {
    let html = "<h2>Snow</h2><p>It <em>snowed</em> <strong>all</strong> <del>day </del>night, H<sub>2</sub>O.</p>\
        <ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol start=\"3\"><li>x</li><li>y</li></ol>\
        <pre><code class=\"language-rust\">let a = &quot;*&quot;;</code></pre>\
        <blockquote><p>q <a href=\"https://example.org/a_b\" title=\"t\">link</a></p></blockquote>\
        <table><thead><tr><th>h</th></tr></thead><tbody><tr><td><code>1|2</code></td></tr></tbody></table>\
        <script>alert(1)</script><style>p{}</style>\
        <iframe src=\"https://example.org/?a=1&amp;b\" allowfullscreen></iframe>\
        <video controls><source src=v.mp4></video><p>1. not a list * _ [x]</p><img src=a.png alt=cat>";
    insta::assert_snapshot!(markdown(html));
}

#[test]
fn what_is_nested_too_deep_is_refused_within_a_small_stack() {
    let run = || {
        let nested = |tag: &str, count: usize| format!("<{tag}>").repeat(count);
        for tag in ["div", "blockquote", "ul><li", "b", "span", "table><tr><td", "x-y"] {
            for count in [300, 20_000] {
                assert_eq!(to_markdown(&nested(tag, count)), None, "{tag} {count}");
            }
        }
        for tag in ["div", "blockquote", "b", "span", "pre", "del", "sub", "ol><li"] {
            let count = if tag.contains('>') { 60 } else { 120 };
            assert!(to_markdown(&(nested(tag, count) + "x")).is_some(), "{tag}");
        }
        let misnested: String = (0..5_000).map(|at| format!("<p><b {at}>")).collect();
        assert!(to_markdown(&misnested).is_some(), "what is misnested is no depth");
        let copies = (0..200).map(|at| format!("<b {at}>")).collect::<String>() + &"<p>x".repeat(100_000);
        assert_eq!(to_markdown(&copies), None);
        assert_eq!(markdown(&"<b>a</b>".repeat(100_000)).len(), 100_004);
    };
    let thread = std::thread::Builder::new().stack_size(512 << 10).spawn(run).expect("a thread");
    thread.join().expect("no panic");
}

#[test]
fn unclosed_paragraphs_and_items_are_no_depth() {
    let text = "<p>a".repeat(1_000) + "<ul>" + &"<li>b".repeat(1_000);
    assert!(to_markdown(&text).is_some());
}

#[test]
fn hostile_markup_takes_linear_time() {
    let size = 200_000;
    for piece in
        ["<", "<a ", "<a \"", "<a b='", "<!--", "<!h<!h<", "</", "<script>", "<title>", "&", "&#", "<br><p>", "<ul>"]
    {
        let text = piece.repeat(size / piece.len());
        let _ = (is_html(&text), strip_tags(&text), to_text(&text).len());
    }
    let _ = to_text(&(0..50_000).map(|at| format!("<{}>", ["script", "title", "style"][at % 3])).collect::<String>());
}

proptest! {
    #[test]
    fn no_text_panics(text in "([<>&;/!?=\"' -]|br|script|a|#x41|li|pre|é|\\PC){0,40}") {
        let stripped = strip_tags(&text);
        prop_assert!(stripped.len() <= text.len());
        is_html(&text);
        to_text(&text);
        to_markdown(&text);
        unescape(&text);
    }

    #[test]
    fn escaped_text_is_text_again(text in "\\PC{0,40}") {
        let escaped = escape(&text);
        prop_assert_eq!(unescape(&escaped), &*text);
        prop_assert_eq!(strip_tags(&escape(&text)), escape(&text));
    }
}
