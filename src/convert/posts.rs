//! Posts: a file an item. All names are known before the first is written.

use super::{
    Fate, Output, Run, Told,
    choice::Choosing,
    feed::title,
    head,
    index::{self, Index},
    losses::Origin,
    media,
    merge::{self, Conflict},
    plan::{self, Decision, Plan},
    sinks::{NoSink, OneSink},
    source::{Said, Source},
    unwritable,
};
use crate::{
    error::{Error, ErrorKind},
    finding::Loss,
    format::{MakeWriter, Part, Writer},
    head_edit::Parts,
    identity,
    model::{Feed, Item},
};

/// Writes the items of the sources as posts.
pub(super) fn write(run: &mut Run<'_>, sources: &[Source<'_>], output: &mut dyn Output) -> Result<(), Error> {
    let options = run.options;
    let make = options.to.write.ok_or_else(|| unwritable(options.to))?;
    // First pass: heads whole, ids and names of all items, so that conflicts are known before the first write.
    let mut plan = Plan::default();
    let mut heads: Vec<Feed> = Vec::with_capacity(sources.len());
    let mut choosing = options.choice.begin();
    for source in sources {
        let (before, seen, chosen) = (plan.len(), run.prepare.seen.clone(), choosing.clone());
        let (mut head, late) = run.survey_posts(source, &mut choosing, None, make, &mut plan)?;
        if late {
            // What came after the items counts for them too: their links are relative to it, and their ids.
            plan.truncate(before);
            (run.prepare.seen, choosing) = (seen, chosen);
            (head, _) = run.survey_posts(source, &mut choosing, Some(head), make, &mut plan)?;
        }
        heads.push(head);
    }
    run.prepare.seen = identity::Seen::default();
    let mut index = if output.is_folder() { Index::read(output)? } else { Index::default() };
    let decisions = plan.decide(output, options, &mut index)?;
    run.summary.notes.append(&mut index.notes);
    let writes = |decision: &&Decision| matches!(decision, Decision::Write(_) | Decision::Update(_));
    output.expect(decisions.iter().filter(writes).count());
    // Second pass: write.
    let mut choosing = options.choice.begin();
    let mut folder = Folder { output, index, decisions: decisions.into_iter() };
    let done = run.write_posts(sources, &mut heads, make, &mut choosing, &mut folder);
    run.summary.not_chosen = choosing.left_out;
    // What was written stands, however the run ended, and so does what is known of it.
    let noted = if folder.output.is_folder() { folder.index.write(folder.output) } else { Ok(()) };
    done.and(noted)
}

/// Takes a part of a source, with where it is from and, where that is asked for, what was said up to it.
pub(super) type TakePart<'t, R> = dyn FnMut(&mut R, Part, Origin, Said) -> Result<(), Error> + 't;

/// Where posts go to.
struct Folder<'f> {
    output: &'f mut dyn Output,
    index: Index,
    decisions: std::vec::IntoIter<Decision>,
}

/// A post that was made and not yet written.
struct Made<'m> {
    item: &'m Item,
    bytes: &'m [u8],
    /// What is taken down of it; `None` where it has no head.
    entry: Option<index::Entry>,
}

/// What became of a post.
struct Became {
    fate: Fate,
    changed: bool,
    conflicts: Vec<Conflict>,
    before: Option<Vec<u8>>,
    after: Option<Vec<u8>>,
}

impl Became {
    fn new(fate: Fate) -> Self {
        Became { fate, changed: false, conflicts: Vec::new(), before: None, after: None }
    }
}

