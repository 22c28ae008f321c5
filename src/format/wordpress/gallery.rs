//! `[gallery]`: the pictures of a post as figures.

use std::cell::OnceCell;

use super::{File, body::Site, figure};
use crate::finding::{Loss, Reason};

/// Bytes that a text may have with its galleries, unless five times its own are more.
const MOST_ADDED: usize = 64 << 10;

/// The galleries of a text.
pub(super) struct Galleries<'f> {
    site: Site<'f>,
    /// What was uploaded to the item and can be seen, once somebody asks.
    own: OnceCell<Vec<File>>,
    /// Bytes that the text may have with its galleries: a short one may name many pictures many times.
    most: usize,
    /// Whether that was too little for one: then no more are made.
    full: bool,
}

impl<'f> Galleries<'f> {
    pub(super) fn of(text: &str, site: Site<'f>) -> Self {
        Galleries { site, own: OnceCell::new(), most: text.len().saturating_mul(5).max(MOST_ADDED), full: false }
    }

    /// Adds those of one: the pictures of those numbers, else all that were uploaded to the post. False where there is no room.
    pub(super) fn push(&mut self, ids: Option<&str>, losses: &mut Vec<Loss>, out: &mut String) -> bool {
        if self.full {
            return false;
        }
        let facts = self.site.facts;
        let ids = ids.filter(|ids| !ids.trim().is_empty());
        let mut absent = Vec::new();
        let mut figures = String::new();
        let mut room = self.most.checked_sub(out.len());
        // False when there is no room for it.
        let mut add = |file: &File| {
            let words = [Some(&file.url), file.alternative.as_ref(), file.caption.as_ref()];
            room = room.and_then(|room| room.checked_sub(words.into_iter().flatten().map(String::len).sum()));
            figures.push_str(&figure(file));
            room.is_some()
        };
        let fits = match ids {
            Some(ids) => {
                ids.split(',').map(str::trim).filter(|id| !id.is_empty()).all(|id| match facts.files.get(id) {
                    Some(file) => add(&file),
                    None => {
                        absent.push(id);
                        true
                    }
                })
            }
            None => {
                let own = || facts.files.of(self.site.item).filter(|file| is_picture(&file.url)).collect();
                let own = self.own.get_or_init(own);
                absent.extend(own.is_empty().then_some(""));
                own.iter().all(add)
            }
        };
        if !fits {
            self.full = true;
            return false;
        }
        losses.extend(absent.into_iter().map(|id| Loss::new("[gallery]", Reason::Absent, id)));
        out.push_str("\n\n");
        out.push_str(&figures);
        out.push_str("\n\n");
        true
    }
}

fn is_picture(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    matches!(
        ending.as_str(),
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "svg" | "bmp" | "tif" | "tiff" | "ico" | "heic"
    )
}
