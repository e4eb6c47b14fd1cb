//! The negative binomial law.

use super::bad_parameter::{countable, positive, require};
use super::incomplete_beta::IncompleteBeta;
use super::staircase::{Climb, guess, search};
use super::{BadParameter, Distribution, Family, Form, Law};

/// The number of failures before success number r in trials of probability p, for any r > 0; a
/// Poisson law whose mean is itself Gamma. P(k) = Γ(k+r)/(k! Γ(r)) p^r (1−p)^k.
///
/// With mean m and dispersion r: p = r/(r+m), variance = m + m²/r. Small laws are summed from 0;
/// otherwise P(X ≤ k) = I_p(r, k + 1), the regularised incomplete beta function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NegativeBinomial {
    r: f64,
    mean: f64,
    p: f64,
    /// 1 − p, accurate on its own.
    q: f64,
    /// p^r.
    none: f64,
}

/// Below this variance the sum from 0 is faster.
const CLIMBING: f64 = 60.0;

/// Below this the largest quantiles would leave the range of exact whole numbers.
const LEAST_P: f64 = 1e-9;

impl NegativeBinomial {
    /// From the mean, 0 (always 0) or positive, at most 1e9, and the dispersion r in 1e-6..1e9.
    pub fn new(mean: f64, dispersion: f64) -> Result<Self, BadParameter> {
        countable("mean", mean)?;
        let r = size("dispersion", dispersion)?;
        let (p, q) = (r / (r + mean), mean / (r + mean));
        let must = "be at least `mean`*1e-9";
        require("dispersion", dispersion, p >= LEAST_P, must)?;
        Ok(Self { r, mean, p, q, none: libm::exp(r * libm::log1p(-q)) })
    }

    /// From the number of successes r in 1e-6..1e9 and their probability, above 0 and at most 1.
    pub fn from_r_p(r: f64, p: f64) -> Result<Self, BadParameter> {
        size("r", r)?;
        require("p", p, p > 0.0 && p <= 1.0, "be above 0 and at most 1")?;
        require("p", p, p >= LEAST_P, "be at least 1e-9")?;
        let q = 1.0 - p;
        let mean = r * q / p;
        require("p", p, mean <= 1e9, "be such that the mean r*(1-p)/p is at most 1e9")?;
        Ok(Self { r, mean, p, q, none: libm::exp(r * libm::log(p)) })
    }

    fn climbs(&self) -> bool {
        self.mean < CLIMBING * self.p
    }

    fn climb(&self) -> Climb<impl Fn(f64) -> f64> {
        let (r, q) = (self.r, self.q);
        Climb { first: self.none, mean: self.mean, ratio: move |k| (r + k) / (k + 1.0) * q }
    }
}

fn size(name: &'static str, r: f64) -> Result<f64, BadParameter> {
    positive(name, r)?;
    require(name, r, r >= 1e-6, "be at least 1e-6")?;
    require(name, r, r <= 1e9, "be at most 1e9 (use a poisson law)")
}

pub(super) const FAMILY: Family = Family {
    name: "negative_binomial",
    discrete: true,
    forms: &[
        Form {
            parameters: &["mean", "dispersion"],
            make: |p| Ok(Law::NegativeBinomial(NegativeBinomial::new(p[0], p[1])?)),
        },
        Form {
            parameters: &["r", "p"],
            make: |p| Ok(Law::NegativeBinomial(NegativeBinomial::from_r_p(p[0], p[1])?)),
        },
    ],
    about: "counts that vary more than poisson: variance = mean + mean^2/dispersion",
};

impl Distribution for NegativeBinomial {
    fn quantile(&self, u: f64) -> f64 {
        if self.climbs() {
            return self.climb().quantile(u);
        }
        let sd = self.sd();
        let guess = guess(u, self.mean, sd, (1.0 + self.q) / (self.p * sd));
        search(u, guess, self.support(), |k| self.cdf(k))
    }

