//! Posts: a file an item. All names are known before the first is written.

use super::{
    Fate, Output, Run, Told,
    ahead::{Content, Parcel},
    choice::Choosing,
    feed::title,
    head,
    index::{self, Entry, Index},
    losses::Origin,
    making::{Made, Maker},
    merge::{self, Conflict},
    plan::{Decision, Decisions, Plan},
    sinks::NoSink,
    source::{Said, Source},
    unwritable,
};
use crate::{
    error::{Error, ErrorKind},
    format::{MakeWriter, Part},
    identity,
    model::Feed,
};

/// Writes the items of the sources as posts.
pub(super) fn write(run: &mut Run<'_>, sources: &[Source<'_>], output: &mut dyn Output) -> Result<(), Error> {
    let options = run.options;
    let make = options.to.write.ok_or_else(|| unwritable(options.to))?;
    let mut index = if output.is_folder() { Index::read(output)? } else { Index::default() };
    // First pass: heads whole, names of all items, so that conflicts are known before the first write.
    let mut plan = Plan::new(output, options, &mut index)?;
    run.summary.notes.append(&mut index.notes);
    let mut heads: Vec<Feed> = Vec::with_capacity(sources.len());
    let mut choosing = options.choice.begin();
    for source in sources {
        let (before, seen, chosen) = (plan.mark(), run.prepare.seen.clone(), choosing.clone());
        let (mut head, late) = run.survey_posts(source, &mut choosing, None, make, &mut plan)?;
        if late {
            // What came after the items counts for them too: their links are relative to it, and their ids.
            plan.go_back(before);
            (run.prepare.seen, choosing) = (seen, chosen);
            (head, _) = run.survey_posts(source, &mut choosing, Some(head), make, &mut plan)?;
        }
        heads.push(head);
    }
    run.prepare.seen = identity::Seen::default();
    let mut decisions = plan.decided()?;
    output.expect(decisions.to_write());
    // Second pass: write.
    let mut choosing = options.choice.begin();
    let mut folder = Folder { output, index };
    let done = run.write_posts(sources, &mut heads, &mut choosing, &mut decisions, &mut folder);
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
        plan: &mut Plan<'_>,
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
                    plan.add(&item, writer.file_name(&item)?.as_ref())?;
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
        choosing: &mut Choosing<'_>,
        decisions: &mut Decisions,
        folder: &mut Folder<'_>,
    ) -> Result<(), Error> {
        let options = self.options;
        for (number, (source, feed)) in sources.iter().zip(heads).enumerate() {
            let mut losses = Vec::new();
            head::complete(feed, options, &mut losses)?;
            let feed = &*feed;
            let maker = Maker::new(options, feed, &mut losses)?;
            let origin = Origin { source: number, ..Origin::default() };
            self.summary.losses.add(losses, &origin);
            self.source_ahead(number, source, choosing, (feed, maker), decisions, &mut |run, parcel| {
                let Parcel { content, origin, said } = parcel;
                match content {
                    Content::Post(made, decision) => run.take((*made)?, &decision, source, origin, said, folder),
                    Content::Other(part) => run.beside(*part, source.name(), folder.output, &origin),
                    Content::Item(..) => Err(Error::new(ErrorKind::Internal, "the post of an item was not made")),
                }
            })?;
        }
        Ok(())
    }

    /// Takes the post of an item, does with it what was decided, and tells what became of it.
    fn take(
        &mut self,
        mut made: Made,
        decision: &Decision,
        source: &Source<'_>,
        origin: Origin,
        said: Said,
        folder: &mut Folder<'_>,
    ) -> Result<(), Error> {
        self.summary.items += 1;
        self.summary.moved.extend(made.moved.take());
        made.media.iter().try_for_each(|medium| folder.output.medium(medium))?;
        if !matches!(decision, Decision::Keep(_)) {
            // Those that the reader told are counted.
            self.summary.losses.add(made.losses.clone(), &origin);
        }
        let mut losses = said.losses;
        losses.append(&mut made.losses);
        let id = made.id.clone();
        let became = self.post(made, decision, folder)?;
        self.count(&became, decision.file());
        folder.output.told(&Told {
            id: id.as_deref(),
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
    }

    /// Does with a post what was decided.
    fn post(&mut self, made: Made, decision: &Decision, folder: &mut Folder<'_>) -> Result<Became, Error> {
        match decision {
            Decision::Stream => {
                folder.output.write(&made.bytes)?;
                Ok(Became { after: Some(made.bytes), ..Became::new(Fate::New) })
            }
            Decision::Keep(file) => {
                Ok(Became { changed: self.is_changed(&made, file, folder)?, ..Became::new(Fate::Kept) })
            }
            Decision::Write(file) => self.bring(made, file, false, folder),
            Decision::Update(file) => self.bring(made, file, true, folder),
        }
    }

    /// Whether a post that is kept has changed at the source. One that nothing is known of, and that is what it would be
    /// written as, is known from here on: so a run that was interrupted leaves the same when it is run again.
    fn is_changed(&self, made: &Made, file: &str, folder: &mut Folder<'_>) -> Result<bool, Error> {
        if let Some(base) = folder.index.get(file, made.identity())? {
            let is_same = base.whole == index::hash(&made.bytes);
            let differs = |entry| merge::differs(&base, &entry);
            return Ok(!is_same && made.taken_down(self.options).is_some_and(differs));
        }
        if folder.output.read(file)?.is_some_and(|there| there == made.bytes)
            && let Some(entry) = made.taken_down(self.options)
        {
            folder.index.set(file, entry);
        }
        Ok(false)
    }

    /// Brings a post to its file: whole, or merged with what is there.
    fn bring(&mut self, mut made: Made, file: &str, is_update: bool, folder: &mut Folder<'_>) -> Result<Became, Error> {
        let there = folder.output.read(file)?;
        let base = folder.index.get(file, made.identity())?;
        let is_as_imported = base.as_ref().is_some_and(|base| base.whole == index::hash(&made.bytes));
        if let (Some(there), true, true) = (&there, is_update, is_as_imported) {
            // Nothing changed at the source: whatever else did, a person did.
            let after = self.options.tell.then(|| there.clone());
            return Ok(Became { after, ..Became::new(Fate::Unchanged) });
        }
        match there {
            Some(there) if there == made.bytes => {
                if !is_as_imported && let Some(entry) = made.entry.take().or_else(|| made.taken_down(self.options)) {
                    folder.index.set(file, entry);
                }
                Ok(Became { after: Some(made.bytes), ..Became::new(Fate::Unchanged) })
            }
            Some(there) if is_update => self.merge(&made, file, there, base.as_ref(), folder),
            there => {
                folder.output.post(file, &made.bytes)?;
                if let Some(entry) = made.entry.take().or_else(|| made.taken_down(self.options)) {
                    folder.index.set(file, entry);
                    folder.index.checkpoint(folder.output)?;
                }
                let fate = if there.is_some() { Fate::Replaced } else { Fate::New };
                Ok(Became { before: there, after: Some(made.bytes), ..Became::new(fate) })
            }
        }
    }

    /// Merges a post into the file that is there.
    fn merge(
        &mut self,
        made: &Made,
        file: &str,
        there: Vec<u8>,
        base: Option<&Entry>,
        folder: &mut Folder<'_>,
    ) -> Result<Became, Error> {
        let options = self.options;
        let Some(entry) = made.taken_down(options) else { return Ok(Became::new(Fate::Kept)) };
        let merged = merge::merge(&there, &made.bytes, base, entry, &options.write.profile, &options.read.limits);
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
