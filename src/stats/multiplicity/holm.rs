//! Holm's adjustment: the chance of any false rejection.

use super::order::ascending;
use crate::dist::BadParameter;

/// max over j ≤ i of (m − j + 1) p₍ⱼ₎, at most 1, in the order given: `p.adjust(p, "holm")` of R.
///
/// Rejecting where it is ≤ α keeps the probability of any false rejection ≤ α, however the tests depend on each other.
/// Holm (1979), Scandinavian Journal of Statistics 6. A p-value outside 0..=1 or NaN is refused.
pub fn holm(p: &[f64]) -> Result<Vec<f64>, BadParameter> {
    let mut adjusted = vec![1.0; p.len()];
    let mut largest: f64 = 0.0;
    for (at, &i) in ascending(p)?.iter().enumerate() {
        largest = largest.max(p[i] * (p.len() - at) as f64).min(1.0);
        adjusted[i] = largest;
    }
    Ok(adjusted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_pays_most_and_the_order_is_kept() {
        assert_eq!(holm(&[0.25, 0.0625, 0.5]).unwrap(), [0.5, 0.1875, 0.5]);
        assert_eq!(holm(&[0.5, 0.5]).unwrap(), [1.0, 1.0]);
    }

    #[test]
    fn none_is_none_and_nan_is_refused() {
        assert!(holm(&[]).unwrap().is_empty());
        assert!(holm(&[0.5, f64::NAN]).is_err() && holm(&[1.5]).is_err());
    }
}
