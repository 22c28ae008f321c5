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
        ("<javascript:x> <https://example.org> <a@example.org>", "javascript:x <https://example.org> <a@example.org>"),
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
    for piece in
        ["<", "<a ", "<a b=\"", "<!--", "<b>", "[a](javascript:x)", "[", "<script>", "<svg x=", "\n[x]:", "`<", "<p>a"]
    {
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
