use super::*;

#[test]
fn names_are_in_order() {
    assert!(BLOCKS.is_sorted());
}

#[test]
fn blank_lines_part_paragraphs_and_blocks_stay() {
    for (text, made) in [
        ("", ""),
        (" \n\n ", ""),
        ("one", "<p>one</p>"),
        ("one\ntwo\n\nthree", "<p>one<br />two</p>\n<p>three</p>"),
        ("one\r\n\r\ntwo", "<p>one</p>\n<p>two</p>"),
        ("one\n \t\ntwo\n\n\n\n", "<p>one</p>\n<p>two</p>"),
        ("one <b>two\nthree</b>", "<p>one <b>two<br />three</b></p>"),
        ("a<br />\nb<br>\nc", "<p>a<br />\nb<br>\nc</p>"),
        ("<h2>H</h2>\ntext\n<hr />\nmore", "<h2>H</h2>\n<p>text</p>\n<hr />\n<p>more</p>"),
        ("<div>one</div>", "<div>one</div>"),
        ("<div>\n\none\n\ntwo\n\n</div>", "<div>\n<p>one</p>\n<p>two</p>\n</div>"),
        ("<ul>\n<li>a</li>\n<li>b\nc</li>\n</ul>", "<ul>\n<li>a</li>\n<li>b<br />c</li>\n</ul>"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("<blockquote>q</blockquote>", "<blockquote>\n<p>q</p>\n</blockquote>"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>"),
        ("a\n<pre>x\n\n  y</pre>\nb", "<p>a</p>\n<pre>x\n\n  y</pre>\n<p>b</p>"),
        ("<p>one\n\ntwo</p>", "<p>one</p>\n<p>two</p>"),
        ("<p>one\n\n<p>two", "<p>one</p>\n<p>two</p>"),
        ("text</p>", "<p>text</p>"),
        ("<p></p>a<p>\n\n<figure>b</figure>\n\n</p>c<p class=\"d\">", "<p>a</p>\n<figure>b</figure>\n<p>c</p>"),
        ("<p>&nbsp;</p>", "<p>&nbsp;</p>"),
        ("<img src=\"a.png\"\nalt=\"b\">", "<p><img src=\"a.png\"\nalt=\"b\"></p>"),
        ("<!--more-->\n\ntext", "<!--more-->\n<p>text</p>"),
        ("<script>\nlet a;\n\nb</script>\n\nx", "<script>\nlet a;\n\nb</script>\n<p>x</p>"),
        (
            "<figure><img src=\"a\">\n<figcaption>c</figcaption></figure>",
            "<figure><img src=\"a\">\n<figcaption>c</figcaption>\n</figure>",
        ),
        ("<table><tr><td>a\nb</td></tr></table>", "<table>\n<tr>\n<td>a<br />b</td>\n</tr>\n</table>"),
        ("a < b\n\n<3", "<p>a < b</p>\n<p><3</p>"),
        ("</div>x</div>", "</div>\n<p>x</p>\n</div>"),
        ("<textarea>a\n\nb</textarea>", "<p><textarea>a\n\nb</textarea></p>"),
        ("a <i", "<p>a <i</p>"),
    ] {
        assert_eq!(paragraphs(text), made, "{text:?}");
    }
}

#[test]
fn what_is_broken_a_hundred_thousand_times_ends_soon() {
    for piece in ["<div>", "</div>", "<p>", "<li>", "\n\n", "<div></p>", "<", "<!--", "<pre>", "a\n"] {
        paragraphs(&piece.repeat(100_000));
    }
}
