//! Writing that is interrupted, refused, or shared with others: every file is whole or absent, and what stands is told.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod support;

use std::{
    fs::{self, File},
    io::Write,
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use support::{Workdir, slugline};

fn feed(count: usize, words: &str) -> String {
    let item = |number: usize| {
        format!(
            "<item><title>Post {number}</title><link>https://example.org/{number}</link>\
             <guid>https://example.org/{number}</guid><pubDate>Wed, 24 Sep 2025 03:17:09 +0000</pubDate>\
             <description>{words} {number}</description></item>\n"
        )
    };
    let items: String = (0..count).map(item).collect();
    format!(
        "<rss version=\"2.0\"><channel><title>T</title><link>https://example.org/</link>\
         <description>D</description>\n{items}</channel></rss>\n"
    )
}

/// The posts that stand.
fn posts(work: &Workdir) -> Vec<String> {
    work.files().into_iter().filter(|file| file.starts_with("out/") && file.ends_with(".md")).collect()
}

const IMPORT: &[&str] = &["convert", "feed.xml", "--to", "markdown", "-o", "out"];

fn overwrite() -> Vec<&'static str> {
    [IMPORT, &["--existing", "overwrite"]].concat()
}

#[test]
fn another_run_in_the_folder_is_told_and_nothing_is_written() {
    let work = Workdir::new().file("feed.xml", &feed(3, "Snow")).folder("out");
    let other = File::open(work.path("out")).unwrap();
    other.try_lock().unwrap();
    let (code, _, said) = slugline(&work, IMPORT, b"");
    assert_eq!((code, work.files().len()), (2, 1), "{said}");
    assert!(said.contains("out: another run of slugline is writing to this folder"), "{said}");
    // A look changes nothing, and needs no lock.
    let (code, _, said) = slugline(&work, &[IMPORT, &["--dry-run"]].concat(), b"");
    assert_eq!(code, 0, "{said}");
    drop(other);
    assert_eq!(slugline(&work, IMPORT, b"").0, 0);
    assert_eq!(posts(&work).len(), 3);
}

#[test]
fn what_a_killed_run_left_is_swept_and_a_living_runs_is_not() {
    let work = Workdir::new().file("feed.xml", &feed(1, "Snow")).folder("out/deep");
    let number = fs::metadata(work.path("out")).unwrap().ino();
    let ours = format!("out/deep/.slugline-{number:x}-1f.tmp");
    let work = work
        .file(&ours, "half a po")
        .file("out/.slugline-feed.json.tmp", "half a fe")
        .file("out/.slugline-living.json.tmp", "being writ")
        .file("out/.slugline-1-1.tmp", "of another folder's run")
        .file("out/.slugline-notes.md", "somebody's");
    let living = File::open(work.path("out/.slugline-living.json.tmp")).unwrap();
    living.try_lock().unwrap();
    let (code, _, said) = slugline(&work, IMPORT, b"");
    assert_eq!(code, 0, "{said}");
    let left = [
        "feed.xml",
        "out/.slugline-1-1.tmp",
        "out/.slugline-index.ndjson",
        "out/.slugline-living.json.tmp",
        "out/.slugline-notes.md",
        "out/post-0.md",
    ];
    assert_eq!(work.files(), left);
}

#[test]
fn a_file_that_a_killed_run_left_is_replaced_by_the_next() {
    let work = Workdir::new().file("feed.xml", &feed(1, "Snow")).file(".slugline-out.json.tmp", "half");
    let (code, _, said) = slugline(&work, &["convert", "feed.xml", "-o", "out.json"], b"");
    assert_eq!((code, work.files()), (0, vec!["feed.xml".to_owned(), "out.json".to_owned()]), "{said}");
}

