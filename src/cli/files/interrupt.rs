//! What happens when somebody ends the run while it writes (Ctrl-C, `kill`, a terminal that is closed): what is under
//! way is taken away, what stands is told, and the exit code is 128 and the signal's number.
//!
//! Nothing is set up before something is written: until then ending the process leaves nothing behind anyhow.

use std::sync::{Arc, Mutex, PoisonError};

/// Something that is being written.
pub(super) trait Work: Send + Sync {
    /// Takes away what is not whole, and lets nothing get its place any more. Says what was and what was not done.
    fn give_up(&self) -> Option<String>;
}

static AT_WORK: Mutex<Vec<(u64, Arc<dyn Work>)>> = Mutex::new(Vec::new());

/// Work that is given up when the run is ended; until this is dropped.
#[derive(Debug)]
pub(super) struct Watched(u64);

/// Has the work given up when somebody ends the run.
pub(super) fn watch(work: Arc<dyn Work>) -> Watched {
    signals::listen();
    let mut at_work = AT_WORK.lock().unwrap_or_else(PoisonError::into_inner);
    let number = at_work.last().map_or(0, |(number, _)| number + 1);
    at_work.push((number, work));
    Watched(number)
}

impl Drop for Watched {
    fn drop(&mut self) {
        let mut at_work = AT_WORK.lock().unwrap_or_else(PoisonError::into_inner);
        at_work.retain(|(number, _)| *number != self.0);
    }
}

#[cfg(unix)]
mod signals {
    use std::{
        sync::{
            Arc, Once, PoisonError,
            atomic::{AtomicBool, Ordering},
        },
        thread,
        time::Duration,
    };

    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGTERM},
        flag,
        iterator::Signals,
    };

    use super::AT_WORK;
    use crate::cli::{Exit, terminal};

    /// How long a second signal is taken for the same as the first: who runs others passes on what the terminal sends
    /// to all.
    const ECHO: Duration = Duration::from_secs(1);

    /// Waits for signals on a thread of its own, from the first call on. One that comes later than the first ends the
    /// process at once.
    pub(super) fn listen() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let ignored = ignored();
            let heard: Vec<i32> =
                [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0).collect();
            let late = Arc::new(AtomicBool::new(false));
            for &signal in &heard {
                let _ = flag::register_conditional_default(signal, Arc::clone(&late));
            }
            let Ok(mut signals) = Signals::new(&heard) else { return };
            let wait = move || {
                if let Some(signal) = signals.forever().next() {
                    let wait = move || {
                        thread::sleep(ECHO);
                        late.store(true, Ordering::Relaxed);
                    };
                    let _ = thread::Builder::new().spawn(wait);
                    end(signal);
                }
            };
            let _ = thread::Builder::new().name("signals".to_owned()).spawn(wait);
        });
    }

    /// The signals that whoever started the process wants passed over (`nohup` does): a bit each, where it can be told.
    fn ignored() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
    }

    #[allow(clippy::exit)] // The one place that ends the process from a thread beside the main one.
    fn end(signal: i32) {
        let at_work = AT_WORK.lock().unwrap_or_else(PoisonError::into_inner);
        for (_, work) in at_work.iter() {
            if let Some(said) = work.give_up() {
                terminal::note(&said);
            }
        }
        let number = u8::try_from(signal).unwrap_or_default();
        std::process::exit(i32::from(Exit::Signal(number).code()));
    }
}

#[cfg(not(unix))]
mod signals {
    /// Elsewhere the process ends as it is; the next run sweeps what it leaves.
    pub(super) fn listen() {}
}
