//! Zipf's law.

use super::bad_parameter::{not_negative, require};
use super::euler_maclaurin::{FAR, power_sum};
use super::staircase::search;
use super::{BadParameter, Distribution, Family, Form, Law};

/// Zipf(exponent, n): rank k in 1..=n with probability proportional to k^(−exponent).
///
/// Sums of powers are closed forms (Euler–Maclaurin), so that no table is needed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Zipf {
    exponent: f64,
    n: f64,
    /// Σ k^(−exponent) over the ranks.
    total: f64,
}

impl Zipf {
    /// `exponent` from 0 (all ranks equal) to 100, `n` a whole number in 1..=1e6.
    pub fn new(exponent: f64, n: f64) -> Result<Self, BadParameter> {
        not_negative("exponent", exponent)?;
        require("exponent", exponent, exponent <= 100.0, "be at most 100")?;
        require("n", n, n.floor() == n && n >= 1.0, "be a whole number from 1 on")?;
        require("n", n, n <= 1e6, "be at most 1e6")?;
        Ok(Self { exponent, n, total: sum(exponent, 1.0, n) })
    }

    /// Inverts the integral of x^(−s) from FAR − ½, the continuous picture of the sum.
    fn guess(&self, u: f64) -> f64 {
        let near = sum(self.exponent, 1.0, FAR - 1.0);
        let (power, edge) = (1.0 - self.exponent, FAR - 0.5);
        let beyond = (u * self.total - near) / (edge * libm::pow(edge, -self.exponent));
        if beyond <= 0.0 {
            return 1.0;
        }
        let log = if power == 0.0 { beyond } else { libm::log1p(power * beyond) / power };
        edge * libm::exp(log) + 0.5
    }
}

/// Σ j^(−s) for whole j in `from..=to`.
fn sum(s: f64, from: f64, to: f64) -> f64 {
    let mut total = power_sum(s, from.max(FAR), to);
    let mut j = to.min(FAR - 1.0);
    // Smallest terms first.
    while j >= from {
        total += libm::pow(j, -s);
        j -= 1.0;
    }
    total
}

pub(super) const FAMILY: Family = Family {
    name: "zipf",
    discrete: true,
    forms: &[Form { parameters: &["exponent", "n"], make: |p| Ok(Law::Zipf(Zipf::new(p[0], p[1])?)) }],
    about: "ranks: the first most common, the next ever rarer",
};

impl Distribution for Zipf {
    fn quantile(&self, u: f64) -> f64 {
        search(u, self.guess(u), self.support(), |k| self.cdf(k))
    }

    fn cdf(&self, x: f64) -> f64 {
        if x < 1.0 {
            return 0.0;
        } else if x >= self.n {
            return 1.0;
        }
        let k = x.floor();
        let above = sum(self.exponent, k + 1.0, self.n) / self.total;
        // The smaller side is the accurate one: then rounding never makes the cdf decrease.
        if above < 0.5 { 1.0 - above } else { (sum(self.exponent, 1.0, k) / self.total).min(0.5) }
    }

    fn cdf_below(&self, x: f64) -> f64 {
        self.cdf(x.ceil() - 1.0)
    }

    fn support(&self) -> (f64, f64) {
        (1.0, self.n)
    }

    fn mean(&self) -> f64 {
        sum(self.exponent - 1.0, 1.0, self.n) / self.total
    }

    fn sd(&self) -> f64 {
        let mean = self.mean();
        let square = sum(self.exponent - 2.0, 1.0, self.n) / self.total;
        (square - mean * mean).max(0.0).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::proof;
    use super::*;
    use proptest::prelude::*;

    const GOLDEN: [u64; 6] = [
        0x3ff0000000000000, // 1.0
        0x3ff0000000000000, // 1.0
        0x4010000000000000, // 4.0
        0x4034000000000000, // 20.0
        0x4093a40000000000, // 1257.0
        0x40b3880000000000, // 5000.0
    ];

    #[test]
    fn golden_bits() {
        proof::golden("zipf", &[1.1, 5000.0], GOLDEN);
    }

    proptest! {
        // The other road is the plain sum.
        #[test]
        fn its_cdf_is_the_plain_sum(exponent in 0.0..5.0, n in 1u32..3000) {
            let law = Zipf::new(exponent, f64::from(n)).unwrap();
            let terms: Vec<f64> = (1..=n).map(|k| f64::from(k).powf(-exponent)).collect();
            let total: f64 = terms.iter().sum();
            let mut sum = 0.0;
            for (k, term) in (1..=n).zip(&terms) {
                sum += term;
                prop_assert!((law.cdf(f64::from(k)) - sum / total).abs() < 1e-12);
            }
        }

        #[test]
        fn quantile_and_cdf_are_consistent(exponent in 0.0..12.0, n in 1u32..1_000_000, u in 0.0..1.0) {
            proof::consistent(&Zipf::new(exponent, f64::from(n)).unwrap(), u);
        }
    }

    #[test]
    fn its_quantiles_are_spread_like_samples_of_rand_distr() {
        use rand_distr::Distribution as _;
        let samples = rand_distr::Zipf::new(5000.0, 1.1).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&Zipf::new(1.1, 5000.0).unwrap(), samples);
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        proof::discrete_moments(&Zipf::new(1.1, 5000.0).unwrap());
        // Exponent 0 is uniform on 1..=n: mean (n+1)/2, variance (n²−1)/12.
        let flat = Zipf::new(0.0, 99.0).unwrap();
        assert!((flat.mean() - 50.0).abs() < 1e-12);
        assert!((flat.sd() - (9800f64 / 12.0).sqrt()).abs() < 1e-9);
    }

    #[test]
    fn the_last_rank_is_reached_and_never_passed() {
        for exponent in [0.0, 1.0, 3.0] {
            let law = Zipf::new(exponent, 7.0).unwrap();
            assert_eq!(law.quantile(1.0 - f64::EPSILON / 2.0), 7.0);
            assert_eq!(law.quantile(1e-300), 1.0);
        }
    }

    #[test]
    fn parameters_out_of_range_are_refused() {
        proof::refused(Zipf::new(-0.5, 10.0), "exponent", "not be negative");
        proof::refused(Zipf::new(101.0, 10.0), "exponent", "be at most 100");
        proof::refused(Zipf::new(1.0, 0.0), "n", "be a whole number from 1 on");
        proof::refused(Zipf::new(1.0, 2.5), "n", "be a whole number from 1 on");
        proof::refused(Zipf::new(1.0, 1e6 + 1.0), "n", "be at most 1e6");
    }
}
