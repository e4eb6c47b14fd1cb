//! What the tests of every family ask of a law.

use super::distribution::open;
use super::{BadParameter, Distribution, Law, family};
use statrs::distribution::{ContinuousCDF, DiscreteCDF};

/// Legal parameters of the first form of every family.
pub(super) const EXAMPLES: &[(&str, &[f64])] = &[
    ("normal", &[38.0, 9.0]),
    ("lognormal", &[21_000.0, 0.5]),
    ("uniform", &[-3.0, 7.1]),
    ("beta", &[2.0, 5.5]),
    ("gamma", &[2.3, 1.5]),
    ("exponential", &[2.5]),
    ("weibull", &[1.7, 30.0]),
    ("student_t", &[4.0, 10.0, 2.0]),
    ("triangular", &[1.0, 2.5, 9.0]),
    ("logistic", &[-1.0, 2.0]),
    ("poisson", &[3.7]),
    ("binomial", &[12.0, 0.3]),
    ("negative_binomial", &[4.0, 1.5]),
    ("geometric", &[0.15]),
    ("bernoulli", &[0.35]),
    ("zipf", &[1.1, 5000.0]),
];

/// Discrete laws small and large, smooth and degenerate.
pub(super) const DISCRETE: &[(&str, &[f64])] = &[
    ("poisson", &[0.0]),
    ("poisson", &[0.2]),
    ("poisson", &[15.9]),
    ("poisson", &[16.0]),
    ("poisson", &[900.0]),
    ("poisson", &[1e6]),
    ("binomial", &[12.0, 0.3]),
    ("binomial", &[10.0, 1.0]),
    ("binomial", &[40.0, 0.95]),
    ("binomial", &[9000.0, 0.4]),
    ("negative_binomial", &[4.0, 1.5]),
    ("negative_binomial", &[50.0, 0.1]),
    ("negative_binomial", &[700.0, 12.0]),
    ("geometric", &[0.15]),
    ("geometric", &[1e-4]),
    ("bernoulli", &[0.35]),
    ("zipf", &[1.1, 5000.0]),
    ("zipf", &[0.0, 6.0]),
    ("zipf", &[1.0, 1e6]),
];

/// The law of the family's first form.
pub(super) fn law(name: &str, values: &[f64]) -> Law {
    let family = family(name).expect("an example names a family");
    (family.forms[0].make)(values).expect("an example is legal")
}

/// Where golden values are read.
const GRID: [f64; 6] = [1e-6, 0.01, 0.3, 0.5, 0.9, 1.0 - 1e-6];

/// The bits of the quantiles on the grid, which must never change.
pub(super) fn golden(name: &str, values: &[f64], bits: [u64; 6]) {
    let law = law(name, values);
    let found = GRID.map(|u| law.quantile(u).to_bits());
    assert_eq!(found, bits, "{name} {values:?}: {found:#018x?}");
}

/// `n` uniforms without order, the golden-ratio sequence: no generator needed.
pub(super) fn uniforms(n: u32) -> impl Iterator<Item = f64> {
    (1..=n).map(|i| open((f64::from(i) * 0.618_033_988_749_894_9).fract()))
}

/// Where laws are compared: the middle and both tails.
fn comparison_grid() -> impl Iterator<Item = f64> {
    let tails = [1e-6, 1e-5, 1e-4, 1e-3];
    let middle = (1..20).map(|i| f64::from(i) / 20.0);
    tails.into_iter().chain(middle).chain(tails.into_iter().rev().map(|u| 1.0 - u))
}

/// A continuous law against the distribution function of another implementation, and itself.
pub(super) fn agrees(law: &impl Distribution, other: &impl ContinuousCDF<f64, f64>, within: f64) {
    let mut last = f64::NEG_INFINITY;
    for u in comparison_grid() {
        let x = law.quantile(u);
        assert!(x >= last, "the quantile falls at {u}");
        last = x;
        // Where the density is so steep that one rounding step of x shows in F, F decides nothing.
        let rounding = law.cdf(x.next_up()) - law.cdf(x.next_down());
        let (own, theirs) = (law.cdf(x), other.cdf(x));
        assert!((own - u).abs() <= 1e-13 + 2.0 * rounding, "own cdf at Q({u}): {own}");
        assert!((theirs - u).abs() <= within + 2.0 * rounding, "other cdf at Q({u}): {theirs}");
    }
    monotone(law);
}

