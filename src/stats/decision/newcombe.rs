//! The hybrid score interval for the net flip.

use super::super::{Alpha, Interval};
use super::PairedTable;

impl PairedTable {
    /// Newcombe's interval for the net flip: the Wilson intervals of the two rates, joined with the correlation φ.
    ///
    /// low = d − √(u₁² − 2φ u₁v₂ + v₂²) with u₁ = p₁ − l₁ and v₂ = h₂ − p₂; high alike. φ = (ad − bc)/√(margins), its
    /// numerator lowered by N/2 (not below 0) where positive. Method 10 of Newcombe (1998), "Improved confidence
    /// intervals for the difference between binomial proportions based on paired data", Statistics in Medicine 17,
    /// 2635–2650. A closed form beside Tango's root; where they part, the data are few.
    pub fn newcombe(&self, alpha: Alpha) -> Interval {
        let (first, second) = (self.target_rate(), self.reference_rate());
        let (wilson1, wilson2) = (first.wilson(alpha), second.wilson(alpha));
        let (p1, p2) = (first.estimate(), second.estimate());
        let phi = self.phi();
        let joined = |x: f64, y: f64| libm::sqrt((x * x - 2.0 * phi * x * y + y * y).max(0.0));
        let low = self.net_flip() - joined(p1 - wilson1.low, wilson2.high - p2);
        let high = self.net_flip() + joined(wilson1.high - p1, p2 - wilson2.low);
        Interval::new(low, high).clamp(-1.0, 1.0)
    }

    /// The corrected φ; 0 where a margin is empty.
    fn phi(&self) -> f64 {
        let [a, b, c, d] =
            [self.both(), self.only_target(), self.only_reference(), self.neither()].map(|cell| cell as f64);
        let margins = (a + b) * (c + d) * ((a + c) * (b + d));
        if margins == 0.0 {
            return 0.0;
        }
        let gap = a * d - b * c;
        let corrected = if gap > 0.0 { (gap - 0.5 * self.units() as f64).max(0.0) } else { gap };
        corrected / libm::sqrt(margins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe (1998), table III, method 10: (36, 12, 2, 0) gives 0.0569..0.3404 at 95 %.
    #[test]
    fn newcombes_own_example_comes_out() {
        let interval = PairedTable::new(36, 12, 2, 0).unwrap().newcombe(Alpha::two_sided(0.05).unwrap());
        assert!(
            (interval.low - 0.0569).abs() < 5e-4 && (interval.high - 0.3404).abs() < 5e-4,
            "{interval:?}"
        );
    }

    /// Cavo et al. (2012) in chapter 8 of Fagerland, Lydersen and Laake (2017), Statistical Analysis of Contingency Tables.
    #[test]
    fn cavos_responses_come_out() {
        let interval = PairedTable::new(59, 6, 16, 80).unwrap().newcombe(Alpha::two_sided(0.05).unwrap());
        assert!(
            (interval.low + 0.1186).abs() < 3e-4 && (interval.high + 0.0046).abs() < 3e-4,
            "{interval:?}"
        );
    }

    #[test]
    fn empty_margins_and_single_units_give_intervals_with_a_width() {
        for (a, b, c, d) in [(1, 0, 0, 0), (0, 0, 0, 1), (0, 1, 0, 0), (9, 0, 0, 9), (0, 0, 7, 0)] {
            let interval = PairedTable::new(a, b, c, d).unwrap().newcombe(Alpha::one_sided(0.05).unwrap());
            assert!(interval.low < interval.high, "{a} {b} {c} {d}: {interval:?}");
        }
    }
}
