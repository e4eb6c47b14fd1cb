//! The beta law.

use super::bad_parameter::{positive, require};
use super::incomplete_beta::IncompleteBeta;
use super::{BadParameter, Distribution, Family, Form, Law, standard_normal, tails};

/// Beta(alpha, beta): density x^(alpha−1) (1−x)^(beta−1) / B(alpha, beta) on (0, 1).
///
/// The quantile solves I_x(alpha, beta) = u in the odds x/(1−x).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta {
    alpha: f64,
    beta: f64,
    unit: IncompleteBeta,
}

impl Beta {
    /// Both must be positive.
    pub fn new(alpha: f64, beta: f64) -> Result<Self, BadParameter> {
        for (name, value) in [("alpha", alpha), ("beta", beta)] {
            positive(name, value)?;
            require(name, value, value >= 1e-6, "be at least 1e-6")?;
            require(name, value, value <= 1e9, "be at most 1e9")?;
        }
        Ok(Self { alpha, beta, unit: IncompleteBeta::new(alpha, beta) })
    }

    /// From the mean, in (0, 1), and the concentration alpha + beta, positive.
    pub fn from_mean_concentration(mean: f64, concentration: f64) -> Result<Self, BadParameter> {
        let holds = mean > 0.0 && mean < 1.0;
        require("mean", mean, holds, "be between 0 and 1, both excluded")?;
        positive("concentration", concentration)?;
        let (alpha, beta) = (mean * concentration, (1.0 - mean) * concentration);
        let holds = alpha.min(beta) >= 1e-6 && alpha.max(beta) <= 1e9;
        let must = "be such that mean*concentration and (1-mean)*concentration are in 1e-6..1e9";
        require("concentration", concentration, holds, must)?;
        Self::new(alpha, beta)
    }

    /// A rough quantile, as odds.
    fn start(&self, u: f64) -> f64 {
        let (a, b) = (self.alpha, self.beta);
        if a >= 1.0 && b >= 1.0 {
            return carter(a, b, standard_normal::quantile(u));
        }
        // One power law from each end, joined at a/(a+b).
        let left = libm::exp(a * libm::log(a / (a + b))) / a;
        let right = libm::exp(b * libm::log(b / (a + b))) / b;
        if u * (left + right) < left {
            let x = libm::exp(libm::log(a * (left + right) * u) / a);
            x / (1.0 - x).max(0.1)
        } else {
            let y = libm::exp(libm::log(b * (left + right) * (1.0 - u)) / b);
            (1.0 - y).max(0.1) / y
        }
    }
}

/// Carter (1947), in Abramowitz and Stegun 26.5.22: half the log odds is nearly normal.
fn carter(a: f64, b: f64, z: f64) -> f64 {
    let (s, t) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
    let h = 2.0 / (s + t);
    let l = (z * z - 3.0) / 6.0;
    let w = -z * (h + l).sqrt() / h - (t - s) * (l + 5.0 / 6.0 - 2.0 / (3.0 * h));
    a / b * libm::exp(-2.0 * w)
}

pub(super) const FAMILY: Family = Family {
    name: "beta",
    discrete: false,
    forms: &[
        Form { parameters: &["alpha", "beta"], make: |p| Ok(Law::Beta(Beta::new(p[0], p[1])?)) },
        Form {
            parameters: &["mean", "concentration"],
            make: |p| Ok(Law::Beta(Beta::from_mean_concentration(p[0], p[1])?)),
        },
    ],
    about: "shares and scores between 0 and 1",
};

