//! The rest of a site, when a few of its files are checked: a hook passes one post, and the duplicate of its address is
//! in another. Of the configured content the facts are noted, and nothing else.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    super::files::{
        site::Site,
        walk::{self, Target},
    },
    Arguments,
    choose::Choice,
    run::{Outcome, each},
};
use crate::{check, facts::Facts};

/// The facts of the configured content that was not looked at.
pub(super) fn facts(
    arguments: &Arguments,
    site: &Site,
    choice: &Choice,
    outcomes: &[Outcome],
) -> Vec<(Arc<str>, Facts)> {
    // Files that are no content have nothing to do with it.
    let is_content = |outcome: &Outcome| site.config.entry(&outcome.name).is_some();
    let Some(root) = site.root.as_deref().filter(|_| outcomes.iter().any(is_content)) else { return Vec::new() };
    let looked: HashSet<&str> = outcomes.iter().map(|outcome| &*outcome.name).collect();
    let folders: HashSet<PathBuf> =
        site.config.content.iter().flat_map(|entry| &entry.paths).map(|glob| root.join(base(glob))).collect();
    let folders: Vec<PathBuf> = folders.into_iter().filter(|folder| folder.exists()).collect();
    // What cannot be read is told when it is checked itself.
    let mut others = walk::targets(&folders, Some(root), false, arguments.jobs, &mut Vec::new());
    others.retain(|target| !looked.contains(&*target.name) && site.config.entry(&target.name).is_some());
    let one = |_: &mut Vec<u8>, target: &Target| match walk::bytes_up_to(target.path(), site.config.limits.kept) {
        Ok(Some(bytes)) => check::facts(&target.name, bytes, choice.options(site, &target.name)),
        // What is too large to be held is no post.
        Ok(None) | Err(_) => Facts::default(),
    };
    let facts = each(arguments, &others, one);
    others.into_iter().map(|target| target.name).zip(facts).collect()
}

/// The folders of a glob before its first sign.
fn base(glob: &str) -> &Path {
    let end = glob.find(['*', '?', '[', '{']).unwrap_or(glob.len());
    let end = if end == glob.len() { end } else { glob[..end].rfind('/').unwrap_or(0) };
    Path::new(&glob[..end])
}
