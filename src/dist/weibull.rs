//! The Weibull law: scale · (−ln(1 − u))^(1/shape).

use super::bad_parameter::positive;
use super::{BadParameter, Distribution, Family, Form, Law};

/// Weibull(shape, scale): P(X > x) = exp(−(x/scale)^shape) on x ≥ 0. Quantiles beyond the
/// largest `f64` stay there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weibull {
    shape: f64,
    scale: f64,
}

impl Weibull {
    /// Both must be positive.
    pub fn new(shape: f64, scale: f64) -> Result<Self, BadParameter> {
        Ok(Self { shape: positive("shape", shape)?, scale: positive("scale", scale)? })
    }
}

pub(super) const FAMILY: Family = Family {
    name: "weibull",
    discrete: false,
    forms: &[Form { parameters: &["shape", "scale"], make: |p| Ok(Law::Weibull(Weibull::new(p[0], p[1])?)) }],
    about: "lifetimes whose hazard rises (shape > 1) or falls (shape < 1)",
};

impl Distribution for Weibull {
    fn quantile(&self, u: f64) -> f64 {
        let power = libm::pow(-libm::log1p(-u), 1.0 / self.shape);
        (self.scale * power).min(f64::MAX)
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        -libm::expm1(-libm::pow(x / self.scale, self.shape))
    }

    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn mean(&self) -> f64 {
        self.scale * libm::tgamma(1.0 + 1.0 / self.shape)
    }

    fn sd(&self) -> f64 {
        // Γ(1+2k)/Γ(1+k)² − 1 through logarithms: no cancellation for large shapes.
        let k = 1.0 / self.shape;
        let excess = libm::lgamma(1.0 + 2.0 * k) - 2.0 * libm::lgamma(1.0 + k);
        self.mean() * libm::expm1(excess).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::proof;
    use super::*;
    use proptest::prelude::*;

    const GOLDEN: [u64; 6] = [
        0x3f822824c206f441, // 0.00886563031314769
        0x40000887610afd5a, // 2.0041644650915886
        0x40305bdc2d9f8451, // 16.35882840294318
        0x40382e8c71d5d21a, // 24.181830515577623
        0x40487fe6f58f420f, // 48.999235815954414
        0x40619294206ae8c0, // 140.58058186417293
    ];

    #[test]
    fn golden_bits() {
        proof::golden("weibull", &[1.7, 30.0], GOLDEN);
    }

    proptest! {
        #[test]
        fn it_agrees_with_statrs(shape in 0.2..20.0, scale in 1e-3..1e3) {
            let other = statrs::distribution::Weibull::new(shape, scale).unwrap();
            proof::agrees(&Weibull::new(shape, scale).unwrap(), &other, 1e-11);
        }
    }

    #[test]
    fn its_quantiles_are_spread_like_samples_of_rand_distr() {
        use rand_distr::Distribution as _;
        let samples = rand_distr::Weibull::new(30.0, 1.7).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&Weibull::new(1.7, 30.0).unwrap(), samples);
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        proof::moments(&Weibull::new(1.7, 30.0).unwrap());
        proof::moments(&Weibull::new(9.0, 1.0).unwrap());
    }

    #[test]
    fn parameters_that_are_not_positive_are_refused() {
        proof::refused(Weibull::new(0.0, 1.0), "shape", "be positive");
        proof::refused(Weibull::new(1.0, -1.0), "scale", "be positive");
    }
}