/// A discrete law against the distribution function of another implementation.
pub(super) fn agrees_in_steps(law: &impl Distribution, other: &impl DiscreteCDF<u64, f64>, within: f64) {
    for u in comparison_grid() {
        consistent(law, u);
        let k = law.quantile(u);
        let (own, theirs) = (law.cdf(k), other.cdf(k as u64));
        assert!((own - theirs).abs() <= within, "cdf({k}): {own} {theirs}");
    }
}

/// `quantile(u)` is the smallest value with cdf ≥ u, exactly.
pub(super) fn consistent(law: &impl Distribution, u: f64) {
    let u = open(u);
    let k = law.quantile(u);
    assert!(k.is_finite() && k.floor() == k, "{u}: {k}");
    let (below, up_to) = (law.cdf_below(k), law.cdf(k));
    assert!(below < u && u <= up_to, "{below:e} < {u:e} <= {up_to:e} at {k}");
}

/// The same up to rounding, and for values that are not whole as well.
pub(super) fn nearly_consistent(law: &impl Distribution, u: f64) {
    let u = open(u);
    let x = law.quantile(u);
    let (below, up_to) = (law.cdf_below(x), law.cdf(x));
    let slack = 1e-11;
    assert!(below <= u + slack && u <= up_to + slack, "{below} < {u} <= {up_to} at {x}");
}

/// The quantile never falls.
pub(super) fn monotone(law: &impl Distribution) {
    let mut last = law.quantile(f64::MIN_POSITIVE);
    for i in 1..1000 {
        let x = law.quantile(f64::from(i) / 1000.0);
        assert!(x >= last, "{x} after {last}");
        last = x;
    }
    assert!(law.quantile(1.0 - f64::EPSILON / 2.0) >= last);
}

/// Closed moments of a continuous law against the mean over a grid of its quantiles.
pub(super) fn moments(law: &impl Distribution) {
    let n = 200_000;
    let values = (0..n).map(|i| law.quantile((f64::from(i) + 0.5) / f64::from(n)));
    let values: Vec<f64> = values.collect();
    let mean = values.iter().sum::<f64>() / f64::from(n);
    let square = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(n);
    let (sd, own) = (square.sqrt(), law.sd());
    assert!((mean - law.mean()).abs() < 1e-4 * own, "mean {mean}, said {}", law.mean());
    assert!((sd / own - 1.0).abs() < 1e-3, "sd {sd}, said {own}");
}

/// Closed moments of a discrete law against the sum over its values.
pub(super) fn discrete_moments(law: &impl Distribution) {
    let (mean, sd) = super::moments::discrete_moments(law);
    let own = law.sd();
    assert!((mean - law.mean()).abs() < 1e-9 * own, "mean {mean}, said {}", law.mean());
    assert!((sd / own - 1.0).abs() < 1e-8, "sd {sd}, said {own}");
}

/// The refusal names the parameter and the demand.
pub(super) fn refused<T: std::fmt::Debug>(made: Result<T, BadParameter>, name: &str, must: &str) {
    let bad = made.expect_err("must be refused");
    assert_eq!((bad.name, bad.must), (name, must));
}

/// Kolmogorov and Smirnov: quantiles at an even sequence of uniforms against the samples of
/// another implementation. The limit is passed by 1 honest law in 1000, and the seed is fixed.
pub(super) fn same_as_samples(law: &impl Distribution, samples: impl Iterator<Item = f64>) {
    let n = 20_000;
    let mut ours: Vec<f64> = uniforms(n).map(|u| law.quantile(u)).collect();
    let mut theirs: Vec<f64> = samples.take(ours.len()).collect();
    ours.sort_by(f64::total_cmp);
    theirs.sort_by(f64::total_cmp);
    let share = |sorted: &[f64], x: f64| sorted.partition_point(|&y| y <= x) as f64 / f64::from(n);
    let distance = theirs.iter().map(|&x| (share(&ours, x) - share(&theirs, x)).abs()).fold(0.0, f64::max);
    assert!(distance < 1.95 / f64::from(n).sqrt(), "distance {distance}");
}

/// The generator of the other implementation's samples.
pub(super) fn generator() -> rand::rngs::StdRng {
    rand::SeedableRng::seed_from_u64(20)
}
