//! `[gallery]`: the pictures of a post as figures.

use std::{borrow::Cow, cell::OnceCell};

use super::{File, body::Site, figure};
use crate::finding::{Loss, Reason};

/// Bytes that a text may have with its galleries, unless five times its own are more.
const MOST_ADDED: usize = 64 << 10;

/// The galleries of a text.
pub(super) struct Galleries<'f> {
    site: Site<'f>,
    /// What was uploaded to the item and can be seen, once somebody asks.
    own: OnceCell<Vec<&'f File>>,
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
        let files = match ids {
            Some(ids) => {
                let known = |id| facts.files.get(id).ok_or(id).map_err(|id| absent.push(id)).ok();
                ids.split(',').map(str::trim).filter(|id| !id.is_empty()).filter_map(known).collect()
            }
            None => {
                let own = || facts.files_of(self.site.item).filter(|file| is_picture(&file.url)).collect();
                let own = self.own.get_or_init(own);
                absent.extend(own.is_empty().then_some(""));
                Cow::Borrowed(own.as_slice())
            }
        };
        let said = |file: &&File| {
            let words = [Some(&file.url), file.alternative.as_ref(), file.caption.as_ref()];
            words.into_iter().flatten().map(String::len).sum::<usize>()
        };
        let length: usize = files.iter().map(said).sum();
        self.full |= out.len() + length > self.most;
        if self.full {
            return false;
        }
        losses.extend(absent.into_iter().map(|id| Loss::new("[gallery]", Reason::Absent, id)));
        out.push_str("\n\n");
        files.iter().for_each(|file| out.push_str(&figure(file)));
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
