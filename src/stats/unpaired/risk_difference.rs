//! The difference of two independent rates.

use super::super::{Alpha, Interval};
use super::TwoGroups;

impl TwoGroups {
    /// p₁ − p₂, target minus reference.
    pub fn risk_difference(&self) -> f64 {
        self.target.estimate() - self.reference.estimate()
    }

    /// The Wilson intervals of both rates, squared and added: d − √((p₁ − l₁)² + (h₂ − p₂)²), high alike.
    ///
    /// Method 10 of Newcombe (1998), "Interval estimation for the difference between independent proportions: comparison
    /// of eleven methods", Statistics in Medicine 17, 873–890. It has a width even where both rates are 0 or 1.
    pub fn risk_difference_interval(&self, alpha: Alpha) -> Interval {
        let (p1, p2) = (self.target.estimate(), self.reference.estimate());
        let (w1, w2) = (self.target.wilson(alpha), self.reference.wilson(alpha));
        let low = p1 - p2 - libm::hypot(p1 - w1.low, w2.high - p2);
        let high = p1 - p2 + libm::hypot(w1.high - p1, p2 - w2.low);
        Interval::new(low, high).clamp(-1.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Share;
    use super::*;

    /// Newcombe (1998), table II: 56/70 − 48/80 at 95 %, method 10: 0.0524..0.3339.
    #[test]
    fn newcombes_own_example_comes_out() {
        let groups = TwoGroups::new(Share::new(56, 70).unwrap(), Share::new(48, 80).unwrap());
        let interval = groups.risk_difference_interval(Alpha::two_sided(0.05).unwrap());
        assert!(
            (interval.low - 0.0524).abs() < 5e-5 && (interval.high - 0.3339).abs() < 5e-5,
            "{interval:?}"
        );
    }

    #[test]
    fn no_favourable_decision_at_all_still_leaves_a_width() {
        let groups = TwoGroups::new(Share::new(0, 9).unwrap(), Share::new(0, 12).unwrap());
        let interval = groups.risk_difference_interval(Alpha::one_sided(0.05).unwrap());
        assert!(interval.low < -0.1 && interval.high > 0.1);
    }
}
