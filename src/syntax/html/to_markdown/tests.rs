//! Markdown of HTML, shown as HTML again, has the same text; and its Markdown is the same.
use proptest::prelude::*;

use super::to_markdown;
use crate::syntax::{
    html::{strip_tags, unescape},
    markdown::to_html,
};

fn markdown(html: &str) -> String {
    to_markdown(html).expect("not too deep").text
}

/// The text of HTML without its blanks.
fn words(html: &str) -> String {
    unescape(&strip_tags(html)).split_whitespace().collect()
}

/// Each case under `fixtures/markdown`: what it becomes, and that it still says the same.
#[test]
fn every_fixture_says_the_same_and_is_stable() {
    insta::glob!("../../../../fixtures/markdown", "*.html", |path| {
        let html = std::fs::read_to_string(path).expect("a file");
        let made = markdown(&html);
        insta::assert_snapshot!(made);
        let again = to_html(&made);
        if !path.ends_with("footnotes.html") {
            assert_eq!(words(&again), words(&html), "{}: {made}\n{again}", path.display());
        }
        assert_eq!(markdown(&again), made, "{}: {again}", path.display());
    });
}

/// HTML made of what bodies are made of.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-c]{1,3}",
        "[ ]",
        Just("\n".to_owned()),
        "[*_`\\[\\]()#>!~|\\\\{}:=+-]{1,3}",
        "[0-9]{1,2}[.)] ",
        Just("&lt;b&gt;".to_owned()),
        Just("&amp;lt;".to_owned()),
        Just("é「。」".to_owned()),
        Just("<br>".to_owned()),
        Just("<b></b>".to_owned()),
        Just("<i> </i>".to_owned()),
        Just("<hr>".to_owned()),
        Just("<img src=\"i.png\" alt=\"a]b\">".to_owned()),
    ];
    piece.prop_recursive(4, 40, 5, |inner| {
        let many = prop::collection::vec(inner, 0..5).prop_map(|parts| parts.concat());
        let tags = prop::sample::select(vec![
            "p",
            "b",
            "i",
            "del",
            "sup",
            "code",
            "blockquote",
            "h2",
            "div",
            "span",
            "pre",
            "q",
            "table",
            "dl",
            "figure",
        ]);
        prop_oneof![
            (tags, many.clone()).prop_map(|(tag, inside)| match tag {
                "table" => format!("<table><tr><th>{inside}</th><td>x</td></tr><tr><td>{inside}</td></tr></table>"),
                "dl" => format!("<dl><dt>{inside}</dt><dd>x</dd></dl>"),
                "figure" => format!("<figure><img src=a.png><figcaption>{inside}</figcaption></figure>"),
                _ => format!("<{tag}>{inside}</{tag}>"),
            }),
            many.clone().prop_map(|inside| format!("<a href=\"/x\">{inside}</a>")),
            (many.clone(), many.clone()).prop_map(|(a, b)| format!("<ul><li>{a}</li><li>{b}</li></ul>")),
            (many.clone(), many.clone()).prop_map(|(a, b)| {
                let task = "<input type=checkbox>";
                format!("<ul><li>{task}{a}</li><li><p>{task}{b}</p></li></ul>")
            }),
            (many.clone(), many).prop_map(|(a, b)| format!("<ol><li>{a}</li><li><p>{b}</p></li></ol>")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_shown_is_the_same(parts in prop::collection::vec(pieces(), 1..5)) {
        let html = parts.concat();
        let made = markdown(&html);
        let again = to_html(&made);
        prop_assert_eq!(words(&again), words(&html), "{}\n--\n{}\n--\n{}", html, made, again);
    }

    #[test]
    fn twice_is_once(parts in prop::collection::vec(pieces(), 1..5)) {
        let html = parts.concat();
        let made = markdown(&html);
        let again = to_html(&made);
        prop_assert_eq!(markdown(&again), made, "{}\n--\n{}", html, again);
    }
}

#[test]
fn a_table_of_odd_rows_grows_no_more_than_its_text() {
    let html = format!("<table><tr>{}</tr>{}</table>", "<td>a</td>".repeat(5_000), "<tr><td>b</td></tr>".repeat(5_000));
    let made = to_markdown(&html).expect("it is not deep").text;
    assert!(made.len() < 2 * html.len(), "{}", made.len());
}

#[test]
fn many_notes_take_linear_time() {
    let (mut links, mut notes) = (String::new(), String::new());
    for n in 0..30_000 {
        links.push_str(&format!("<sup><a href=\"#fn{n}\">1</a></sup>"));
        notes.push_str(&format!("<li id=\"fn{n}\">a</li>"));
    }
    let made = to_markdown(&format!("<p>a{links}</p><ol>{notes}</ol>")).expect("it is not deep").text;
    assert!(made.contains("[^1]") && made.contains("[^note-2]") && made.contains("[^note-30000]: a"));
}

#[test]
fn a_link_around_many_blocks_grows_no_more_than_its_text() {
    let address = "x".repeat(16_000);
    let html = format!("<a href=\"/{address}\" title=\"{address}\">{}</a>", "<p>a</p><h2>b</h2>".repeat(2_000));
    let made = to_markdown(&html).expect("it is not deep");
    assert!(made.text.len() < 6 * html.len(), "{}", made.text.len());
    assert_eq!(words(&to_html(&made.text)), "ab".repeat(2_000));
    assert!(made.text.starts_with("[a](/xxx"), "its first line is a link");
    let lost: Vec<_> = made.lost.iter().map(|(kind, tag)| (*kind, &tag[..12])).collect();
    assert_eq!(lost, [("link", "<a href=\"/xx")]);
    // Another link still stands around its first block.
    let made = markdown(&(html + "<a href=/y><p>c</p></a>"));
    assert!(made.ends_with("b\n\n[c](/y)"));
    // Few blocks all have theirs, and none is counted that is not written.
    let html = "<a href=/x><ul><li>a<input type=checkbox><li>b</ul><p></p><p>c</p></a>".repeat(50);
    let made = to_markdown(&html).expect("it is not deep");
    assert_eq!(made.text.matches("](/x)").count(), 150, "{}", made.text);
}

#[test]
fn a_box_before_the_words_of_an_item_makes_it_a_task() {
    let (on, off) = ("<input type=checkbox checked disabled>", "<input type=CheckBox>");
    for (items, made) in [
        (format!("<li>{on} a<li>{off}b"), "- [x] a\n- [ ] b"),
        (format!("<li> <p>{on} a</p><li><p>{off} b</p>c"), "- [x] a\n\n- [ ] b\n\n  c"),
        (format!("<li><label>{on} a</label><li><span></span>{off} <a href=c>b</a>"), "- [x] a\n- [ ] [b](c)"),
        (format!("<li>{off}a<ul><li>{on}b</ul>"), "- [ ] a\n  - [x] b"),
    ] {
        let html = format!("<ul>{items}</ul>");
        let made_of = to_markdown(&html).expect("it is not deep");
        assert_eq!((made_of.text.as_str(), made_of.lost), (made, Vec::new()), "{html}");
        assert_eq!(markdown(&to_html(made)), made);
    }
    // A sign that is none would be shown.
    for (item, made) in [("", ""), ("<h2>a</h2>", "- ## a"), ("<ul><li>a</ul>", "- - a"), ("<script>a</script>", "")] {
        let html = format!("<ul><li>{off}{item}</ul>");
        let made_of = to_markdown(&html).expect("it is not deep");
        assert!(made_of.lost.iter().any(|(kind, _)| *kind == "input"), "{html}");
        assert_eq!(made_of.text.trim_end_matches(['-', ' ']), made, "{html}");
    }
}

#[test]
fn what_shows_something_without_words_is_told() {
    let lost = |html: &str| to_markdown(html).expect("it is not deep").lost;
    for (html, kind, tag) in [
        ("<p>a<input value=b><input>", "input", "<input value=\"b\">"),
        ("<ul><li>a<li><input type=checkbox>b<li>c<input type=checkbox></ul>", "input", "<input type=\"checkbox\">"),
        ("<progress value=1 max=2></progress>", "progress", "<progress value=\"1\" max=\"2\">"),
        ("<p>a <b><meter value=1> </meter></b>", "meter", "<meter value=\"1\">"),
        ("<pre>a<input></pre>", "input", "<input>"),
        ("<code>a<meter></meter></code>", "meter", "<meter>"),
        ("<p><img src=a width=1>", "size", "<img src=\"a\" width=\"1\">"),
        ("<p>a<script x=1>b<c</script><script>d</script>", "script", "<script x=\"1\">b<c</script>"),
        ("<a href=b><pre>a</pre></a>", "link", "<a href=\"b\">"),
        ("<svg><style>a</style></svg>", "style", "<style>a</style>"),
        ("<script>a</script><pre>&lt;script src=x></pre>", "script", "<script>a</script>"),
    ] {
        assert_eq!(lost(html), [(kind, tag.to_owned())], "{html}");
    }
    for html in [
        "<ul><li><input type=checkbox checked>a</ul>",
        "<input type=hidden name=a>",
        "<a href=b><div></div></a><a href=b><pre>a</pre><p>b</p></a>",
        "<pre><a href=b>c</a><input></pre>",
        "<dl><dt>a<dd><input></dl>",
        "<!-- <script>a</script> --><p title='<style>'>a",
        "<textarea><script></textarea>",
    ] {
        assert_eq!(lost(html), [], "{html}");
    }
    let html = "<p><progress value=1 max=2>1 of 2</progress> <meter>b</meter>";
    assert_eq!((markdown(html).as_str(), lost(html)), ("1 of 2 b", Vec::new()));
}

#[test]
fn lists_that_follow_one_another_have_signs_of_their_own() {
    let list = "<ul><li>a</ul>";
    assert_eq!(markdown(&format!("{list}<ul></ul>{list}<div>{list}</div>")), "- a\n\n+ a\n\n- a");
    assert_eq!(markdown(&format!("{list}b{list}")), "- a\n\nb\n\n- a");
    assert_eq!(markdown(&format!("<ol><li>a</ol><ol><li>b</ol>{list}")), "1. a\n\n1) b\n\n- a");
    let cell = format!("<tr><td>{list}</td></tr>");
    assert_eq!(markdown(&format!("<table>{cell}{cell}</table>")), "- a\n\n+ a");
}

#[test]
fn time_is_linear() {
    let n = 20_000;
    let times = |count: usize, piece: &dyn Fn(usize) -> String| (0..count).map(piece).collect::<String>();
    let links = |text: &dyn Fn(usize) -> String, count: usize| {
        times(count, &|at| format!("<sup><a href=\"#fn{at}\">{}</a></sup>", text(at)))
    };
    let notes = |count: usize| times(count, &|at| format!("<li id=fn{at}>a</li>"));
    // Half of the labels are those that others would be given.
    let label = |at: usize| if at < n { format!("note-{}", n + 1 + at) } else { "1".to_owned() };
    let plain = times(n, &|_| "<sup><a href=#x>1</a></sup>".to_owned());
    for html in [
        format!("<ul><li>{}</li></ul>{}", "<p>a</p>".repeat(n), "<ul></ul>".repeat(n)),
        format!("<ul><li>{}</li></ul>{}", "<p>a</p>".repeat(n), "<ul><li></ul>".repeat(n)),
        format!("{}<ol>{}</ol>", links(&label, 2 * n), notes(2 * n)),
        format!(
            "{}<div class=footnotes>{}<ol>{}</ol></div>",
            links(&|at| at.to_string(), n),
            "<hr>".repeat(n),
            notes(n)
        ),
        format!("{plain}<ol class=\"{}\"><li id=x>a</ol>", "b ".repeat(n)),
        format!("<a href={}>{}</a>", "x".repeat(5 * n), "<p>a</p>".repeat(n)),
    ] {
        let _ = to_markdown(&html);
    }
    for piece in [
        "<b>a</b>",
        "<b>",
        "<p>a",
        "<ul><li>a</ul>",
        "<li>a",
        "<td>a",
        "<table><tr><td>a</table>",
        "a<br>",
        "<code>`</code>",
        "<a href=x>",
        "*",
        "[",
        "<input type=checkbox>",
        "<i></i>",
        "&amp;",
        "<sup><a href=#x>1</a></sup>",
        "<pre>a</pre>",
        "<b>a</b><i>b</i>",
        "<blockquote>a</blockquote>",
        "|",
        "<img src=x>",
        " <b> </b>",
    ] {
        let _ = to_markdown(&piece.repeat(200_000 / piece.len()));
        let _ = to_markdown(&format!("<ul><li>{}</ul>", piece.repeat(200_000 / piece.len())));
    }
}

#[test]
fn what_shows_nothing_leaves_code_as_it_is() {
    assert_eq!(markdown("<code><b></b>_</code>"), "`_`");
    assert_eq!(markdown("a<code><i> <b></b></i>_<q></q></code>"), "a `_`");
    assert_eq!(markdown("<code>a<b>b</b></code>"), "<code>a**b**</code>");
}

#[test]
fn a_rule_in_an_item_is_no_part_of_the_mark() {
    assert_eq!(
        markdown(&format!("<ul>{0}</ul><ul>{0}<li><hr></li></ul>", "<li><ul><li></li></ul></li>")),
        "+ -\n\n* -\n* - - -"
    );
}

#[test]
fn a_sign_of_alarm_before_a_link_is_one() {
    assert_eq!(markdown("!<a href=b>c</a>"), "\\![c](b)");
    assert_eq!(markdown("\\!<a href=b>c</a>"), "\\\\\\![c](b)");
}
