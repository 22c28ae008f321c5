//! Hubs made up.
