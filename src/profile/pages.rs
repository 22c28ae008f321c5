//! What a generator makes of a file's place: which files are posts, and where their pages go. Data of `[pages]`.

use super::parse::Text;
use crate::{error::Error, syntax::tree::Node};

/// What the generator makes of the aliases of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Aliases {
    /// Addresses on the site.
    #[default]
    Addresses,
    /// Addresses too; those without a slash in front are below the page's section, and all are in its language.
    Section,
    /// Names, which lead nowhere.
    Names,
}

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
    "drafts",
    "dated_names",
    "index_like_folder",
    "aliases",
    "top",
    "files",
    "copied",
];

const ALIASES: &[(&str, Aliases)] =
    &[("addresses", Aliases::Addresses), ("section", Aliases::Section), ("names", Aliases::Names)];

/// The table `[pages]` of a profile.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
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
    /// Folders of drafts, which need no date.
    pub drafts: Vec<String>,
    /// Whether the generator passes over files in the folders of posts whose names do not begin with a date.
    pub dated_names: bool,
    /// Whether a file called as its folder, or `index` in a folder of posts, is the page of that folder.
    pub index_like_folder: bool,
    /// What it makes of aliases: `addresses`, `section` or `names`.
    pub aliases: Aliases,
    /// Folders that lie in the site's own folder, so that a path tells which one that is; `*` at the end of a name
    /// stands for anything.
    pub top: Vec<String>,
    /// Folders of the site in which the files lie that a page's addresses name; empty where that is not known.
    pub files: Vec<String>,
    /// Those of them whose files are published where they lie in them, so that one may lie beside a page as if the page
    /// lay there too.
    pub copied: Vec<String>,
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
                "only_posts" => self.only_posts = source.flag(node)?,
                "drafts" => self.drafts = texts()?,
                "dated_names" => self.dated_names = source.flag(node)?,
                "index_like_folder" => self.index_like_folder = source.flag(node)?,
                "aliases" => self.aliases = source.word(node, ALIASES)?,
                "top" => self.top = texts()?,
                "files" => self.files = texts()?,
                _ => self.copied = texts()?,
            }
        }
        Ok(())
    }

    /// Whether the file at that path is the page of its folder.
    pub fn is_section(&self, path: &str) -> bool {
        let (folder, name) = match path.bytes().rposition(|b| b == b'/') {
            Some(at) => (&path[..at], &path[at + 1..]),
            None => ("", path),
        };
        let stem = &name[..name.bytes().position(|b| b == b'.').unwrap_or(name.len())];
        self.sections.iter().any(|known| known == stem) || self.is_like_folder(folder, stem)
    }

    /// Whether a file of that name stands for its folder: it is called as it is, or is the index of all posts.
    pub fn is_like_folder(&self, folder: &str, stem: &str) -> bool {
        if !self.index_like_folder {
            return false;
        }
        let last = folder.rsplit('/').next().unwrap_or(folder);
        let one_of = |names: &[String], name: &str| names.iter().any(|known| known == name);
        let is_index = || one_of(&self.index, stem) && one_of(&self.posts, last);
        !last.is_empty() && (last == stem || is_index())
    }

    /// Whether the file at that path is a draft.
    pub fn is_draft(&self, path: &str) -> bool {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        folder.split('/').any(|part| self.drafts.iter().any(|known| known == part))
    }

    /// The folder of the site that a folder belongs to, with `/` behind it; empty where nothing tells another.
    pub fn site_of<'p>(&self, folder: &'p str) -> &'p str {
        let is_top = |part: &str| {
            self.top.iter().any(|known| match known.strip_suffix('*') {
                Some(start) => part.starts_with(start),
                None => part == known,
            })
        };
        let mut at = 0;
        for part in folder.split('/') {
            if is_top(part) {
                return &folder[..at];
            }
            at += part.len() + 1;
        }
        ""
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
