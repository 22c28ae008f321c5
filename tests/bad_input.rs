//! What bad input gets: one clear message with the place and what to do, the right exit code, nothing half-written.
#![allow(clippy::unwrap_used)]

mod support;

use std::fs;

use support::{Workdir, slugline};

const RSS: &str = "<rss version=\"2.0\"><channel><title>T</title><link>https://example.org/</link>\
    <description>D</description><item><title>One</title><link>https://example.org/1</link></item></channel></rss>";

/// Runs slugline in the folder and gives what a person sees: exit code, both streams, paths shortened.
macro_rules! said {
    ($work:expr, $($argument:expr),+ $(,)?) => {{
        let (code, stdout, stderr) = slugline($work, &[$($argument),+], b"");
        insta::assert_snapshot!(format!("exit {code}\n--- stdout\n{stdout}--- stderr\n{stderr}"));
    }};
}

#[test]
fn a_missing_file() {
    let work = Workdir::new();
    said!(&work, "convert", "nowhere.xml", "--to", "json-feed");
    said!(&work, "check", "nowhere.md");
}

#[test]
fn a_folder_without_posts() {
    let work = Workdir::new().folder("empty");
    said!(&work, "convert", "empty", "--to", "rss");
    said!(&work, "check", "empty");
}

#[test]
fn an_unknown_format_or_profile() {
    let work = Workdir::new().file("feed.xml", RSS);
    said!(&work, "convert", "feed.xml", "--to", "docx");
    said!(&work, "convert", "feed.xml", "--to", "markdown", "--profile", "hguo");
    said!(&work, "convert", "feed.xml");
}

#[test]
fn an_empty_file() {
    let work = Workdir::new().file("empty.xml", "").file("empty.md", "");
    said!(&work, "convert", "empty.xml", "--to", "json-feed");
    said!(&work, "check", "empty.xml");
    said!(&work, "check", "empty.md");
}

#[test]
fn a_binary_file() {
    let work = Workdir::new().bytes("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06");
    said!(&work, "convert", "picture.png", "--to", "json-feed");
    said!(&work, "check", "picture.png");
}

#[test]
fn front_matter_without_an_end() {
    let work = Workdir::new().file("snow.md", "---\ntitle: Snow\n\nIt snowed.\n");
    said!(&work, "check", "snow.md");
    said!(&work, "convert", "snow.md", "--to", "json-feed");
}

#[test]
fn front_matter_that_is_a_list() {
    let work = Workdir::new().file("list.md", "---\n- a\n- b\n---\nBody\n");
    said!(&work, "check", "list.md");
    said!(&work, "convert", "list.md", "--to", "json-feed");
}

#[test]
fn invalid_utf_8() {
    let work =
        Workdir::new().bytes("latin.md", b"---\ntitle: Caf\xe9\nslug: cafe\ndate: 2025-01-01\nsource: S\n---\nBody\n");
    said!(&work, "check", "latin.md");
}

#[test]
fn utf_16() {
    let units: Vec<u8> = RSS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let work = Workdir::new().bytes("bom.xml", &[&[0xff, 0xfe], units.as_slice()].concat()).bytes("bare.xml", &units);
    said!(&work, "convert", "bom.xml", "--to", "ndjson");
    said!(&work, "convert", "bare.xml", "--to", "ndjson");
}

#[test]
fn truncated_xml() {
    let cut = &RSS[..RSS.find("</item>").unwrap() + 10];
    let work = Workdir::new().file("cut.xml", cut);
    said!(&work, "convert", "cut.xml", "--to", "ndjson");
    said!(&work, "check", "cut.xml");
}

#[test]
fn two_roots() {
    let work = Workdir::new().file("two.xml", &format!("{RSS}\n{RSS}"));
    said!(&work, "check", "two.xml");
    said!(&work, "convert", "two.xml", "--to", "ndjson", "--no-repair");
}

#[test]
fn an_undefined_entity() {
    let work = Workdir::new().file("entity.xml", &RSS.replace("<title>One", "<title>One&nbsp;day&unheard;"));
    said!(&work, "check", "entity.xml");
    said!(&work, "convert", "entity.xml", "--to", "ndjson");
}

#[test]
fn an_external_entity_is_never_opened() {
    let work = Workdir::new().file("secret.txt", "do not tell");
    let doctype = format!("<!DOCTYPE rss [<!ENTITY x SYSTEM \"{}\">]>", work.path("secret.txt").display());
    let work = work.file("xxe.xml", &format!("{doctype}{}", RSS.replace(">One<", ">One &x;<")));
    let (code, stdout, stderr) = slugline(&work, &["convert", "xxe.xml", "--to", "ndjson"], b"");
    assert!(!stdout.contains("do not tell") && !stderr.contains("do not tell"), "{stdout}{stderr}");
    insta::assert_snapshot!(format!("exit {code}\n--- stdout\n{stdout}--- stderr\n{stderr}"));
}

