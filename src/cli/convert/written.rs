//! What `check` finds in the posts that are written, looked at as they come: by the schema of the profile and every rule
//! that looks at one post. What compares posts, or asks for files beside them, waits for `slugline check`.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::Path,
    sync::Arc,
    thread::{self, JoinHandle},
};

use crate::{
    check::{self, Options, Requirement, Settings},
    cli::{
        day::Day,
        files::{
            site::{self, Site},
            walk,
        },
        lots::Lots,
    },
    error::{Error, ErrorKind},
    finding::{Finding, Severity},
    profile::Profile,
    report::counted,
    rule::RULES,
    schema::Schema,
    surroundings::Surroundings,
};

/// What was found in all posts.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Posts that were checked.
    pub(super) checked: usize,
    /// Posts that could not be, and the first of them.
    unchecked: Option<(usize, String)>,
    /// Findings of that severity.
    pub(super) errors: usize,
    /// Findings of that severity.
    pub(super) warnings: usize,
    /// By severity (the worst first), code and key: how often, and where first.
    kinds: BTreeMap<(std::cmp::Reverse<Severity>, String, String), (usize, String)>,
}

/// A post's name, as reports show it, and its bytes.
type Post = (String, Vec<u8>);

/// Checks posts on their way to the disk, beside their making where there is a thread for it.
pub(super) struct Checks {
    options: Arc<Options>,
    /// The folder of the posts, as reports show it, with `/`; empty for the current one.
    folder: String,
    work: Work,
}

enum Work {
    Here(Written),
    There { posts: Lots<Post>, thread: JoinHandle<Written> },
}

impl Checks {
    /// Checks posts of that profile in that folder.
    pub(super) fn new(
        profile: &Arc<Profile>,
        folder: &Path,
        today: Option<Day>,
        threads: usize,
    ) -> Result<Self, Error> {
        let schema = match &profile.schema {
            Some(text) => Schema::compile(&format!("{}/post.schema.json", profile.name), text, None)?,
            None => site::schema("post", None)?,
        };
        let surroundings = Surroundings { today: Some(today.unwrap_or_else(Day::today).0), ..Surroundings::default() };
        let of_sites = RULES.iter().filter(|rule| rule.compares_sources()).map(|rule| rule.code.to_owned());
        let settings = Settings {
            aside: false,
            ignore: of_sites.collect(),
            surroundings: Arc::new(surroundings),
            ..Settings::default()
        };
        let options = Arc::new(Options {
            required: Arc::new(Requirement {
                schema: Some(Arc::new(schema)),
                given_by_name: profile.schema.is_some(),
                ..Requirement::default()
            }),
            profile: Arc::clone(profile),
            settings: Arc::new(settings),
            tables: Arc::from([]),
            limits: crate::limits::Limits::default(),
            feed_url: None,
        });
        let root = Site::find(folder).ok().and_then(|site| site.root);
        let folder = match walk::shown(folder, root.as_deref()).as_str() {
            "." => String::new(),
            name => format!("{}/", name.trim_end_matches('/')),
        };
        let work = if threads > 1 { beside(&options) } else { Work::Here(Written::default()) };
        Ok(Checks { options, folder, work })
    }

    /// Takes a post that is written.
    pub(super) fn take(&mut self, file: &str, post: &[u8]) {
        let name = format!("{}{file}", self.folder);
        match &mut self.work {
            Work::Here(written) => written.take(&name, post.to_vec(), &self.options),
            Work::There { posts, .. } => posts.add((name, post.to_vec()), post.len()),
        }
    }

    /// What was found in all of them.
    pub(super) fn finish(self) -> Written {
        self.work.finish()
    }
}

impl Work {
    fn finish(self) -> Written {
        match self {
            Work::Here(written) => written,
            Work::There { posts, thread } => {
                posts.end();
                thread.join().unwrap_or_else(|panicked| resume_unwind(panicked))
            }
        }
    }
}

/// A thread that checks, where one can be had.
fn beside(options: &Arc<Options>) -> Work {
    let (posts, receive) = Lots::<Post>::new();
    let options = Arc::clone(options);
    let check = move || {
        let mut written = Written::default();
        for (name, post) in receive.into_iter().flatten() {
            written.take(&name, post, &options);
        }
        written
    };
    match thread::Builder::new().name("check".to_owned()).spawn(check) {
        Ok(thread) => Work::There { posts, thread },
        Err(_) => Work::Here(Written::default()),
    }
}

impl Written {
    fn take(&mut self, name: &str, post: Vec<u8>, options: &Options) {
        // A mistake of slugline's own in the check is no reason to stop writing; the post counts as unchecked.
        let checked = match catch_unwind(AssertUnwindSafe(|| check::check(name, post, options))) {
            Ok(Ok(checked)) => checked,
            // What `check` passes over in a folder.
            Ok(Err(error)) if error.kind == ErrorKind::Input => return,
            Ok(Err(_)) | Err(_) => return self.unchecked.get_or_insert_with(|| (0, name.to_owned())).0 += 1,
        };
        self.checked += 1;
        for finding in &checked.document.findings {
            match finding.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Hint => continue,
            }
            let kind = self.kinds.entry(kind(finding));
            kind.or_insert_with(|| (0, place(name, finding))).0 += 1;
        }
    }

    /// What was found, in lines. `command` shows all of it.
    pub(super) fn lines(&self, command: &str) -> Vec<String> {
        const SHOWN: usize = 8;
        let counts = [(self.errors, "error"), (self.warnings, "warning")].into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, noun)| counted(count, noun)).collect();
        let mut lines = Vec::new();
        if !counts.is_empty() {
            lines.push(format!("written posts: {} (`{command}` shows them)", counts.join(", ")));
        }
        for ((severity, code, key), (count, place)) in self.kinds.iter().take(SHOWN) {
            let key = if key.is_empty() { String::new() } else { format!(" `{key}`") };
            let times = if *count == 1 { String::new() } else { format!(" ({count} times)") };
            lines.push(format!("  {}[{code}]{key}{times}, first in {place}", severity.0.name()));
        }
        if self.kinds.len() > SHOWN {
            lines.push(format!("  and {} more kinds", self.kinds.len() - SHOWN));
        }
        if let Some((count, first)) = &self.unchecked {
            let posts = counted(*count, "written post");
            lines.push(format!("{posts} could not be checked, first {first} (`{command}` says why)"));
        }
        lines
    }
}

/// What findings are folded by: their code, and the key at the top that they are about.
fn kind(finding: &Finding) -> (std::cmp::Reverse<Severity>, String, String) {
    let key = finding.pointer.split('/').nth(1).unwrap_or_default().replace("~1", "/").replace("~0", "~");
    (std::cmp::Reverse(finding.severity), finding.code.to_string(), key)
}

fn place(name: &str, finding: &Finding) -> String {
    let span = finding.span.map(|span| format!(":{}:{}", span.start.line, span.start.column));
    format!("{name}{}", span.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "checked")]
    fn a_panic_of_the_thread_is_passed_on() {
        let (mut posts, _) = Lots::<Post>::new();
        posts.add(("post.md".to_owned(), Vec::new()), 0);
        let thread = thread::spawn(|| panic!("checked"));
        Work::There { posts, thread }.finish();
    }

    #[test]
    fn posts_that_could_not_be_checked_are_told() {
        let written = Written { unchecked: Some((2, "out/a.md".to_owned())), ..Written::default() };
        let told = "2 written posts could not be checked, first out/a.md (`slugline check out` says why)";
        assert_eq!(written.lines("slugline check out"), [told]);
        assert!(Written::default().lines("slugline check out").is_empty());
    }
}
