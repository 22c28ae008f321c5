use super::*;

#[test]
fn each_style_escapes_what_means_something_to_it() {
    let moved = [
        ("https://old.example/2020/01/snow/", "/snow/"),
        ("https://old.example/?p=12&x=y", "/by-number/"),
        ("https://old.example/a b;c\"d'$1*.html", "/a-b/"),
        ("https://old.example/%e5%8c%97(x)+[y].html", "/北/"),
        ("https://old.example/=cmd|' /C calc'!A0", "/x,y/"),
        ("https://old.example/a%0a%0dInjected: x", "/z\n/"),
        ("/same/", "/same/"),
        ("/twice/", "/one/"),
        ("/twice/", "/two/"),
        ("/a/", "/b/"),
        ("/b/", "/a/"),
        ("/c/", "/a/"),
    ]
    .map(|(old, new)| (old.to_owned(), new.to_owned()));
    let (redirects, notes) = collect(&moved);
    let mut shown = notes.join("\n");
    for style in STYLES {
        shown.push_str(&format!("\n=== {}\n{}", style.name, (style.write)(&redirects)));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn a_long_way_takes_linear_time() {
    let moved: Vec<_> = (0..100_000).map(|at| (format!("/{at}/"), format!("/{}/", at + 1))).collect();
    assert_eq!(collect(&moved).0.len(), 100_000);
}