#[test]
fn links_in_the_folder_lead_nowhere_and_the_folder_itself_may_be_one() {
    let profile = "extends = \"hugo\"\nfile_name = \"news/{{ slug }}.md\"\n";
    let work = Workdir::new().file("feed.xml", &feed(2, "Snow")).file("own/profile.toml", profile).folder("elsewhere");
    fs::create_dir(work.path("out")).unwrap();
    symlink("../elsewhere", work.path("out/news")).unwrap();
    let (code, _, said) = slugline(&work, &[IMPORT, &["--profile", "own"]].concat(), b"");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("out/news/post-0.md: is no folder (a symbolic link is not followed)"), "{said}");
    assert!(said.contains("0 of 2 posts are written; run again for the others"), "{said}");
    assert!(!work.files().iter().any(|file| file.contains("post-")), "{:?}", work.files());
    fs::remove_dir_all(work.path("out")).unwrap();
    symlink("elsewhere", work.path("out")).unwrap();
    assert_eq!(slugline(&work, IMPORT, b"").0, 0);
    assert!(work.path("elsewhere/post-1.md").exists());
}

#[test]
fn files_that_may_not_be_written_stay_and_the_others_are_written() {
    // In a folder that is made for it too.
    let profile = "extends = \"hugo\"\nfile_name = \"{% if slug == 'post-1' %}post-0.md/{% endif %}{{ slug }}.md\"\n";
    let work = Workdir::new().file("feed.xml", &feed(4, "Snow")).file("own/profile.toml", profile);
    let (code, _, said) = slugline(&work, &[IMPORT, &["--profile", "own"]].concat(), b"");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("of 4 posts are written"), "{said}");
    let work = Workdir::new().file("feed.xml", &feed(4, "Snow"));
    assert_eq!(slugline(&work, IMPORT, b"").0, 0);
    let work = work.file("feed.xml", &feed(4, "Rain"));
    fs::set_permissions(work.path("out/post-1.md"), fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(work.path("out/post-0.md"), fs::Permissions::from_mode(0o600)).unwrap();
    let (code, _, said) = slugline(&work, &overwrite(), b"");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("out/post-1.md: is read-only, and was left as it is"), "{said}");
    assert!(said.contains("1 of 4 posts are written"), "{said}");
    assert!(work.read("out/post-0.md").contains("Rain 0") && work.read("out/post-1.md").contains("Snow 1"));
    assert_eq!(fs::metadata(work.path("out/post-0.md")).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(posts(&work).len(), 4);
    // A feed is no other.
    let work = work.file("feed.json", "{}");
    fs::set_permissions(work.path("feed.json"), fs::Permissions::from_mode(0o444)).unwrap();
    let (code, _, said) = slugline(&work, &["convert", "feed.xml", "-o", "feed.json"], b"");
    assert_eq!((code, work.read("feed.json").as_str()), (2, "{}"), "{said}");
}

#[test]
fn a_file_that_is_a_link_stays_one_and_a_device_is_written_to() {
    let work = Workdir::new().file("feed.xml", &feed(2, "Snow")).file("real.json", "{}");
    symlink("real.json", work.path("feed.json")).unwrap();
    assert_eq!(slugline(&work, &["convert", "feed.xml", "-o", "feed.json"], b"").0, 0);
    assert!(fs::symlink_metadata(work.path("feed.json")).unwrap().is_symlink());
    assert!(work.read("real.json").contains("Snow 1"));
    let (code, said, _) = slugline(&work, &["check", "feed.xml", "--output-format", "json=/dev/stdout"], b"");
    assert!(said.contains("\"version\": 1"), "{code} {said}");
    assert_eq!(work.files(), ["feed.json", "feed.xml", "real.json"]);
}

#[test]
fn a_link_to_a_file_that_is_not_there_yet_leads_to_the_new_one() {
    let work = Workdir::new().file("feed.xml", &feed(2, "Snow")).folder("real");
    symlink("real/feed.json", work.path("inner.json")).unwrap();
    symlink("inner.json", work.path("feed.json")).unwrap();
    let (code, _, said) = slugline(&work, &["convert", "feed.xml", "-o", "feed.json"], b"");
    assert_eq!((code, work.files().contains(&"real/feed.json".to_owned())), (0, true), "{said}");
    assert!(fs::symlink_metadata(work.path("feed.json")).unwrap().is_symlink());
    // Where that cannot be, it is told what leads nowhere.
    symlink("gone/feed.json", work.path("lost.json")).unwrap();
    let (code, _, said) = slugline(&work, &["convert", "feed.xml", "-o", "lost.json"], b"");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("lost.json: is a link to gone/feed.json, and there is no folder for that"), "{said}");
    symlink("ring.json", work.path("ring.json")).unwrap();
    let (code, _, said) = slugline(&work, &["convert", "feed.xml", "-o", "ring.json"], b"");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("ring.json: cannot be written"), "{said}");
}

