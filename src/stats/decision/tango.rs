//! The score interval for the net flip, and its two one-sided tests.

use super::super::{Alpha, Equivalence, Interval, check, laws};
use super::PairedTable;
use crate::dist::{BadParameter, root};

impl PairedTable {
    /// Tango's score statistic for "the net flip is δ", standard normal where it is; decreasing in δ.
    ///
    /// z(δ) = (b − c − Nδ) / √(N(2q + δ(1 − δ))), where q is the likeliest probability of c given δ: the larger root of
    /// 2N q² + (−b − c + (2N − b + c)δ) q − c δ(1 − δ) = 0. Tango (1998), "Equivalence test and confidence interval for
    /// the difference in proportions for the paired-sample design", Statistics in Medicine 17, 891–908. `delta` in −1..=1.
    pub fn tango_z(&self, delta: f64) -> f64 {
        if delta < 0.0 { -self.swapped().z_above(-delta) } else { self.z_above(delta) }
    }

    /// z(δ) for δ ≥ 0, where no term cancels.
    fn z_above(&self, delta: f64) -> f64 {
        let n = self.units() as f64;
        let (b, c) = (self.only_target() as f64, self.only_reference() as f64);
        let gap = b - c - n * delta;
        let linear = -b - c + (2.0 * n - b + c) * delta;
        let constant = c * delta * (1.0 - delta);
        let spread = libm::sqrt(linear * linear + 8.0 * n * constant);
        let q =
            if linear <= 0.0 { (spread - linear) / (4.0 * n) } else { 2.0 * constant / (linear + spread) };
        let variance = n * (2.0 * q + delta * (1.0 - delta));
        // No variance is left at δ = 0 without a flip and at δ = 1: then only the gap speaks.
        if gap == 0.0 {
            0.0
        } else if variance > 0.0 {
            gap / libm::sqrt(variance)
        } else {
            gap * f64::INFINITY
        }
    }

    /// The net flips that the score test at α does not exclude on either side.
    ///
    /// Without a flip the interval is exactly ±z²/(N + z²): no evidence of a difference, and no certainty either.
    pub fn tango(&self, alpha: Alpha) -> Interval {
        let z = alpha.z();
        if self.flips() == 0 {
            return Interval::around(0.0, z * z / (self.units() as f64 + z * z));
        }
        let estimate = self.net_flip();
        let low = root(-1.0, estimate, |delta| z - self.tango_z(delta));
        let high = root(estimate, 1.0, |delta| -z - self.tango_z(delta));
        Interval::new(low, high)
    }

    /// Is the net flip shown to lie within ±`margin`? `margin` in (0, 1).
    pub fn tango_equivalence(&self, margin: f64) -> Result<Equivalence, BadParameter> {
        let holds = margin > 0.0 && margin < 1.0;
        check::require("margin", margin, holds, "be between 0 and 1, both excluded")?;
        Ok(Equivalence {
            above_lower: laws::normal_above(self.tango_z(-margin)),
            below_upper: laws::normal_below(self.tango_z(margin)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cavo et al. (2012) in chapter 8 of Fagerland, Lydersen and Laake (2017), Statistical Analysis of Contingency Tables.
    #[test]
    fn cavos_responses_come_out() {
        let interval = PairedTable::new(59, 6, 16, 80).unwrap().tango(Alpha::two_sided(0.05).unwrap());
        assert!(
            (interval.low + 0.1240).abs() < 5e-5 && (interval.high + 0.0054).abs() < 5e-5,
            "{interval:?}"
        );
    }

    #[test]
    fn without_a_flip_the_interval_is_z2_over_n_plus_z2() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        let z = alpha.z();
        for n in [1, 20, 300, 1_000_000] {
            let table = PairedTable::new(0, 0, 0, n).unwrap();
            let reach = z * z / (n as f64 + z * z);
            assert_eq!(table.tango(alpha), Interval::new(-reach, reach));
            let equivalence = table.tango_equivalence(reach).unwrap();
            assert!((equivalence.p() - 0.05).abs() < 1e-12, "the test and the interval agree");
        }
    }

    #[test]
    fn all_units_flipped_one_way_give_an_interval_that_ends_at_one() {
        let table = PairedTable::new(0, 30, 0, 0).unwrap();
        let interval = table.tango(Alpha::one_sided(0.05).unwrap());
        assert_eq!(interval.high, 1.0);
        assert!(interval.low > 0.7 && interval.low < 1.0);
        assert_eq!(table.swapped().tango(Alpha::one_sided(0.05).unwrap()), interval.reversed());
    }

    #[test]
    fn the_statistic_at_zero_is_mcnemars() {
        let table = PairedTable::new(10, 17, 5, 3).unwrap();
        assert!((table.tango_z(0.0) - 12.0 / 22f64.sqrt()).abs() < 1e-14);
    }

    #[test]
    fn the_statistic_falls_from_end_to_end_and_is_never_nan() {
        for (a, b, c, d) in [(0, 0, 0, 1), (0, 1, 0, 0), (0, 1, 1, 0), (5, 0, 9, 1), (500, 3, 2, 500)] {
            let table = PairedTable::new(a, b, c, d).unwrap();
            let zs: Vec<f64> = (-100..=100).map(|i| table.tango_z(f64::from(i) / 100.0)).collect();
            assert!(zs.windows(2).all(|w| w[0] >= w[1]), "{a} {b} {c} {d}: {zs:?}");
        }
    }

    #[test]
    fn a_margin_that_is_none_is_refused() {
        let table = PairedTable::new(1, 1, 1, 1).unwrap();
        for margin in [0.0, 1.0, -0.01, f64::NAN] {
            assert!(table.tango_equivalence(margin).is_err());
        }
    }
}
