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
