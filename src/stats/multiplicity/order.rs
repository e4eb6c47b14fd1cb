//! p-values from the smallest to the largest, ties in their own order.

use super::super::check::probability;
use crate::dist::BadParameter;

/// The positions of the p-values, the smallest first.
pub(super) fn ascending(p: &[f64]) -> Result<Vec<usize>, BadParameter> {
    p.iter().try_for_each(|&p| probability("p", p).map(|_| ()))?;
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&i, &j| p[i].total_cmp(&p[j]));
    Ok(order)
}

/// From the largest p downwards, the running minimum of p × factor(rank), rank from 1; at most 1.
pub(super) fn step_up(p: &[f64], factor: impl Fn(usize) -> f64) -> Result<Vec<f64>, BadParameter> {
    let mut adjusted = vec![1.0; p.len()];
    let mut smallest: f64 = 1.0;
    for (at, &i) in ascending(p)?.iter().enumerate().rev() {
        smallest = smallest.min(p[i] * factor(at + 1));
        adjusted[i] = smallest;
    }
    Ok(adjusted)
}
