//! The difference of two independent means.

use super::super::{Alpha, Interval, laws};

/// A sample: its size, mean and standard deviation (n − 1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// n.
    pub units: u64,
    /// The mean.
    pub mean: f64,
    /// The standard deviation; 0 for one unit.
    pub sd: f64,
}

impl Sample {
    /// From n, Σx and Σx²; None without a unit.
    pub fn of_sums(units: u64, sum: f64, squares: f64) -> Option<Self> {
        if units == 0 {
            return None;
        }
        let n = units as f64;
        let mean = sum / n;
        let spread = (squares - n * mean * mean).max(0.0);
        let sd = if units < 2 { 0.0 } else { libm::sqrt(spread / (n - 1.0)) };
        Some(Self { units, mean, sd })
    }

    fn error(&self) -> f64 {
        self.sd * self.sd / self.units as f64
    }

    fn joint(&self, other: &Sample) -> Option<(f64, f64)> {
        let (a, b) = (self.error(), other.error());
        if a + b == 0.0 || self.units < 2 || other.units < 2 {
            return None;
        }
        let (n, m) = (self.units as f64 - 1.0, other.units as f64 - 1.0);
        Some((libm::sqrt(a + b), (a + b) * (a + b) / (a * a / n + b * b / m)))
    }

    /// self − other ± t √(s₁²/n₁ + s₂²/n₂) with Welch and Satterthwaite's degrees of freedom. Welch (1947), Biometrika 34.
    /// Unbounded without spread or with a single unit.
    pub fn difference_interval(&self, other: &Sample, alpha: Alpha) -> Interval {
        match self.joint(other) {
            Some((error, df)) => Interval::around(self.mean - other.mean, alpha.t(df) * error),
            None => Interval::UNBOUNDED,
        }
    }

    /// The two-sided p-value against "the means are equal"; 1 where nothing can be said.
    pub fn welch_p(&self, other: &Sample) -> f64 {
        self.joint(other).map_or(1.0, |(error, df)| {
            let t = (self.mean - other.mean).abs() / error;
            (2.0 * laws::student_above(df, t)).min(1.0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_example_is_met() {
        // R: t.test(extra ~ group, data = sleep): t = −1.8608, df = 17.776, p = 0.07939, 95 % −3.3654832 .. 0.2054832.
        let first = Sample { units: 10, mean: 0.75, sd: 1.789010 };
        let second = Sample { units: 10, mean: 2.33, sd: 2.002249 };
        assert!((first.welch_p(&second) - 0.07939).abs() < 5e-6);
        let interval = first.difference_interval(&second, Alpha::two_sided(0.05).unwrap());
        assert!((interval.low + 3.3654832).abs() < 5e-6 && (interval.high - 0.2054832).abs() < 5e-6);
    }

    #[test]
    fn without_spread_nothing_is_bounded() {
        let still = Sample::of_sums(5, 5.0, 5.0).unwrap();
        assert_eq!(still.welch_p(&still), 1.0);
        assert_eq!(still.difference_interval(&still, Alpha::one_sided(0.05).unwrap()), Interval::UNBOUNDED);
        assert_eq!(Sample::of_sums(0, 0.0, 0.0), None);
    }
}
