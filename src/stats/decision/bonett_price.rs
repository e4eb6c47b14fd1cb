//! Intervals for the paired ratio and the paired difference of two rates, by adjusted counts.

use super::super::{Alpha, Interval};
use super::PairedTable;

impl PairedTable {
    /// The interval of the ratio of the target's rate to the reference's.
    ///
    /// Wilson intervals of both rates among the units that are favourable anywhere (n = both + b + c), with z narrowed to
    /// z √((b+c+2)/((x₁+1)(x₂+1))) / (√((1−p̃₁)/(x₁+1)) + √((1−p̃₂)/(x₂+1))), p̃ = (x+1)/(n+2); then low₁/high₂ and
    /// high₁/low₂. Bonett and Price (2006), "Confidence intervals for a ratio of binomial proportions based on paired
    /// data", Statistics in Medicine 25, 3039–3047. Without a favourable decision of the target low is 0, of the
    /// reference high is infinite.
    pub fn ratio_interval(&self, alpha: Alpha) -> Interval {
        let (x1, x2) = (self.target_rate().count() as f64, self.reference_rate().count() as f64);
        let n = (self.both() + self.flips()) as f64;
        if n == 0.0 {
            return Interval::new(0.0, f64::INFINITY);
        }
        let joint = libm::sqrt((self.flips() as f64 + 2.0) / ((x1 + 1.0) * (x2 + 1.0)));
        let single = |x: f64| libm::sqrt((1.0 - (x + 1.0) / (n + 2.0)) / (x + 1.0));
        let z = alpha.z() * joint / (single(x1) + single(x2));
        let (low1, high1) = score(x1, n, z);
        let (low2, high2) = score(x2, n, z);
        let high = if low2 > 0.0 { high1 / low2 } else { f64::INFINITY };
        Interval::new(low1 / high2, high)
    }

    /// The interval of the net flip with one flip added each way: d̃ ± z √((p̃b + p̃c − d̃²)/(N + 2)), p̃b = (b+1)/(N+2).
    ///
    /// Bonett and Price (2012), "Adjusted Wald confidence interval for a difference of binomial proportions based on
    /// paired data", Journal of Educational and Behavioral Statistics 37, 479–488.
    pub fn adjusted_wald(&self, alpha: Alpha) -> Interval {
        let n = self.units() as f64 + 2.0;
        let (b, c) = ((self.only_target() + 1) as f64 / n, (self.only_reference() + 1) as f64 / n);
        let reach = alpha.z() * libm::sqrt((b + c - (b - c) * (b - c)) / n);
        Interval::around(b - c, reach).clamp(-1.0, 1.0)
    }
}

/// Wilson's interval of x in n; exactly 0 for x = 0.
fn score(x: f64, n: f64, z: f64) -> (f64, f64) {
    let reach = z * libm::sqrt(z * z + 4.0 * x * (1.0 - x / n));
    let (centre, width) = (2.0 * x + z * z, 2.0 * (n + z * z));
    let low = if x == 0.0 { 0.0 } else { (centre - reach) / width };
    (low, (centre + reach) / width)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cavo et al. (2012) in chapter 8 of Fagerland, Lydersen and Laake (2017), Statistical Analysis of Contingency Tables.
    #[test]
    fn cavos_responses_come_out() {
        let table = PairedTable::new(59, 6, 16, 80).unwrap();
        let interval = table.ratio_interval(Alpha::two_sided(0.05).unwrap());
        assert!(
            (interval.low - 0.7579).abs() < 5e-5 && (interval.high - 0.9910).abs() < 5e-5,
            "{interval:?}"
        );
    }

    #[test]
    fn no_favourable_decision_bounds_the_side_that_it_can() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        let none = PairedTable::new(0, 0, 0, 9).unwrap().ratio_interval(alpha);
        assert_eq!((none.low, none.high), (0.0, f64::INFINITY));
        let target = PairedTable::new(0, 6, 0, 9).unwrap().ratio_interval(alpha);
        assert!(target.low > 0.0 && target.high == f64::INFINITY);
        let reference = PairedTable::new(0, 0, 6, 9).unwrap().ratio_interval(alpha);
        assert!(reference.low == 0.0 && reference.high.is_finite());
    }

    #[test]
    fn equal_decisions_give_an_interval_around_one_with_a_width() {
        let interval =
            PairedTable::new(40, 0, 0, 60).unwrap().ratio_interval(Alpha::one_sided(0.05).unwrap());
        assert!(interval.low < 1.0 && interval.low > 0.85 && interval.high > 1.0, "{interval:?}");
    }

    #[test]
    fn without_a_flip_the_difference_still_has_a_width() {
        let interval = PairedTable::new(1, 0, 0, 0).unwrap().adjusted_wald(Alpha::one_sided(0.05).unwrap());
        assert!(interval.low < -0.5 && interval.high == -interval.low, "{interval:?}");
    }
}
