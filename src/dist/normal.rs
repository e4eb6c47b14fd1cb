//! The normal law: mean + sd · Φ⁻¹(u).

use super::bad_parameter::{finite, positive};
use super::{BadParameter, Distribution, Family, Form, Law, standard_normal};

/// Normal(mean, sd): density exp(−z²/2) / (sd sqrt(2π)) with z = (x − mean) / sd.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    mean: f64,
    sd: f64,
}

impl Normal {
    /// `sd` must be positive.
    pub fn new(mean: f64, sd: f64) -> Result<Self, BadParameter> {
        Ok(Self { mean: finite("mean", mean)?, sd: positive("sd", sd)? })
    }
}

pub(super) const FAMILY: Family = Family {
    name: "normal",
    discrete: false,
    forms: &[Form { parameters: &["mean", "sd"], make: |p| Ok(Law::Normal(Normal::new(p[0], p[1])?)) }],
    about: "the bell curve, from its mean and standard deviation",
};

impl Distribution for Normal {
    fn quantile(&self, u: f64) -> f64 {
        self.mean + self.sd * standard_normal::quantile(u)
    }

    fn cdf(&self, x: f64) -> f64 {
        standard_normal::cdf((x - self.mean) / self.sd)
    }

    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        self.sd
    }
}

#[cfg(test)]
mod tests {
    use super::super::proof;
    use super::*;
    use proptest::prelude::*;

    const GOLDEN: [u64; 6] = [
        0xc0131f8ef5469b70, // -4.78081877940609
        0x403110183108e110, // 17.062869133632432
        0x4040a3e3fef99c29, // 33.280395385627635
        0x4043000000000000, // 38.0
        0x4048c458ef6faeb6, // 49.5339640899014
        0x405431f8ef545b58, // 80.78081877935381
    ];

    #[test]
    fn golden_bits() {
        proof::golden("normal", &[38.0, 9.0], GOLDEN);
    }

    proptest! {
        #[test]
        fn it_agrees_with_statrs(mean in -1e3..1e3, sd in 1e-3..1e3) {
            let other = statrs::distribution::Normal::new(mean, sd).unwrap();
            // statrs' erfc is off by up to 1.3e-11 here (u = 0.15); mpmath sides with ours.
            proof::agrees(&Normal::new(mean, sd).unwrap(), &other, 1e-10);
        }
    }

    #[test]
    fn its_quantiles_are_spread_like_samples_of_rand_distr() {
        use rand_distr::Distribution as _;
        let samples = rand_distr::Normal::new(38.0, 9.0).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&Normal::new(38.0, 9.0).unwrap(), samples);
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        proof::moments(&Normal::new(38.0, 9.0).unwrap());
    }

    #[test]
    fn a_sd_that_is_not_positive_is_refused() {
        proof::refused(Normal::new(0.0, 0.0), "sd", "be positive");
        proof::refused(Normal::new(0.0, -2.0), "sd", "be positive");
    }
}