impl Distribution for Beta {
    fn quantile(&self, u: f64) -> f64 {
        let (a, b) = (self.alpha, self.beta);
        let curvature = a / (a + b) * b;
        let odds = tails::solve(u, self.start(u), curvature, |odds| self.unit.tails_at_odds(odds));
        if odds > 1.0 { 1.0 / (1.0 + 1.0 / odds) } else { odds / (1.0 + odds) }
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            0.0
        } else if x >= 1.0 {
            1.0
        } else {
            self.unit.tails(x, 1.0 - x).cdf()
        }
    }

    fn support(&self) -> (f64, f64) {
        (0.0, 1.0)
    }

    fn mean(&self) -> f64 {
        self.alpha / (self.alpha + self.beta)
    }

    fn sd(&self) -> f64 {
        let sum = self.alpha + self.beta;
        (self.alpha / sum * (self.beta / sum) / (sum + 1.0)).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::proof;
    use super::*;
    use proptest::prelude::*;

    const GOLDEN: [u64; 6] = [
        0x3f2f03472be99685, // 0.00023660892289283447
        0x3f9921f69e4700e7, // 0.024543622408374068
        0x3fc57cb4a4fa6542, // 0.1678682141835371
        0x3fcf616882aa4c68, // 0.24516016368997673
        0x3fdeb4a7f8efe841, // 0.4797763758684859
        0x3fee22d587601f8b, // 0.9417522090961808
    ];

    const GOLDEN_BELOW_ONE: [u64; 6] = [
        0x3cfaed9a21278027, // 5.979246671043071e-15
        0x3f0f58f817ead10d, // 5.9790679178746855e-5
        0x3fd059c4bd3d589b, // 0.2554790351908964
        0x3fe504bf833a5fec, // 0.6568296015784632
        0x3feff03277718888, // 0.9980709393387466
        0x3ff0000000000000, // 1.0
    ];

    #[test]
    fn golden_bits() {
        proof::golden("beta", &[2.0, 5.5], GOLDEN);
        proof::golden("beta", &[0.4, 0.3], GOLDEN_BELOW_ONE);
    }

    proptest! {
        // For smaller beta, upper quantiles come within a few rounding steps of 1, which statrs
        // takes for 1; mpmath covers that region below.
        #[test]
        fn it_agrees_with_statrs(log_a in -2.0..5.0, log_b in -0.7..5.0) {
            let (a, b) = (libm::exp(log_a), libm::exp(log_b));
            let other = statrs::distribution::Beta::new(a, b).unwrap();
            proof::agrees(&Beta::new(a, b).unwrap(), &other, 1e-10);
        }

        #[test]
        fn its_forms_say_the_same(mean in 0.01..0.99, concentration in 0.1..100.0) {
            let law = Beta::from_mean_concentration(mean, concentration).unwrap();
            prop_assert!((law.mean() - mean).abs() < 1e-14);
            prop_assert!((law.alpha + law.beta - concentration).abs() < 1e-12 * concentration);
        }
    }

    #[test]
    fn it_agrees_with_mpmath() {
        // Roots of betainc(a, b, 0, x, regularized) = u, 30 digits.
        for (a, b, u, x) in MPMATH {
            let found = Beta::new(a, b).unwrap().quantile(u);
            assert!((found / x - 1.0).abs() < 2e-12, "{a} {b} {u}: {found:e} {x:e}");
        }
    }
    const MPMATH: [(f64, f64, f64, f64); 41] = [
        (0.05, 0.6, 1e-06, 2.5007031515341183e-120),
        (0.05, 0.6, 0.01, 2.500703151534096e-40),
        (0.05, 0.6, 0.3, 8.719412740010951e-11),
        (0.05, 0.6, 0.5, 2.384854201893506e-06),
        (0.05, 0.6, 0.9, 0.2710678214916282),
        (0.05, 0.6, 0.999, 0.9993213713159796),
        (0.4, 0.3, 1e-06, 5.979246671043061e-15),
        (0.4, 0.3, 0.01, 5.979067917874686e-05),
        (0.4, 0.3, 0.3, 0.25547903519089643),
        (0.4, 0.3, 0.5, 0.6568296015784627),
        (0.4, 0.3, 0.9, 0.9980709393387466),
        (2.0, 5.5, 1e-06, 0.0002366089228928348),
        (2.0, 5.5, 0.01, 0.024543622408374086),
        (2.0, 5.5, 0.3, 0.16786821418353715),
        (2.0, 5.5, 0.5, 0.24516016368997698),
        (2.0, 5.5, 0.9, 0.47977637586848587),
        (2.0, 5.5, 0.999, 0.7900140768977664),
        (1.0, 1.0, 1e-06, 1e-06),
        (1.0, 1.0, 0.01, 0.01),
        (1.0, 1.0, 0.3, 0.3),
        (1.0, 1.0, 0.5, 0.5),
        (1.0, 1.0, 0.9, 0.9),
        (1.0, 1.0, 0.999, 0.999),
        (30.0, 0.8, 1e-06, 0.6445437394319227),
        (30.0, 0.8, 0.01, 0.8709981588036073),
        (30.0, 0.8, 0.3, 0.968947495155824),
        (30.0, 0.8, 0.5, 0.9833725478813907),
        (30.0, 0.8, 0.9, 0.9982296322698312),
        (30.0, 0.8, 0.999, 0.9999945578508913),
        (60.0, 45.0, 1e-06, 0.3438737302966052),
        (60.0, 45.0, 0.01, 0.45826684012529256),
        (60.0, 45.0, 0.3, 0.5463920747998697),
        (60.0, 45.0, 0.5, 0.571883786984487),
        (60.0, 45.0, 0.9, 0.6329222244388244),
        (60.0, 45.0, 0.999, 0.713868244546),
        (400.0, 3.0, 1e-06, 0.9534157341810127),
        (400.0, 3.0, 0.01, 0.9792555920505741),
        (400.0, 3.0, 0.3, 0.9910241121637274),
        (400.0, 3.0, 0.5, 0.9933536824724262),
        (400.0, 3.0, 0.9, 0.9972554732627893),
        (400.0, 3.0, 0.999, 0.999524966252427),
    ];

    #[test]
    fn its_quantiles_are_spread_like_samples_of_rand_distr() {
        use rand_distr::Distribution as _;
        let samples = rand_distr::Beta::new(2.0, 5.5).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&Beta::new(2.0, 5.5).unwrap(), samples);
        let samples = rand_distr::Beta::new(0.4, 0.3).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&Beta::new(0.4, 0.3).unwrap(), samples);
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        proof::moments(&Beta::new(2.0, 5.5).unwrap());
        proof::moments(&Beta::new(0.7, 0.6).unwrap());
    }

    #[test]
    fn parameters_out_of_range_are_refused() {
        proof::refused(Beta::new(0.0, 1.0), "alpha", "be positive");
        proof::refused(Beta::new(1.0, -1.0), "beta", "be positive");
        proof::refused(Beta::new(1.0, 1e-7), "beta", "be at least 1e-6");
        proof::refused(Beta::new(1e10, 1.0), "alpha", "be at most 1e9");
        let must = "be between 0 and 1, both excluded";
        proof::refused(Beta::from_mean_concentration(1.0, 1.0), "mean", must);
        proof::refused(Beta::from_mean_concentration(0.5, 0.0), "concentration", "be positive");
        let must = "be such that mean*concentration and (1-mean)*concentration are in 1e-6..1e9";
        proof::refused(Beta::from_mean_concentration(0.5, 1e10), "concentration", must);
    }
}