#[test]
fn an_entity_bomb() {
    let mut doctype = String::from("<!DOCTYPE rss [<!ENTITY a0 \"lol\">");
    for n in 1..10 {
        doctype.push_str(&format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)));
    }
    doctype.push_str("]>");
    let work = Workdir::new().file("bomb.xml", &format!("{doctype}{}", RSS.replace(">One<", ">&a9;<")));
    said!(&work, "convert", "bomb.xml", "--to", "ndjson");
    said!(&work, "check", "bomb.xml");
}

#[test]
fn a_hundred_thousand_nested_elements_or_brackets() {
    let deep = RSS.replace(">One<", &format!(">{}{}<", "<b>".repeat(100_000), "</b>".repeat(100_000)));
    let work = Workdir::new()
        .file("deep.xml", &deep)
        .file(
            "deep.json",
            &format!("{{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": {}", "[".repeat(100_000)),
        )
        .file("deep.md", &format!("---\ntitle: {}\n---\nBody\n", "[".repeat(100_000)));
    said!(&work, "convert", "deep.xml", "--to", "ndjson");
    said!(&work, "convert", "deep.json", "--to", "ndjson");
    said!(&work, "check", "deep.xml");
    said!(&work, "check", "deep.json");
    said!(&work, "check", "deep.md");
}

#[test]
fn an_alias_bomb() {
    let mut head = String::from("a0: &a0 [lol]\n");
    for n in 1..12 {
        head.push_str(&format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", ")));
    }
    let work = Workdir::new().file("bomb.md", &format!("---\ntitle: T\n{head}---\nBody\n"));
    said!(&work, "check", "bomb.md");
}

#[test]
fn slugs_never_lead_out_of_the_folder() {
    let long = "x".repeat(300);
    for (number, slug) in ["../../x", "/etc/x", "C:\\x", "..", "%2e%2e%2fx", "CON", &long].iter().enumerate() {
        let line = serde_json::json!({"id": "1", "title": "T", "_slugline": {"slug": slug}});
        let work = Workdir::new().file("in.ndjson", &format!("{line}\n")).folder("deep/out");
        let (code, stdout, stderr) =
            slugline(&work, &["convert", "in.ndjson", "--to", "markdown", "-o", "deep/out"], b"");
        let files = work.files();
        assert!(
            files.iter().all(|file| file == "in.ndjson" || file.starts_with("deep/out/")),
            "{slug} led to {files:?}"
        );
        assert!(files.iter().all(|file| file.rsplit('/').next().unwrap().len() <= 255));
        insta::assert_snapshot!(
            format!("slug-{number}"),
            format!("{slug}\nexit {code}\n--- stdout\n{stdout}--- stderr\n{stderr}--- files\n{}\n", files.join("\n"))
        );
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_output_folder() {
    use std::os::unix::fs::PermissionsExt;
    let work = Workdir::new().file("feed.xml", RSS).folder("locked");
    fs::set_permissions(work.path("locked"), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(work.path("locked/probe"), "").is_ok() {
        // The superuser writes everywhere: a file in the place of the folder fails for everyone.
        let work = Workdir::new().file("feed.xml", RSS).file("taken", "");
        said!(&work, "convert", "feed.xml", "--to", "markdown", "-o", "taken");
        return;
    }
    let (code, _, stderr) = slugline(&work, &["convert", "feed.xml", "--to", "markdown", "-o", "locked"], b"");
    assert_eq!(code, 2, "{stderr}");
    assert!(stderr.contains("may not be written"), "{stderr}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_a_closed_pipe_is_none() {
    use std::process::{Command, Stdio};
    let work = Workdir::new().file("feed.xml", &RSS.replace(">One<", &format!(">{}<", "long ".repeat(100_000))));
    said!(&work, "convert", "feed.xml", "--to", "json-feed", "-o", "/dev/full");
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let end = Command::new(env!("CARGO_BIN_EXE_slugline"))
        .args(["convert", "feed.xml", "--to", "json-feed"])
        .current_dir(work.root())
        .stdout(Stdio::from(full))
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(end.status.code(), Some(2), "{}", String::from_utf8_lossy(&end.stderr));
    let mut child = Command::new(env!("CARGO_BIN_EXE_slugline"))
        .args(["convert", "feed.xml", "--to", "json-feed"])
        .current_dir(work.root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let end = child.wait_with_output().unwrap();
    assert_eq!((end.status.code(), String::from_utf8_lossy(&end.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn a_schema_that_is_no_schema() {
    let work = Workdir::new()
        .file("post.md", "---\ntitle: T\n---\n")
        .file("broken.json", "{\"type\": ")
        .file("wrong.json", "{\"type\": \"strnig\"}")
        .file("list.json", "[1]")
        .file("network.json", "{\"$ref\": \"https://example.org/post.schema.json\"}")
        .file("outside.json", "{\"$ref\": \"../../etc/passwd\"}");
    said!(&work, "check", "--schema", "broken.json", "post.md");
    said!(&work, "check", "--schema", "wrong.json", "post.md");
    said!(&work, "check", "--schema", "list.json", "post.md");
    said!(&work, "check", "--schema", "network.json", "post.md");
    said!(&work, "check", "--schema", "outside.json", "post.md");
    said!(&work, "check", "--schema", "nowhere.json", "post.md");
}
