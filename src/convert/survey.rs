//! The first pass over the sources of a feed: the whole head, the newest date, the order of posts.

use crate::{
    format::Part,
    model::{Date, Feed, Item},
};

use super::{
    Options,
    choice::Choosing,
    head,
    source::{Said, Source},
};

/// What a first pass tells.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// What the first source says of the feed, all of it; `updated` is the newest item's date where nobody gave one.
    pub head: Feed,
    /// For posts: the sources' newest dates, as seconds since 1970; `None` without any.
    newest: Vec<Option<i64>>,
}

impl Survey {
    /// Passes over the sources. `all` of them when their order depends on it, else the first one's head is enough
    /// beside the dates.
    pub(crate) fn take(
        sources: &[Source<'_>],
        options: &Options,
        mut choosing: Choosing<'_>,
        from_posts: bool,
    ) -> Self {
        let mut survey = Survey::default();
        let mut updated: Option<(i64, Date)> = None;
        for (index, source) in sources.iter().enumerate() {
            let mut newest = None;
            // Trouble with a source is told by the second pass.
            let _ = source.read(options, &mut choosing, &mut |part, _: Said| {
                match part {
                    Part::Head(feed) | Part::Late(feed) if index == 0 => head::absorb(&mut survey.head, feed),
                    Part::Head(_) | Part::Late(_) | Part::Comment(_) | Part::LeftOut(_) => {}
                    Part::Item(item) => {
                        if item.draft != Some(true) || options.drafts {
                            newest = newest.max(timestamp(&item, from_posts));
                            if let Some(date) = newest_date(&item)
                                && updated.as_ref().is_none_or(|(best, _)| date.0 > *best)
                            {
                                updated = Some(date);
                            }
                        }
                    }
                }
                Ok(())
            });
            survey.newest.push(newest);
        }
        if survey.head.updated.is_none() && options.to.target.head_first {
            survey.head.updated = updated.map(|(_, date)| date);
        }
        survey
    }

    /// Puts the sources of posts in order: newest first, those without a date last, else as they came.
    pub(crate) fn order(&self, sources: &mut [Source<'_>]) {
        let mut order: Vec<usize> = (0..sources.len()).collect();
        order.sort_by_key(|&index| std::cmp::Reverse(self.newest[index]));
        // Applies the permutation in place: `order[i]` is where the i-th comes from.
        for start in 0..order.len() {
            let mut from = order[start];
            while from < start {
                from = order[from];
            }
            sources.swap(start, from);
        }
    }
}

/// When a post counts as published.
fn timestamp(item: &Item, from_posts: bool) -> Option<i64> {
    if !from_posts {
        return None;
    }
    item.published.as_ref().and_then(|date| date.moment).map(|moment| moment.timestamp())
}

/// The later one of an item's dates.
pub(super) fn newest_date(item: &Item) -> Option<(i64, Date)> {
    let dates = [&item.updated, &item.published];
    let read = dates.into_iter().flatten().filter_map(|date| Some((date.moment?.timestamp(), date)));
    read.max_by_key(|(seconds, _)| *seconds).map(|(seconds, date)| (seconds, date.clone()))
}
