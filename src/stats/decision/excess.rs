//! Flips beyond those that a model makes over nothing.

use super::super::check::same_length;
use super::PairedTable;
use crate::dist::BadParameter;

/// Per unit 1{total differs} − 1{placebo differs}, as a paired table: its net flip is the excess flip rate, and Tango's
/// interval is the excess's.
///
/// The placebo is drawn per unit, so the two indicators are paired; subtracting rates with an unpaired interval would
/// ignore that noisy units flip in both.
pub fn excess_table(total_differs: &[bool], placebo_differs: &[bool]) -> Result<PairedTable, BadParameter> {
    PairedTable::of(total_differs, placebo_differs)
}

/// Per unit |Δ total| − mean of |Δ placebo| over its bases (one or both levels), for numbers and for flips as 0 or 1: to be
/// read with the paired statistics of numbers.
pub fn excess(total: &[f64], placebos: &[&[f64]]) -> Result<Vec<f64>, BadParameter> {
    super::super::check::require("placebos", 0.0, !placebos.is_empty(), "hold at least one base")?;
    for placebo in placebos {
        same_length("placebo", placebo.len(), total.len())?;
    }
    let bases = placebos.len() as f64;
    let of_unit = |unit: usize| {
        let placebo: f64 = placebos.iter().map(|base| base[unit].abs()).sum();
        total[unit].abs() - placebo / bases
    };
    let values: Vec<f64> = (0..total.len()).map(of_unit).collect();
    super::super::check::all_finite("difference", &values)?;
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_that_flips_over_nothing_as_often_has_no_excess() {
        let total = [true, false, true, false];
        let placebo = [false, true, true, false];
        let table = excess_table(&total, &placebo).unwrap();
        assert_eq!((table.net_flip(), table.flips()), (0.0, 2));
    }

    #[test]
    fn the_placebos_of_both_bases_are_averaged() {
        let values = excess(&[-3.0, 0.0], &[&[1.0, 0.0], &[-2.0, 1.0]]).unwrap();
        assert_eq!(values, [1.5, -0.5]);
        assert!(excess(&[1.0], &[]).is_err() && excess(&[1.0], &[&[]]).is_err());
        assert!(excess(&[f64::NAN], &[&[0.0]]).is_err());
    }
}
