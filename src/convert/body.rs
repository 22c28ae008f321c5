//! An item's content in the kind that the target is made for: `--body`. Active content is taken out of its texts where
//! that is asked for: `--sanitize`.

use crate::{
    finding::{Loss, Reason},
    format::Body,
    model::{Item, Text, TextKind},
    syntax::{html, markdown, sanitize},
};

/// Takes active content out of the texts of `item`.
pub(crate) fn sanitize(item: &mut Item, losses: &mut Vec<Loss>) {
    for (field, text) in [
        ("content", &mut item.content),
        ("summary", &mut item.summary),
        ("title", &mut item.title),
        ("rights", &mut item.rights),
    ] {
        let Some(text) = text else { continue };
        let (value, removed) = match text.kind {
            TextKind::Html | TextKind::Xhtml => {
                // What comes out is HTML, and no XML any more.
                text.kind = TextKind::Html;
                sanitize::html(&text.value)
            }
            TextKind::Markdown => sanitize::markdown(&text.value),
            _ => continue,
        };
        text.value = value;
        losses
            .extend(removed.iter().map(|one| Loss::new(format!("{field}.{}", one.kind), Reason::Active, &one.example)));
    }
}

/// Words of a summary that nobody wrote.
const WORDS: usize = 70;

/// Leaves of an item's content what sums it up: its summary, else what stands before `<!--more-->`, else its first words.
pub(crate) fn summarize(item: &mut Item) {
    if let Some(summary) = item.summary.take() {
        item.content = Some(summary);
        return;
    }
    let Some(content) = &mut item.content else { return };
    if matches!(content.kind, TextKind::Html | TextKind::Xhtml)
        && let Some(at) = content.value.find("<!--more-->")
    {
        content.value.truncate(at);
        content.value.truncate(content.value.trim_end().len());
        return;
    }
    let text = match content.kind {
        TextKind::Html | TextKind::Xhtml => html::to_text(&content.value),
        TextKind::Markdown => html::to_text(&markdown::to_html(&content.value)),
        _ => content.value.clone(),
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut value = words[..words.len().min(WORDS)].join(" ");
    if words.len() > WORDS {
        value.push('…');
    }
    *content = made(content, TextKind::Plain, value);
}

/// Turns the content of `item` into `body`. What cannot be turned stays as it is.
pub(crate) fn convert(item: &mut Item, body: Body, losses: &mut Vec<Loss>) {
    let Some(content) = &mut item.content else { return };
    let is_markup = matches!(content.kind, TextKind::Html | TextKind::Xhtml);
    match body {
        Body::Keep => {}
        Body::Html => {
            if content.kind == TextKind::Markdown {
                *content = made(content, TextKind::Html, markdown::to_html(&content.value));
            }
        }
        Body::Markdown => match content.kind {
            _ if is_markup => match html::to_markdown(&content.value) {
                Some(markdown) => {
                    let told = markdown.lost.iter();
                    losses.extend(told.map(|(kind, tag)| Loss::new(format!("content.{kind}"), Reason::Markup, tag)));
                    *content = made(content, TextKind::Markdown, markdown.text);
                }
                None => losses.push(Loss::new("content", Reason::Unreadable, &content.value)),
            },
            TextKind::Plain => {
                if let Some(markdown) = html::to_markdown(&paragraphs(&content.value)) {
                    *content = made(content, TextKind::Markdown, markdown.text);
                }
            }
            _ => {}
        },
        Body::Text => {
            let value = match content.kind {
                _ if is_markup => html::to_text(&content.value),
                TextKind::Markdown => html::to_text(&markdown::to_html(&content.value)),
                _ => return,
            };
            losses.push(Loss::new("content", Reason::Markup, &content.value));
            *content = made(content, TextKind::Plain, value);
        }
    }
}

/// A text of another kind with the same base and language.
fn made(from: &Text, kind: TextKind, value: String) -> Text {
    Text { kind, value, base: from.base.clone(), language: from.language.clone() }
}

/// Plain text as HTML: blank lines part paragraphs, other line ends are breaks.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for paragraph in text.split("\n\n").map(|part| part.trim_matches('\n')).filter(|part| !part.is_empty()) {
        out.push_str("<p>");
        for (number, line) in paragraph.lines().enumerate() {
            if number > 0 {
                out.push_str("<br>");
            }
            out.push_str(&html::escape(line));
        }
        out.push_str("</p>\n");
    }
    out
}
