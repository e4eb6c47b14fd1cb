//! The odds of a flip towards the target against one away from it.

use super::super::{Alpha, Interval, Share};
use super::PairedTable;

impl PairedTable {
    /// b/c: the conditional odds ratio of matched pairs. 1 without a flip, infinite where only c is 0.
    pub fn discordant_odds(&self) -> f64 {
        if self.only_target() == self.only_reference() {
            1.0
        } else {
            self.only_target() as f64 / self.only_reference() as f64
        }
    }

    /// The exact interval of b/c: Clopper and Pearson's for b among the flips, as odds. (0, ∞) without a flip.
    ///
    /// Breslow and Day (1980), Statistical Methods in Cancer Research I, section 5.2.
    pub fn discordant_odds_interval(&self, alpha: Alpha) -> Interval {
        let Ok(share) = Share::new(self.only_target(), self.flips()) else {
            return Interval::new(0.0, f64::INFINITY);
        };
        let other = Share::new(self.only_reference(), self.flips()).expect("part of the flips");
        let (share, other) = (share.clopper_pearson(alpha), other.clopper_pearson(alpha));
        // 1 − p is read from the other direction's interval, where it keeps its digits.
        Interval::new(share.low / other.high, share.high / other.low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_flip_says_nothing_about_the_odds() {
        let table = PairedTable::new(5, 0, 0, 5).unwrap();
        let interval = table.discordant_odds_interval(Alpha::one_sided(0.05).unwrap());
        assert_eq!((table.discordant_odds(), interval.low, interval.high), (1.0, 0.0, f64::INFINITY));
    }

    #[test]
    fn flips_one_way_only_bound_one_side() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        let table = PairedTable::new(5, 4, 0, 5).unwrap();
        let interval = table.discordant_odds_interval(alpha);
        assert_eq!((table.discordant_odds(), interval.high), (f64::INFINITY, f64::INFINITY));
        // α^(1/4) / (1 − α^(1/4)).
        let p = 0.05f64.powf(0.25);
        assert!((interval.low - p / (1.0 - p)).abs() < 1e-12);
        assert_eq!(table.swapped().discordant_odds_interval(alpha).low, 0.0);
    }
}
