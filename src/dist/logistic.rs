//! The logistic law: location + scale · ln(u / (1 − u)).

use super::bad_parameter::{finite, positive};
use super::{BadParameter, Distribution, Family, Form, Law};

/// Logistic(location, scale): P(X ≤ x) = 1 / (1 + exp(−(x − location)/scale)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Logistic {
    location: f64,
    scale: f64,
}

impl Logistic {
    /// `scale` must be positive.
    pub fn new(location: f64, scale: f64) -> Result<Self, BadParameter> {
        Ok(Self { location: finite("location", location)?, scale: positive("scale", scale)? })
    }
}

pub(super) const FAMILY: Family = Family {
    name: "logistic",
    discrete: false,
    forms: &[Form {
        parameters: &["location", "scale"],
        make: |p| Ok(Law::Logistic(Logistic::new(p[0], p[1])?)),
    }],
    about: "a bell with heavier tails than the normal",
};

impl Distribution for Logistic {
    fn quantile(&self, u: f64) -> f64 {
        self.location + self.scale * libm::log(u / (1.0 - u))
    }

    fn cdf(&self, x: f64) -> f64 {
        1.0 / (1.0 + libm::exp(-(x - self.location) / self.scale))
    }

    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn mean(&self) -> f64 {
        self.location
    }

    fn sd(&self) -> f64 {
        self.scale * std::f64::consts::PI / 3f64.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::proof;
    use super::*;
    use proptest::prelude::*;

    const GOLDEN: [u64; 6] = [
        0xc03ca18a78020f45, // -28.631019115927547
        0xc024616719161d2b, // -10.19023970026918
        0xc0058e883385574c, // -2.694595720774407
        0xbff0000000000000, // -1.0
        0x400b27d4f55a0616, // 3.394449154672439
        0x403aa18a7801d009, // 26.631019115870036
    ];

    #[test]
    fn golden_bits() {
        proof::golden("logistic", &[-1.0, 2.0], GOLDEN);
    }

    proptest! {
        // The other road is the closed form 1/2 + 1/2 tanh((x - location) / (2 scale)).
        #[test]
        fn its_cdf_is_a_hyperbolic_tangent(u in 1e-6..1.0, location in -9.0..9.0, scale in 0.1..9.0) {
            let law = Logistic::new(location, scale).unwrap();
            let x = law.quantile(u);
            let other = 0.5 + 0.5 * ((x - location) / (2.0 * scale)).tanh();
            prop_assert!((other - u).abs() < 1e-13);
            prop_assert!((law.cdf(x) - u).abs() < 1e-13);
        }
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        proof::moments(&Logistic::new(-1.0, 2.0).unwrap());
    }

    #[test]
    fn a_scale_that_is_not_positive_is_refused() {
        proof::refused(Logistic::new(0.0, 0.0), "scale", "be positive");
    }
}
