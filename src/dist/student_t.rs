//! Student's t law.

use super::bad_parameter::{finite, positive, require};
use super::incomplete_beta::IncompleteBeta;
use super::{BadParameter, Distribution, Family, Form, Law, standard_normal, tails};

/// location + scale · T, with T of Student's law with `df` degrees of freedom: density
/// proportional to (1 + t²/df)^(−(df+1)/2).
///
/// df/(df + T²) is Beta(df/2, ½), so that with w = min(u, 1−u) the quantile is
/// ± sqrt(df / r), where the odds r solve P(R ≤ r) = 2w. Kept within the range of `f64`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StudentT {
    df: f64,
    location: f64,
    scale: f64,
    squared: IncompleteBeta,
}

impl StudentT {
    /// `df` must be in 0.1..=1e9 (below, ordinary quantiles leave the range of numbers), `scale`
    /// positive.
    pub fn new(df: f64, location: f64, scale: f64) -> Result<Self, BadParameter> {
        positive("df", df)?;
        require("df", df, df >= 0.1, "be at least 0.1")?;
        require("df", df, df <= 1e9, "be at most 1e9 (use a normal law)")?;
        finite("location", location)?;
        positive("scale", scale)?;
        Ok(Self { df, location, scale, squared: IncompleteBeta::new(0.5 * df, 0.5) })
    }

    /// A rough quantile, as the odds df/t², for the probability `both` of the two tails together.
    fn start(&self, both: f64) -> f64 {
        let df = self.df;
        if df >= 2.0 {
            // Cornish and Fisher: the first two corrections of the normal quantile.
            let z = -standard_normal::quantile(0.5 * both);
            let s = z * z;
            let first = z * (s + 1.0) / (4.0 * df);
            let second = z * ((5.0 * s + 16.0) * s + 3.0) / (96.0 * df * df);
            let t = z + first + second;
            if t > 0.0 && s < 4.0 * df {
                return df / (t * t);
            }
        }
        // The Pareto tail: P(R ≤ r) ≈ r^(df/2) / (df/2 · B(df/2, ½)); the middle is left to the solver.
        let half = 0.5 * df;
        let log_beta = libm::lgamma(half) + libm::lgamma(0.5) - libm::lgamma(half + 0.5);
        libm::exp((libm::log(both * half) + log_beta) / half)
    }

    /// |t| with P(|T| > |t|) = `both`.
    fn magnitude(&self, both: f64) -> f64 {
        let half = 0.5 * self.df;
        let curvature = half / (half + 0.5) * 0.5;
        let odds = tails::solve(both, self.start(both), curvature, |r| self.squared.tails_at_odds(r));
        (self.df / odds).sqrt()
    }
}

pub(super) const FAMILY: Family = Family {
    name: "student_t",
    discrete: false,
    forms: &[Form {
        parameters: &["df", "location", "scale"],
        make: |p| Ok(Law::StudentT(StudentT::new(p[0], p[1], p[2])?)),
    }],
    about: "a bell with heavy tails: outliers",
};

impl Distribution for StudentT {
    fn quantile(&self, u: f64) -> f64 {
        let t = if u < 0.5 {
            -self.magnitude(2.0 * u)
        } else if u > 0.5 {
            self.magnitude(2.0 * (1.0 - u))
        } else {
            0.0
        };
        (self.location + self.scale * t).clamp(-f64::MAX, f64::MAX)
    }

    fn cdf(&self, x: f64) -> f64 {
        let t = (x - self.location) / self.scale;
        let odds = self.df / t / t;
        if odds == f64::INFINITY {
            return 0.5;
        }
        let tail = if odds > 0.0 { 0.5 * self.squared.tails_at_odds(odds).lower } else { 0.0 };
        if t < 0.0 { tail } else { 1.0 - tail }
    }

    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    /// `location` for df > 1, else NaN.
    fn mean(&self) -> f64 {
        if self.df > 1.0 { self.location } else { f64::NAN }
    }

    /// scale · sqrt(df/(df−2)) for df > 2, infinite for 1 < df ≤ 2, else NaN.
    fn sd(&self) -> f64 {
        if self.df > 2.0 {
            self.scale * (self.df / (self.df - 2.0)).sqrt()
        } else if self.df > 1.0 {
            f64::INFINITY
        } else {
            f64::NAN
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::proof;
    use super::*;
    use proptest::prelude::*;

    const GOLDEN: [u64; 6] = [
        0xc05249f71ff305ba, // -73.15570830090192
        0x40040c80e54cbf64, // 2.5061052240416064
        0x4021b9b40f5d33af, // 8.862701873900589
        0x4024000000000000, // 10.0
        0x402a2200d3546bb4, // 13.066412548117889
        0x405749f71ff26116, // 93.15570830030296
    ];

    #[test]
    fn golden_bits() {
        proof::golden("student_t", &[4.0, 10.0, 2.0], GOLDEN);
    }

    proptest! {
        #[test]
        fn it_agrees_with_statrs(log_df in -0.5..5.0, location in -9.0..9.0, scale in 0.1..9.0) {
            let df = libm::exp(log_df);
            let other = statrs::distribution::StudentsT::new(location, scale, df).unwrap();
            proof::agrees(&StudentT::new(df, location, scale).unwrap(), &other, 1e-10);
        }

        // Closed forms: Cauchy for 1 degree of freedom, an algebraic function for 2.
        #[test]
        fn one_and_two_degrees_are_closed_forms(u in 1e-6..1.0) {
            let cauchy = StudentT::new(1.0, 0.0, 1.0).unwrap().quantile(u);
            let side = (1.0 - 2.0 * u).signum();
            let expected = -side / (std::f64::consts::PI * u.min(1.0 - u)).tan();
            prop_assert!((cauchy - expected).abs() <= 1e-12 * expected.abs().max(1e-3));
            let two = StudentT::new(2.0, 0.0, 1.0).unwrap().quantile(u);
            let expected = (2.0 * u - 1.0) / (2.0 * u * (1.0 - u)).sqrt();
            prop_assert!((two - expected).abs() <= 1e-12 * expected.abs().max(1e-3));
        }
    }

    #[test]
    fn with_many_degrees_it_is_nearly_normal() {
        let law = StudentT::new(1e9, 0.0, 1.0).unwrap();
        for u in [1e-6, 0.1, 0.7, 0.999] {
            assert!((law.quantile(u) - standard_normal::quantile(u)).abs() < 1e-7);
        }
    }

    #[test]
    fn its_quantiles_are_spread_like_samples_of_rand_distr() {
        use rand_distr::Distribution as _;
        let samples = rand_distr::StudentT::new(4.0).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&StudentT::new(4.0, 0.0, 1.0).unwrap(), samples);
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        proof::moments(&StudentT::new(12.0, 10.0, 2.0).unwrap());
        assert!(StudentT::new(1.0, 0.0, 1.0).unwrap().mean().is_nan());
        assert!(StudentT::new(1.0, 0.0, 1.0).unwrap().sd().is_nan());
        assert_eq!(StudentT::new(2.0, 0.0, 1.0).unwrap().sd(), f64::INFINITY);
    }

    #[test]
    fn parameters_out_of_range_are_refused() {
        proof::refused(StudentT::new(0.0, 0.0, 1.0), "df", "be positive");
        proof::refused(StudentT::new(0.05, 0.0, 1.0), "df", "be at least 0.1");
        proof::refused(StudentT::new(1e10, 0.0, 1.0), "df", "be at most 1e9 (use a normal law)");
        proof::refused(StudentT::new(1.0, 0.0, 0.0), "scale", "be positive");
    }
}
