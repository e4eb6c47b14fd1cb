//! The error probability of one bound.

use super::check::require;
use super::laws;
use crate::dist::BadParameter;

/// The probability α that *one* bound is wrong: both ends of an interval at `Alpha` hold one-sided at 1 − α, so that the
/// interval is the two-sided one at 1 − 2α.
///
/// A criterion is judged on one bound at a time (is the effect below the limit?), hence α belongs to the bound. For the
/// customary two-sided 95 % interval, write [`Alpha::two_sided`]`(0.05)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alpha(f64);

impl Alpha {
    /// Each bound is wrong with probability `alpha`, in (0, ½).
    pub fn one_sided(alpha: f64) -> Result<Self, BadParameter> {
        require("alpha", alpha, alpha > 0.0 && alpha < 0.5, "be between 0 and 0.5, both excluded")?;
        // Below, 1 − α is 1 in double precision, and quantiles read from above are infinite.
        require("alpha", alpha, alpha >= 1e-15, "be at least 1e-15")?;
        Ok(Self(alpha))
    }

    /// The two bounds together are wrong with probability `alpha`, in (0, 1): half for each.
    pub fn two_sided(alpha: f64) -> Result<Self, BadParameter> {
        require("alpha", alpha, alpha > 0.0 && alpha < 1.0, "be between 0 and 1, both excluded")?;
        Self::one_sided(0.5 * alpha)
    }

    /// α of one bound.
    pub fn value(self) -> f64 {
        self.0
    }

    /// The standard normal quantile z at 1 − α, positive.
    pub fn z(self) -> f64 {
        -laws::normal_quantile(self.0)
    }

    /// Student's quantile at 1 − α with `df` ≥ 1 degrees of freedom, positive.
    pub fn t(self, df: f64) -> f64 {
        -laws::student_quantile(df, self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantiles_everyone_knows_come_out() {
        let alpha = Alpha::two_sided(0.05).unwrap();
        assert!((alpha.z() - 1.959963984540054).abs() < 1e-14);
        // qt(0.975, 9) in R.
        assert!((alpha.t(9.0) - 2.262157162798205).abs() < 1e-12);
        assert_eq!(alpha, Alpha::one_sided(0.025).unwrap());
    }

    #[test]
    fn what_is_no_error_probability_is_refused() {
        for alpha in [0.0, 0.5, -0.1, f64::NAN, 1e-20] {
            assert!(Alpha::one_sided(alpha).is_err(), "{alpha}");
        }
        let message = Alpha::two_sided(1.0).unwrap_err().to_string();
        assert_eq!(message, "`alpha` must be between 0 and 1, both excluded, found 1");
    }
}
