//! Rows of tables that were asked for: the same few elements come again in every item.

use super::table::{Element, Table};

/// Elements whose rows are kept.
const PLACES: usize = 64;

/// A table, and the rows that it has of an element.
type Rows = (&'static Table, &'static [Element]);

/// The rows that were asked for last.
#[derive(Debug)]
pub(super) struct AtHand(Box<[Option<Rows>; PLACES]>);

impl Default for AtHand {
    fn default() -> Self {
        AtHand(Box::new([None; PLACES]))
    }
}

impl AtHand {
    /// The rows of an element.
    pub(super) fn of(&mut self, table: &'static Table, local: &str) -> &'static [Element] {
        let byte = |byte: Option<&u8>| usize::from(byte.copied().unwrap_or_default());
        let bytes = local.as_bytes();
        let at = (bytes.len() + 31 * byte(bytes.first()) + 7 * byte(bytes.last()) + 13 * table.prefix.len()) % PLACES;
        if let Some((known, rows)) = self.0[at]
            && std::ptr::eq(known, table)
            && rows.first().is_some_and(|row| row.name == local)
        {
            return rows;
        }
        let rows = table.rows(local);
        self.0[at] = Some((table, rows));
        rows
    }
}
