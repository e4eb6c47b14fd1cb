//! Benjamini and Hochberg's adjustment: the expected share of false discoveries.

use super::order::step_up;
use crate::dist::BadParameter;

/// min over j ≥ i of m p₍ⱼ₎ / j, at most 1, in the order given: `p.adjust(p, "BH")` of R.
///
/// Keeping what is ≤ q keeps the expected share of false discoveries ≤ q for independent or positively dependent tests.
/// Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57.
pub fn benjamini_hochberg(p: &[f64]) -> Result<Vec<f64>, BadParameter> {
    let m = p.len() as f64;
    step_up(p, |rank| m / rank as f64)
}

#[cfg(test)]
mod tests {
    use super::super::holm;
    use super::*;

    /// Benjamini and Hochberg (1995), section 4.1, the 15 comparisons of a trial of thrombolysis: at 5 % their procedure
    /// rejects the four smallest, Bonferroni's and Holm's the three smallest.
    #[test]
    fn the_fifteen_p_values_of_the_paper_come_out() {
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
            0.6528, 0.7590, 1.000,
        ];
        let kept = |adjusted: Vec<f64>| adjusted.iter().filter(|&&p| p <= 0.05).count();
        assert_eq!(kept(benjamini_hochberg(&p).unwrap()), 4);
        assert_eq!(kept(holm(&p).unwrap()), 3);
    }

    #[test]
    fn none_is_none_and_nan_is_refused() {
        assert!(benjamini_hochberg(&[]).unwrap().is_empty());
        assert!(benjamini_hochberg(&[f64::NAN]).is_err());
    }
}
