//! Bytes to UTF-8. The one file that knows encoding_rs and chardetng.
