//! The lognormal law: median · exp(sigma · Φ⁻¹(u)).

use super::bad_parameter::{positive, require};
use super::{BadParameter, Distribution, Family, Form, Law, standard_normal};

/// exp of a Normal(ln median, sigma). Quantiles beyond the largest `f64` stay there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogNormal {
    median: f64,
    sigma: f64,
}

impl LogNormal {
    /// From the median and the standard deviation of the logarithm, both positive.
    pub fn new(median: f64, sigma: f64) -> Result<Self, BadParameter> {
        Ok(Self { median: positive("median", median)?, sigma: positive("sigma", sigma)? })
    }

    /// From the mean and the standard deviation of the values themselves, both positive:
    /// sigma² = ln(1 + (sd/mean)²), median = mean / sqrt(1 + (sd/mean)²).
    pub fn from_mean_sd(mean: f64, sd: f64) -> Result<Self, BadParameter> {
        let ratio = positive("sd", sd)? / positive("mean", mean)?;
        let spread = ratio * ratio;
        let holds = spread > 0.0 && spread.is_finite();
        require("sd", sd, holds, "be within a factor 1e150 of `mean`")?;
        let median = mean / (1.0 + spread).sqrt();
        Self::new(median, libm::log1p(spread).sqrt())
    }
}

pub(super) const FAMILY: Family = Family {
    name: "lognormal",
    discrete: false,
    forms: &[
        Form { parameters: &["median", "sigma"], make: |p| Ok(Law::LogNormal(LogNormal::new(p[0], p[1])?)) },
        Form {
            parameters: &["mean", "sd"],
            make: |p| Ok(Law::LogNormal(LogNormal::from_mean_sd(p[0], p[1])?)),
        },
    ],
    about: "positive values whose logarithm is normal, such as incomes",
};

impl Distribution for LogNormal {
    fn quantile(&self, u: f64) -> f64 {
        let factor = libm::exp(self.sigma * standard_normal::quantile(u));
        (self.median * factor).min(f64::MAX)
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        standard_normal::cdf(libm::log(x / self.median) / self.sigma)
    }

    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn mean(&self) -> f64 {
        self.median * libm::exp(0.5 * self.sigma * self.sigma)
    }

    fn sd(&self) -> f64 {
        self.mean() * libm::expm1(self.sigma * self.sigma).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::proof;
    use super::*;
    use proptest::prelude::*;

    const GOLDEN: [u64; 6] = [
        0x409e77d9e2072eb2, // 1949.9627762911082
        0x40b9a25925900021, // 6562.348229408294
        0x40cf8e3f742d62b2, // 16156.49573294944
        0x40d4820000000000, // 21000.0
        0x40e376203825f0c2, // 39857.00685402892
        0x410b9b714e72bec5, // 226158.1633047966
    ];

    #[test]
    fn golden_bits() {
        proof::golden("lognormal", &[21_000.0, 0.5], GOLDEN);
    }

    proptest! {
        #[test]
        fn it_agrees_with_statrs(median in 1e-3..1e6, sigma in 0.01..3.0) {
            let other = statrs::distribution::LogNormal::new(libm::log(median), sigma).unwrap();
            // Its erfc is off by up to 1.3e-11; see the normal law.
            proof::agrees(&LogNormal::new(median, sigma).unwrap(), &other, 1e-10);
        }

        #[test]
        fn mean_and_sd_come_back(mean in 1e-3..1e6f64, ratio in 0.01..10.0f64) {
            let law = LogNormal::from_mean_sd(mean, mean * ratio).unwrap();
            prop_assert!((law.mean() / mean - 1.0).abs() < 1e-12);
            prop_assert!((law.sd() / (mean * ratio) - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn its_quantiles_are_spread_like_samples_of_rand_distr() {
        use rand_distr::Distribution as _;
        let samples = rand_distr::LogNormal::new(0.0, 0.7).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&LogNormal::new(1.0, 0.7).unwrap(), samples);
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        proof::moments(&LogNormal::new(3.0, 0.4).unwrap());
    }

    #[test]
    fn parameters_that_are_not_positive_are_refused() {
        proof::refused(LogNormal::new(0.0, 1.0), "median", "be positive");
        proof::refused(LogNormal::new(1.0, 0.0), "sigma", "be positive");
        proof::refused(LogNormal::from_mean_sd(-1.0, 1.0), "mean", "be positive");
        proof::refused(LogNormal::from_mean_sd(1.0, 0.0), "sd", "be positive");
        let must = "be within a factor 1e150 of `mean`";
        proof::refused(LogNormal::from_mean_sd(1e-100, 1e100), "sd", must);
    }
}
