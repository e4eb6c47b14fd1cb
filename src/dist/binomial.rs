//! The binomial law.

use super::bad_parameter::{countable, probability, require};
use super::incomplete_beta::IncompleteBeta;
use super::staircase::{Climb, guess, search};
use super::{BadParameter, Distribution, Family, Form, Law};

/// Binomial(n, p): the number of successes in `n` independent trials.
///
/// Small means are summed from 0; otherwise P(X ≤ k) = I_(1−p)(n − k, k + 1), the regularised
/// incomplete beta function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Binomial {
    n: f64,
    p: f64,
    /// (1−p)^n.
    none: f64,
}

/// Below this mean the sum from 0 is faster, and (1−p)^n is far from underflow for p < 0.9.
const CLIMBING: f64 = 16.0;

impl Binomial {
    /// `n` a whole number up to 1e9, `p` a probability; n = 0, p = 0 and p = 1 are legal.
    pub fn new(n: f64, p: f64) -> Result<Self, BadParameter> {
        countable("n", n)?;
        require("n", n, n.floor() == n, "be a whole number")?;
        probability("p", p)?;
        let none = if p < 1.0 { libm::exp(n * libm::log1p(-p)) } else { 0.0 };
        Ok(Self { n, p, none })
    }

    fn climbs(&self) -> bool {
        self.n * self.p < CLIMBING && self.p < 0.9
    }

    fn climb(&self) -> Climb<impl Fn(f64) -> f64> {
        let (n, odds) = (self.n, self.p / (1.0 - self.p));
        let ratio = move |k: f64| ((n - k) / (k + 1.0) * odds).max(0.0);
        Climb { first: self.none, mean: self.mean(), ratio }
    }

    /// The only value, where there is only one.
    fn only(&self) -> Option<f64> {
        if self.p == 0.0 || self.n == 0.0 {
            Some(0.0)
        } else if self.p == 1.0 {
            Some(self.n)
        } else {
            None
        }
    }
}

pub(super) const FAMILY: Family = Family {
    name: "binomial",
    discrete: true,
    forms: &[Form { parameters: &["n", "p"], make: |p| Ok(Law::Binomial(Binomial::new(p[0], p[1])?)) }],
    about: "successes in a number of independent trials",
};

impl Distribution for Binomial {
    fn quantile(&self, u: f64) -> f64 {
        if let Some(only) = self.only() {
            return only;
        }
        if self.climbs() {
            return self.climb().quantile(u).min(self.n);
        }
        let sd = self.sd();
        let guess = guess(u, self.mean(), sd, (1.0 - 2.0 * self.p) / sd);
        search(u, guess, self.support(), |k| self.cdf(k))
    }

    fn cdf(&self, x: f64) -> f64 {
        let (low, high) = self.support();
        if x < low {
            0.0
        } else if x >= high {
            1.0
        } else if self.climbs() {
            self.climb().cdf(x.floor())
        } else {
            let k = x.floor();
            IncompleteBeta::new(self.n - k, k + 1.0).tails(1.0 - self.p, self.p).cdf()
        }
    }

    fn cdf_below(&self, x: f64) -> f64 {
        self.cdf(x.ceil() - 1.0)
    }

    fn support(&self) -> (f64, f64) {
        match self.only() {
            Some(only) => (only, only),
            None => (0.0, self.n),
        }
    }

    fn mean(&self) -> f64 {
        self.n * self.p
    }

    fn sd(&self) -> f64 {
        (self.n * self.p * (1.0 - self.p)).sqrt()
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
        0x4026000000000000, // 11.0
    ];

    const GOLDEN_LARGE: [u64; 6] = [
        0x40a68a0000000000, // 2885.0
        0x40a7340000000000, // 2970.0
        0x40a7b00000000000, // 3032.0
        0x40a7d40000000000, // 3050.0
        0x40a82c0000000000, // 3094.0
        0x40a91a0000000000, // 3213.0
    ];

    #[test]
    fn golden_bits() {
        proof::golden("binomial", &[12.0, 0.3], GOLDEN);
        proof::golden("binomial", &[5000.0, 0.61], GOLDEN_LARGE);
    }

    proptest! {
        #[test]
        fn it_agrees_with_statrs(n in 1u32..3000, p in 0.001..0.999) {
            let other = statrs::distribution::Binomial::new(p, u64::from(n)).unwrap();
            proof::agrees_in_steps(&Binomial::new(f64::from(n), p).unwrap(), &other, 1e-11);
        }

        #[test]
        fn quantile_and_cdf_are_consistent(log_n in 0.0..14.6, p in 0.0..=1.0, u in 0.0..1.0) {
            let n = libm::exp(log_n).floor();
            proof::consistent(&Binomial::new(n, p).unwrap(), u);
        }
    }

    #[test]
    fn its_quantiles_are_spread_like_samples_of_rand_distr() {
        use rand_distr::Distribution as _;
        let samples = rand_distr::Binomial::new(12, 0.3).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&Binomial::new(12.0, 0.3).unwrap(), samples.map(|k: u64| k as f64));
        let samples = rand_distr::Binomial::new(5000, 0.61).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&Binomial::new(5000.0, 0.61).unwrap(), samples.map(|k: u64| k as f64));
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        proof::discrete_moments(&Binomial::new(12.0, 0.3).unwrap());
        proof::discrete_moments(&Binomial::new(5000.0, 0.61).unwrap());
        proof::discrete_moments(&Binomial::new(10.0, 0.97).unwrap());
    }

    #[test]
    fn certain_trials_give_one_value() {
        for (n, p, only) in [(7.0, 0.0, 0.0), (7.0, 1.0, 7.0), (0.0, 0.4, 0.0)] {
            let law = Binomial::new(n, p).unwrap();
            assert_eq!((law.quantile(1e-12), law.quantile(1.0 - 1e-12)), (only, only));
            assert_eq!((law.cdf(only), law.cdf_below(only)), (1.0, 0.0));
            assert_eq!((law.support(), law.mean(), law.sd()), ((only, only), only, 0.0));
        }
    }

    #[test]
    fn parameters_out_of_range_are_refused() {
        proof::refused(Binomial::new(-1.0, 0.5), "n", "not be negative");
        proof::refused(Binomial::new(1.5, 0.5), "n", "be a whole number");
        proof::refused(Binomial::new(2e9, 0.5), "n", "be at most 1e9");
        proof::refused(Binomial::new(5.0, 1.1), "p", "be between 0 and 1");
    }
}
