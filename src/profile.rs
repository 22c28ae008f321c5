//! How one site generator, or one site, spells a post: head keys ↔ item fields.

/// A profile: `profile.toml` and `post.schema.json` of a folder.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// x
    pub schema: Option<String>,
}
impl Profile {
    /// x
    pub fn built_in(_name: &str) -> Option<Profile> {
        None
    }
    /// x
    pub fn names() -> Vec<&'static str> {
        vec![]
    }
    /// x
    pub fn parse(_p: &str, _s: Option<&str>) -> Result<Profile, crate::error::Error> {
        Ok(Profile::default())
    }
}
