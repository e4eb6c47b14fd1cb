//! The Poisson law.

use super::bad_parameter::countable;
use super::incomplete_gamma::IncompleteGamma;
use super::staircase::{Climb, guess, search};
use super::{BadParameter, Distribution, Family, Form, Law};

/// Poisson(mean): P(k) = exp(−mean) mean^k / k! for k = 0, 1, 2, …
///
/// Small means are summed from 0; large ones use P(X ≤ k) = Q(k + 1, mean), the upper
/// regularised incomplete gamma function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poisson {
    mean: f64,
    /// exp(−mean).
    none: f64,
}

/// Below this mean the sum from 0 is faster.
const CLIMBING: f64 = 16.0;

impl Poisson {
    /// The mean is 0 (always 0) or positive, at most 1e9.
    pub fn new(mean: f64) -> Result<Self, BadParameter> {
        countable("mean", mean)?;
        Ok(Self { mean, none: libm::exp(-mean) })
    }

    fn climb(&self) -> Climb<impl Fn(f64) -> f64> {
        let mean = self.mean;
        Climb { first: self.none, mean, ratio: move |k| mean / (k + 1.0) }
    }
}

pub(super) const FAMILY: Family = Family {
    name: "poisson",
    discrete: true,
    forms: &[Form { parameters: &["mean"], make: |p| Ok(Law::Poisson(Poisson::new(p[0])?)) }],
    about: "counts of rare independent events",
};

impl Distribution for Poisson {
    fn quantile(&self, u: f64) -> f64 {
        if self.mean < CLIMBING {
            return self.climb().quantile(u);
        }
        let sd = self.mean.sqrt();
        let guess = guess(u, self.mean, sd, 1.0 / sd);
        search(u, guess, self.support(), |k| self.cdf(k))
    }

    fn cdf(&self, x: f64) -> f64 {
        if x < 0.0 {
            0.0
        } else if x == f64::INFINITY || self.mean == 0.0 {
            1.0
        } else if self.mean < CLIMBING {
            self.climb().cdf(x.floor())
        } else {
            IncompleteGamma::new(x.floor() + 1.0).tails(self.mean).survival()
        }
    }

    fn cdf_below(&self, x: f64) -> f64 {
        self.cdf(x.ceil() - 1.0)
    }

    fn support(&self) -> (f64, f64) {
        (0.0, if self.mean == 0.0 { 0.0 } else { f64::INFINITY })
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        self.mean.sqrt()
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
        0x4008000000000000, // 3.0
        0x4010000000000000, // 4.0
        0x4018000000000000, // 6.0
        0x4030000000000000, // 16.0
    ];

    const GOLDEN_LARGE: [u64; 6] = [
        0x40a1b40000000000, // 2266.0
        0x40a2a00000000000, // 2384.0
        0x40a3540000000000, // 2474.0
        0x40a3880000000000, // 2500.0
        0x40a4080000000000, // 2564.0
        0x40a56a0000000000, // 2741.0
    ];

    #[test]
    fn golden_bits() {
        proof::golden("poisson", &[3.7], GOLDEN);
        proof::golden("poisson", &[2500.0], GOLDEN_LARGE);
    }

    proptest! {
        #[test]
        fn it_agrees_with_statrs(log_mean in -3.0..7.0) {
            let mean = libm::exp(log_mean);
            let other = statrs::distribution::Poisson::new(mean).unwrap();
            proof::agrees_in_steps(&Poisson::new(mean).unwrap(), &other, 1e-11);
        }

        #[test]
        fn quantile_and_cdf_are_consistent(log_mean in -5.0..20.7, u in 0.0..1.0) {
            proof::consistent(&Poisson::new(libm::exp(log_mean)).unwrap(), u);
        }
    }

    #[test]
    fn both_roads_agree_where_they_meet() {
        let law = Poisson::new(15.9).unwrap();
        for k in 0..60 {
            let other = IncompleteGamma::new(k as f64 + 1.0).tails(15.9).survival();
            assert!((law.cdf(k as f64) - other).abs() < 1e-14, "{k}");
        }
    }

    #[test]
    fn its_quantiles_are_spread_like_samples_of_rand_distr() {
        use rand_distr::Distribution as _;
        let samples = rand_distr::Poisson::new(3.7).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&Poisson::new(3.7).unwrap(), samples);
        let samples = rand_distr::Poisson::new(2500.0).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&Poisson::new(2500.0).unwrap(), samples);
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        proof::discrete_moments(&Poisson::new(3.7).unwrap());
        proof::discrete_moments(&Poisson::new(2500.0).unwrap());
    }

    #[test]
    fn a_mean_of_zero_always_gives_zero() {
        let law = Poisson::new(0.0).unwrap();
        assert_eq!((law.quantile(1e-9), law.quantile(0.999_999)), (0.0, 0.0));
        assert_eq!((law.cdf(0.0), law.cdf(-1.0)), (1.0, 0.0));
    }

    #[test]
    fn a_mean_out_of_range_is_refused() {
        proof::refused(Poisson::new(-1.0), "mean", "not be negative");
        proof::refused(Poisson::new(2e9), "mean", "be at most 1e9");
    }
}
