//! What a generator makes of a file's place: which files are posts, and where their pages go. Data of `[pages]`.

use super::parse::Text;
use crate::{error::Error, syntax::tree::Node};

/// The keys of `[pages]`.
const KNOWN: &[&str] = &[
    "root",
    "base",
    "pattern",
    "path",
    "slug",
    "slug_is_path",
    "slug_from_title",
    "index",
    "sections",
    "languages",
    "language",
    "date_folders",
    "date_anywhere",
    "case",
    "posts",
    "only_posts",
];

/// The table `[pages]` of a profile.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    /// Folders under which pages lie, `content` or `src/content/*`: what is above them is not in addresses.
    pub root: Vec<String>,
    /// What addresses begin with.
    pub base: String,
    /// The address below the base: `:folder`, `:categories`, `:year`, `:month`, `:day` and `:slug`. Without it there is
    /// none to compare but what `path` says.
    pub pattern: Option<String>,
    /// The key that holds the whole address, where there is one.
    pub path: Option<String>,
    /// The key that takes the place of the file's name.
    pub slug: Option<String>,
    /// Whether that takes the place of the whole path below the root.
    pub slug_is_path: bool,
    /// Whether the slug is made from the title where the head has none.
    pub slug_from_title: bool,
    /// Names of files that are known by their folder.
    pub index: Vec<String>,
    /// Names of files that are the page of their folder.
    pub sections: Vec<String>,
    /// Whether `.en` at the end of a name is a language.
    pub languages: bool,
    /// The key that holds the language.
    pub language: Option<String>,
    /// Whether folders may hold the date: `2025/09/24/snow.md`.
    pub date_folders: bool,
    /// Whether a date anywhere in the path counts.
    pub date_anywhere: bool,
    /// Whether capitals stay in addresses.
    pub case: bool,
    /// Folders in which posts lie; other files are pages, which need neither title nor date.
    pub posts: Vec<String>,
    /// Whether the generator itself takes only those for posts.
    pub only_posts: bool,
}

/// What a file is, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A post, or nothing says that it is none.
    Post,
    /// Perhaps a post, perhaps a page: its folder is none of those that posts most often lie in.
    Unclear,
    /// A page.
    Page,
}

impl Pages {
    /// Reads the table into what is there already.
    pub(super) fn parse(&mut self, source: &Text<'_>, node: &Node) -> Result<(), Error> {
        for (key, node) in source.table(node, KNOWN)? {
            let texts = || Ok(source.texts(node)?.into_iter().map(str::to_owned).collect::<Vec<_>>());
            let text = || source.text(node).map(str::to_owned);
            match key {
                "root" => self.root = texts()?,
                "base" => self.base = text()?,
                "pattern" => self.pattern = Some(text()?),
                "path" => self.path = Some(text()?),
                "slug" => self.slug = Some(text()?),
                "slug_is_path" => self.slug_is_path = source.flag(node)?,
                "slug_from_title" => self.slug_from_title = source.flag(node)?,
                "index" => self.index = texts()?,
                "sections" => self.sections = texts()?,
                "languages" => self.languages = source.flag(node)?,
                "language" => self.language = Some(text()?),
                "date_folders" => self.date_folders = source.flag(node)?,
                "date_anywhere" => self.date_anywhere = source.flag(node)?,
                "case" => self.case = source.flag(node)?,
                "posts" => self.posts = texts()?,
                _ => self.only_posts = source.flag(node)?,
            }
        }
        Ok(())
    }

    /// Whether the file at that path is the page of its folder.
    pub fn is_section(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.split('.').next().unwrap_or(name);
        self.sections.iter().any(|known| known == stem)
    }

    /// What the file at that path is. A bare name says nothing of its folder: that is a post.
    pub fn place(&self, path: &str) -> Place {
        if self.is_section(path) {
            return Place::Page;
        }
        let Some((folder, _)) = path.rsplit_once('/') else { return Place::Post };
        let is_posts = |part: &str| self.posts.iter().any(|known| known == part);
        if self.posts.is_empty() || folder.split('/').any(is_posts) {
            return Place::Post;
        }
        if self.only_posts { Place::Page } else { Place::Unclear }
    }

    /// The folder of a path below the root.
    pub fn below_root<'p>(&self, folder: &'p str) -> &'p str {
        self.root.iter().find_map(|root| below(folder, root)).unwrap_or(folder)
    }
}

/// What of a folder lies below `root`, whose last part may be `*` for any name.
fn below<'p>(folder: &'p str, root: &str) -> Option<&'p str> {
    let (root, any) = root.strip_suffix("/*").map_or((root, false), |root| (root, true));
    let mut at = 0;
    loop {
        let found = at + folder.get(at..)?.find(root)?;
        let rest = &folder[found + root.len()..];
        let whole = (found == 0 || folder[..found].ends_with('/')) && (rest.is_empty() || rest.starts_with('/'));
        if whole {
            let rest = rest.trim_start_matches('/');
            return Some(if any { rest.split_once('/').map_or("", |(_, rest)| rest) } else { rest });
        }
        at = found + root.len().max(1);
    }
}
