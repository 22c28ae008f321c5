//! # wrong-media-type
//!
//! ## What it checks
//! Whether the media type of an enclosure, or of a transcript, fits the ending of its file's name.
//!
//! ## Why it matters
//! Players choose by the type whether they can play it at all.
//!
//! ## Example
//! ```xml
//! <enclosure url="https://harbour.example/1.mp3" length="1000" type="text/html"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <enclosure url="https://harbour.example/1.mp3" length="1000" type="audio/mpeg"/>
//! ```
//! `--unsafe-fixes` writes the type that fits the name.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part, fields::is_atom},
    finding::{Edit, Finding, Place, Severity},
    namespace::PODCAST,
    syntax::xml::Ns,
    untrusted::shown,
};

pub(super) const RULE: Rule = Rule {
    code: "wrong-media-type",
    severity: Severity::Warning,
    page: include_str!("wrong_media_type.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Endings, and the types that fit them; the first is the one to write.
const TYPES: &[(&str, &[&str])] = &[
    ("mp3", &["audio/mpeg", "audio/mp3", "audio/x-mp3", "audio/mpeg3", "audio/x-mpeg-3", "audio/x-mpeg", "audio/mpg"]),
    ("m4a", &["audio/x-m4a", "audio/mp4", "audio/m4a", "audio/aac", "audio/mp4a-latm", "audio/x-aac"]),
    ("mp4", &["video/mp4", "audio/mp4", "video/mpeg", "video/x-mp4"]),
    ("m4v", &["video/x-m4v", "video/mp4", "video/m4v"]),
    ("mov", &["video/quicktime", "video/mov"]),
    ("ogg", &["audio/ogg", "application/ogg", "video/ogg", "audio/vorbis", "audio/opus", "audio/x-ogg"]),
    ("opus", &["audio/opus", "audio/ogg", "application/ogg"]),
    ("wav", &["audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"]),
    ("flac", &["audio/flac", "audio/x-flac"]),
    ("webm", &["video/webm", "audio/webm"]),
    ("jpg", &["image/jpeg", "image/jpg", "image/pjpeg"]),
    ("jpeg", &["image/jpeg", "image/jpg", "image/pjpeg"]),
    ("png", &["image/png", "image/x-png"]),
    ("gif", &["image/gif"]),
    ("webp", &["image/webp"]),
    ("pdf", &["application/pdf", "application/x-pdf"]),
    ("zip", &["application/zip", "application/x-zip-compressed"]),
    ("torrent", &["application/x-bittorrent"]),
    ("vtt", &["text/vtt"]),
    ("srt", &["application/x-subrip", "application/srt", "application/x-srt", "text/srt", "text/plain"]),
];

/// Looks at each item.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let mut attachments = 0;
        for elem in item.top() {
            let (url, kind, at) = if elem.is(Ns::NONE, "enclosure") {
                (elem.get("url"), elem.get("type"), None)
            } else if is_atom(elem.ns()) && elem.local() == "link" && elem.get("rel") == Some("enclosure") {
                (elem.get("href"), elem.get("type"), None)
            } else if item.dialect == Dialect::Json && elem.local() == "attachments" {
                let (url, kind) = (elem.child(Ns::NONE, "url"), elem.child(Ns::NONE, "mime_type"));
                let at = kind.map_or_else(|| elem.at_name(), |kind| kind.at_text());
                (url.map(|url| url.text()), kind.map(|kind| kind.text()), Some(at))
            } else if elem.is(PODCAST, "transcript") {
                (elem.get("url"), elem.get("type"), None)
            } else {
                continue;
            };
            let attachment = !elem.is(PODCAST, "transcript");
            let number = attachments;
            attachments += usize::from(attachment);
            let (Some(url), Some(kind)) = (url, kind.map(str::trim).filter(|kind| kind.contains('/'))) else {
                continue;
            };
            let Some(known) = types(url) else { continue };
            let essence = kind.split(';').next().unwrap_or(kind).trim();
            if known.iter().any(|known| known.eq_ignore_ascii_case(essence)) || essence == "application/octet-stream" {
                continue;
            }
            let wanted = known[0];
            let at = at.unwrap_or_else(|| elem.at_attribute(Ns::NONE, "type"));
            let message = format!("the type `{}` does not fit the file's name", shown(kind));
            let finding =
                Finding::warning(RULE.code, message, at.clone()).label(format!("the name is that of `{wanted}`"));
            let pointer = format!("/items/{}/attachments/{}", item.index, number);
            out.push(match at {
                Place::Bytes(range)
                    if attachment
                        && item.source.get(range.clone()).is_some_and(|text| text.trim_matches('"') == kind) =>
                {
                    let quoted = item.source.get(range.clone()).is_some_and(|text| text.starts_with('"'));
                    let text = if quoted { format!("\"{wanted}\"") } else { wanted.to_owned() };
                    let meant = if quoted { format!("{pointer}/mime_type") } else { pointer };
                    let finding = finding.help(format!("write `{wanted}` (`--unsafe-fixes` does)"));
                    finding.fix(false, vec![Edit { range, text }], vec![meant])
                }
                _ => finding.help(format!("write `{wanted}`")),
            });
        }
    }
}

/// The types that fit an address.
fn types(url: &str) -> Option<&'static [&'static str]> {
    let path = url.split(['?', '#']).next().unwrap_or("");
    let (_, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
    TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, types)| *types)
}
