//! Those who look on while a feed is read: the tables of its elements, and the rules. A large feed has them in a thread of
//! their own: the tokens go there on tapes, in their order, so that what is found is the same as it is without.

use std::{
    collections::VecDeque,
    ops::Range,
    panic,
    sync::mpsc::{Receiver, Sender, channel},
    thread::{Builder, Scope, ScopedJoinHandle},
};

use super::{Options, ignore, read};
use crate::{
    feed_view::xml::Viewer,
    finding::Finding,
    kept::{AHEAD, Text},
    syntax::xml::{Open, Player, Tape, Watch},
    vocabulary::Vocabulary,
};

/// Bytes of a feed that is worth a thread.
const WORTH: usize = 128 << 10;

/// Bytes that make a tape.
const TAPE: usize = 64 << 10;

/// The tables and the rules.
type Both<'t, 'l> = (Vocabulary<'t>, Viewer<'t, 'l>);

/// What they found, and what they are done with.
#[derive(Debug, Default)]
pub(super) struct News {
    /// By the tables.
    pub(super) said: Vec<Finding>,
    /// By the rules.
    pub(super) looked: Vec<Finding>,
    /// The bytes of items that nobody speaks of any more, where their text is not kept.
    pub(super) ended: Vec<Range<usize>>,
}

impl News {
    fn of((vocabulary, viewer): &mut Both<'_, '_>) -> Self {
        News { said: vocabulary.take_findings(), looked: viewer.take_findings(), ended: viewer.take_ended() }
    }

    fn append(&mut self, mut other: News) {
        self.said.append(&mut other.said);
        self.looked.append(&mut other.looked);
        self.ended.append(&mut other.ended);
    }
}

/// Those who look on.
#[derive(Debug)]
pub(super) enum Onlookers<'scope, 't, 'l> {
    /// In this thread.
    Here(Box<Both<'t, 'l>>),
    /// In another.
    Aside(Box<Aside<'scope, 't, 'l>>),
}

/// The other thread.
#[derive(Debug)]
pub(super) struct Aside<'scope, 't, 'l> {
    /// What goes there next.
    tape: Tape,
    /// Tapes that have come back, to be used again.
    spare: Vec<Tape>,
    to: Sender<Tape>,
    back: Receiver<(Tape, News)>,
    /// How much is on each tape that is out.
    sizes: VecDeque<usize>,
    news: News,
    thread: ScopedJoinHandle<'scope, Both<'t, 'l>>,
}

impl<'scope, 't: 'scope, 'l: 'scope> Onlookers<'scope, 't, 'l> {
    /// Those who look on while `text` is read, in a thread of `scope` where that is worth it.
    pub(super) fn new(text: Text<'t>, options: &'l Options, scope: &'scope Scope<'scope, '_>) -> Self {
        let all = matches!(text, Text::Whole(text) if ignore::is_marked(text));
        let both = move || (Vocabulary::new(text, &options.tables), Viewer::new(text, read::looks(options, all)));
        let large = !matches!(text, Text::Whole(text) if text.len() < WORTH);
        let worth = large && options.settings.has_hands();
        let streams = matches!(text, Text::Streamed(_));
        match worth.then(|| Aside::start(both, streams, scope)).flatten() {
            Some(aside) => Onlookers::Aside(Box::new(aside)),
            None => Onlookers::Here(Box::new(both())),
        }
    }

    /// What is known to be found since the last call.
    pub(super) fn take(&mut self) -> News {
        match self {
            Onlookers::Here(both) => News::of(both),
            Onlookers::Aside(aside) => {
                aside.receive(|_| false);
                std::mem::take(&mut aside.news)
            }
        }
    }

    /// Waits until they have seen all that was read so far; what they have found then.
    pub(super) fn settle(&mut self) -> News {
        if let Onlookers::Aside(aside) = self {
            aside.send();
            aside.receive(|_| true);
        }
        self.take()
    }

