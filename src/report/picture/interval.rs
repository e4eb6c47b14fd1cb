//! An estimate with its interval against limits: one row of a forest plot.

use serde::Serialize;

use super::axis::{Axis, round};

/// One row.
#[derive(Debug, Clone, Default, Serialize)]
pub(in crate::report) struct Interval {
    /// The estimate.
    dot: Option<f64>,
    /// The ends of the interval.
    from: Option<f64>,
    to: Option<f64>,
    /// Whether the interval goes on beyond the picture.
    open_from: bool,
    open_to: bool,
    /// Nothing.
    zero: Option<f64>,
    /// What the policy allows: where it begins, and how wide it is.
    band_from: Option<f64>,
    band_width: f64,
    /// The limits themselves.
    limits: Vec<f64>,
}

impl Interval {
    /// Places of an estimate and its interval; a side that is `None` is open.
    pub(in crate::report) fn new(
        axis: &Axis,
        estimate: Option<f64>,
        bounds: Option<(Option<f64>, Option<f64>)>,
    ) -> Self {
        let mut row = Self { dot: estimate.map(|e| axis.at(e)), ..Self::default() };
        if let Some((low, high)) = bounds {
            row.from = Some(low.map_or(0.0, |x| axis.at(x)));
            row.to = Some(high.map_or(100.0, |x| axis.at(x)));
            row.open_from = !low.is_some_and(|x| axis.has(x));
            row.open_to = !high.is_some_and(|x| axis.has(x));
        }
        row.zero = axis.has(0.0).then(|| axis.at(0.0));
        row
    }

    /// The same with the limits of a policy; a side without a limit is allowed to the end of the picture.
    pub(in crate::report) fn against(mut self, axis: &Axis, low: Option<f64>, high: Option<f64>) -> Self {
        if low.is_none() && high.is_none() {
            return self;
        }
        let (from, to) = (low.map_or(0.0, |x| axis.at(x)), high.map_or(100.0, |x| axis.at(x)));
        self.band_from = Some(from.min(to));
        self.band_width = round((to - from).abs());
        self.limits =
            [low, high].into_iter().flatten().filter(|x| axis.has(*x)).map(|x| axis.at(x)).collect();
        self
    }
}
