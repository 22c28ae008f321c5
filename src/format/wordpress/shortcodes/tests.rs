use super::*;
use crate::format::{Facts, File};

fn facts() -> Facts {
    let mut facts = Facts::default();
    let file = |url: &str, caption: Option<&str>| File {
        url: url.to_owned(),
        alternative: Some("A \"roof\"".to_owned()),
        caption: caption.map(str::to_owned),
    };
    facts.files.insert("1", Some("9"), &file("https://a.example/1.jpg", None));
    facts.files.insert("2", Some("9"), &file("https://a.example/2.pdf", None));
    facts.files.insert("3", Some("9"), &file("https://a.example/3.png?x", Some("<b>Three</b>")));
    facts
}

fn made(text: &str) -> (String, Vec<String>) {
    let mut losses = Vec::new();
    let html = expand(text, &Site { facts: &facts(), item: "9" }, &mut losses);
    (html.trim().to_owned(), losses.into_iter().map(|loss| loss.field.into_owned()).collect())
}

#[test]
fn known_ones_become_html() {
    let one = "<figure><img src=\"https://a.example/1.jpg\" alt=\"A &quot;roof&quot;\"></figure>";
    let three = "<figure><img src=\"https://a.example/3.png?x\" alt=\"A &quot;roof&quot;\"><figcaption><b>Three</b></figcaption></figure>";
    let link = "<a href=\"https://v.example/?a&amp;b\">https://v.example/?a&amp;b</a>";
    for (text, html) in [
        ("no code", "no code".to_owned()),
        (
            "[caption]<img src=\"a\" /> words[/caption]",
            "<figure><img src=\"a\" /><figcaption>words</figcaption></figure>".to_owned(),
        ),
        (
            "[caption caption='words']<a href=\"b\"><img src=\"a\"></a>[/caption]",
            "<figure><a href=\"b\"><img src=\"a\"></a><figcaption>words</figcaption></figure>".to_owned(),
        ),
        ("[caption]<img src=\"a\">[/caption]", "<figure><img src=\"a\"></figure>".to_owned()),
        ("[caption]words alone[/caption]", "words alone".to_owned()),
        (
            "[caption]<img> see [embed]https://v.example/?a&amp;b[/embed][/caption]",
            format!("<figure><img><figcaption>see {link}</figcaption></figure>"),
        ),
        ("[caption]<img> a <b [/caption] c>", "<figure><img><figcaption>a <b </figcaption></figure>\n\n c>".to_owned()),
        ("[gallery ids=\"3, 1\"]", format!("{three}\n\n{one}")),
        ("[gallery]", format!("{one}\n\n{three}")),
        ("[embed width=\"5\"]https://v.example/?a&amp;b[/embed]", link.to_owned()),
        ("[video mp4=\"https://v.example/?a&amp;b\" /]", link.to_owned()),
        ("[code]\na < b\n[/code]", "<pre><code>a &lt; b</code></pre>".to_owned()),
        ("[code]a &lt; b[/code]", "<pre><code>a &lt; b</code></pre>".to_owned()),
        ("[sourcecode language='C++']x[/sourcecode]", "<pre><code class=\"language-c++\">x</code></pre>".to_owned()),
        ("[code=js]x[/code]", "<pre><code class=\"language-js\">x</code></pre>".to_owned()),
        ("[py]a[0] [gallery][/py]", "<pre><code class=\"language-python\">a[0] [gallery]</code></pre>".to_owned()),
    ] {
        assert_eq!(made(text), (html, Vec::new()), "{text}");
    }
}

#[test]
fn what_is_escaped_or_not_looked_into_stays() {
    for (text, html) in [
        ("[[gallery]]", "[gallery]"),
        ("[[caption]x[/caption]]", "[caption]x[/caption]"),
        ("[[wiki link]]", "[[wiki link]]"),
        ("[[1]] [sic] [1] [] [/b] [", "[[1]] [sic] [1] [] [/b] ["),
        ("<pre>[gallery]</pre>", "<pre>[gallery]</pre>"),
        ("<code>a[b=c]</code>", "<code>a[b=c]</code>"),
        ("<a title=\"[gallery]\">x</a>", "<a title=\"[gallery]\">x</a>"),
        ("<!-- [gallery] -->", "<!-- [gallery] -->"),
    ] {
        assert_eq!(made(text), (html.to_owned(), Vec::new()), "{text}");
    }
}

#[test]
fn unknown_ones_stay_and_are_told_once() {
    for (text, told) in [
        ("[box a=\"b\"] [box a=\"c\"]x[/box]", &["[box]"][..]),
        ("[contact-form] [more /] [x]y[/x]", &["[contact-form]", "[more]", "[x]"]),
        ("[code] without end", &[]),
        ("[embed][/embed]", &["[embed]"]),
    ] {
        let told = told.iter().map(|&told| told.to_owned()).collect();
        assert_eq!(made(text), (text.to_owned(), told), "{text}");
    }
    assert_eq!(made("[gallery ids=\"7\"]"), (String::new(), vec!["[gallery]".to_owned()]));
    // A short text does not become a long one: what is too much stays, and is told once.
    let text = "[gallery]".repeat(2_000);
    let (html, told) = made(&text);
    assert!(html.len() <= 6 * text.len() && html.ends_with("[gallery]"), "{}", html.len());
    assert_eq!(told, ["[gallery]"]);
}
