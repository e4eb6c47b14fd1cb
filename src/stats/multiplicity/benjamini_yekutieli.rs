//! Benjamini and Yekutieli's adjustment: false discoveries under any dependence.

use super::order::step_up;
use crate::dist::BadParameter;

/// min over j ≥ i of m (1 + ½ + … + 1/m) p₍ⱼ₎ / j, at most 1, in the order given: `p.adjust(p, "BY")` of R.
///
/// Benjamini and Yekutieli (2001), Annals of Statistics 29: slices that overlap may depend on each other in any way.
pub fn benjamini_yekutieli(p: &[f64]) -> Result<Vec<f64>, BadParameter> {
    let m = p.len();
    let harmonic: f64 = (1..=m).map(|j| 1.0 / j as f64).sum();
    step_up(p, |rank| harmonic * m as f64 / rank as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_tests_pay_the_harmonic_sum() {
        assert_eq!(benjamini_yekutieli(&[0.25, 0.125]).unwrap(), [0.375, 0.375]);
        assert!(benjamini_yekutieli(&[]).unwrap().is_empty() && benjamini_yekutieli(&[-0.1]).is_err());
    }
}
