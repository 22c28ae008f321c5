//! How one site generator, or one site, spells a post: head keys ↔ item fields.

/// A profile: `profile.toml` and `post.schema.json` of a folder.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Profile {
    /// Its name.
    pub name: String,
}
