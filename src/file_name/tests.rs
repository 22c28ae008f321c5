use super::*;

fn clean(path: &str) -> String {
    FileName::clean(path).map_or_else(|| "(none)".to_owned(), |name| name.0)
}

#[test]
fn no_path_leaves_the_output_folder_and_all_are_portable() {
    for (path, expected) in [
        ("posts/budget.md", "posts/budget.md"),
        ("_posts/2025-01-01-snow.md", "_posts/2025-01-01-snow.md"),
        ("../../etc/x.md", "etc/x.md"),
        ("..", "(none)"),
        (".", "(none)"),
        ("", "(none)"),
        ("...", "(none)"),
        (".md", "md"),
        ("/abs.md", "abs.md"),
        ("C:\\x.md", "C/x.md"),
        ("c:x.md", "c-x.md"),
        ("\\\\host\\share\\x.md", "host/share/x.md"),
        ("a/../../b.md", "a/b.md"),
        ("a/./b.md", "a/b.md"),
        ("a//b.md", "a/b.md"),
        ("a/", "(none)"),
        ("%2e%2e%2fx.md", "2e-2e-2fx.md"),
        ("%252e%252e%252fx.md", "252e-252e-252fx.md"),
        ("．．／x.md", "x.md"),
        ("..∕..∕x.md", "x.md"),
        ("‥/x.md", "x.md"),
        ("a\0b.md", "a-b.md"),
        ("a\nb.md", "a-b.md"),
        ("a\u{202e}dm.exe.md", "a-dm.exe.md"),
        ("con.md", "con-post.md"),
        ("CON", "CON-post"),
        ("nul.tar.md", "nul-post.tar.md"),
        ("aux/x.md", "aux-post/x.md"),
        ("COM¹.md", "COM1-post.md"),
        ("LPT9.md", "LPT9-post.md"),
        ("CONIN$.md", "CONIN-post.md"),
        ("console.md", "console.md"),
        ("a:b.md", "a-b.md"),
        ("<>\"|?*.md", "md"),
        ("-rf.md", "rf.md"),
        (".git/hooks/x", "git/hooks/x"),
        (".git", "git"),
        ("a. .md", "a.md"),
        ("name.", "name"),
        ("name ", "name"),
        ("name. . .", "name"),
        ("e\u{301}.md", "é.md"),
        ("`id`.md", "id.md"),
        ("$(id).md", "(id).md"),
        ("日本語.md", "日本語.md"),
    ] {
        assert_eq!(clean(path), expected, "{path:?}");
    }
}

#[test]
fn cleaning_twice_changes_nothing() {
    for path in
        ["../../etc/x.md", "%2e%2e%2fx.md", "COM¹.md", "a. .md", "<>\"|?*.md", "ab-.-.md", "x.-md", "con.con.con"]
    {
        let once = clean(path);
        assert_eq!(clean(&once), once, "{path:?}");
    }
    let long = format!("{}.md", "é日".repeat(100));
    assert_eq!(clean(&clean(&long)), clean(&long));
}

#[test]
fn values_make_no_folders() {
    for (value, expected) in
        [("a/b", "a-b"), ("../../x", "x"), ("_index", "index"), ("a\\..\\b", "a-..-b"), ("..", ""), ("x/", "x")]
    {
        assert_eq!(FileName::clean_value(value), expected.replace("..", "."), "{value:?}");
    }
}

#[test]
fn long_names_are_cut_at_a_character_and_stay_apart() {
    for base in ["x".repeat(256), "é".repeat(2_048), "日-".repeat(1_000), "𝄞".repeat(100)] {
        let (one, two) = (clean(&format!("{base}1.md")), clean(&format!("{base}2.md")));
        assert_ne!(one, two);
        for name in [&one, &two] {
            assert!(name.len() <= LONGEST && name.ends_with(".md"), "{} bytes", name.len());
        }
    }
    let fits = format!("{}.md", "x".repeat(LONGEST - 3));
    assert_eq!(clean(&fits), fits);
}

#[test]
fn names_that_are_one_file_somewhere_have_one_key() {
    for (a, b) in [("Foo.md", "foo.md"), ("é.md", "e\u{301}.md"), ("ß.md", "ss.md"), ("ı.md", "i.md"), ("ς.md", "σ.md")]
    {
        assert_eq!(FileName::collision_key_of(a), FileName::collision_key_of(b), "{a} {b}");
    }
    assert_ne!(FileName::collision_key_of("a.md"), FileName::collision_key_of("b.md"));
}

#[test]
fn a_number_tells_two_posts_apart() {
    let name = |path: &str| FileName::clean(path).expect("a name");
    assert_eq!(name("a/snow.md").with_suffix(2).as_str(), "a/snow-2.md");
    assert_eq!(name("a/snow/index.md").with_suffix(3).as_str(), "a/snow-3/index.md");
    assert_eq!(name("index.md").with_suffix(2).as_str(), "index-2.md");
    assert_eq!(name("snow").with_suffix(2).as_str(), "snow-2");
    assert_eq!(name("v1.2 notes.md").with_suffix(2).as_str(), "v1.2-notes-2.md");
}

#[test]
fn only_clean_paths_are_taken_as_they_stand() {
    assert!(FileName::parse("posts/a.md").is_some());
    for path in ["../a.md", "/a.md", "a//b.md", "CON.md", "a b.md", ""] {
        assert!(FileName::parse(path).is_none(), "{path}");
    }
}
