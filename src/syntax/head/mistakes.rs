//! What is wrong with the fences of a head, in the users' words.

use std::ops::Range;

use super::{
    AfterOpen, Fences, Head, HeadFormat, body,
    split::{Line, Opening, is_fence, lines},
};
use crate::{
    finding::{Edit, Finding, Place},
    lines::Lines,
};

/// Names of languages whose programs are not run here.
const SCRIPTS: &[&str] = &["js", "javascript", "node"];

/// The finding for blanks that make an opening fence none.
pub(super) fn blanks_after_open(first: &Line<'_>, opening: &Opening<'_>) -> Finding {
    let blanks = first.start + opening.len..first.start + first.text.len();
    let message = format!("`{}` with blanks after it opens no front matter", opening.fence);
    let edits = vec![Edit { range: blanks.clone(), text: String::new() }];
    Finding::error("malformed-fence", message, Place::Bytes(blanks))
        .label("the generator takes all of this for text")
        .help("remove the blanks (`--fix` does)")
        .fix(true, edits, Vec::new())
}

/// The finding for a closing fence that is more than one, or within a line.
pub(super) fn malformed_close(line: &Line<'_>, at: usize, fence: &str) -> Finding {
    let whole = line.start..line.start + line.text.len();
    let finding = if at == 0 {
        let message = format!("the front matter ends here, at a line that is more than `{fence}`");
        Finding::warning("malformed-fence", message, Place::Bytes(whole))
    } else {
        let place = Place::Bytes(line.start + at..line.start + at + fence.len());
        Finding::error("malformed-fence", "the front matter ends here, within a line", place)
            .label(format!("`{fence}` at the end of any line closes it"))
    };
    finding.help(format!("put `{fence}` on a line of its own"))
}

pub(super) fn nothing_between(open: &Range<usize>, fence: &str) -> Finding {
    let message = "nothing stands between the fences";
    Finding::error("malformed-fence", message, Place::Bytes(open.clone()))
        .label("the generator takes both for text")
        .help(format!("write a key above the second `{fence}`"))
}

/// The finding for a first line that ends at a lone carriage return, for a generator that knows no such line end.
pub(super) fn lone_carriage_return(text: &str, first: &Line<'_>, fences: &Fences) -> Option<Finding> {
    let at = first.start + first.text.len();
    let lone = text[at..].starts_with('\r') && !text[at..].starts_with("\r\n");
    (lone && !fences.lone_cr).then(|| {
        Finding::error("lone-carriage-return", "lines end in a lone carriage return", Place::Bytes(first.start..at))
            .label("the generator sees one line, and no front matter")
            .help("save the file with line feeds (`\\n`) at the ends of lines")
    })
}

/// A head that is a program: `---js`.
pub(super) fn script(first: &Line<'_>, fences: &Fences) -> Option<Finding> {
    let name = first.text.strip_prefix("---").filter(|_| fences.after_open == AfterOpen::Language)?.trim();
    SCRIPTS.iter().any(|known| known.eq_ignore_ascii_case(name)).then(|| {
        Finding::warning(
            "script-front-matter",
            "the front matter is a program, which is not run here",
            Place::Bytes(first.start..first.start + first.text.trim_end().len()),
        )
        .help("what this post carries is not checked")
    })
}

/// The finding for a head without end.
pub(super) fn unclosed(text: &str, open: &Range<usize>, body: Option<Range<usize>>, fence: &str) -> Finding {
    let finding = Finding::error("unclosed-front-matter", "the front matter has no end", Place::Bytes(open.clone()))
        .label("opened here");
    let Some(body) = body else {
        return finding.help(format!("put a line `{fence}` after the last key"));
    };
    let line = Lines::new(text).position(text, body.start).line;
    finding
        .related(Place::Bytes(body), "the body seems to start here")
        .help(format!("put a line `{fence}` above line {line}"))
}

/// A first line that is nearly a fence: `---yaml`, `----`. Only where a head seems to follow, since a Markdown text
/// may well begin with a line across the page; or where the generator stops at anything that begins like one.
pub(super) fn malformed_open(text: &str, first: &Line<'_>, fences: &Fences) -> Option<Finding> {
    let shown = first.text.trim_end();
    let place = Place::Bytes(first.start..first.start + shown.len());
    let fenced = |format: &&HeadFormat| !format.fence().is_empty() && first.text.starts_with(format.fence());
    let Some(format) = fences.formats.iter().find(fenced).copied() else {
        let stops = fences.strict && first.text.starts_with(['-', '+']);
        let sign = first.text.chars().next().unwrap_or_default();
        let stopped = stops.then(|| {
            let message = format!("a file that begins with `{sign}` must begin with front matter");
            Finding::error("malformed-fence", message, place)
                .label("the generator stops here")
                .help("begin with `---`, the keys, and `---`; or write the list with `*`")
        });
        return stopped.or_else(|| foreign(text, first, fences));
    };
    let fence = format.fence();
    let key = lines(text, first.next).find(|line| !line.text.trim().is_empty())?;
    let closed = lines(text, first.next).any(|line| line.text.starts_with(fence));
    (closed && (fences.strict || body::is_key(key.text, format))).then(|| {
        Finding::error("malformed-fence", format!("`{shown}` opens no front matter"), place)
            .help(format!("write `{fence}` alone on the first line"))
    })
}

/// A whole head in a format that the generator does not take.
fn foreign(text: &str, first: &Line<'_>, fences: &Fences) -> Option<Finding> {
    let format =
        [HeadFormat::Yaml, HeadFormat::Toml].into_iter().find(|format| is_fence(first.text, format.fence()))?;
    let key = lines(text, first.next).find(|line| !line.text.trim().is_empty())?;
    let closed = lines(text, first.next).any(|line| is_fence(line.text, format.fence()));
    let known = fences.formats.first().filter(|_| closed && body::is_key(key.text, format))?;
    let message = format!("the generator takes no front matter between `{}`", format.fence());
    let place = Place::Bytes(first.start..first.start + format.fence().len());
    let finding = Finding::error("malformed-fence", message, place).label("it takes all of this for text");
    Some(match known.fence() {
        "" => finding,
        fence => finding.help(format!("write it between lines `{fence}`, as {}", known.name().to_uppercase())),
    })
}

/// A second head right after the first: generators take it for text.
pub(super) fn repeated(text: &str, head: &Head, fences: &Fences) -> Option<Finding> {
    let rest = &text[head.body.clone()];
    let start = head.body.start + rest.len() - rest.trim_start_matches(['\n', '\r', ' ', '\t']).len();
    let first = lines(text, start).next()?;
    let format = [HeadFormat::Yaml, HeadFormat::Toml]
        .into_iter()
        .find(|format| fences.formats.contains(format) && is_fence(first.text, format.fence()))?;
    let mut after = lines(text, first.next);
    // A line across the page has text or an empty line under it, a head a key.
    if !body::is_key(after.next()?.text, format) || !after.any(|line| is_fence(line.text, format.fence())) {
        return None;
    }
    let finding = Finding::warning(
        "repeated-front-matter",
        "a second front matter follows the first",
        Place::Bytes(start..start + 3),
    );
    Some(finding.label("generators show this as text").help("join the two"))
}
