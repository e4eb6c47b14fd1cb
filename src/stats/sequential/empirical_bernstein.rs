//! A confidence sequence in closed form, a few operations a unit.

use super::super::{Alpha, Interval, check};
use super::plug_in::PlugIn;
use crate::dist::BadParameter;

/// The largest bet: keeps the terms of the bound finite.
const LARGEST_BET: f64 = 0.5;

/// Bounds of the mean of values in a known range, valid at every unit at once: each is wrong at *any* time with
/// probability at most α.
///
/// With x in 0..=1: Σλx/Σλ ± (ln(1/α) + Σ 4(x − μ̂)² ψ(λ))/Σλ, ψ(λ) = (−ln(1 − λ) − λ)/4, λ chosen before x is seen; then
/// the tightest bounds so far. Waudby-Smith and Ramdas (2024), theorem 2 (predictable plug-in empirical Bernstein). Values
/// must come in an order that does not depend on them; their expectation given the past is what is bounded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EmpiricalBernstein {
    low: f64,
    high: f64,
    ln_inverse_alpha: f64,
    plug_in: PlugIn,
    bets: f64,
    bet_values: f64,
    penalty: f64,
    tightest: Interval,
}

impl EmpiricalBernstein {
    /// For values in `low`..=`high`.
    pub fn new(low: f64, high: f64, alpha: Alpha) -> Result<Self, BadParameter> {
        check::finite("low", low)?;
        check::finite("high", high)?;
        check::require("high", high, low < high && (high - low).is_finite(), "be above low")?;
        let tightest = Interval::new(low, high);
        let ln_inverse_alpha = -libm::log(alpha.value());
        let plug_in = PlugIn::new();
        Ok(Self { low, high, ln_inverse_alpha, plug_in, bets: 0.0, bet_values: 0.0, penalty: 0.0, tightest })
    }

    /// One more value; refused outside the range, and then not counted.
    pub fn observe(&mut self, value: f64) -> Result<(), BadParameter> {
        let holds = value >= self.low && value <= self.high;
        check::require("value", value, holds, "lie in the range that was announced")?;
        let x = (value - self.low) / (self.high - self.low);
        let bet = self.plug_in.bet(self.ln_inverse_alpha).min(LARGEST_BET);
        let gap = x - self.plug_in.mean();
        self.bets += bet;
        self.bet_values += bet * x;
        self.penalty += gap * gap * (-libm::log1p(-bet) - bet);
        self.plug_in.observe(x);
        let now = self.now();
        // Bounds can cross only where one of them is wrong already: then the last of the old ones stay.
        if now.low.max(self.tightest.low) <= now.high.min(self.tightest.high) {
            let (low, high) = (now.low.max(self.tightest.low), now.high.min(self.tightest.high));
            self.tightest = Interval::new(low, high);
        }
        Ok(())
    }

    /// The tightest bounds so far.
    pub fn interval(&self) -> Interval {
        self.tightest
    }

    fn now(&self) -> Interval {
        let width = self.high - self.low;
        let centre = self.low + width * self.bet_values / self.bets;
        Interval::around(centre, width * (self.ln_inverse_alpha + self.penalty) / self.bets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_are_bounded_ever_closer_but_never_exactly() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        let mut sequence = EmpiricalBernstein::new(-1.0, 1.0, alpha).unwrap();
        assert_eq!(sequence.interval(), Interval::new(-1.0, 1.0));
        let mut last = 2.0;
        for _ in 0..2000 {
            sequence.observe(0.0).unwrap();
            let interval = sequence.interval();
            assert!(interval.contains(0.0) && interval.high - interval.low <= last);
            last = interval.high - interval.low;
        }
        assert!(last > 0.0 && last < 0.02, "{last}");
    }

    #[test]
    fn values_outside_the_range_are_refused_and_not_counted() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        let mut sequence = EmpiricalBernstein::new(0.0, 1.0, alpha).unwrap();
        let before = sequence;
        assert!(sequence.observe(1.1).is_err() && sequence.observe(f64::NAN).is_err());
        assert_eq!(sequence, before);
        assert!(EmpiricalBernstein::new(1.0, 1.0, alpha).is_err());
        assert!(EmpiricalBernstein::new(0.0, f64::INFINITY, alpha).is_err());
    }
}