    fn cdf(&self, x: f64) -> f64 {
        if x < 0.0 {
            0.0
        } else if x == f64::INFINITY || self.q == 0.0 {
            1.0
        } else if self.climbs() {
            self.climb().cdf(x.floor())
        } else {
            IncompleteBeta::new(self.r, x.floor() + 1.0).tails(self.p, self.q).cdf()
        }
    }

    fn cdf_below(&self, x: f64) -> f64 {
        self.cdf(x.ceil() - 1.0)
    }

    fn support(&self) -> (f64, f64) {
        (0.0, if self.q == 0.0 { 0.0 } else { f64::INFINITY })
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        (self.mean / self.p).sqrt()
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
        0x4008000000000000, // 3.0
        0x4022000000000000, // 9.0
        0x4047800000000000, // 47.0
    ];

    const GOLDEN_LARGE: [u64; 6] = [
        0x0000000000000000, // 0.0
        0x3ff0000000000000, // 1.0
        0x4055800000000000, // 86.0
        0x4067800000000000, // 188.0
        0x4086d00000000000, // 730.0
        0x40b3440000000000, // 4932.0
    ];

    #[test]
    fn golden_bits() {
        proof::golden("negative_binomial", &[4.0, 1.5], GOLDEN);
        proof::golden("negative_binomial", &[300.0, 0.8], GOLDEN_LARGE);
    }

    proptest! {
        #[test]
        fn it_agrees_with_statrs(log_r in -1.5..5.0, p in 0.02..0.98) {
            let r = libm::exp(log_r);
            let other = statrs::distribution::NegativeBinomial::new(r, p).unwrap();
            proof::agrees_in_steps(&NegativeBinomial::from_r_p(r, p).unwrap(), &other, 1e-11);
        }

        #[test]
        fn quantile_and_cdf_are_consistent(log_mean in -5.0..14.0, log_r in -4.0..14.0, u in 0.0..1.0) {
            let law = NegativeBinomial::new(libm::exp(log_mean), libm::exp(log_r)).unwrap();
            proof::consistent(&law, u);
        }
    }

    #[test]
    fn both_roads_agree_where_they_meet() {
        let law = NegativeBinomial::new(10.0, 2.1).unwrap();
        assert!(law.climbs());
        for k in 0..120 {
            let k = k as f64;
            let other = IncompleteBeta::new(law.r, k + 1.0).tails(law.p, law.q).cdf();
            assert!((law.cdf(k) - other).abs() < 1e-14, "{k}");
        }
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        proof::discrete_moments(&NegativeBinomial::new(4.0, 1.5).unwrap());
        proof::discrete_moments(&NegativeBinomial::new(300.0, 20.0).unwrap());
    }

    #[test]
    fn a_mean_of_zero_always_gives_zero() {
        for law in [NegativeBinomial::new(0.0, 2.0), NegativeBinomial::from_r_p(2.0, 1.0)] {
            let law = law.unwrap();
            assert_eq!((law.quantile(1.0 - 1e-12), law.cdf(0.0)), (0.0, 1.0));
        }
    }

    #[test]
    fn parameters_out_of_range_are_refused() {
        proof::refused(NegativeBinomial::new(-1.0, 1.0), "mean", "not be negative");
        proof::refused(NegativeBinomial::new(2e9, 1.0), "mean", "be at most 1e9");
        proof::refused(NegativeBinomial::new(1.0, 0.0), "dispersion", "be positive");
        proof::refused(NegativeBinomial::new(1.0, 1e-7), "dispersion", "be at least 1e-6");
        let must = "be at most 1e9 (use a poisson law)";
        proof::refused(NegativeBinomial::from_r_p(1e10, 0.5), "r", must);
        proof::refused(NegativeBinomial::from_r_p(1.0, 0.0), "p", "be above 0 and at most 1");
        let must = "be such that the mean r*(1-p)/p is at most 1e9";
        proof::refused(NegativeBinomial::from_r_p(1e3, 1e-8), "p", must);
        proof::refused(NegativeBinomial::from_r_p(1.0, 1e-12), "p", "be at least 1e-9");
        let must = "be at least `mean`*1e-9";
        proof::refused(NegativeBinomial::new(1e6, 1e-5), "dispersion", must);
    }
}
