//! A confidence interval, and where it lies.

/// All values between two bounds; infinite where the data do not bound that side. Never NaN.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower bound, one-sided at 1 − α.
    pub low: f64,
    /// The upper bound, one-sided at 1 − α.
    pub high: f64,
}

impl Interval {
    /// What is known where nothing is known: no spread to judge by, or a single unit.
    pub const UNBOUNDED: Interval = Interval { low: f64::NEG_INFINITY, high: f64::INFINITY };

    pub(super) fn new(low: f64, high: f64) -> Self {
        debug_assert!(low <= high, "{low} {high}");
        Self { low, high }
    }

    /// centre ± reach.
    pub(super) fn around(centre: f64, reach: f64) -> Self {
        Self::new(centre - reach, centre + reach)
    }

    /// Kept within what the quantity can be.
    pub(super) fn clamp(self, low: f64, high: f64) -> Self {
        Self { low: self.low.clamp(low, high), high: self.high.clamp(low, high) }
    }

    /// Strictly inside (low, high): what equivalence asks.
    pub fn lies_within(&self, low: f64, high: f64) -> bool {
        low < self.low && self.high < high
    }

    /// Wholly on one side of [low, high]: what a failure asks.
    pub fn lies_outside(&self, low: f64, high: f64) -> bool {
        self.high < low || high < self.low
    }

    /// Whether `value` is one of the values.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// The interval of −x.
    pub fn reversed(&self) -> Self {
        Self { low: -self.high, high: -self.low }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_outside_and_across_a_limit_exclude_each_other() {
        for (low, high, inside, outside) in
            [(-0.005, 0.009, true, false), (0.011, 0.02, false, true), (0.005, 0.02, false, false)]
        {
            let interval = Interval::new(low, high);
            assert_eq!(interval.lies_within(-0.01, 0.01), inside);
            assert_eq!(interval.lies_outside(-0.01, 0.01), outside);
            assert_eq!(interval.reversed().lies_within(-0.01, 0.01), inside);
        }
        assert!(!Interval::UNBOUNDED.lies_within(-1e300, 1e300) && Interval::UNBOUNDED.contains(0.0));
    }
}
