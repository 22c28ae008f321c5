//! `slugline check`, `explain`, `list` and `schema` as they are run.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use assert_cmd::Command;
use slugline::{lines::Lines, report::STYLES, schema::Schema, syntax::json};

/// A site in a folder of its own.
struct Site(tempfile::TempDir);

impl Site {
    fn new(files: &[(&str, &str)]) -> Self {
        let site = Site(tempfile::tempdir().unwrap());
        // The search for a configuration ends here.
        fs::create_dir(site.0.path().join(".git")).unwrap();
        for (name, text) in files {
            site.write(name, text);
        }
        site
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("slugline").unwrap();
        command.current_dir(self.0.path()).args(arguments);
        for name in ["GITHUB_ACTIONS", "COLUMNS", "NO_COLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command
    }

    /// Exit code, standard output, standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
}

const GOOD: &str =
    "---\ntitle: Snow\nslug: snow\ndate: 2025-01-01\nsource: https://example.org/feed.xml\n---\nIt snowed.\n";
const BAD: &str = "---\ntitle: \"Budget&nbsp;2025\"\ndate: Wed, 24 Sep 2025 03:17:09 GMT\nsource: 12\ntags: [no, budget]\n---\n<p onclick=\"x()\">Text</p>\n";

fn site() -> Site {
    Site::new(&[
        ("content/budget.md", BAD),
        ("content/snow.md", GOOD),
        ("content/snow-again.md", GOOD),
        ("README.md", "Hi.\n"),
    ])
}

#[test]
fn every_style_reports_the_same_findings() {
    let site = site();
    for style in STYLES {
        let (code, out, err) = site.run(&["check", "--output-format", style.name, "."]);
        assert_eq!(code, 1, "{err}");
        insta::assert_snapshot!(format!("report_{}", style.name), out);
        insta::assert_snapshot!("what_was_chosen", err);
    }
}

#[test]
fn the_json_report_is_as_its_schema_says() {
    let schema = Schema::compile("report", slugline::schema::built_in::find("report").unwrap().text, None).unwrap();
    let site = site();
    site.write("content/broken\u{1b}.md", "---\ntitle: [a\n---\n");
    for arguments in [vec!["check", "."], vec!["check", "missing.md", "content"], vec!["check", "content/snow.md"]] {
        let (_, out, _) = site.run(&[arguments, vec!["--format", "json"]].concat());
        let (tree, found) = json::parse(&out, 0..out.len(), &Default::default());
        assert!(found.is_empty(), "{out}");
        let mut findings = Vec::new();
        schema.check(&tree, &mut findings);
        assert!(findings.is_empty(), "{findings:#?}\n{out}");
    }
}

#[test]
fn output_is_the_same_for_any_number_of_threads() {
    let site = Site::new(&[]);
    for index in 0..60 {
        site.write(
            &format!("content/{}/{index}.md", index % 7),
            &GOOD.replace("slug: snow", &format!("slug: s{}", index % 50)),
        );
    }
    let outputs: Vec<_> =
        ["1", "2", "16"].iter().map(|jobs| site.run(&["check", "-j", jobs, "--format", "json", "."])).collect();
    assert_eq!(outputs[0], outputs[1]);
    assert_eq!(outputs[0], outputs[2]);
    assert_eq!(outputs[0].0, 1);
}

#[test]
fn exit_codes_say_what_happened() {
    let site = site();
    let code = |arguments: &[&str]| site.run(&[&["check"], arguments].concat()).0;
    assert_eq!(code(&["content/snow.md"]), 0);
    assert_eq!(code(&["content/budget.md"]), 1);
    assert_eq!(code(&["content/budget.md", "--exit-zero"]), 0);
    assert_eq!(code(&["content/budget.md", "--select", "ambiguous-value"]), 0);
    assert_eq!(code(&["content/budget.md", "--select", "ambiguous-value", "--fail-on", "warning"]), 1);
    assert_eq!(code(&["no-such.md"]), 2);
    assert_eq!(code(&["README.md"]), 2, "a Markdown file without front matter is no post");
    assert_eq!(code(&["README.md", "--force-exclude"]), 0, "a hook may be handed one");
    assert_eq!(code(&["content/snow.md", "--schema", "no-such.json"]), 2);
    assert_eq!(code(&["content/snow.md", "--select", "no-such-code"]), 2);
    assert_eq!(code(&["content/snow.md", "--profile", "no-such-profile"]), 2);
    assert_eq!(code(&["--diff", "content"]), 2);
    fs::create_dir(site.0.path().join("empty")).unwrap();
    assert_eq!(code(&["empty"]), 2);
}

#[test]
fn a_schema_that_is_none_stops_before_any_file_is_read() {
    let site = site();
    site.write("s.json", r#"{"requird": ["slug"]}"#);
    let (code, out, err) = site.run(&["check", "--schema", "s.json", "content"]);
    assert_eq!((code, out.as_str()), (2, ""));
    insta::assert_snapshot!(err);
}

#[test]
fn one_file_that_cannot_be_read_does_not_hide_the_others() {
    let site = site();
    let (code, out, err) = site.run(&["check", "gone.md", "content/budget.md"]);
    assert_eq!(code, 2);
    assert!(out.contains("missing-key") && err.contains("gone.md: there is no such file"), "{out}{err}");
}

#[test]
fn fixes_are_written_shown_or_piped() {
    let site = site();
    let (_, diff, _) = site.run(&["check", "--fix", "--diff", "content/budget.md"]);
    insta::assert_snapshot!(diff);
    assert_eq!(site.read("content/budget.md"), BAD);
    let mut piped = site.command(&["check", "--fix", "--stdin-filename", "content/budget.md"]);
    let piped = String::from_utf8(piped.write_stdin(BAD).output().unwrap().stdout).unwrap();
    let (code, out, _) = site.run(&["check", "--fix", "content/budget.md"]);
    assert_eq!(site.read("content/budget.md"), piped);
    assert_eq!(code, 1, "what remains counts: {out}");
    let (_, out, _) = site.run(&["check", "--unsafe-fixes", "content/budget.md"]);
    insta::assert_snapshot!(format!("{}{out}", site.read("content/budget.md")));
    let once = site.read("content/budget.md");
    site.run(&["check", "--unsafe-fixes", "content/budget.md"]);
    assert_eq!(site.read("content/budget.md"), once);
}

#[test]
fn a_filter_gives_back_what_it_does_not_mend() {
    let site = Site::new(&[("slugline.toml", "[limits]\nkept = 2000\n")]);
    let good = "---\ntitle: Snow\nslug: snow\ndate: 2025-01-01\nsource: https://a.example/\n---\nIt snowed.\n";
    let feed = "<rss version=\"2.0\"><channel><title>Snow</title><link>https://a.example/</link></channel></rss>\n";
    let large = feed.replace("</channel>", &"<item><title>Snow</title></item>".repeat(100));
    for (name, text) in [
        ("a.md", good),
        ("a.md", "---\ntitle: Snow\nslug: snow\n---\n"),
        ("a.md", "---\ntitle: [Snow\n---\n"),
        ("a.md", "no head\r\n"),
        ("a.md", ""),
        ("a.md", "---\ntitle: a\0b\n"),
        ("feed.xml", feed),
        ("feed.xml", &large),
        ("feed.xml", "<rss"),
        ("notes.txt", "nothing of the kind\n"),
    ] {
        for option in ["--fix", "--unsafe-fixes"] {
            let output = site.command(&["check", option, "--stdin-filename", name]).write_stdin(text).output().unwrap();
            let given = String::from_utf8(output.stdout).unwrap();
            assert_eq!(given, text, "{option} {name}: {}", String::from_utf8_lossy(&output.stderr));
            let diff = site.command(&["check", option, "--diff", "--stdin-filename", name]).write_stdin(text).output();
            assert_eq!(String::from_utf8(diff.unwrap().stdout).unwrap(), "", "{name}");
        }
    }
}

#[test]
fn a_head_with_many_mistakes_is_mended_in_one_run() {
    let lines = |quote: &str| -> String {
        (0..30).map(|number| format!("key{number}: {quote}Snow: what fell{quote}\n")).collect()
    };
    let head = |lines: &str| format!("---\ntitle: Snow\nslug: snow\n{lines}---\nIt snowed.\n");
    let site = Site::new(&[("snow.md", &head(&lines("")))]);
    site.run(&["check", "--unsafe-fixes", "snow.md"]);
    assert_eq!(site.read("snow.md"), head(&lines("\"")));
}

#[test]
fn a_head_that_cannot_be_read_is_mended() {
    let broken = "---\ntitle: Snow: what fell\nslug: snow\ndate: 2025-01-01\ndescription: Snow: all\nsource: \
                  https://example.org/feed.xml\n---\nIt snowed.\n";
    let site = Site::new(&[("snow.md", broken)]);
    assert_eq!(site.run(&["check", "--fix", "snow.md"]).0, 1, "what takes a guess is not mended unasked");
    assert_eq!(site.read("snow.md"), broken);
    assert_eq!(site.run(&["check", "--unsafe-fixes", "snow.md"]).0, 0);
    let mended = broken.replace("Snow: what fell", "\"Snow: what fell\"").replace("Snow: all", "\"Snow: all\"");
    assert_eq!(site.read("snow.md"), mended);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_read_only_file_stays_as_it_is() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let site = site();
    symlink("budget.md", site.0.path().join("content/link.md")).unwrap();
    site.run(&["check", "--fix", "content/link.md"]);
    assert!(fs::symlink_metadata(site.0.path().join("content/link.md")).unwrap().is_symlink());
    assert_ne!(site.read("content/budget.md"), BAD);
    site.write("content/still.md", BAD);
    let path = site.0.path().join("content/still.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let (code, _, err) = site.run(&["check", "--fix", "content/still.md"]);
    assert_eq!(code, 2);
    assert!(err.contains("read-only"), "{err}");
    assert_eq!(site.read("content/still.md"), BAD);
}

#[test]
fn the_site_tells_what_is_required() {
    for (file, text, profile, requires) in [
        ("hugo.toml", "", "hugo", "title, date"),
        ("config.toml", "baseURL = 'https://snow.example/'\n", "hugo", "title, date"),
        ("config.toml", "base_url = 'https://snow.example/'\n", "zola", "title, date"),
        ("_config.yml", "title: Snow\n", "jekyll", "title, date"),
        ("_config.yml", "source_dir: content\n", "hexo", "title, date"),
        ("eleventy.config.js", "", "eleventy", "date"),
        ("astro.config.mjs", "", "astro", "title, pubDate"),
        ("docusaurus.config.js", "", "docusaurus", "title, date"),
        ("mkdocs.yml", "plugins:\n  - blog\n", "mkdocs-material", "date"),
        (".obsidian/app.json", "{}", "obsidian", "no key"),
    ] {
        let site = Site::new(&[(file, text), ("content/snow.md", GOOD)]);
        let (_, _, err) = site.run(&["check", "content"]);
        let file = file.split('/').next().unwrap();
        assert!(err.starts_with(&format!("checked as {profile} ({file} found): requires {requires}\n")), "{err}");
    }
    let pelican = Site::new(&[("pelicanconf.py", ""), ("content/snow.md", "Title: Snow\nDate: 2025-01-14\n\nSnow.\n")]);
    let (code, _, err) = pelican.run(&["check", "content"]);
    assert_eq!((code, err.as_str()), (0, "checked as pelican (pelicanconf.py found): requires title, date\n"));
    let site = site();
    let (_, _, err) = site.run(&["check", "--require", "layout", "content/snow.md"]);
    assert!(err.trim_end().ends_with("requires title, slug, date, source, layout"), "{err}");
}

#[test]
fn a_schema_key_in_the_head_names_the_schema() {
    let site = Site::new(&[
        ("schemas/own.json", r#"{"required": ["layout"]}"#),
        ("content/a.md", "---\n$schema: ../schemas/own.json\ntitle: A\n---\n"),
        ("content/b.md", "---\n$schema: https://example.org/own.json\ntitle: A\n---\n"),
        ("content/c.md", "---\n$schema: ../../../etc/own.json\ntitle: A\n---\n"),
    ]);
    let (_, out, _) = site.run(&["check", "content/a.md"]);
    assert!(out.starts_with("content/a.md:1:1: error[missing-key] `layout` is missing"), "{out}");
    assert_eq!(site.run(&["check", "content/b.md"]).0, 2);
    assert_eq!(site.run(&["check", "content/c.md"]).0, 2);
    assert_eq!(site.run(&["check", "content/b.md", "--schema", "schemas/own.json"]).0, 1);
}

#[test]
fn a_value_below_its_key_where_heads_are_lines_is_told_once() {
    for value in ["{}", "- A"] {
        let site = Site::new(&[("a.md", &format!("---\ndate: 2025-01-01\ntitle:\n  {value}\n---\n"))]);
        let (_, out, _) = site.run(&["check", "a.md", "--profile", "pelican", "--output-format", "concise"]);
        assert!(out.starts_with("a.md:4:1: error[malformed-front-matter]") && out.contains("1 error in 1"), "{out}");
    }
}

#[test]
fn how_many_posts_named_their_own_schema_is_said() {
    let own = "---\n$schema: ../own.json\ntitle: A\n---\n";
    let site = Site::new(&[
        ("own.json", "{}"),
        ("s.yaml", "required: [title]\n"),
        ("slugline.toml", "[[content]]\npaths = [\"content/*.md\"]\nschema = \"s.yaml\"\n"),
        ("content/a.md", own),
        ("content/b.md", "---\ntitle: B\n---\n"),
    ]);
    let said = |site: &Site| site.run(&["check"]).2;
    let line = "checked by s.yaml (slugline.toml): requires title";
    assert_eq!(said(&site), format!("{line}; 1 post by the `$schema` of its head\n"));
    site.write("content/c.md", own);
    assert_eq!(said(&site), format!("{line}; 2 posts by the `$schema` of their heads\n"));
    site.write("content/b.md", own);
    assert_eq!(said(&site), "checked by the `$schema` of their heads\n");
}

#[test]
fn how_much_a_finding_matters_does_not_depend_on_what_else_is_asked_for() {
    let site = Site::new(&[("a.md", "---\ntitle: A\ndate: Wed, 24 Sep 2025 03:17:09 GMT\n---\n")]);
    let line = |arguments: &[&str]| {
        let out = site.run(&[&["check", "a.md", "--output-format", "concise"], arguments].concat()).1;
        out.lines().find(|line| line.contains("named-zone")).unwrap_or_default().to_owned()
    };
    let all = line(&[]);
    assert!(all.contains(" error[named-zone]"), "{all}");
    assert_eq!(line(&["--select", "named-zone"]), all);
    // Who has the schema's word count for nothing has it count for nothing here too.
    assert!(line(&["--ignore", "invalid-value"]).contains(" warning[named-zone]"));
}

#[test]
fn in_one_terminal_the_report_comes_before_what_it_was_checked_by() {
    let site = site();
    let path = site.0.path().join("both.txt");
    let both = fs::File::create(&path).unwrap();
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_slugline"))
        .args(["check", "content"])
        .current_dir(site.0.path())
        .stdout(both.try_clone().unwrap())
        .stderr(both)
        .status();
    assert!(status.is_ok());
    let text = fs::read_to_string(path).unwrap();
    assert!(text.lines().last().unwrap().starts_with("checked by "), "{text}");
}

const CONFIG: &str = "\
[[content]]
paths = [\"content/*.md\"]
schema = \"s.yaml\"
require = [\"layout\"]
rules = { active-content = \"error\" }
[rules]
named-zone = \"off\"
";

#[test]
fn a_configuration_is_found_upwards_and_obeyed() {
    let site = site();
    site.write("slugline.toml", CONFIG);
    site.write("s.yaml", "required: [title]\n");
    site.write("content/headless.md", "No head.\n");
    site.write("notes/x.md", "---\na: b\n---\n");
    let (code, out, err) = site.run(&["check"]);
    assert_eq!(code, 1);
    insta::assert_snapshot!(format!("{out}{err}"));
    let (_, below, _) = site
        .command(&["check"])
        .current_dir(site.0.path().join("content"))
        .output()
        .map(|o| (0, String::from_utf8(o.stdout).unwrap(), 0))
        .unwrap();
    assert_eq!(out, below, "paths are relative to the configuration");
    assert!(site.run(&["check", "--no-config", "content"]).1.contains("named-zone"));
}

#[test]
fn a_configuration_with_a_mistake_is_an_error_with_its_place() {
    let messages = [
        "[[contnt]]\n",
        "[[content]]\npath = [\"a\"]\n",
        "[[content]]\nschema = \"a\"\n",
        "[rules]\nunread-dat = \"off\"\n",
        "[rules]\nunread-date = \"fatal\"\n",
        "[limits]\ndepth = \"many\"\n",
        "[[content]]\npaths = [\"a[\"]\n",
        "title = \n",
    ]
    .map(|config| {
        let site = site();
        site.write("slugline.toml", config);
        let (code, _, err) = site.run(&["check", "content"]);
        assert_eq!(code, 2);
        err
    });
    insta::assert_snapshot!(messages.join(""));
}

#[test]
fn templates_and_ignored_files_are_left_out() {
    let site = Site::new(&[
        (".gitignore", "public/\n"),
        ("archetypes/default.md", "---\ntitle: {{ .Title }}\n---\n"),
        (".github/ISSUE_TEMPLATE/bug.md", "---\nname: x\n---\n"),
        ("public/a.md", BAD),
        ("package.json", "{\"name\": \"x\"}\n"),
        ("content/snow.md", GOOD),
    ]);
    let (code, out, _) = site.run(&["check", "."]);
    assert_eq!((code, out.as_str()), (0, "1 file checked, nothing wrong\n"));
    assert_eq!(site.run(&["check", "archetypes"]).0, 1);
    assert_eq!(site.run(&["check", "archetypes/default.md"]).0, 1);
    assert_eq!(site.run(&["check", "--force-exclude", "archetypes/default.md"]).0, 0);
}

#[test]
fn files_may_be_listed() {
    let site = site();
    let mut command = site.command(&["check", "--files-from", "-"]);
    let output = command.write_stdin("content/snow.md\n").output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn several_reports_go_to_several_places() {
    let site = site();
    let (_, out, _) = site.run(&["check", "--format", "json=report.json", "--format", "concise", "content"]);
    assert!(out.contains("error[missing-key]"));
    assert!(site.read("report.json").starts_with("{\"version\": 1"));
    assert_eq!(site.run(&["check", "--format", "json", "--format", "concise", "content"]).0, 2);
}

#[test]
fn github_actions_get_annotations_and_nothing_forges_one() {
    let site =
        Site::new(&[("content/x.md", "---\ntitle: \"a\\n::error::x\"\n\"::set-output name=a::b\": 1\nslgu: a\n---\n")]);
    site.write("content/::error::y.md", "---\n::error::z: 1\n---\n");
    let output = site.command(&["check", "content"]).env("GITHUB_ACTIONS", "true").output().unwrap();
    for bytes in [output.stdout, output.stderr] {
        let text = String::from_utf8(bytes).unwrap();
        for line in
            text.lines().filter(|line| line.trim_start().starts_with("::") || line.trim_start().starts_with("##["))
        {
            assert!(line.starts_with("::error file=content/") || line.starts_with("::warning file=content/"), "{line}");
            assert_eq!(line.matches("::").count(), 2, "{line}");
        }
    }
}

#[test]
fn what_would_act_on_a_terminal_is_shown() {
    let site = Site::new(&[(
        "content/x.md",
        "---\ntitle: \"\u{202e}\"\ndate: \"x\u{9b}2J\"\nslug: a\u{200b}b\nsource: x\n---\n",
    )]);
    for style in STYLES {
        let (_, out, err) = site.run(&["check", "--output-format", style.name, "content"]);
        assert!(!(out + &err).contains(['\u{202e}', '\u{9b}', '\u{200b}', '\u{1b}']), "{}", style.name);
    }
}

#[test]
fn statistics_count_by_code() {
    let (_, out, _) = site().run(&["check", "--statistics", "content"]);
    insta::assert_snapshot!(out);
}

#[test]
fn a_long_report_is_folded() {
    let site = Site::new(&[]);
    for index in 0..60 {
        site.write(&format!("content/{index:02}.md"), "---\ntitle: A\n---\n");
    }
    let (_, out, _) = site.run(&["check", "--format", "human", "content"]);
    assert_eq!(out.matches("╭─[").count(), 3);
    insta::assert_snapshot!(out);
    // As many kinds as can be drawn, each once.
    let keys: String = (0..60).map(|index| format!("k{index:02}e: no\n")).collect();
    site.write("content/00.md", &format!("---\n{keys}---\n"));
    let (_, out, _) = site.run(&["check", "--format", "human", "content"]);
    assert_eq!(out.matches("╭─[").count(), 50);
    assert!(out.contains("of 49 more kinds"), "{}", &out[out.len() - 600..]);
}

#[test]
fn a_first_run_over_an_old_site_fits_on_a_screen() {
    let site = Site::new(&[]);
    for index in 0..800 {
        let text = GOOD.replace("source: https://example.org/feed.xml\n", "").replace("snow", &format!("snow-{index}"));
        site.write(&format!("content/{index:03}.md"), &text);
    }
    let (code, out, err) = site.run(&["check", "--format", "human", "."]);
    assert_eq!(code, 1);
    assert!(out.lines().count() + err.lines().count() <= 24, "{out}");
    insta::assert_snapshot!(format!("{err}{out}"));
}

#[test]
fn a_closed_pipe_is_no_error_and_a_full_disk_is() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let site = site();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_slugline"));
    let status = command.current_dir(site.0.path()).args(["check", "content"]).stdout(full).status().unwrap();
    assert_eq!(status.code(), Some(2));
}

#[test]
fn pages_lists_and_schemas_are_printed() {
    let site = Site::new(&[]);
    let (code, page, _) = site.run(&["explain", "missing-key"]);
    assert!(code == 0 && page.starts_with("# missing-key\n"));
    let (code, _, err) = site.run(&["explain", "mising-key"]);
    assert_eq!(code, 2);
    assert!(err.contains("did you mean `missing-key`?"), "{err}");
    insta::assert_snapshot!("list_rules", site.run(&["list", "rules"]).1);
    for what in ["formats", "profiles", "rules", "schemas"] {
        let (code, out, _) = site.run(&["list", what, "--json"]);
        let (tree, found) = json::parse(&out, 0..out.len(), &Default::default());
        assert!(code == 0 && found.is_empty() && !tree.nodes.is_empty(), "{out}");
    }
    assert_eq!(site.run(&["schema", "post"]).1, slugline::schema::built_in::find("post").unwrap().text);
    assert_eq!(site.run(&["schema", "pst"]).0, 2);
}

#[test]
fn a_long_line_is_cut_to_the_place() {
    let site = Site::new(&[]);
    site.write(
        "content/a.md",
        &format!("---\ntitle: \"{} &amp; {}\"\n---\n", "long ".repeat(200), "text ".repeat(200)),
    );
    let (_, out, _) = site.run(&["check", "--format", "human", "--select", "escaped-text", "content"]);
    let width = out.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(width <= 100, "{width}\n{out}");
    assert!(out.contains("&amp;") && out.contains(&format!(":2:{}]", 10 + 1000)), "{out}");
    assert!(Lines::new(&out).count() > 5);
}

#[test]
fn what_is_asked_for_by_name_is_an_error_wherever_the_file_lies() {
    let site = Site::new(&[
        ("hugo.toml", ""),
        ("content/essays/snow.md", "---\ntitle: Snow\n---\n"),
        ("own.toml", "[[content]]\npaths = [\"content/essays/*.md\"]\n"),
    ]);
    assert_eq!(site.run(&["check", "content"]).0, 0);
    assert_eq!(site.run(&["check", "--require", "date", "content"]).0, 1);
    assert_eq!(site.run(&["check", "--config", "own.toml", "content"]).0, 1);
}
