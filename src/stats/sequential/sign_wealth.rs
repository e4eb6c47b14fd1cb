//! A bet on the signs of the differences.

use super::super::laws;

/// The wealth of bets that differences above 0 are not as frequent as those below: for decisions, the two directions of
/// flips. Units without a difference change nothing.
///
/// Two-sided, the likelihood ratio of a share p against ½ is averaged over the Beta(½, ½) law of p; one-sided over the
/// uniform law of p in ½..1. Averages of martingales are martingales (Robbins 1970, Annals of Mathematical Statistics 41).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SignWealth {
    above: u64,
    below: u64,
    /// The largest two-sided logarithm seen.
    highest: f64,
}

impl SignWealth {
    /// Nothing seen: every e-value is 1.
    pub fn new() -> Self {
        Self::default()
    }

    /// One more unit; NaN is no difference.
    pub fn observe(&mut self, difference: f64) {
        self.above += u64::from(difference > 0.0);
        self.below += u64::from(difference < 0.0);
        self.highest = self.highest.max(self.ln_e());
    }

    /// ln of 2ⁿ B(a + ½, b + ½) / B(½, ½), two-sided.
    pub fn ln_e(&self) -> f64 {
        let (a, b) = (self.above as f64, self.below as f64);
        let beta = libm::lgamma(a + 0.5) + libm::lgamma(b + 0.5) - libm::lgamma(a + b + 1.0);
        (a + b) * std::f64::consts::LN_2 + beta - libm::log(std::f64::consts::PI)
    }

    /// ln of 2ⁿ⁺¹ ∫ pᵃ(1 − p)ᵇ dp over ½..1, against "not more often above": 2ⁿ⁺¹ B(a + 1, b + 1) times the probability
    /// that a Binomial(n + 1, ½) number is at most a.
    pub fn ln_e_greater(&self) -> f64 {
        one_sided(self.above, self.below)
    }

    /// The same against "not more often below".
    pub fn ln_e_less(&self) -> f64 {
        one_sided(self.below, self.above)
    }

    /// The anytime-valid two-sided p-value: 1/(the largest e-value so far), at most 1.
    pub fn p(&self) -> f64 {
        libm::exp(-self.highest).min(1.0)
    }
}

fn one_sided(a: u64, b: u64) -> f64 {
    let (x, y) = (a as f64, b as f64);
    let beta = libm::lgamma(x + 1.0) + libm::lgamma(y + 1.0) - libm::lgamma(x + y + 2.0);
    let tail = laws::binomial_at_most(a, a + b + 1, 0.5);
    (x + y + 1.0) * std::f64::consts::LN_2 + beta + libm::log(tail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::{Noise, Purpose};

    fn after(above: u64, below: u64) -> SignWealth {
        let mut wealth = SignWealth::new();
        (0..above).for_each(|_| wealth.observe(1.0));
        (0..below).for_each(|_| wealth.observe(-1.0));
        wealth
    }

    #[test]
    fn without_a_difference_the_wealth_is_one() {
        let mut wealth = SignWealth::new();
        wealth.observe(0.0);
        wealth.observe(f64::NAN);
        assert!(wealth.ln_e().abs() < 1e-15 && wealth.ln_e_greater().abs() < 1e-15);
        assert_eq!(wealth.p(), 1.0);
    }

    /// By hand: one unit above gives 2 · (3/8)/… = 1 two-sided and 2 ∫ 2p dp over ½..1 = 3/2 one-sided.
    #[test]
    fn small_counts_come_out_as_by_hand() {
        assert!(after(1, 0).ln_e().abs() < 1e-14);
        assert!((after(1, 0).ln_e_greater() - 1.5f64.ln()).abs() < 1e-14);
        assert!((after(1, 0).ln_e_less() - 0.5f64.ln()).abs() < 1e-14);
        // 4 B(5/2, 1/2) / π = 4 · 3/8.
        assert!((after(2, 0).ln_e() - 1.5f64.ln()).abs() < 1e-14);
    }

    /// Ville: of fair sequences, at most α ever reach 1/α (5 standard errors of slack).
    #[test]
    fn fair_signs_seldom_make_anyone_rich() {
        let mut rich = 0;
        for run in 0..1000u32 {
            let noise = Noise::of(11, "fair signs", Purpose::Resample);
            let mut wealth = SignWealth::new();
            (0..200).for_each(|unit| wealth.observe(noise.uniform(unit, run) - 0.5));
            rich += u32::from(wealth.p() <= 0.05);
        }
        assert!(rich < 50 + 35, "{rich}");
    }
}
