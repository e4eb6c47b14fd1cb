//! The ratio of two independent rates.

use super::super::{Alpha, Interval};
use super::TwoGroups;

impl TwoGroups {
    /// p₁/p₂, target over reference; 1 where both are 0, infinite where only the reference's is.
    pub fn rate_ratio(&self) -> f64 {
        let (p1, p2) = (self.target.estimate(), self.reference.estimate());
        if p1 == p2 { 1.0 } else { p1 / p2 }
    }

    /// ln ratio ± z √(1/k₁ − 1/n₁ + 1/k₂ − 1/n₂). Katz, Baptista, Azen and Pike (1978), Biometrics 34, 469–474.
    ///
    /// A count of 0 takes ½ more, in its total too (Walter 1975), and that side of the interval is unbounded: low is 0
    /// without a favourable target, high infinite without a favourable reference. Where everyone is selected, each count takes
    /// ½ less, because an interval of width 0 would certify what it has not seen.
    pub fn katz(&self, alpha: Alpha) -> Interval {
        let [k1, miss1, k2, miss2] = self.cells();
        let (n1, n2) = (self.target.total() as f64, self.reference.total() as f64);
        let (x1, m1, x2, m2) = if k1 == 0 || k2 == 0 {
            (k1 as f64 + 0.5, n1 + 0.5, k2 as f64 + 0.5, n2 + 0.5)
        } else if miss1 == 0 && miss2 == 0 {
            (n1 - 0.5, n1, n2 - 0.5, n2)
        } else {
            (k1 as f64, n1, k2 as f64, n2)
        };
        let ratio = if miss1 == 0 && miss2 == 0 { 0.0 } else { libm::log(x1 / m1 * (m2 / x2)) };
        let reach = alpha.z() * libm::sqrt((m1 - x1) / (x1 * m1) + (m2 - x2) / (x2 * m2));
        let low = if k1 == 0 { 0.0 } else { libm::exp(ratio - reach) };
        let high = if k2 == 0 { f64::INFINITY } else { libm::exp(ratio + reach) };
        Interval::new(low, high)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Share;
    use super::*;

    fn groups(k1: u64, n1: u64, k2: u64, n2: u64) -> TwoGroups {
        TwoGroups::new(Share::new(k1, n1).unwrap(), Share::new(k2, n2).unwrap())
    }

    #[test]
    fn zero_counts_leave_their_side_open() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        let target = groups(0, 10, 5, 10).katz(alpha);
        assert!(target.low == 0.0 && target.high < 1.0);
        let reference = groups(5, 10, 0, 10).katz(alpha);
        assert!(reference.low > 1.0 && reference.high == f64::INFINITY);
        let none = groups(0, 10, 0, 10).katz(alpha);
        assert_eq!((none.low, none.high), (0.0, f64::INFINITY));
        assert_eq!(groups(0, 10, 0, 10).rate_ratio(), 1.0);
    }

    #[test]
    fn everyone_selected_still_leaves_a_width() {
        let interval = groups(10, 10, 20, 20).katz(Alpha::one_sided(0.05).unwrap());
        assert!(interval.low < 0.95 && interval.high > 1.05, "{interval:?}");
    }
}