    /// What they find when there is no more to see.
    pub(super) fn finish(self) -> News {
        let (mut news, mut both) = match self {
            Onlookers::Here(both) => (News::default(), both),
            Onlookers::Aside(mut aside) => {
                aside.send();
                let Aside { to, back, thread, mut news, .. } = *aside;
                drop(to);
                back.into_iter().for_each(|(_, more)| news.append(more));
                match thread.join() {
                    Ok(both) => (news, Box::new(both)),
                    Err(panicked) => panic::resume_unwind(panicked),
                }
            }
        };
        news.append(News { looked: both.1.finish(), ..News::default() });
        news.append(News::of(&mut both));
        news
    }
}

impl<'scope, 't: 'scope, 'l: 'scope> Aside<'scope, 't, 'l> {
    /// Starts the thread, where one can be had.
    fn start(
        both: impl FnOnce() -> Both<'t, 'l> + Send + 'scope,
        streams: bool,
        scope: &'scope Scope<'scope, '_>,
    ) -> Option<Self> {
        let (to, tapes) = channel::<Tape>();
        let (done, back) = channel();
        let work = move || {
            let (mut both, mut player) = (both(), Player::default());
            for tape in tapes {
                player.play(&tape, &mut both);
                // What is found in a feed that streams is sorted on the way.
                let news = if streams { News::of(&mut both) } else { News::default() };
                if done.send((tape, news)).is_err() {
                    break;
                }
            }
            both
        };
        let thread = Builder::new().name("onlookers".to_owned()).spawn_scoped(scope, work).ok()?;
        Some(Aside {
            tape: Tape::default(),
            spare: Vec::new(),
            to,
            back,
            sizes: VecDeque::new(),
            news: News::default(),
            thread,
        })
    }
}

impl Aside<'_, '_, '_> {
    /// Sends the tape when there is enough on it.
    #[inline]
    fn send_full(&mut self) {
        if self.tape.size() >= TAPE {
            self.send();
            self.receive(|ahead| ahead > AHEAD);
        }
    }

    fn send(&mut self) {
        if self.tape.is_empty() {
            return;
        }
        let mut next = self.spare.pop().unwrap_or_default();
        next.follow(&self.tape);
        let tape = std::mem::replace(&mut self.tape, next);
        self.sizes.push_back(tape.size());
        // That the thread is gone is told when it is joined.
        let _ = self.to.send(tape);
    }

    /// Takes what has come back; waits for it while as much is out as `must` says is too much.
    fn receive(&mut self, must: impl Fn(usize) -> bool) {
        while !self.sizes.is_empty() {
            let waits = must(self.sizes.iter().sum());
            let come = if waits { self.back.recv().ok() } else { self.back.try_recv().ok() };
            let Some((tape, news)) = come else { return };
            self.sizes.pop_front();
            self.news.append(news);
            self.spare.push(tape);
        }
    }
}

impl Watch for Onlookers<'_, '_, '_> {
    fn open(&mut self, open: &Open<'_>) {
        match self {
            Onlookers::Here(both) => both.open(open),
            Onlookers::Aside(aside) => {
                aside.tape.open(open);
                aside.send_full();
            }
        }
    }

    fn text(&mut self, text: &str) {
        match self {
            Onlookers::Here(both) => both.text(text),
            Onlookers::Aside(aside) => aside.tape.text(text),
        }
    }

    fn text_at(&mut self, range: Range<usize>) {
        match self {
            Onlookers::Here(both) => both.text_at(range),
            Onlookers::Aside(aside) => {
                aside.tape.text_at(range);
                aside.send_full();
            }
        }
    }

    fn close(&mut self, range: Range<usize>) {
        match self {
            Onlookers::Here(both) => both.close(range),
            Onlookers::Aside(aside) => {
                aside.tape.close(range);
                aside.send_full();
            }
        }
    }

    fn end(&mut self) {
        match self {
            Onlookers::Here(both) => both.end(),
            Onlookers::Aside(aside) => aside.tape.end(),
        }
    }
}
