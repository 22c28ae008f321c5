//! Progress of long work, on a terminal's standard error. The one file that knows indicatif.
//!
//! Nothing is set up before half a second has passed, and nothing drawn more than ten times a second. In a pipe there is
//! none, and counting costs a look at a flag.

use std::{
    io::{self, IsTerminal, Read},
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long work takes that is not worth a word.
const PATIENCE: Duration = Duration::from_millis(500);

/// Milliseconds between two drawings.
const PAUSE: u64 = 100;

static SHOWN: AtomicBool = AtomicBool::new(false);
static WORK: OnceLock<Work> = OnceLock::new();

struct Work {
    start: Instant,
    /// What is counted: posts, files.
    noun: &'static str,
    items: AtomicU64,
    all_items: AtomicU64,
    bytes: AtomicU64,
    all_bytes: AtomicU64,
    /// When items began to count and when was drawn last, in milliseconds from the start.
    counting: AtomicU64,
    drawn: AtomicU64,
    bar: Mutex<Option<ProgressBar>>,
}

/// Work begins: so many bytes to read, so many of `noun` to do, 0 where that is not known yet.
pub(super) fn begin(noun: &'static str, bytes: u64, items: usize) {
    if super::terminal::is_dumb() || !io::stderr().is_terminal() {
        return;
    }
    let work = Work {
        start: Instant::now(),
        noun,
        items: AtomicU64::new(0),
        all_items: AtomicU64::new(items as u64),
        bytes: AtomicU64::new(0),
        all_bytes: AtomicU64::new(bytes),
        counting: AtomicU64::new(0),
        drawn: AtomicU64::new(0),
        bar: Mutex::new(None),
    };
    SHOWN.store(WORK.set(work).is_ok(), Ordering::Relaxed);
}

/// Whether anything is shown.
pub(super) fn is_shown() -> bool {
    SHOWN.load(Ordering::Relaxed)
}

fn work() -> Option<&'static Work> {
    if is_shown() { WORK.get() } else { None }
}

/// So many items there are, from here on.
pub(super) fn expect(items: usize) {
    if let Some(work) = work() {
        work.all_items.store(items as u64, Ordering::Relaxed);
        work.counting.store(work.passed(), Ordering::Relaxed);
    }
}

/// An item is done.
pub(super) fn item() {
    if let Some(work) = work() {
        work.items.fetch_add(1, Ordering::Relaxed);
        work.show();
    }
}

/// What is written does not meet what is shown.
pub(super) fn aside(write: impl FnOnce()) {
    let Some(work) = work() else { return write() };
    match &*work.bar.lock().unwrap_or_else(PoisonError::into_inner) {
        Some(bar) => bar.suspend(write),
        None => write(),
    }
}

/// Work has ended: nothing of it stays on the terminal.
pub(super) fn end() {
    if let Some(work) = work() {
        SHOWN.store(false, Ordering::Relaxed);
        if let Some(bar) = work.bar.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
    }
}

/// Counts what is read.
pub(super) struct Counted<R>(pub(super) R);

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        if let Some(work) = work() {
            work.bytes.fetch_add(count as u64, Ordering::Relaxed);
            work.show();
        }
        Ok(count)
    }
}

impl Work {
    /// Milliseconds from the start.
    fn passed(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn show(&self) {
        let (now, drawn) = (self.passed(), self.drawn.load(Ordering::Relaxed));
        if u128::from(now) < PATIENCE.as_millis() || now < drawn + PAUSE {
            return;
        }
        // Whoever comes first draws.
        if self.drawn.compare_exchange(drawn, now, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return;
        }
        let Ok(mut bar) = self.bar.try_lock() else { return };
        let bar = bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(Some(1_000), ProgressDrawTarget::stderr_with_hz(10));
            let style = ProgressStyle::with_template("{bar:30} {msg}").map(|style| style.progress_chars("=> "));
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        let (part, words) = self.state(now);
        bar.set_message(words);
        bar.set_position((part * 1_000.0) as u64);
    }

    /// How much is done, of 1, and in words.
    fn state(&self, now: u64) -> (f64, String) {
        let get = |number: &AtomicU64| number.load(Ordering::Relaxed);
        let (items, all_items) = (get(&self.items), get(&self.all_items));
        let (bytes, all_bytes) = (get(&self.bytes), get(&self.all_bytes));
        let (part, since) = match (all_items, all_bytes) {
            (0, 0) => (0.0, now),
            (0, all) => (bytes as f64 / all as f64, now),
            (all, _) => (items as f64 / all as f64, now.saturating_sub(get(&self.counting))),
        };
        let part = part.clamp(0.0, 1.0);
        let mut words = Vec::new();
        match all_items {
            0 => {}
            all => words.push(format!("{items} of {all} {}", self.noun)),
        }
        let megabytes = |bytes: u64| bytes / 1_000_000;
        match all_bytes {
            0 if bytes > 0 => words.push(format!("{} MB read", megabytes(bytes))),
            0 => {}
            all => words.push(format!("{} of {} MB", megabytes(bytes.min(all)), megabytes(all))),
        }
        if part > 0.02 {
            words.push(format!("{} s left", (since as f64 * (1.0 - part) / part / 1_000.0).ceil()));
        }
        (part, words.join(", "))
    }
}
