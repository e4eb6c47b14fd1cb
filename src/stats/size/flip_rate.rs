//! Units to show that a flip rate is below a limit.

use super::super::{Alpha, check, laws};
use crate::dist::BadParameter;

/// The criterion "the Clopper–Pearson upper bound of the flip rate is below `limit`".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FlipRatePlan {
    limit: f64,
    alpha: Alpha,
}

/// How many fewer flips than the first found are tried one by one.
const LOOK_BACK: u64 = 64;

impl FlipRatePlan {
    /// `limit` in 1e-8..1.
    pub fn new(limit: f64, alpha: Alpha) -> Result<Self, BadParameter> {
        check::require("limit", limit, (1e-8..1.0).contains(&limit), "be at least 1e-8 and below 1")?;
        Ok(Self { limit, alpha })
    }

    /// The most flips among `units` that still pass: the bound is below the limit exactly when P(X ≤ k) < α for X
    /// Binomial(units, limit). None where not even 0 passes.
    pub fn most_flips(&self, units: u64) -> Option<u64> {
        let passes = |flips: u64| laws::binomial_at_most(flips, units, self.limit) < self.alpha.value();
        if !passes(0) {
            return None;
        }
        let (mut pass, mut fail) = (0, units);
        while fail - pass > 1 {
            let middle = pass + (fail - pass) / 2;
            if passes(middle) { pass = middle } else { fail = middle }
        }
        Some(pass)
    }

    /// The probability to pass with `units` units, exactly, when each flips with probability `flip_rate`.
    pub fn power(&self, units: u64, flip_rate: f64) -> Result<f64, BadParameter> {
        check::units("units", units)?;
        check::probability("flip_rate", flip_rate)?;
        Ok(self.most_flips(units).map_or(0.0, |most| laws::binomial_at_most(most, units, flip_rate)))
    }

    /// The smallest number of units that passes with probability `power` at `flip_rate`; none up to 1e9 (and always none
    /// where the rate is not below the limit). 0 flips prove < 1 % with 299 units, < 0.1 % with 2,995.
    ///
    /// For each number of flips allowed, the fewest units at which it is allowed has the best power; so the first number
    /// of flips whose fewest units have enough gives the smallest n, in spite of the saw teeth of the power.
    pub fn units(&self, power: f64, flip_rate: f64) -> Result<Option<u64>, BadParameter> {
        check::require("power", power, power > 0.0 && power < 1.0, "be between 0 and 1, both excluded")?;
        check::probability("flip_rate", flip_rate)?;
        if flip_rate >= self.limit {
            return Ok(None);
        }
        let enough = |flips: u64| {
            let units = self.fewest_units(flips)?;
            (laws::binomial_at_most(flips, units, flip_rate) >= power).then_some(units)
        };
        // The power at the fewest units grows with the flips allowed.
        let mut high = 1;
        while enough(high - 1).is_none() {
            if self.fewest_units(high - 1).is_none() {
                return Ok(None);
            }
            high *= 2;
        }
        let mut low = high / 2;
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if enough(middle - 1).is_some() { high = middle } else { low = middle }
        }
        // Rounding to whole units makes that growth uneven by a few flips: look at those before, too.
        Ok((high.saturating_sub(LOOK_BACK)..high).find_map(enough))
    }

    /// The fewest units with which `flips` flips pass.
    fn fewest_units(&self, flips: u64) -> Option<u64> {
        let passes = |units: u64| laws::binomial_at_most(flips, units, self.limit) < self.alpha.value();
        let (mut fail, mut pass) = (flips, check::LARGEST_COUNT);
        if !passes(pass) {
            return None;
        }
        while pass - fail > 1 {
            let middle = fail + (pass - fail) / 2;
            if passes(middle) { pass = middle } else { fail = middle }
        }
        Some(pass)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Share;
    use super::*;

    #[test]
    fn no_flip_needs_299_units_for_one_percent_and_2995_for_one_per_mille() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        for (limit, units) in [(0.01, 299), (0.001, 2995)] {
            let plan = FlipRatePlan::new(limit, alpha).unwrap();
            assert_eq!(plan.units(0.999, 0.0).unwrap(), Some(units));
            assert_eq!((plan.most_flips(units), plan.most_flips(units - 1)), (Some(0), None));
        }
    }

    #[test]
    fn the_most_flips_are_where_the_bound_crosses_the_limit() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        let plan = FlipRatePlan::new(0.02, alpha).unwrap();
        for units in [1, 149, 150, 1000, 5000] {
            let bound = |flips| Share::new(flips, units).unwrap().clopper_pearson(alpha).high;
            match plan.most_flips(units) {
                Some(most) => assert!(bound(most) < 0.02 && bound(most + 1) >= 0.02),
                None => assert!(bound(0) >= 0.02),
            }
        }
    }

    #[test]
    fn no_smaller_number_of_units_has_the_power() {
        let plan = FlipRatePlan::new(0.05, Alpha::one_sided(0.05).unwrap()).unwrap();
        let units = plan.units(0.8, 0.02).unwrap().unwrap();
        assert!(plan.power(units, 0.02).unwrap() >= 0.8);
        assert!((1..units).all(|fewer| plan.power(fewer, 0.02).unwrap() < 0.8), "{units}");
    }

    #[test]
    fn a_rate_on_the_limit_can_never_be_shown_below_it() {
        let plan = FlipRatePlan::new(0.01, Alpha::one_sided(0.05).unwrap()).unwrap();
        assert_eq!(plan.units(0.8, 0.01).unwrap(), None);
        assert!(plan.power(5000, 0.01).unwrap() <= 0.05);
        assert!(
            plan.units(1.0, 0.0).is_err()
                && plan.units(0.8, f64::NAN).is_err()
                && plan.power(0, 0.0).is_err()
        );
        assert!(FlipRatePlan::new(0.0, Alpha::one_sided(0.05).unwrap()).is_err());
    }
}
