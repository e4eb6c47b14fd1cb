//! Units to show that a net flip lies within a margin.

use super::super::decision::{first, gains_probability};
use super::super::{Alpha, PairedTable, check};
use super::search::smallest;
use crate::dist::BadParameter;

/// The criterion "Tango's interval of the net flip lies within ±`margin`".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NetFlipPlan {
    margin: f64,
    alpha: Alpha,
}

impl NetFlipPlan {
    /// `margin` in 1e-6..1.
    pub fn new(margin: f64, alpha: Alpha) -> Result<Self, BadParameter> {
        check::require("margin", margin, (1e-6..1.0).contains(&margin), "be at least 1e-6 and below 1")?;
        Ok(Self { margin, alpha })
    }

    /// The probability to pass with `units` units, exactly: flips towards the target have probability `gain` per unit, away
    /// from it `loss`.
    ///
    /// A sum over the numbers of gains and losses at which both score tests reject. Where the net flip is on the margin and
    /// flips are rare and go one way, it can exceed α, as [`PairedTable::exact_equivalence`] explains.
    pub fn power(&self, units: u64, gain: f64, loss: f64) -> Result<f64, BadParameter> {
        check::units("units", units)?;
        self.check_rates(gain, loss)?;
        Ok(self.sum(units, gain, loss))
    }

    /// A number of units that reaches `power` while one unit fewer does not; none up to 1e9 (and always none where the net
    /// flip is not within the margin). As the power grows with small relapses, some smaller number may reach it too.
    pub fn units(&self, power: f64, gain: f64, loss: f64) -> Result<Option<u64>, BadParameter> {
        check::require("power", power, power > 0.0 && power < 1.0, "be between 0 and 1, both excluded")?;
        self.check_rates(gain, loss)?;
        if (gain - loss).abs() >= self.margin {
            return Ok(None);
        }
        Ok(smallest(power, 1, |units| self.sum(units, gain, loss)))
    }

    fn check_rates(&self, gain: f64, loss: f64) -> Result<(), BadParameter> {
        check::probability("gain", gain)?;
        check::probability("loss", loss)?;
        check::probability("gain + loss", gain + loss).map(|_| ())
    }

    fn sum(&self, units: u64, gain: f64, loss: f64) -> f64 {
        gains_probability(units, gain, loss, |flips| self.passing(flips, units))
    }

    /// The least and the most gains among `flips` flips that pass: z(δ) grows with the gains.
    fn passing(&self, flips: u64, units: u64) -> Option<(u64, u64)> {
        let z = self.alpha.z();
        let table = |gains: u64| {
            PairedTable::new(0, gains, flips - gains, units - flips).expect("as many units as announced")
        };
        let least = first(0, flips + 1, |gains| gains > flips || table(gains).tango_z(-self.margin) > z);
        let above = first(0, flips + 1, |gains| gains > flips || table(gains).tango_z(self.margin) >= -z);
        (least < above).then(|| (least, above - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Over every table of 12 units, listed.
    #[test]
    fn the_power_is_the_sum_over_all_tables() {
        let alpha = Alpha::one_sided(0.2).unwrap();
        let (gain, loss, units) = (0.1f64, 0.05f64, 12u64);
        let plan = NetFlipPlan::new(0.3, alpha).unwrap();
        let factorial = |n: u64| (1..=n).map(|i| i as f64).product::<f64>();
        let mut power = 0.0;
        for b in 0..=units {
            for c in 0..=units - b {
                let table = PairedTable::new(0, b, c, units - b - c).unwrap();
                if table.tango(alpha).lies_within(-0.3, 0.3) {
                    let ways = factorial(units) / (factorial(b) * factorial(c) * factorial(units - b - c));
                    let [pb, pc] = [gain.powi(b as i32), f64::powi(loss, c as i32)];
                    power += ways * pb * pc * f64::powi(1.0 - gain - loss, (units - b - c) as i32);
                }
            }
        }
        assert!((plan.power(units, gain, loss).unwrap() - power).abs() < 1e-12, "{power}");
    }

    #[test]
    fn a_model_that_never_flips_needs_z2_times_the_odds_against_the_margin() {
        // z²/(N + z²) < 0.01: N > 99 z² = 267.8.
        let plan = NetFlipPlan::new(0.01, Alpha::one_sided(0.05).unwrap()).unwrap();
        assert_eq!(plan.units(0.9, 0.0, 0.0).unwrap(), Some(268));
    }

    #[test]
    fn the_units_found_have_the_power_and_one_fewer_has_not() {
        let plan = NetFlipPlan::new(0.02, Alpha::one_sided(0.05).unwrap()).unwrap();
        let units = plan.units(0.8, 0.03, 0.03).unwrap().unwrap();
        assert!(plan.power(units, 0.03, 0.03).unwrap() >= 0.8);
        assert!(plan.power(units - 1, 0.03, 0.03).unwrap() < 0.8);
        assert!((1000..2000).contains(&units), "{units}");
    }

    /// With 268 units Tango's interval passes without a flip, which happens (1 − 0.01)²⁶⁸ of the time to a model that
    /// favours the target in 1 % of units.
    #[test]
    fn rare_flips_one_way_pass_more_often_than_alpha_promises() {
        let plan = NetFlipPlan::new(0.01, Alpha::one_sided(0.05).unwrap()).unwrap();
        let passes = plan.power(268, 0.01, 0.0).unwrap();
        assert!((passes - 0.99f64.powi(268)).abs() < 1e-12 && passes > 0.067);
    }

    #[test]
    fn a_net_flip_on_the_margin_is_never_shown_within_it() {
        let plan = NetFlipPlan::new(0.02, Alpha::one_sided(0.05).unwrap()).unwrap();
        assert_eq!(plan.units(0.8, 0.02, 0.0).unwrap(), None);
        assert!(plan.power(3000, 0.03, 0.01).unwrap() < 0.06);
        assert!(plan.power(10, 0.7, 0.7).is_err() && plan.power(0, 0.1, 0.1).is_err());
        assert!(plan.units(f64::NAN, 0.0, 0.0).is_err() && NetFlipPlan::new(1.0, plan.alpha).is_err());
    }
}
