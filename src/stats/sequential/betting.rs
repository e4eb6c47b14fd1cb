//! A confidence sequence by betting against every mean: tighter, at the price of one pass a look.

use super::super::{Alpha, Interval, check};
use super::plug_in::PlugIn;
use crate::dist::{BadParameter, root};

/// Bets never risk more than this share of what could be lost at once.
const SHARE_AT_RISK: f64 = 0.5;

/// Bounds of the mean of values in a known range, valid whenever one looks: each is wrong at *any* time with probability at
/// most α.
///
/// For a candidate mean m of x in 0..=1, K⁺(m) = Π(1 + min(λ, ½/m)(x − m)) is the wealth of bets that the mean is above
/// m, K⁻ likewise; the bounds are the m at which a wealth reaches 1/α. Waudby-Smith and Ramdas (2024), theorem 3 (hedged
/// capital), each side on its own, λ the predictable plug-in.
#[derive(Debug, Clone, PartialEq)]
pub struct Betting {
    low: f64,
    high: f64,
    ln_inverse_alpha: f64,
    plug_in: PlugIn,
    /// (x, λ) of every unit.
    bets: Vec<(f64, f64)>,
}

impl Betting {
    /// For values in `low`..=`high`.
    pub fn new(low: f64, high: f64, alpha: Alpha) -> Result<Self, BadParameter> {
        check::finite("low", low)?;
        check::finite("high", high)?;
        check::require("high", high, low < high && (high - low).is_finite(), "be above low")?;
        let ln_inverse_alpha = -libm::log(alpha.value());
        Ok(Self { low, high, ln_inverse_alpha, plug_in: PlugIn::new(), bets: Vec::new() })
    }

    /// One more value; refused outside the range, and then not counted.
    pub fn observe(&mut self, value: f64) -> Result<(), BadParameter> {
        let holds = value >= self.low && value <= self.high;
        check::require("value", value, holds, "lie in the range that was announced")?;
        let x = (value - self.low) / (self.high - self.low);
        self.bets.push((x, self.plug_in.bet(self.ln_inverse_alpha)));
        self.plug_in.observe(x);
        Ok(())
    }

    /// The bounds now.
    pub fn interval(&self) -> Interval {
        let lower = root(0.0, 1.0, |m| self.ln_inverse_alpha - self.ln_wealth(m, false));
        let upper = root(0.0, 1.0, |m| self.ln_inverse_alpha - self.ln_wealth(m, true));
        let (a, b) = (self.low + (self.high - self.low) * lower, self.high - (self.high - self.low) * upper);
        // Bounds cross only where one of them is wrong; then neither is believed.
        if a <= b { Interval::new(a, b) } else { Interval::new(self.low, self.high) }
    }

    /// ln of the e-value against "the mean is at most `mean`", inside the range.
    pub fn ln_e_above(&self, mean: f64) -> f64 {
        self.ln_wealth(((mean - self.low) / (self.high - self.low)).clamp(0.0, 1.0), false)
    }

    /// ln of the e-value against "the mean is at least `mean`", inside the range.
    pub fn ln_e_below(&self, mean: f64) -> f64 {
        self.ln_wealth(((self.high - mean) / (self.high - self.low)).clamp(0.0, 1.0), true)
    }

    /// ln K⁺(m) of the values, or of their mirror images 1 − x; falls with m.
    fn ln_wealth(&self, m: f64, mirrored: bool) -> f64 {
        let largest = SHARE_AT_RISK / m;
        let (mut sum, mut product) = (0.0, 1.0);
        for &(x, bet) in &self.bets {
            let x = if mirrored { 1.0 - x } else { x };
            product *= 1.0 + bet.min(largest) * (x - m);
            // One logarithm for many units: factors are at least ½.
            if !(1e-200..1e200).contains(&product) {
                sum += libm::log(product);
                product = 1.0;
            }
        }
        sum + libm::log(product)
    }
}

#[cfg(test)]
mod tests {
    use super::super::EmpiricalBernstein;
    use super::*;
    use crate::noise::{Noise, Purpose};

    /// Flips of a decision: −1 and 1 with 1 % each.
    fn flips(run: u32, units: u64) -> impl Iterator<Item = f64> {
        let noise = Noise::of(5, "flips", Purpose::Resample);
        (0..units).map(move |unit| match noise.uniform(unit, run) {
            u if u < 0.01 => -1.0,
            u if u > 0.99 => 1.0,
            _ => 0.0,
        })
    }

    #[test]
    fn nothing_seen_bounds_nothing() {
        let betting = Betting::new(-1.0, 1.0, Alpha::one_sided(0.05).unwrap()).unwrap();
        assert_eq!(betting.interval(), Interval::new(-1.0, 1.0));
        assert_eq!((betting.ln_e_above(0.0), betting.ln_e_below(0.0)), (0.0, 0.0));
    }

    #[test]
    fn equal_values_are_bounded_closely_but_never_exactly() {
        let mut betting = Betting::new(-1.0, 1.0, Alpha::one_sided(0.05).unwrap()).unwrap();
        (0..1000).for_each(|_| betting.observe(0.0).unwrap());
        let interval = betting.interval();
        assert!(interval.contains(0.0) && interval.high > 0.0 && interval.high < 0.02, "{interval:?}");
        assert!((interval.high + interval.low).abs() < 1e-12);
        assert!(betting.observe(1.5).is_err() && betting.observe(f64::NAN).is_err());
    }

    /// At the last look of 300 runs, each bound is wrong in at most 5 % (and far less, since it holds at all looks), and
    /// bets are not worse than the closed form.
    #[test]
    fn bounds_hold_and_bets_are_tighter_than_the_closed_form() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        let (mut wrong, mut width, mut closed_width) = (0, 0.0, 0.0);
        for run in 0..300 {
            let mut betting = Betting::new(-1.0, 1.0, alpha).unwrap();
            let mut closed = EmpiricalBernstein::new(-1.0, 1.0, alpha).unwrap();
            for value in flips(run, 500) {
                betting.observe(value).unwrap();
                closed.observe(value).unwrap();
            }
            let interval = betting.interval();
            wrong += u32::from(!interval.contains(0.0)) + u32::from(!closed.interval().contains(0.0));
            width += interval.high - interval.low;
            closed_width += closed.interval().high - closed.interval().low;
        }
        assert!(wrong < 60 && width < closed_width, "{wrong} {width} {closed_width}");
    }
}
