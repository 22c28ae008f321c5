//! A look at all posts of some folders, for what they have in common.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    check::{self, Options, Requirement, Settings},
    document::Content,
    error::{Error, ErrorKind},
    infer::Found,
    limits::Limits,
    profile::Profile,
};

use super::{site, walk};

/// What was found, and which files could not be looked at.
pub(crate) struct Survey {
    pub(crate) found: Found,
    pub(crate) errors: Vec<Error>,
}

/// Looks at the posts of a site, and infers what those have in common that its configuration will be about. Gives how many
/// others there are.
pub(crate) fn of_site(root: &Path) -> Result<(Survey, usize), Error> {
    let mut survey = of(&[root.to_owned()], Some(root), &|_| true)?;
    let out = survey.found.left_out();
    if !out.is_empty() {
        let inner = of(&[root.to_owned()], Some(root), &|name| !out.contains(name))?;
        survey.found.inference = inner.found.inference;
    }
    Ok((survey, out.len()))
}

/// Looks at the posts that the paths name, and that are asked for by their names. `root` is the folder that names are
/// relative to.
pub(crate) fn of(paths: &[PathBuf], root: Option<&Path>, is_asked: &dyn Fn(&str) -> bool) -> Result<Survey, Error> {
    let mut errors = Vec::new();
    let whole = root.map(|root| std::path::absolute(root).unwrap_or_else(|_| root.to_owned()));
    let targets = walk::targets(paths, whole.as_deref(), false, None, &mut errors);
    let start = paths.first().cloned().unwrap_or_else(|| PathBuf::from("."));
    let generator = site::generator(&start);
    let profile = generator.as_ref().and_then(|(name, _)| Profile::built_in(name)).unwrap_or_else(Profile::empty);
    let options = Options {
        required: Arc::new(Requirement::default()),
        profile: Arc::new(profile),
        // Nothing is judged here: heads are read, and that is all.
        settings: Arc::new(Settings { select: vec!["unreadable-source".to_owned()], ..Settings::default() }),
        tables: Arc::default(),
        limits: Limits::default(),
        feed_url: None,
    };
    // A generator without a profile of its own tells nothing yet.
    let generator = generator.filter(|_| !options.profile.name.is_empty());
    let generator = generator.map(|(name, file)| (name.to_owned(), file));
    let mut found = Found { generator, ..Found::default() };
    for target in targets.iter().filter(|target| is_asked(&target.name)) {
        // Feeds are no posts, and need not be read to know it.
        if [".xml", ".rss", ".atom", ".json"].iter().any(|ending| target.name.to_ascii_lowercase().ends_with(ending)) {
            continue;
        }
        let bytes = walk::bytes(target.path(), options.limits.kept);
        match bytes.and_then(|bytes| check::check(&target.name, bytes, &options)) {
            Ok(checked) => {
                if matches!(checked.document.content, Content::Broken) {
                    let error =
                        Error::new(ErrorKind::Unreadable, "the front matter cannot be read, and was passed over");
                    errors.push(error.help("`slugline check` says why").in_source(&*target.name));
                    continue;
                }
                let is_post = found.inference.add(&checked.document);
                found.posts.push((target.name.to_string(), is_post));
            }
            Err(error) if error.kind == ErrorKind::Input && !target.named => {}
            Err(error) => errors.push(error.in_source(&*target.name)),
        }
    }
    Ok(Survey { found, errors })
}
