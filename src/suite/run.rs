//! Threads that encode row groups in any order; files take them in order, so that the number of threads leaves no trace.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::output::failed;
use super::parts::{Task, Tasks};
use super::row_groups::{Encoded, RowGroups};
use crate::encode;
use crate::error::{Error, Result};

/// Where row groups go, in order.
pub(super) trait Sink: Send {
    /// Takes the next row group.
    fn take(&mut self, task: &Task, encoded: Vec<Encoded>) -> Result<()>;
}

/// Who follows a run.
#[derive(Clone, Copy, Default)]
pub(super) struct Watch<'a> {
    /// Told of units as they are finished.
    pub progress: Option<&'a (dyn Fn(u64) + Sync)>,
    /// True when the run is to stop.
    pub cancel: Option<&'a AtomicBool>,
}

impl Watch<'_> {
    pub(super) fn advance(&self, units: u64) {
        if let Some(progress) = self.progress {
            progress(units);
        }
    }

    pub(super) fn cancelled(&self) -> bool {
        self.cancel.is_some_and(|cancel| cancel.load(Ordering::Relaxed))
    }
}

/// Whose turn it is, and what it is the turn for.
struct Turn<S> {
    next: u64,
    sink: S,
    outcome: Result<()>,
    stopped: bool,
}

struct Turnstile<S> {
    turn: Mutex<Turn<S>>,
    moved: Condvar,
}

/// Stops the others if a thread panics, so that none waits for a turn that never comes.
struct Bell<'a, S>(&'a Turnstile<S>);

impl<S> Drop for Bell<'_, S> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lock().stopped = true;
            self.0.moved.notify_all();
        }
    }
}

impl<S> Turnstile<S> {
    fn lock(&self) -> MutexGuard<'_, Turn<S>> {
        // A panic is told by the scope that joins the thread; the state is only read to stop.
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a turn; none if there is nothing to do any more.
    fn wait(&self, at: u64) -> Option<MutexGuard<'_, Turn<S>>> {
        let mut turn = self.lock();
        while turn.next != at && !turn.stopped {
            turn = self.moved.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
        (!turn.stopped).then_some(turn)
    }
}

/// Makes all tasks with some threads. As many row groups as threads are in memory, since each waits for its turn.
pub(super) fn run<S: Sink>(
    encoder: &RowGroups,
    tasks: &Tasks,
    threads: usize,
    sink: S,
    watch: Watch,
) -> Result<S> {
    let turnstile = Turnstile {
        turn: Mutex::new(Turn { next: 0, sink, outcome: Ok(()), stopped: false }),
        moved: Condvar::new(),
    };
    let counter = AtomicU64::new(0);
    let scratches: Result<Vec<_>, _> = (0..threads.clamp(1, 1024)).map(|_| encode::Encoder::new()).collect();
    let scratches = scratches.map_err(|e| failed("encode", "columns", e))?;
    std::thread::scope(|scope| {
        for scratch in scratches {
            scope.spawn(|| work(encoder, tasks, scratch, &counter, &turnstile, watch));
        }
    });
    let turn = turnstile.turn.into_inner().unwrap_or_else(PoisonError::into_inner);
    turn.outcome.map(|()| turn.sink)
}

fn work<S: Sink>(
    encoder: &RowGroups,
    tasks: &Tasks,
    mut scratch: encode::Encoder,
    counter: &AtomicU64,
    turnstile: &Turnstile<S>,
    watch: Watch,
) {
    let _bell = Bell(turnstile);
    loop {
        let at = counter.fetch_add(1, Ordering::Relaxed);
        let Some(task) = tasks.get(at) else { return };
        let encoded = match watch.cancelled() {
            true => Err(Error::Interrupted),
            false => encoder.encode(&task, &mut scratch),
        };
        let Some(mut turn) = turnstile.wait(at) else { return };
        let outcome = encoded.and_then(|encoded| turn.sink.take(&task, encoded));
        turn.next += 1;
        if outcome.is_err() {
            turn.outcome = outcome;
            turn.stopped = true;
        }
        let stopped = turn.stopped;
        drop(turn);
        turnstile.moved.notify_all();
        if stopped {
            return;
        }
        watch.advance(task.units.end - task.units.start);
    }
}
