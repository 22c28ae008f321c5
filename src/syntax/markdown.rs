//! Markdown to HTML. The one file that knows pulldown-cmark.

use pulldown_cmark::{Options, Parser, html};

/// CommonMark with tables, footnotes, strikethrough and task lists, as HTML; raw HTML passes.
pub fn to_html(text: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    html::push_html(&mut out, Parser::new_ext(text, options));
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_footnotes_strikethrough_and_tasks_are_read() {
        let html = to_html("| a |\n|---|\n| ~~b~~[^1] |\n\n- [x] done\n\n[^1]: note\n");
        for part in ["<table>", "<del>b</del>", "footnote-reference", "type=\"checkbox\" checked"] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn raw_html_passes() {
        assert_eq!(
            to_html("a <b class=\"x\">b</b>\n\n<div>\n*c*\n</div>"),
            "<p>a <b class=\"x\">b</b></p>\n<div>\n*c*\n</div>"
        );
    }

    #[test]
    fn deep_nesting_neither_overflows_nor_hangs() {
        let run = || {
            for text in [">".repeat(20_000), "[".repeat(20_000), "*a ".repeat(20_000), "- ".repeat(5_000)] {
                to_html(&text);
            }
        };
        let thread = std::thread::Builder::new().stack_size(512 << 10).spawn(run).expect("a thread");
        thread.join().expect("no panic");
    }
}
