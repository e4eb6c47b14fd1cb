//! The tails of the laws that tests ask for, read from the side where they are accurate.
//!
//! They are the laws of `dist`, checked there against mpmath: with a million units, a tail must still be right to nine
//! digits, which functions written for textbook sizes are not.

use crate::dist::{Beta, Binomial, Distribution, Normal, StudentT};

fn standard() -> Normal {
    Normal::new(0.0, 1.0).expect("the standard normal law")
}

/// P(Z ≤ z).
pub(super) fn normal_below(z: f64) -> f64 {
    standard().cdf(z)
}

/// P(Z ≥ z).
pub(super) fn normal_above(z: f64) -> f64 {
    standard().cdf(-z)
}

/// The z with P(Z ≤ z) = `u`, for u in (0, 1).
pub(super) fn normal_quantile(u: f64) -> f64 {
    standard().quantile(u)
}

fn student(df: f64) -> StudentT {
    StudentT::new(df, 0.0, 1.0).expect("degrees of freedom are a count less one")
}

/// P(T ≥ t) with `df` degrees of freedom, 1 up to 1e9.
pub(super) fn student_above(df: f64, t: f64) -> f64 {
    student(df).cdf(-t)
}

/// The t with P(T ≤ t) = `u`.
pub(super) fn student_quantile(df: f64, u: f64) -> f64 {
    student(df).quantile(u)
}

fn binomial(n: u64, p: f64) -> Binomial {
    Binomial::new(n as f64, p).expect("a checked count and probability")
}

/// P(X ≤ k) for X binomial.
pub(super) fn binomial_at_most(k: u64, n: u64, p: f64) -> f64 {
    binomial(n, p).cdf(k as f64)
}

/// The x with P(Beta(a, b) ≤ x) = `u`.
pub(super) fn beta_quantile(a: f64, b: f64, u: f64) -> f64 {
    Beta::new(a, b).expect("counts plus one").quantile(u)
}

/// P(χ² > x) with `df` degrees of freedom, by the finite sum
/// Q(a + 1, y) = Q(a, y) + yᵃ e⁻ʸ / Γ(a + 1), y = x/2, from Q(½, y) = erfc(√y) or Q(1, y) = e⁻ʸ (DLMF 8.8.2): every
/// term is positive, so small tails keep their digits.
pub(super) fn chi_squared_above(df: u64, x: f64) -> f64 {
    if df == 0 || x <= 0.0 {
        return 1.0;
    }
    let y = 0.5 * x;
    let (mut a, mut sum) =
        if df.is_multiple_of(2) { (1.0, libm::exp(-y)) } else { (0.5, libm::erfc(libm::sqrt(y))) };
    let last = 0.5 * df as f64;
    while a < last {
        sum += libm::exp(a * libm::log(y) - y - libm::lgamma(a + 1.0));
        a += 1.0;
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::Gamma;

    #[test]
    fn the_chi_squared_tail_is_that_of_the_gamma_law() {
        for df in [1, 2, 3, 10, 45, 300] {
            let law = Gamma::new(0.5 * df as f64, 2.0).unwrap();
            for share in [0.3, 1.0, 1.4] {
                let x = share * df as f64;
                assert!((chi_squared_above(df, x) + law.cdf(x) - 1.0).abs() < 1e-12, "{df} {x}");
            }
        }
        // pchisq(80, 3, lower.tail = FALSE) in R.
        assert!((chi_squared_above(3, 80.0) / 3.069277486172418e-17 - 1.0).abs() < 1e-12);
    }
}
