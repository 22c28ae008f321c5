//! stub
use crate::model::{Feed, Item};
/// x
pub fn derive(_item: &Item, _feed: &Feed) -> String {
    String::new()
}
/// x
#[derive(Debug, Default)]
pub struct Seen {}
impl Seen {
    /// x
    pub fn distinct(&mut self, id: String, _item: &Item) -> String {
        id
    }
}
