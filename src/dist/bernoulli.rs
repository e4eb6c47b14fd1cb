//! The Bernoulli law.

use super::bad_parameter::probability;
use super::{BadParameter, Distribution, Family, Form, Law};

/// Bernoulli(p): 1 with probability p, else 0. The quantile is 1 exactly when u > 1 − p.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bernoulli {
    p: f64,
}

impl Bernoulli {
    /// `p` a probability, 0 and 1 included.
    pub fn new(p: f64) -> Result<Self, BadParameter> {
        Ok(Self { p: probability("p", p)? })
    }
}

pub(super) const FAMILY: Family = Family {
    name: "bernoulli",
    discrete: true,
    forms: &[Form { parameters: &["p"], make: |p| Ok(Law::Bernoulli(Bernoulli::new(p[0])?)) }],
    about: "yes (1) or no (0)",
};

impl Distribution for Bernoulli {
    fn quantile(&self, u: f64) -> f64 {
        if u > 1.0 - self.p { 1.0 } else { 0.0 }
    }

    fn cdf(&self, x: f64) -> f64 {
        if x < 0.0 {
            0.0
        } else if x < 1.0 {
            1.0 - self.p
        } else {
            1.0
        }
    }

    fn cdf_below(&self, x: f64) -> f64 {
        self.cdf(x.ceil() - 1.0)
    }

    fn support(&self) -> (f64, f64) {
        (if self.p == 1.0 { 1.0 } else { 0.0 }, if self.p == 0.0 { 0.0 } else { 1.0 })
    }

    fn mean(&self) -> f64 {
        self.p
    }

    fn sd(&self) -> f64 {
        (self.p * (1.0 - self.p)).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::proof;
    use super::*;

    const GOLDEN: [u64; 6] = [
        0x0000000000000000, // 0.0
        0x0000000000000000, // 0.0
        0x0000000000000000, // 0.0
        0x0000000000000000, // 0.0
        0x3ff0000000000000, // 1.0
        0x3ff0000000000000, // 1.0
    ];

    #[test]
    fn golden_bits() {
        proof::golden("bernoulli", &[0.35], GOLDEN);
    }

    #[test]
    fn it_is_one_exactly_above_one_minus_p() {
        let law = Bernoulli::new(0.25).unwrap();
        assert_eq!((law.quantile(0.75), law.quantile(0.750001)), (0.0, 1.0));
        for u in [1e-9, 0.2, 0.75, 0.8] {
            proof::consistent(&law, u);
        }
        proof::discrete_moments(&law);
    }

    #[test]
    fn the_edges_are_certain() {
        let (never, always) = (Bernoulli::new(0.0).unwrap(), Bernoulli::new(1.0).unwrap());
        for u in [1e-300, 0.5, 1.0 - f64::EPSILON / 2.0] {
            assert_eq!((never.quantile(u), always.quantile(u)), (0.0, 1.0));
        }
        assert_eq!((never.support(), always.support()), ((0.0, 0.0), (1.0, 1.0)));
    }

    #[test]
    fn a_probability_out_of_range_is_refused() {
        proof::refused(Bernoulli::new(-0.1), "p", "be between 0 and 1");
        proof::refused(Bernoulli::new(1.1), "p", "be between 0 and 1");
    }
}
