//! Sums of powers of whole numbers without adding every term.

/// The sums below are exact to rounding from this first term on.
pub(super) const FAR: f64 = 9.0;

/// Σ j^(−s) for whole j in `from..=to`, with `from` ≥ [`FAR`], −2 ≤ s ≤ 100.
///
/// Euler and Maclaurin's formula, DLMF 2.10.1: the integral, half the two end terms, and the odd
/// derivatives at the ends weighted by Bernoulli numbers.
pub(super) fn power_sum(s: f64, from: f64, to: f64) -> f64 {
    if from > to {
        return 0.0;
    }
    let (first, last) = (libm::pow(from, -s), libm::pow(to, -s));
    let total = integral(s, first * from, to / from) + 0.5 * (first + last);
    total + (corrections(s, from) * first - corrections(s, to) * last)
}

/// ∫ x^(−s) dx from a to a·ratio, where `start` = a^(1−s).
fn integral(s: f64, start: f64, ratio: f64) -> f64 {
    let (power, log) = (1.0 - s, libm::log(ratio));
    if power == 0.0 { log } else { start * libm::expm1(power * log) / power }
}

/// Σ B_2i/(2i)! · s (s+1) … (s+2i−2) / j^(2i−1).
fn corrections(s: f64, j: f64) -> f64 {
    let w = 1.0 / (j * j);
    let mut product = s / j;
    let mut total = 0.0;
    for (i, weight) in WEIGHTS.iter().enumerate() {
        total += weight * product;
        let k = s + 2.0 * i as f64;
        product *= (k + 1.0) * (k + 2.0) * w;
    }
    total
}

/// B_2i/(2i)! for i = 1…8.
const WEIGHTS: [f64; 8] = [
    1.0 / 12.0,
    -1.0 / 720.0,
    1.0 / 30240.0,
    -1.0 / 1209600.0,
    1.0 / 47900160.0,
    -691.0 / 1307674368000.0,
    1.0 / 74724249600.0,
    -3617.0 / 10670622842880000.0,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_plain_sum() {
        for s in [-2.0, -0.5, 0.0, 0.3, 0.999_999_999, 1.0, 1.7, 2.0, 4.5, 12.0] {
            for (from, to) in [(9, 9), (9, 10), (9, 400), (50, 7000)] {
                // Smallest terms first, so that the plain sum is accurate.
                let plain: f64 = (from..=to).rev().map(|j| libm::pow(f64::from(j), -s)).sum();
                let found = power_sum(s, f64::from(from), f64::from(to));
                // What a sum from 1 could notice.
                let scale = plain.max(1e-3);
                assert!((found - plain).abs() < 1e-12 * scale, "{s} {from} {to}: {found} {plain}");
            }
        }
    }
}
