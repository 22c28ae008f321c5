//! # wrong-podcast-subcategory
//!
//! ## What it checks
//! Whether an `itunes:category` stands where Apple's list has it: a subcategory in its own category, and not by itself.
//!
//! ## Why it matters
//! Directories know the pairs of their list only: a show under any other is in no category at all.
//!
//! ## Example
//! ```xml
//! <itunes:category text="News"><itunes:category text="Books"/></itunes:category>
//! ```
//!
//! ## Use instead
//! ```xml
//! <itunes:category text="Arts"><itunes:category text="Books"/></itunes:category>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Elem, Look, Part},
    finding::{Finding, Severity},
    namespace::ITUNES,
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "wrong-podcast-subcategory",
    severity: Severity::Error,
    page: include_str!("wrong_podcast_subcategory.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Apple's categories that have any in them, each with those.
const CATEGORIES: &[(&str, &[&str])] = &[
    ("Arts", &["Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"]),
    ("Business", &["Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"]),
    ("Comedy", &["Comedy Interviews", "Improv", "Stand-Up"]),
    ("Education", &["Courses", "How To", "Language Learning", "Self-Improvement"]),
    ("Fiction", &["Comedy Fiction", "Drama", "Science Fiction"]),
    ("Health & Fitness", &["Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"]),
    ("Kids & Family", &["Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"]),
    (
        "Leisure",
        &["Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies", "Home & Garden", "Video Games"],
    ),
    ("Music", &["Music Commentary", "Music History", "Music Interviews"]),
    (
        "News",
        &[
            "Business News",
            "Daily News",
            "Entertainment News",
            "News Commentary",
            "Politics",
            "Sports News",
            "Tech News",
        ],
    ),
    (
        "Religion & Spirituality",
        &["Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality"],
    ),
    (
        "Science",
        &[
            "Astronomy",
            "Chemistry",
            "Earth Sciences",
            "Life Sciences",
            "Mathematics",
            "Natural Sciences",
            "Nature",
            "Physics",
            "Social Sciences",
        ],
    ),
    ("Society & Culture", &["Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"]),
    (
        "Sports",
        &[
            "Baseball",
            "Basketball",
            "Cricket",
            "Fantasy Sports",
            "Football",
            "Golf",
            "Hockey",
            "Rugby",
            "Running",
            "Soccer",
            "Swimming",
            "Tennis",
            "Volleyball",
            "Wilderness",
            "Wrestling",
        ],
    ),
    ("TV & Film", &["After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"]),
];

/// Those that have none.
const WITHOUT: &[&str] = &["Government", "History", "Technology", "True Crime"];

fn is_category(name: &str) -> bool {
    WITHOUT.contains(&name) || CATEGORIES.iter().any(|(known, _)| *known == name)
}

/// The category that a subcategory belongs to.
fn home(name: &str) -> Option<&'static str> {
    CATEGORIES.iter().find(|(_, inside)| inside.contains(&name)).map(|(home, _)| *home)
}

/// Looks at the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let name = |elem: Elem<'_, '_>| elem.get("text").unwrap_or("").trim().to_owned();
        let mut tell = |elem: Elem<'_, '_>, message: String, help: String| {
            let finding = Finding::error(RULE.code, message, elem.at_attribute(Ns::NONE, "text"));
            out.push(finding.help(help).w3c(&["InvalidItunesCategory"]));
        };
        let into = |home: &str| format!("write it in `<itunes:category text=\"{}\">`", home.replace('&', "&amp;"));
        for category in head.top().filter(|elem| elem.is(ITUNES, "category")).take(64) {
            let own = name(category);
            if let Some(home) = home(&own) {
                tell(category, format!("`{own}` is a subcategory of `{home}`, and stands by itself"), into(home));
                continue;
            }
            for sub in category.children().filter(|elem| elem.is(ITUNES, "category")).take(64) {
                let inside = name(sub);
                // A category that is none is said elsewhere.
                match home(&inside).filter(|home| *home != own && is_category(&own)) {
                    Some(home) => {
                        let message = format!("`{inside}` is a subcategory of `{home}`, not of `{own}`");
                        tell(sub, message, format!("{}, or take a subcategory of `{own}`", into(home)));
                    }
                    None if is_category(&inside) => {
                        let message = format!("`{inside}` is a category of its own, and no subcategory");
                        tell(sub, message, "put it beside the other".to_owned());
                    }
                    None => {}
                }
            }
        }
    }
}
