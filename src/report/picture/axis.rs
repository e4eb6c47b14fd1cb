//! From values to percents of the width.

use serde::Serialize;

/// Percents that are kept free at either end, for marks and for the letters of the first and the last tick.
const MARGIN: f64 = 7.0;
/// Intervals between ticks, about.
const STEPS: f64 = 4.0;

/// A linear scale over the finite values that are to be shown.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct Axis {
    low: f64,
    high: f64,
    step: f64,
}

/// A tick of an axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Tick {
    /// In percent.
    pub(in crate::report) at: f64,
    /// The value.
    pub(in crate::report) value: f64,
}

impl Axis {
    /// From the least to the largest of these, rounded outwards to ticks. Values that are not finite are left out; without
    /// any, or with one only, the axis has a width all the same.
    pub(in crate::report) fn over(values: impl IntoIterator<Item = f64>) -> Self {
        let finite = values.into_iter().filter(|v| v.is_finite());
        let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        let (low, high) = match (low.is_finite(), low == high) {
            (false, _) => (-1.0, 1.0),
            (true, true) if low == 0.0 => (-1.0, 1.0),
            (true, true) => (low.min(0.0), high.max(0.0)),
            (true, false) => (low, high),
        };
        let step = nice(high / STEPS - low / STEPS);
        Self { low: (low / step).floor() * step, high: (high / step).ceil() * step, step }.bounded(low, high)
    }

    /// Rounding outwards may leave the numbers there are.
    fn bounded(mut self, low: f64, high: f64) -> Self {
        self.low = if self.low.is_finite() { self.low } else { low };
        self.high = if self.high.is_finite() { self.high } else { high };
        self
    }

    /// The place of a value in percent; values beyond an end, also infinite ones, stand at that end.
    pub(in crate::report) fn at(&self, value: f64) -> f64 {
        // Halved, because the difference of two large numbers may be infinite.
        let width = self.high / 2.0 - self.low / 2.0;
        let share = ((value / 2.0 - self.low / 2.0) / width).clamp(0.0, 1.0);
        let share = if share.is_nan() { 0.5 } else { share };
        round(MARGIN + share * (100.0 - 2.0 * MARGIN))
    }

    /// Whether a value lies on the axis.
    pub(in crate::report) fn has(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// The ticks, from low to high; at most seven.
    pub(in crate::report) fn ticks(&self) -> Vec<Tick> {
        let first = (self.low / self.step).round();
        (0..7)
            .map(|i| (first + f64::from(i)) * self.step)
            .filter(|v| v.is_finite() && *v <= self.high + self.step / 1e6)
            .map(|value| Tick { at: self.at(value), value: if value == 0.0 { 0.0 } else { value } })
            .collect()
    }
}

/// Two decimals are a hundredth of a pixel on paper.
pub(super) fn round(x: f64) -> f64 {
    (x * 100.0).round() / 100.0
}

/// 1, 2 or 5 times a power of ten, at least as large.
fn nice(step: f64) -> f64 {
    let power = 10f64.powf(step.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].into_iter().map(|f| f * power);
    steps
        .into_iter()
        .find(|s| *s >= step * (1.0 - 1e-9))
        .filter(|s| s.is_finite() && *s > 0.0)
        .unwrap_or(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_numbers_that_hold_all_values() {
        let axis = Axis::over([-0.031, 0.0, 0.012]);
        let values: Vec<f64> = axis.ticks().iter().map(|t| (t.value * 100.0).round()).collect();
        assert_eq!(values, [-4.0, -2.0, 0.0, 2.0]);
        assert!(axis.at(-0.031) > MARGIN && axis.at(0.012) < 100.0 - MARGIN);
    }

    #[test]
    fn whatever_the_values_places_are_on_the_paper() {
        let extremes =
            [0.0, -0.0, f64::MIN, f64::MAX, f64::MIN_POSITIVE, 5e-324, 1.0, f64::NAN, f64::INFINITY];
        for &a in &extremes {
            for &b in &extremes {
                let axis = Axis::over([a, b]);
                for &x in &extremes {
                    let at = axis.at(x);
                    assert!(
                        (MARGIN..=100.0 - MARGIN).contains(&at),
                        "{x} stands at {at} between {a} and {b}"
                    );
                }
                assert!(axis.ticks().len() <= 7, "{a} {b}");
            }
        }
    }
}
