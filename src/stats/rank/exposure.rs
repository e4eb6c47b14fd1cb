//! How much of the readers' attention a place gets.

use super::super::check;
use crate::dist::BadParameter;

/// 1/log₂(1 + rank): 1 at the top, ½ at place 3. `rank` from 1.
///
/// The discount of DCG (Järvelin and Kekäläinen 2002), as a measure of exposure in Singh and Joachims (2018), "Fairness of
/// exposure in rankings", KDD.
pub fn exposure(rank: u32) -> Result<f64, BadParameter> {
    check::require("rank", f64::from(rank), rank >= 1, "be at least 1")?;
    Ok(1.0 / libm::log2(1.0 + f64::from(rank)))
}

/// Exposure in the target record − in the reference record, per unit.
pub fn exposure_changes(target: &[u32], reference: &[u32]) -> Result<Vec<f64>, BadParameter> {
    check::same_length("reference", reference.len(), target.len())?;
    target.iter().zip(reference).map(|(&t, &r)| Ok(exposure(t)? - exposure(r)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attention_halves_at_places_one_three_and_fifteen() {
        assert_eq!([1, 3, 15].map(|rank| exposure(rank).unwrap()), [1.0, 0.5, 0.25]);
        assert!(exposure(0).is_err());
        assert_eq!(exposure_changes(&[3, 7], &[1, 7]).unwrap(), [-0.5, 0.0]);
        assert!(exposure_changes(&[1], &[]).is_err());
    }
}