impl Run<'_> {
    /// Adds the items of a source to the plan. Gives its head, and whether some of that came after the items. `known` is
    /// the head where that was found out before.
    fn survey_posts(
        &mut self,
        source: &Source<'_>,
        choosing: &mut Choosing<'_>,
        known: Option<Feed>,
        make: MakeWriter,
        plan: &mut Plan,
    ) -> Result<(Feed, bool), Error> {
        let options = self.options;
        let mut writer = make(&options.write);
        let whole = known.is_some();
        let mut feed = known.unwrap_or_default();
        let mut is_late = false;
        source.read(options, choosing, &mut |part, _: Said| {
            match part {
                Part::Head(head) => {
                    if !whole {
                        feed = head;
                    }
                    head::complete(&mut feed, options, &mut Vec::new())?;
                    writer.head(&feed, &mut NoSink, &mut Vec::new())?;
                }
                Part::Item(mut item) => {
                    let with_body = writer.name_reads_body(&item);
                    self.prepare.for_name(&mut item, &feed, with_body);
                    plan.add(&item, writer.file_name(&item)?);
                }
                Part::Late(late) if !whole => {
                    is_late = true;
                    head::absorb(&mut feed, late);
                }
                Part::Late(_) | Part::Comment(_) | Part::LeftOut(_) => {}
            }
            Ok(())
        })?;
        Ok((feed, is_late))
    }

    /// The second pass.
    fn write_posts(
        &mut self,
        sources: &[Source<'_>],
        heads: &mut [Feed],
        make: MakeWriter,
        choosing: &mut Choosing<'_>,
        folder: &mut Folder<'_>,
    ) -> Result<(), Error> {
        let options = self.options;
        for (number, (source, feed)) in sources.iter().zip(heads).enumerate() {
            let mut writer = make(&options.write);
            let mut losses = Vec::new();
            head::complete(feed, options, &mut losses)?;
            let feed = &*feed;
            writer.head(feed, &mut NoSink, &mut losses)?;
            let origin = Origin { source: number, ..Origin::default() };
            self.summary.losses.add(losses, &origin);
            self.source_ahead(number, source, choosing, feed, &mut |run, part, origin, said, mut made| {
                let item = match part {
                    Part::Item(item) => item,
                    Part::Comment(_) | Part::LeftOut(_) => {
                        return run.beside(part, source.name(), folder.output, &origin);
                    }
                    Part::Head(_) | Part::Late(_) => return Ok(()),
                };
                // The source changed between the passes.
                let Some(decision) = folder.decisions.next() else {
                    return Err(Error::new(ErrorKind::Input, "the source changed while it was read"));
                };
                run.summary.items += 1;
                let mut losses = said.losses;
                let read_over = losses.len();
                losses.append(&mut made);
                if options.moved
                    && let Some(old) = &item.url
                    && let Some(new) = writer.address(&item, decision.file().unwrap_or_default())?
                {
                    run.summary.moved.push((old.clone(), new));
                }
                if options.media {
                    media::list(&item, decision.file()).iter().try_for_each(|medium| folder.output.medium(medium))?;
                }
                let became = run.post(&item, &decision, writer.as_mut(), folder, &mut losses)?;
                if !matches!(decision, Decision::Keep(_)) {
                    // Those that the reader told are counted.
                    run.summary.losses.add(losses[read_over..].to_vec(), &origin);
                }
                run.count(&became, decision.file());
                folder.output.told(&Told {
                    id: item.id.as_deref(),
                    title: origin.title.as_deref(),
                    file: decision.file(),
                    changed: became.changed,
                    losses: &losses,
                    findings: &said.findings,
                    conflicts: &became.conflicts,
                    before: became.before.as_deref(),
                    after: became.after.as_deref(),
                    ..Told::new(source.name(), origin.item, became.fate)
                })
            })?;
        }
        Ok(())
    }

    /// Makes a post, and does with it what was decided.
    fn post(
        &mut self,
        item: &Item,
        decision: &Decision,
        writer: &mut dyn Writer,
        folder: &mut Folder<'_>,
        losses: &mut Vec<Loss>,
    ) -> Result<Became, Error> {
        match decision {
            Decision::Stream => {
                let mut made = OneSink::default();
                writer.item(item, &mut made, losses)?;
                let bytes = made.post.map(|post| post.bytes).unwrap_or_default();
                folder.output.write(&bytes)?;
                Ok(Became { after: Some(bytes), ..Became::new(Fate::New) })
            }
            Decision::Keep(file) => {
                let bytes = writer.post(item, file, &mut Vec::new())?.unwrap_or_default();
                Ok(Became { changed: self.is_changed(item, file, &bytes, folder)?, ..Became::new(Fate::Kept) })
            }
            Decision::Write(file) | Decision::Update(file) => {
                let bytes = writer.post(item, file, losses)?.unwrap_or_default();
                let is_update = matches!(decision, Decision::Update(_));
                self.bring(item, file, bytes, is_update, folder)
            }
        }
    }

    /// Whether a post that is kept has changed at the source. One that nothing is known of, and that is what it would be
    /// written as, is known from here on: so a run that was interrupted leaves the same when it is run again.
    fn is_changed(&self, item: &Item, file: &str, bytes: &[u8], folder: &mut Folder<'_>) -> Result<bool, Error> {
        let id = plan::identity(item);
        if let Some(base) = folder.index.get(file, id) {
            let is_same = base.whole == index::hash(bytes);
            return Ok(!is_same && self.taken_down(item, bytes).is_some_and(|entry| merge::differs(&base, &entry)));
        }
        if folder.output.read(file)?.is_some_and(|there| there == bytes)
            && let Some(entry) = self.taken_down(item, bytes)
        {
            folder.index.set(file, entry);
        }
        Ok(false)
    }

    /// What is taken down of a post in the index.
    fn taken_down(&self, item: &Item, bytes: &[u8]) -> Option<index::Entry> {
        let profile = &self.options.write.profile;
        let text = std::str::from_utf8(bytes).ok()?;
        let parts = Parts::of(text, &profile.fences, &self.options.read.limits)?;
        Some(index::entry(&parts, profile, plan::identity(item), bytes))
    }

    /// Brings a post to its file: whole, or merged with what is there.
    fn bring(
        &mut self,
        item: &Item,
        file: &str,
        bytes: Vec<u8>,
        is_update: bool,
        folder: &mut Folder<'_>,
    ) -> Result<Became, Error> {
        let there = folder.output.read(file)?;
        let base = folder.index.get(file, plan::identity(item));
        let whole = index::hash(&bytes);
        if let (Some(there), true, Some(base)) = (&there, is_update, &base)
            && base.whole == whole
        {
            // Nothing changed at the source: whatever else did, a person did.
            let after = self.options.tell.then(|| there.clone());
            return Ok(Became { after, ..Became::new(Fate::Unchanged) });
        }
        let made = Made { item, bytes: &bytes, entry: None };
        match there {
            Some(there) if there == bytes => {
                if base.as_ref().is_none_or(|base| base.whole != whole)
                    && let Some(entry) = self.taken_down(made.item, made.bytes)
                {
                    folder.index.set(file, entry);
                }
                Ok(Became { after: Some(bytes), ..Became::new(Fate::Unchanged) })
            }
            Some(there) if is_update => {
                let entry = self.taken_down(item, &bytes);
                self.merge(Made { entry, ..made }, file, there, folder)
            }
            there => {
                let entry = self.taken_down(item, &bytes);
                folder.output.post(file, &bytes)?;
                if let Some(entry) = entry {
                    folder.index.set(file, entry);
                    folder.index.checkpoint(folder.output)?;
                }
                let fate = if there.is_some() { Fate::Replaced } else { Fate::New };
                Ok(Became { before: there, after: Some(bytes), ..Became::new(fate) })
            }
        }
    }

    /// Merges a post into the file that is there.
    fn merge(&mut self, made: Made<'_>, file: &str, there: Vec<u8>, folder: &mut Folder<'_>) -> Result<Became, Error> {
        let Some(entry) = made.entry else { return Ok(Became::new(Fate::Kept)) };
        let base = folder.index.get(file, entry.id.as_deref());
        let options = self.options;
        let merged =
            merge::merge(&there, made.bytes, base.as_ref(), entry, &options.write.profile, &options.read.limits);
        let fate = match (&merged.bytes, merged.conflicts.is_empty()) {
            (Some(_), _) => Fate::Merged,
            (None, true) => Fate::Unchanged,
            (None, false) => Fate::Kept,
        };
        if let Some(bytes) = &merged.bytes {
            folder.output.post(file, bytes)?;
        }
        if let Some(entry) = merged.entry {
            folder.index.set(file, entry);
            folder.index.checkpoint(folder.output)?;
        }
        let before = merged.bytes.is_some().then_some(there);
        Ok(Became { fate, changed: true, conflicts: merged.conflicts, before, after: merged.bytes })
    }

    /// Counts what became of a post.
    fn count(&mut self, became: &Became, file: Option<&str>) {
        let summary = &mut self.summary;
        match became.fate {
            Fate::New | Fate::Replaced => summary.written += 1,
            Fate::Merged => {
                summary.written += 1;
                summary.merged += 1;
            }
            Fate::Unchanged => summary.unchanged += 1,
            Fate::Kept => {
                summary.kept += 1;
                summary.changed_kept += usize::from(became.changed && became.conflicts.is_empty());
            }
            Fate::Written | Fate::LeftOut => {}
        }
        summary.conflicts.add(&became.conflicts, file.unwrap_or("-"));
    }

    /// Reads one source and hands out its parts; findings and a bad end go to the summary.
    pub(super) fn source(
        &mut self,
        index: usize,
        source: &Source<'_>,
        choosing: &mut Choosing<'_>,
        take: &mut TakePart<'_, Self>,
    ) -> Result<(), Error> {
        let options = self.options;
        let mut item = 0;
        let end = source.read(options, choosing, &mut |part, said: Said| {
            let heard = if options.tell { said.clone() } else { Said::default() };
            self.note(source, said.findings);
            let mut origin = Origin { source: index, item, title: None };
            if let Part::Item(it) = &part {
                item += 1;
                origin.title = title(it);
            }
            self.summary.losses.add(said.losses, &origin);
            take(self, part, origin, heard)
        })?;
        self.note(source, end.findings);
        self.summary.errors.extend(end.error);
        Ok(())
    }
}
