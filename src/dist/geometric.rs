//! The geometric law.

use super::bad_parameter::require;
use super::staircase::search;
use super::{BadParameter, Distribution, Family, Form, Law};

/// Geometric(p): the number of failures before the first success, P(X ≤ k) = 1 − (1−p)^(k+1)
/// for k = 0, 1, 2, …
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometric {
    p: f64,
    /// ln(1 − p); −∞ for p = 1.
    log_q: f64,
}

impl Geometric {
    /// `p` from 1e-9 to 1; with 1 every value is 0.
    pub fn new(p: f64) -> Result<Self, BadParameter> {
        require("p", p, p > 0.0 && p <= 1.0, "be above 0 and at most 1")?;
        // Whole numbers up to the largest quantile must stay exact.
        require("p", p, p >= 1e-9, "be at least 1e-9")?;
        Ok(Self { p, log_q: libm::log1p(-p) })
    }
}

pub(super) const FAMILY: Family = Family {
    name: "geometric",
    discrete: true,
    forms: &[Form { parameters: &["p"], make: |p| Ok(Law::Geometric(Geometric::new(p[0])?)) }],
    about: "failures before the first success",
};

impl Distribution for Geometric {
    fn quantile(&self, u: f64) -> f64 {
        let guess = (libm::log1p(-u) / self.log_q - 1.0).ceil();
        search(u, guess, self.support(), |k| self.cdf(k))
    }

    fn cdf(&self, x: f64) -> f64 {
        if x < 0.0 {
            return 0.0;
        }
        let log = (x.floor() + 1.0) * self.log_q;
        // Each form where it is accurate: then rounding never makes the cdf decrease.
        if log > -0.6 { -libm::expm1(log) } else { 1.0 - libm::exp(log) }
    }

    fn cdf_below(&self, x: f64) -> f64 {
        self.cdf(x.ceil() - 1.0)
    }

    fn support(&self) -> (f64, f64) {
        (0.0, if self.p == 1.0 { 0.0 } else { f64::INFINITY })
    }

    fn mean(&self) -> f64 {
        (1.0 - self.p) / self.p
    }

    fn sd(&self) -> f64 {
        (1.0 - self.p).sqrt() / self.p
    }
}

#[cfg(test)]
mod tests {
    use super::super::proof;
    use super::*;
    use proptest::prelude::*;

    const GOLDEN: [u64; 6] = [
        0x0000000000000000, // 0.0
        0x0000000000000000, // 0.0
        0x4000000000000000, // 2.0
        0x4010000000000000, // 4.0
        0x402c000000000000, // 14.0
        0x4055400000000000, // 85.0
    ];

    #[test]
    fn golden_bits() {
        proof::golden("geometric", &[0.15], GOLDEN);
    }

    proptest! {
        // The other road: 1 - (1-p)^(k+1) by repeated multiplication.
        #[test]
        fn its_cdf_is_that_of_repeated_trials(p in 0.001..=1.0) {
            let law = Geometric::new(p).unwrap();
            let mut fails = 1.0;
            for k in 0..200 {
                fails *= 1.0 - p;
                prop_assert!((law.cdf(k as f64) - (1.0 - fails)).abs() < 1e-13);
            }
        }

        #[test]
        fn quantile_and_cdf_are_consistent(log_p in -20.0..0.0, u in 0.0..1.0) {
            proof::consistent(&Geometric::new(libm::exp(log_p)).unwrap(), u);
        }
    }

    #[test]
    fn its_quantiles_are_spread_like_samples_of_rand_distr() {
        use rand_distr::Distribution as _;
        let samples = rand_distr::Geometric::new(0.15).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&Geometric::new(0.15).unwrap(), samples.map(|k: u64| k as f64));
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        proof::discrete_moments(&Geometric::new(0.15).unwrap());
    }

    #[test]
    fn a_sure_success_always_gives_zero() {
        let law = Geometric::new(1.0).unwrap();
        assert_eq!((law.quantile(1.0 - 1e-12), law.cdf(0.0), law.sd()), (0.0, 1.0, 0.0));
    }

    #[test]
    fn a_probability_out_of_range_is_refused() {
        proof::refused(Geometric::new(0.0), "p", "be above 0 and at most 1");
        proof::refused(Geometric::new(1.5), "p", "be above 0 and at most 1");
        proof::refused(Geometric::new(1e-10), "p", "be at least 1e-9");
    }
}
