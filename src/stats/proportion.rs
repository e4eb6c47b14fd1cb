//! One share: k of n units.

use super::check::{require, units};
use super::{Alpha, Interval, laws};
use crate::dist::BadParameter;

/// `count` of `total` units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    count: u64,
    total: u64,
}

impl Share {
    /// `count` ≤ `total`, and at least one unit.
    pub fn new(count: u64, total: u64) -> Result<Self, BadParameter> {
        units("total", total)?;
        require("count", count as f64, count <= total, "be at most the total")?;
        Ok(Self { count, total })
    }

    /// k.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// n.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// k/n.
    pub fn estimate(&self) -> f64 {
        self.count as f64 / self.total as f64
    }

    /// The exact interval: the shares p at which k or fewer, or k or more, still has probability α.
    ///
    /// low = Beta(k, n−k+1) quantile at α, high = Beta(k+1, n−k) quantile at 1−α. Clopper and Pearson (1934), Biometrika
    /// 26. With k = 0, high = 1 − α^(1/n): 0 flips in 299 units show less than 1 %.
    pub fn clopper_pearson(&self, alpha: Alpha) -> Interval {
        let (k, n, a) = (self.count as f64, self.total as f64, alpha.value());
        let low = if self.count == 0 { 0.0 } else { laws::beta_quantile(k, n - k + 1.0, a) };
        // Read as the lower quantile of the failures, where α keeps its digits.
        let high = if self.count == self.total {
            1.0
        } else if self.count == 0 {
            -libm::expm1(libm::log(a) / n)
        } else {
            laws::beta_quantile(k + 1.0, n - k, 1.0 - a)
        };
        Interval::new(low, high)
    }

    /// The score interval: the p at which the normal score test is at ±z.
    ///
    /// (k + z²/2 ± z √(k(n−k)/n + z²/4)) / (n + z²). Wilson (1927), Journal of the American Statistical Association 22.
    pub fn wilson(&self, alpha: Alpha) -> Interval {
        let (k, n, z) = (self.count as f64, self.total as f64, alpha.z());
        let misses = n - k;
        let reach = z * libm::sqrt(k * misses / n + 0.25 * z * z);
        let (centre, width) = (k + 0.5 * z * z, n + z * z);
        // Exact at the ends, where the difference would leave rounding errors.
        let low = if self.count == 0 { 0.0 } else { (centre - reach) / width };
        let high = if self.count == self.total { 1.0 } else { (centre + reach) / width };
        Interval::new(low, high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rule of three, exactly: ln α / ln(1 − limit) units.
    #[test]
    fn no_flip_in_299_units_shows_less_than_one_percent() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        let high = |n| Share::new(0, n).unwrap().clopper_pearson(alpha).high;
        assert!(high(299) < 0.01 && high(298) > 0.01);
        assert!(high(2995) < 0.001 && high(2994) > 0.001);
        assert!((high(300) - 0.009936).abs() < 1e-6);
    }

    #[test]
    fn none_and_all_give_intervals_with_a_width() {
        let alpha = Alpha::two_sided(0.05).unwrap();
        for n in [1, 5, 1_000_000] {
            for (none, all) in [
                (
                    Share::new(0, n).unwrap().clopper_pearson(alpha),
                    Share::new(n, n).unwrap().clopper_pearson(alpha),
                ),
                (Share::new(0, n).unwrap().wilson(alpha), Share::new(n, n).unwrap().wilson(alpha)),
            ] {
                assert_eq!((none.low, all.high), (0.0, 1.0));
                assert!(none.high > 0.0 && (none.high - (1.0 - all.low)).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn impossible_counts_are_refused() {
        assert_eq!(Share::new(3, 2).unwrap_err().to_string(), "`count` must be at most the total, found 3");
        assert!(Share::new(0, 0).is_err());
    }
}
