//! The exponential law: −mean · ln(1 − u).

use super::bad_parameter::{positive, require};
use super::{BadParameter, Distribution, Family, Form, Law};

/// Exponential(mean): density exp(−x/mean)/mean on x ≥ 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    mean: f64,
}

impl Exponential {
    /// From the mean, positive.
    pub fn new(mean: f64) -> Result<Self, BadParameter> {
        Ok(Self { mean: positive("mean", mean)? })
    }

    /// From the rate = 1/mean, positive.
    pub fn from_rate(rate: f64) -> Result<Self, BadParameter> {
        positive("rate", rate)?;
        require("rate", rate, (1.0 / rate).is_finite(), "be at least 1e-308")?;
        Self::new(1.0 / rate)
    }
}

pub(super) const FAMILY: Family = Family {
    name: "exponential",
    discrete: false,
    forms: &[
        Form { parameters: &["mean"], make: |p| Ok(Law::Exponential(Exponential::new(p[0])?)) },
        Form { parameters: &["rate"], make: |p| Ok(Law::Exponential(Exponential::from_rate(p[0])?)) },
    ],
    about: "waiting times without memory",
};

impl Distribution for Exponential {
    fn quantile(&self, u: f64) -> f64 {
        -self.mean * libm::log1p(-u)
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        -libm::expm1(-x / self.mean)
    }

    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        self.mean
    }
}

#[cfg(test)]
mod tests {
    use super::super::proof;
    use super::*;
    use proptest::prelude::*;

    const GOLDEN: [u64; 6] = [
        0x3ec4f8b638cf6fac, // 2.5000012500008333e-6
        0x3f99ba968e0bc9e5, // 0.025125839633753606
        0x3fec88b3ee198f22, // 0.8916873598468309
        0x3ffbb9d3beb8c86b, // 1.7328679513998633
        0x4017069e2aa2aa5c, // 5.756462732485115
        0x404144f69ff9d83e, // 34.53877639483879
    ];

    #[test]
    fn golden_bits() {
        proof::golden("exponential", &[2.5], GOLDEN);
    }

    proptest! {
        #[test]
        fn it_agrees_with_statrs(mean in 1e-3..1e3) {
            let other = statrs::distribution::Exp::new(1.0 / mean).unwrap();
            proof::agrees(&Exponential::new(mean).unwrap(), &other, 1e-11);
        }
    }

    #[test]
    fn a_rate_is_the_inverse_of_a_mean() {
        assert_eq!(Exponential::from_rate(0.25).unwrap(), Exponential::new(4.0).unwrap());
    }

    #[test]
    fn its_quantiles_are_spread_like_samples_of_rand_distr() {
        use rand_distr::Distribution as _;
        let samples = rand_distr::Exp::new(0.4).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&Exponential::new(2.5).unwrap(), samples);
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        proof::moments(&Exponential::new(2.5).unwrap());
    }

    #[test]
    fn parameters_that_are_not_positive_are_refused() {
        proof::refused(Exponential::new(0.0), "mean", "be positive");
        proof::refused(Exponential::from_rate(-1.0), "rate", "be positive");
        proof::refused(Exponential::from_rate(1e-310), "rate", "be at least 1e-308");
    }
}
