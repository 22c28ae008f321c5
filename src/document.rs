//! What was read of one source, as data.

/// A source as `check` sees it.
#[derive(Debug)]
pub struct Document {}
