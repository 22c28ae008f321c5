//! Bytes to UTF-8. The one file that knows encoding_rs and chardetng.
/// x
pub fn probe(bytes: &[u8], _label: Option<&str>) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
