//! Direct standardisation: the effects of the strata in another population's proportions.

use super::super::{Alpha, Interval, check};
use crate::dist::BadParameter;

/// An effect in one stratum, its standard error, and the stratum's weight in the population to speak of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StratumEffect {
    /// The estimate.
    pub effect: f64,
    /// Its standard error, 0 where nothing varies.
    pub error: f64,
    /// Any number from 0; only proportions matter.
    pub weight: f64,
}

/// Σ w e / Σ w and its interval ± z √(Σ w² s²) / Σ w, strata being independent.
///
/// Rothman, Greenland and Lash (2008), Modern Epidemiology, chapter 15. The interval is unbounded where all errors are 0.
pub fn standardise(strata: &[StratumEffect], alpha: Alpha) -> Result<(f64, Interval), BadParameter> {
    for stratum in strata {
        check::finite("effect", stratum.effect)?;
        check::finite("error", stratum.error)?;
        check::require("error", stratum.error, stratum.error >= 0.0, "not be negative")?;
        check::finite("weight", stratum.weight)?;
        check::require("weight", stratum.weight, stratum.weight >= 0.0, "not be negative")?;
    }
    let total: f64 = strata.iter().map(|s| s.weight).sum();
    check::positive("sum of the weights", total)?;
    let share = |s: &StratumEffect| s.weight / total;
    let estimate: f64 = strata.iter().map(|s| share(s) * s.effect).sum();
    let variance: f64 = strata.iter().map(|s| share(s) * s.error * (share(s) * s.error)).sum();
    if variance == 0.0 {
        return Ok((estimate, Interval::UNBOUNDED));
    }
    Ok((estimate, Interval::around(estimate, alpha.z() * libm::sqrt(variance))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_proportions() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        let strata = |scale: f64| {
            [(0.2, 0.03, 3.0), (-0.1, 0.04, 1.0)].map(|(effect, error, weight)| StratumEffect {
                effect,
                error,
                weight: weight * scale,
            })
        };
        let (estimate, interval) = standardise(&strata(1.0), alpha).unwrap();
        assert!((estimate - 0.125).abs() < 1e-15);
        let error = (0.0225f64.powi(2) + 0.01f64.powi(2)).sqrt();
        assert!((interval.high - 0.125 - alpha.z() * error).abs() < 1e-15);
        assert_eq!(standardise(&strata(8.0), alpha).unwrap(), (estimate, interval));
    }

    #[test]
    fn no_weight_is_refused_and_no_error_bounds_nothing() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        let stratum = StratumEffect { effect: 0.0, error: 0.0, weight: 1.0 };
        assert_eq!(standardise(&[stratum], alpha).unwrap().1, Interval::UNBOUNDED);
        assert!(standardise(&[], alpha).is_err());
        for bad in [
            StratumEffect { weight: 0.0, ..stratum },
            StratumEffect { weight: -1.0, ..stratum },
            StratumEffect { error: -1.0, ..stratum },
            StratumEffect { effect: f64::NAN, ..stratum },
        ] {
            assert!(standardise(&[bad], alpha).is_err());
        }
    }
}
