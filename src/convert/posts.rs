//! Posts: a file an item. All names are known before the first is written.

use super::{
    Fate, Output, Run,
    choice::Choosing,
    feed::title,
    head,
    losses::Origin,
    media,
    plan::{Decision, Plan},
    sinks::{NoSink, OneSink},
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
    let decisions = plan.decide(output, options)?;
    // Second pass: write.
    let (mut number, mut choosing) = (0, options.choice.begin());
    for (index, source) in sources.iter().enumerate() {
        let mut writer = make(&options.write);
        let mut losses = Vec::new();
        let feed = &mut heads[index];
        head::complete(feed, options, &mut losses)?;
        let feed = &*feed;
        writer.head(feed, &mut NoSink, &mut losses)?;
        let origin = Origin { source: index, ..Origin::default() };
        run.summary.losses.add(losses, &origin);
        run.source(index, source, &mut choosing, &mut |run, part, origin| {
            let mut item = match part {
                Part::Item(item) => item,
                Part::Comment(_) | Part::LeftOut(_) => return run.beside(part, output, &origin),
                Part::Head(_) | Part::Late(_) => return Ok(()),
            };
            let decision = decisions.get(number);
            number += 1;
            run.summary.items += 1;
            let mut losses = Vec::new();
            run.prepare.item(&mut item, feed, &mut losses);
            let (name, fate) = match decision {
                Some(Decision::Write(name)) => (Some(name.as_str()), None),
                Some(Decision::Keep(name)) => (Some(name.as_str()), Some(Fate::Kept)),
                // The source changed between the passes.
                None => return Err(Error::new(ErrorKind::Input, "the source changed while it was read")),
                Some(Decision::Stream) => (None, None),
            };
            if options.moved
                && let Some(old) = &item.url
                && let Some(new) = writer.address(&item, name.unwrap_or_default())?
            {
                run.summary.moved.push((old.clone(), new));
            }
            if options.media {
                media::list(&item, name, &mut run.summary.media);
            }
            if let (Some(name), Some(Fate::Kept)) = (name, fate) {
                run.summary.kept += 1;
                run.summary.files.push((name.to_owned(), Fate::Kept));
                return Ok(());
            }
            let mut made = OneSink::default();
            writer.item(&item, &mut made, &mut losses)?;
            run.summary.losses.add(losses, &origin);
            let Some(post) = made.post else { return Ok(()) };
            match name {
                None => {
                    output.write(&post.bytes)?;
                    run.summary.written += 1;
                }
                Some(name) => {
                    let fate = match output.read(name)? {
                        Some(bytes) if bytes == post.bytes => Fate::Unchanged,
                        Some(_) => Fate::Replaced,
                        None => Fate::New,
                    };
                    if fate == Fate::Unchanged {
                        run.summary.unchanged += 1;
                    } else {
                        output.post(name, &post.bytes)?;
                        run.summary.written += 1;
                    }
                    run.summary.files.push((name.to_owned(), fate));
                }
            }
            Ok(())
        })?;
    }
    run.summary.not_chosen = choosing.left_out;
    Ok(())
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
                    self.prepare.item(&mut item, &feed, &mut Vec::new());
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

    /// Reads one source and hands out its parts; findings and a bad end go to the summary.
    fn source(
        &mut self,
        index: usize,
        source: &Source<'_>,
        choosing: &mut Choosing<'_>,
        take: &mut dyn FnMut(&mut Self, Part, Origin) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let options = self.options;
        let mut item = 0;
        let end = source.read(options, choosing, &mut |part, said: Said| {
            self.note(source, said.findings);
            let mut origin = Origin { source: index, item, title: None };
            if let Part::Item(it) = &part {
                item += 1;
                origin.title = title(it);
            }
            self.summary.losses.add(said.losses, &origin);
            take(self, part, origin)
        })?;
        self.note(source, end.findings);
        self.summary.errors.extend(end.error);
        Ok(())
    }
}
