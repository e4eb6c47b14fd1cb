//! Shares of a whole: one bar in pieces.

use serde::Serialize;

use super::axis::round;

/// One piece, in percent of the whole width.
#[derive(Debug, Clone, Serialize)]
pub(in crate::report) struct Bar {
    from: f64,
    width: f64,
    /// Which pattern of the table it is, from 0.
    place: usize,
}

/// The pieces of the counts that are not nought.
pub(in crate::report) fn bars(counts: &[u64]) -> Vec<Bar> {
    let whole: f64 = counts.iter().map(|&c| c as f64).sum();
    let mut from = 0.0;
    let mut pieces = Vec::new();
    for (place, &count) in counts.iter().enumerate().filter(|(_, c)| **c > 0) {
        let width = 100.0 * count as f64 / whole;
        pieces.push(Bar { from: round(from), width: round(width), place });
        from += width;
    }
    pieces
}
