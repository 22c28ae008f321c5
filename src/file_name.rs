//! Names of files made from text that came from outside. The only way to make one.

/// A path relative to the output folder, with `/` between folders, that cannot leave it and is portable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName(String);

impl FileName {
    /// The path, with `/` between folders.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl FileName {
    /// x
    pub fn with_suffix(&self, _n: usize) -> FileName {
        self.clone()
    }
    /// x
    pub fn collision_key(&self) -> String {
        self.0.clone()
    }
    /// x
    pub fn collision_key_of(s: &str) -> String {
        s.to_owned()
    }
}
