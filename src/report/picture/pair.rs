//! Two arms joined by a line: one row of a paired dot plot.

use serde::Serialize;

use super::axis::Axis;

/// One row.
#[derive(Debug, Clone, Serialize)]
pub(in crate::report) struct Pair {
    /// The reference arm.
    reference: f64,
    /// The target arm.
    target: f64,
    /// Where the line begins and ends, outside the marks; none where they touch.
    line: Option<(f64, f64)>,
}

impl Pair {
    pub(in crate::report) fn new(axis: &Axis, reference: f64, target: f64) -> Self {
        let (reference, target) = (axis.at(reference), axis.at(target));
        let line = (reference != target).then_some((reference, target));
        Self { reference, target, line }
    }
}
