//! What equal differences show: the rule of three, for means.

use super::super::{Alpha, Interval, check};
use super::Differences;
use crate::dist::BadParameter;

impl Differences {
    /// The bounds of the mean difference when every one of n units shows the same value v, and no difference leaves
    /// −`range`..=`range`: v + (range − v)(1 − α^(1/n)) above, likewise below.
    ///
    /// A difference above v that n units did not show has probability below 1 − α^(1/n) (Clopper and Pearson with no
    /// success), and at worst it is `range`. Exact for v named in advance, as 0 is. None where the differences vary.
    pub fn constant_interval(&self, range: f64, alpha: Alpha) -> Result<Option<Interval>, BadParameter> {
        check::positive("range", range)?;
        let (v, n) = (self.values()[0], self.units() as f64);
        check::require(
            "range",
            range,
            self.values().iter().all(|d| d.abs() <= range),
            "hold every difference",
        )?;
        if self.values().iter().any(|&d| d != v) {
            return Ok(None);
        }
        let unseen = -libm::expm1(libm::log(alpha.value()) / n);
        Ok(Some(Interval::new(v - (range + v) * unseen, v + (range - v) * unseen)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_difference_in_299_units_bounds_the_mean_by_one_percent_of_the_range() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        let interval =
            |n| Differences::new(vec![0.0; n]).unwrap().constant_interval(1.0, alpha).unwrap().unwrap();
        assert!(interval(299).lies_within(-0.01, 0.01) && !interval(298).lies_within(-0.01, 0.01));
        assert!(interval(1).high > 0.9);
    }

    #[test]
    fn differences_that_vary_have_other_intervals() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        let varied = Differences::new(vec![0.0, 0.5]).unwrap();
        assert_eq!(varied.constant_interval(1.0, alpha).unwrap(), None);
        assert!(
            varied.constant_interval(0.4, alpha).is_err()
                && varied.constant_interval(f64::NAN, alpha).is_err()
        );
        let limit = Differences::new(vec![1.0; 5]).unwrap().constant_interval(1.0, alpha).unwrap().unwrap();
        assert_eq!(limit.high, 1.0);
    }
}
