//! What is around a post: what its site asks, which day it is, and which files lie beside it. Checks are pure; these
//! three are all that reaches them from outside a source.

use std::{fmt, sync::Arc};

use crate::config::Asks;

/// What is around a post.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Surroundings {
    /// What the site asks beyond a schema.
    pub asks: Asks,
    /// Seconds from 1970 to the beginning (UTC) of the day that dates are compared with; `None` for not at all.
    pub today: Option<i64>,
    /// The files of the site; `None` where nobody can tell.
    pub files: Option<Arc<dyn Files + Send + Sync>>,
}

/// The files of a site.
pub trait Files {
    /// Whether there is a file of that path: `/` between folders, relative as the names of sources are.
    fn has(&self, path: &str) -> bool;

    /// Whether any folder of the site has a file of that name.
    fn has_named(&self, name: &str) -> bool;
}

impl fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings").field("asks", &self.asks).field("today", &self.today).finish_non_exhaustive()
    }
}

/// A path with its `.` and `..` resolved; `None` where it leads out of the site.
pub fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let root = if folder.starts_with('/') { "/" } else { "" };
    Some(format!("{root}{}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn a_path_is_joined_and_stays_in_the_site() {
        assert_eq!(joined("content/posts", "../img/./a.png").as_deref(), Some("content/img/a.png"));
        assert_eq!(joined("content", "../../a.png"), None);
        assert_eq!(joined("/srv/site", "a.png").as_deref(), Some("/srv/site/a.png"));
    }
}
