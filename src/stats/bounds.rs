//! Concentration bounds with explicit constants, so that a failure probability is a promise and not an asymptotic hope.

/// How far an empirical distribution function of `n` values strays from its law anywhere, but for probability `alpha`.
///
/// ε = √(ln(2/α) / (2n)): P(sup |Fₙ − F| > ε) ≤ 2 exp(−2nε²). Dvoretzky, Kiefer and Wolfowitz (1956), with the constant
/// of Massart (1990), "The tight constant in the Dvoretzky–Kiefer–Wolfowitz inequality", Annals of Probability 18.
pub fn dkw_bound(n: u64, alpha: f64) -> f64 {
    ((2.0 / alpha).ln() / (2.0 * n as f64)).sqrt()
}

/// How far the observed shares of `k` categories in `n` draws stray from their probabilities, summed over the categories
/// in absolute value, but for probability `alpha`.
///
/// ε = √(2 (ln(2ᵏ − 2) + ln(1/α)) / n): P(‖p̂ − p‖₁ ≥ ε) ≤ (2ᵏ − 2) exp(−nε²/2). Weissman, Ordentlich, Seroussi, Verdú and
/// Weinberger (2003), "Inequalities for the L1 deviation of the empirical distribution", HPL-2003-97. Its proof is
/// Hoeffding's inequality for each of the 2ᵏ − 2 proper sets of categories, which asks only that draws are independent:
/// where each has probabilities of its own, the bound holds for their average.
pub fn weissman_bound(n: u64, k: usize, alpha: f64) -> f64 {
    let k = k.max(2) as f64;
    // ln(2ᵏ − 2) = k ln 2 + ln(1 − 2¹⁻ᵏ), which does not overflow.
    let sets = k * std::f64::consts::LN_2 + (-(1.0 - k).exp2()).ln_1p();
    (2.0 * (sets - alpha.ln()) / n as f64).sqrt()
}

/// How far the mean of `n` independent values, each within an interval of width `range`, strays from its expectation,
/// but for probability `alpha`.
///
/// ε = range √(ln(2/α) / (2n)). Hoeffding (1963), "Probability inequalities for sums of bounded random variables",
/// Journal of the American Statistical Association 58.
pub fn hoeffding_bound(n: u64, range: f64, alpha: f64) -> f64 {
    range * ((2.0 / alpha).ln() / (2.0 * n as f64)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_put_back_into_their_inequalities_give_alpha() {
        let (n, alpha) = (5_000, 1e-4);
        let dkw = dkw_bound(n, alpha);
        assert!((2.0 * (-2.0 * n as f64 * dkw * dkw).exp() / alpha - 1.0).abs() < 1e-9);
        let weissman = weissman_bound(n, 5, alpha);
        assert!((30.0 * (-(n as f64) * weissman * weissman / 2.0).exp() / alpha - 1.0).abs() < 1e-9);
        assert!((hoeffding_bound(n, 3.0, alpha) - 3.0 * dkw).abs() < 1e-12);
    }

    #[test]
    fn many_categories_do_not_overflow() {
        assert!(weissman_bound(1_000, 40_000, 1e-6).is_finite());
    }
}
