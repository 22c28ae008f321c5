//! The built-in profiles: what each makes of a post, and its keys.

use slugline::profile::{Key, Profile, fields::FIELDS};
use toml_edit::{DocumentMut, Item};

use super::{code, codes, heading, row};

/// `profile.toml` as it stands in the repository: the expressions of a compiled profile are no longer text.
fn written(name: &str) -> DocumentMut {
    let path = format!("{}/schemas/{name}/profile.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

fn text(item: Option<&Item>) -> &str {
    item.and_then(Item::as_str).unwrap_or_default()
}

/// A row for each profile.
pub(crate) fn overview() -> String {
    let mut table = heading(&["profile", "", "heads", "file", "address", "required"]);
    for name in Profile::names() {
        let profile = Profile::built_in(name).unwrap();
        let written = written(name);
        table += &row(&[
            &format!("[`{name}`](#{name})"),
            &profile.about,
            text(written.get("head")),
            &code(text(written.get("file_name"))),
            &code(text(written.get("address"))),
            &codes(profile.required.iter().map(String::as_str)),
        ]);
    }
    table
}

/// The keys of each profile, in the order they are written.
pub(crate) fn keys() -> String {
    let mut page = String::new();
    for name in Profile::names() {
        let profile = Profile::built_in(name).unwrap();
        let written = written(name);
        page += &format!("### {name}\n\n");
        page += &heading(&["key", "field", "read too", "where the field is empty"]);
        let rows = written.get("key").and_then(Item::as_array_of_tables).unwrap();
        for key in &profile.keys {
            // A profile that extends another one has keys that its own file does not have.
            let own = rows.iter().find(|row| {
                text(row.get("name")) == key.name
                    && text(row.get("within")) == key.within.as_deref().unwrap_or_default()
            });
            let write = own.map(|row| text(row.get("write"))).unwrap_or_default();
            let write = if key.always { format!("always {}", code(write)) } else { code(write) };
            table_row(&mut page, key, &write);
        }
        page.push('\n');
    }
    page
}

fn table_row(page: &mut String, key: &Key, write: &str) {
    let name = match &key.within {
        Some(group) => format!("{group}.{}", key.name),
        None => key.name.clone(),
    };
    let field = key.read.map(|field| code(field.name)).unwrap_or_default();
    *page += &row(&[&code(&name), &field, &codes(key.also.iter().map(String::as_str)), write]);
}

/// The fields that a key may be read into, and where they are in the hub.
pub(crate) fn fields() -> String {
    let mut table = heading(&["field", "of the item"]);
    for field in FIELDS {
        table += &row(&[&code(field.name), &code(field.pointer.trim_start_matches('/'))]);
    }
    table
}
