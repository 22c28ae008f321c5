//! Tests of what feeds share.

use super::{NAMESPACES, SLUGLINE, by_uri};

#[test]
fn each_uri_and_each_other_spelling_leads_to_its_own_namespace() {
    for namespace in NAMESPACES {
        for uri in std::iter::once(&namespace.uri).chain(namespace.others) {
            assert_eq!(by_uri(uri), Some(namespace.ns), "{uri}");
        }
    }
}

#[test]
fn the_own_namespace_is_that_of_its_table() {
    assert_eq!(by_uri(crate::model::SLUGLINE_NAMESPACE), Some(SLUGLINE));
}
