//! Tests of what feeds share.
