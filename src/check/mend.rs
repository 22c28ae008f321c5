//! Fixes applied until none is left, each round kept only if it did what it meant.

use super::{Checked, Options, check, same};
use crate::{
    document::{Coding, Content, Document},
    error::Error,
    finding::Fix,
    fix::{self, Apply},
};

/// A source after its fixes.
#[derive(Debug)]
#[non_exhaustive]
pub struct Mended {
    /// The check of what stands now: its findings are what remains.
    pub checked: Checked,
    /// The bytes of the mended file; `None` when nothing changed.
    pub bytes: Option<Vec<u8>>,
    /// How many fixes were applied.
    pub fixed: usize,
    /// Why fixes that there are were not applied, in words for the user.
    pub refused: Option<&'static str>,
}

/// Applies the fixes that `apply` allows to a source that was checked, until none is left. A round of fixes is kept only
/// if what is read again differs in what the fixes meant, and in nothing else.
///
/// # Errors
/// Those of [`check`](super::check()), of what the fixes made.
pub fn mend(first: Checked, apply: Apply, options: &Options) -> Result<Mended, Error> {
    let mut mended = Mended { checked: first, bytes: None, fixed: 0, refused: None };
    if mended.checked.document.far.is_some() {
        if !fix::choose(&mended.checked.document.findings, apply).is_empty() {
            mended.refused = Some("it is larger than the limit `kept`, up to which sources are edited");
        }
        return Ok(mended);
    }
    let bom: &[u8] = match mended.checked.document.coding {
        Coding::Utf8 => b"",
        Coding::Utf8Bom => "\u{feff}".as_bytes(),
        _ => {
            if !fix::choose(&mended.checked.document.findings, apply).is_empty() {
                mended.refused = Some("it is not in UTF-8: convert it first, then fix it");
            }
            return Ok(mended);
        }
    };
    for _ in 0..fix::ROUNDS {
        let document = &mended.checked.document;
        let fixes = fix::choose(&document.findings, apply);
        let Some((next, applied)) = round(document, &fixes, bom, options)? else { break };
        mended.fixed += applied;
        mended.bytes = Some([bom, next.document.text.as_bytes()].concat());
        mended.checked = next;
    }
    if mended.bytes.is_none() && !fix::choose(&mended.checked.document.findings, apply).is_empty() {
        mended.refused = Some("the edits would have changed more than they meant to");
    }
    Ok(mended)
}

/// One round: all fixes at once, or, when together they do not hold, each that holds by itself.
fn round(
    document: &Document,
    fixes: &[&Fix],
    bom: &[u8],
    options: &Options,
) -> Result<Option<(Checked, usize)>, Error> {
    if fixes.is_empty() {
        return Ok(None);
    }
    let attempt = |fixes: &[&Fix]| -> Result<Option<Checked>, Error> {
        let Some(text) = fix::apply(&document.text, fixes).filter(|text| *text != document.text) else {
            return Ok(None);
        };
        let checked = check(&document.name, [bom, text.as_bytes()].concat(), options)?;
        let holds = match (&document.content, &checked.document.content) {
            (Content::Feed(one), Content::Feed(other)) => {
                one == other && same::feed(one, document, &checked.document, fixes, options)
            }
            _ => fix::holds(document, &checked.document, fixes),
        };
        Ok(holds.then_some(checked))
    };
    if let Some(checked) = attempt(fixes)? {
        return Ok(Some((checked, fixes.len())));
    }
    let mut good: Vec<&Fix> = Vec::new();
    for fix in fixes.iter().take(100) {
        if attempt(&[fix])?.is_some() {
            good.push(fix);
        }
    }
    Ok(attempt(&good)?.map(|checked| (checked, good.len())))
}