#[test]
fn a_full_disk_beside_the_posts_hides_nothing_of_what_became_of_them() {
    if !fs::exists("/dev/full").unwrap() {
        return;
    }
    let full = "error: /dev/full: the disk is full";
    for option in ["--report=/dev/full", "--redirects=csv=/dev/full"] {
        let work = Workdir::new().file("feed.xml", &feed(3, "Snow"));
        let (code, _, said) = slugline(&work, &[IMPORT, &[option]].concat(), b"");
        assert_eq!((code, posts(&work).len()), (2, 3), "{said}");
        assert!(said.contains("3 read, 3 written"), "{said}");
        assert_eq!(said.matches(full).count(), 1, "{said}");
    }
    // A report that fails in the middle ends the conversion.
    let work = Workdir::new().file("feed.xml", &feed(1_000, "Snow"));
    let (code, _, said) = slugline(&work, &[IMPORT, &["--report", "/dev/full"]].concat(), b"");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("of 1000 posts are written; run again for the others"), "{said}");
    assert_eq!(said.matches(full).count(), 1, "{said}");
    // Posts and report both.
    let work = Workdir::new().file("feed.xml", &feed(3, "Snow")).file("out/.slugline-index.ndjson/x", "");
    let (code, _, said) = slugline(&work, &[IMPORT, &["--report", "/dev/full"]].concat(), b"");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains(full) && said.contains("out/.slugline-index.ndjson: "), "{said}");
}

#[test]
fn a_signal_leaves_no_file_and_is_told() {
    let feed = feed(20_000, "Snow");
    for (signal, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let work = Workdir::new();
        let mut child = Command::new(env!("CARGO_BIN_EXE_slugline"))
            .args(["convert", "-", "--from", "rss", "-o", "out.json"])
            .current_dir(work.root())
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Half of a feed, and then nothing: it waits for more.
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(&feed.as_bytes()[..feed.len() / 2]).unwrap();
        while work.files().is_empty() {
            thread::sleep(Duration::from_millis(5));
        }
        let sent = Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let ended = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(code), "{said}");
        assert_eq!(said, "interrupted: out.json was left as it was\n");
        assert!(work.files().is_empty(), "{:?}", work.files());
        drop(stdin);
    }
}

#[test]
fn a_run_that_is_killed_again_and_again_is_resumed() {
    const POSTS: usize = 300;
    let work = Workdir::new().file("feed.xml", &feed(POSTS, "Snow"));
    let whole = {
        assert_eq!(slugline(&work, IMPORT, b"").0, 0);
        let whole = (0..POSTS).map(|number| work.read(&format!("out/post-{number}.md"))).collect::<Vec<_>>();
        fs::remove_dir_all(work.path("out")).unwrap();
        whole
    };
    // Later each time, until it is through.
    for pause in 0..40 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_slugline"))
            .args(IMPORT)
            .current_dir(work.root())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(3 * pause));
        child.kill().unwrap();
        child.wait().unwrap();
        for (number, post) in whole.iter().enumerate() {
            if let Ok(text) = fs::read_to_string(work.path(&format!("out/post-{number}.md"))) {
                assert!(text == *post, "post {number} after {pause} is torn");
            }
        }
    }
    let (code, _, said) = slugline(&work, IMPORT, b"");
    assert_eq!(code, 0, "{said}");
    assert_eq!(posts(&work).len(), POSTS);
    assert!(!work.files().iter().any(|file| file.ends_with(".tmp")), "{:?}", work.files());
    for (number, post) in whole.iter().enumerate() {
        assert_eq!(work.read(&format!("out/post-{number}.md")), *post);
    }
}
