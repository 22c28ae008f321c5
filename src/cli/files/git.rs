//! Whether Git is told of files to pass over beside those that a folder's own `.gitignore` names.

use std::{env, fs, path::PathBuf};

/// Whether a configuration of Git names such a file, or there is the one that Git reads unasked. The walker would
/// compile a pattern to look into any configuration that there is, which takes longer than to check a post.
pub(super) fn excludes() -> bool {
    let named = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| !path.as_os_str().is_empty());
    let home = env::home_dir();
    let config = named("XDG_CONFIG_HOME").or_else(|| Some(home.as_ref()?.join(".config")));
    let git = config.map(|folder| folder.join("git"));
    let configurations = [
        named("GIT_CONFIG_GLOBAL"),
        home.map(|home| home.join(".gitconfig")),
        git.as_ref().map(|git| git.join("config")),
        Some(named("GIT_CONFIG_SYSTEM").unwrap_or_else(|| PathBuf::from("/etc/gitconfig"))),
    ];
    let names_one = |path: PathBuf| fs::read(path).is_ok_and(|bytes| mentions(&bytes, b"excludesfile"));
    git.is_some_and(|git| git.join("ignore").exists()) || configurations.into_iter().flatten().any(names_one)
}

/// Whether a word stands in a text, in capitals or not.
fn mentions(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word))
}
