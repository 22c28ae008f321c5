//! The schemas that come with slugline. To add one: write its file below `schemas/`, then add its row here.

use std::sync::LazyLock;

use super::Schema;

/// A schema that comes with slugline.
#[derive(Debug)]
#[non_exhaustive]
pub struct BuiltIn {
    /// The name that `--schema` and `slugline schema` take.
    pub name: &'static str,
    /// One line for `slugline list schemas`.
    pub about: &'static str,
    /// The schema.
    pub text: &'static str,
}

/// The built-in schemas, by name.
pub const SCHEMAS: &[BuiltIn] = &[
    BuiltIn {
        name: "baseline",
        about: "the findings that `slugline check --write-baseline` takes down",
        text: include_str!("../../schemas/baseline.schema.json"),
    },
    BuiltIn {
        name: "convert-report",
        about: "the report of `slugline convert --report FILE`",
        text: include_str!("../../schemas/convert-report.schema.json"),
    },
    BuiltIn {
        name: "json-feed",
        about: "JSON Feed 1.0 and 1.1",
        text: include_str!("../../schemas/json-feed.schema.json"),
    },
    BuiltIn {
        name: "post",
        about: "a post's front matter: title, slug, date and source are required",
        text: include_str!("../../schemas/post.schema.json"),
    },
    BuiltIn {
        name: "report",
        about: "the report of `slugline check --output-format json`",
        text: include_str!("../../schemas/report.schema.json"),
    },
];

/// The schema of JSON Feeds, compiled when the first one is met.
pub fn json_feed() -> Option<&'static Schema> {
    static COMPILED: LazyLock<Option<Schema>> = LazyLock::new(|| {
        let schema = find("json-feed")?;
        Schema::compile(schema.name, schema.text, None).ok()
    });
    COMPILED.as_ref()
}

/// The schema of that name.
pub fn find(name: &str) -> Option<&'static BuiltIn> {
    SCHEMAS.iter().find(|schema| schema.name == name)
}
