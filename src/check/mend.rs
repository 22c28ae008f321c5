//! Fixes applied in rounds, each kept only if it did what it meant: what one mends may show what the next one can.

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

/// Applies the fixes that `apply` allows to a source that was checked, in rounds until none is left or
/// [`fix::ROUNDS`] have passed ([`fix::ROUNDS_UNREADABLE`] of a head that cannot be read); what then is left stands
/// among the findings, and another run goes on with it. A round of fixes is kept only if what is read again differs in
/// what the fixes meant, and in nothing else.
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
    let (mut rounds, mut unreadable) = (fix::ROUNDS, fix::ROUNDS_UNREADABLE);
    loop {
        let document = &mended.checked.document;
        let is_broken = matches!(document.content, Content::Broken);
        let left = if is_broken { &mut unreadable } else { &mut rounds };
        let Some(fewer) = left.checked_sub(1) else { break };
        *left = fewer;
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

/// Fixes that are tried one by one, each of which asks for a check, where they do not hold together.
const ONE_BY_ONE: usize = 100;

/// One round: all fixes at once, or, when together they do not hold, of the first ones each that holds by itself.
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
    for fix in fixes.iter().take(ONE_BY_ONE) {
        if attempt(&[fix])?.is_some() {
            good.push(fix);
        }
    }
    Ok(attempt(&good)?.map(|checked| (checked, good.len())))
}
