//! How much a rule of a specification matters.

/// How much a rule of a specification matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// It must be so: an error.
    Must,
    /// It should be so: a warning.
    Should,
    /// A matter of taste: a hint.
    May,
}
