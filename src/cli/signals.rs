//! Ctrl-C and a request to terminate: the first asks the run to stop, the second ends the program at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jumelles::{Error, Result};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::{flag, low_level};

/// The signals that a run has received.
pub(super) struct Signals {
    /// Whether there was one.
    pub(super) cancel: Arc<AtomicBool>,
    /// Which was the last.
    last: Arc<AtomicUsize>,
}

impl Signals {
    /// From now on, signals are asked for and do not end the program.
    pub(super) fn watch() -> Result<Self> {
        let signals = Self { cancel: Arc::new(AtomicBool::new(false)), last: Arc::new(AtomicUsize::new(0)) };
        for signal in [SIGINT, SIGTERM] {
            // In the order of registration: a second signal finds the flag that the first has raised.
            flag::register_conditional_default(signal, Arc::clone(&signals.cancel))
                .and_then(|_| flag::register_usize(signal, Arc::clone(&signals.last), signal as usize))
                .and_then(|_| flag::register(signal, Arc::clone(&signals.cancel)))
                .map_err(|e| Error::io("watch for", "signals", e))?;
        }
        Ok(signals)
    }

    /// Ends the program as the signal would have ended it, so that a shell stops its script too. Returns if there was none,
    /// or the system has no such end.
    pub(super) fn obey(&self) {
        if let Ok(signal @ 1..) = i32::try_from(self.last.load(Ordering::Relaxed)) {
            // After this fails, the exit code says the same.
            let _ = low_level::emulate_default_handler(signal);
        }
    }
}
