//! Units to show that a mean difference lies within a margin.

use super::super::{Alpha, check, laws};
use super::search::smallest;
use crate::dist::BadParameter;

/// The criterion "the paired t interval of the mean difference lies within ±`margin`", for normal differences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanPlan {
    margin: f64,
    alpha: Alpha,
}

/// Panels of Simpson's rule; the figures no longer change from a quarter of them on.
const PANELS: u32 = 8192;

impl MeanPlan {
    /// `margin` positive.
    pub fn new(margin: f64, alpha: Alpha) -> Result<Self, BadParameter> {
        check::positive("margin", margin)?;
        Ok(Self { margin, alpha })
    }

    /// The probability that the interval lies within the margin, with `units` units, mean difference `mean` and standard
    /// deviation `sd`; 0 with one unit.
    ///
    /// ∫ [Φ((m − μ)√n/σ − t s) − Φ(−(m + μ)√n/σ + t s)] f(s) ds up to t s = m√n/σ, where f is the density of the sample's
    /// standard deviation over σ, √(χ²/ν), ν = n − 1. Phillips (1990), "Power of the two one-sided tests procedure in
    /// bioequivalence", Journal of Pharmacokinetics and Biopharmaceutics 18; Owen (1965), Biometrika 52.
    pub fn power(&self, units: u64, mean: f64, sd: f64) -> Result<f64, BadParameter> {
        check::units("units", units)?;
        check::finite("mean", mean)?;
        check::positive("sd", sd)?;
        Ok(self.integral(units, mean, sd))
    }

    /// The smallest number of units that reaches `power`; none up to 1e9 (and always none where the mean is not within
    /// the margin).
    pub fn units(&self, power: f64, mean: f64, sd: f64) -> Result<Option<u64>, BadParameter> {
        check::require("power", power, power > 0.0 && power < 1.0, "be between 0 and 1, both excluded")?;
        check::finite("mean", mean)?;
        check::positive("sd", sd)?;
        if mean.abs() >= self.margin {
            return Ok(None);
        }
        Ok(smallest(power, 2, |units| self.integral(units, mean, sd)))
    }

    fn integral(&self, units: u64, mean: f64, sd: f64) -> f64 {
        if units < 2 {
            return 0.0;
        }
        let df = units as f64 - 1.0;
        let (t, scale) = (self.alpha.t(df), libm::sqrt(units as f64) / sd);
        let upper = (self.margin - mean) * scale;
        let lower = -(self.margin + mean) * scale;
        // ln f(s)/f(1), so that no factorial is needed: f is divided by its own integral.
        let density = |s: f64| {
            if s <= 0.0 { f64::from(u8::from(df == 1.0)) * libm::exp(0.5) } else { spread_density(df, s) }
        };
        let passes =
            |s: f64| (laws::normal_below(upper - t * s) - laws::normal_below(lower + t * s)).max(0.0);
        // Twelve standard deviations of s around 1.
        let reach = 12.0 / libm::sqrt(2.0 * df);
        let (first, last) = ((1.0 - reach).max(0.0), 1.0 + reach);
        let end = last.min(self.margin * scale / t);
        if end <= first {
            return 0.0;
        }
        let power = simpson(first, end, |s| density(s) * passes(s)) / simpson(first, last, density);
        power.clamp(0.0, 1.0)
    }
}

fn spread_density(df: f64, s: f64) -> f64 {
    libm::exp((df - 1.0) * libm::log(s) - 0.5 * df * (s - 1.0) * (s + 1.0))
}

fn simpson(low: f64, high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let step = (high - low) / f64::from(PANELS);
    let inner: f64 = (1..PANELS).map(|i| f64::from(2 + 2 * (i & 1)) * f(low + step * f64::from(i))).sum();
    (f(low) + inner + f(high)) * step / 3.0
}

#[cfg(test)]
mod tests {
    use super::super::super::Differences;
    use super::*;
    use crate::dist::{Distribution, Normal};
    use crate::noise::{Noise, Purpose};

    /// 4,000 samples of 12 normal differences, within four standard errors.
    #[test]
    fn the_power_is_the_share_of_samples_that_pass() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        let plan = MeanPlan::new(0.7, alpha).unwrap();
        let (noise, law) = (Noise::of(2, "power", Purpose::Resample), Normal::new(0.1, 1.0).unwrap());
        let passes = |run: u32| {
            let values = (0..12).map(|unit| law.quantile(noise.uniform(unit, run))).collect();
            Differences::new(values).unwrap().t_interval(alpha).lies_within(-0.7, 0.7)
        };
        let share = (0..4000).filter(|&run| passes(run)).count() as f64 / 4000.0;
        let power = plan.power(12, 0.1, 1.0).unwrap();
        assert!((share - power).abs() < 4.0 * (power * (1.0 - power) / 4000.0).sqrt(), "{share} {power}");
    }

    #[test]
    fn many_units_come_near_the_normal_formula() {
        // With mean 0: n ≈ ((z₀.₉₅ + z₀.₉)·σ/margin)².
        let plan = MeanPlan::new(0.02, Alpha::one_sided(0.05).unwrap()).unwrap();
        let units = plan.units(0.8, 0.0, 0.2).unwrap().unwrap();
        assert!((units as f64 - (1.6449f64 + 1.2816).powi(2) * 100.0).abs() < 5.0, "{units}");
    }

    #[test]
    fn a_mean_on_the_margin_passes_with_alpha_at_most() {
        let plan = MeanPlan::new(0.5, Alpha::one_sided(0.05).unwrap()).unwrap();
        assert!((plan.power(400, 0.5, 1.0).unwrap() - 0.05).abs() < 1e-9);
        assert_eq!(plan.units(0.8, -0.5, 1.0).unwrap(), None);
        assert_eq!(plan.power(1, 0.0, 1.0).unwrap(), 0.0);
        assert!(plan.power(9, 0.0, 0.0).is_err() && plan.power(9, f64::NAN, 1.0).is_err());
        assert!(MeanPlan::new(0.0, Alpha::one_sided(0.05).unwrap()).is_err());
    }
}
