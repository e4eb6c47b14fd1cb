//! The paired differences of a number.

use super::super::Share;
use super::super::check::{all_finite, same_length};
use crate::dist::BadParameter;

/// One difference a unit, target − reference, with their mean and spread.
#[derive(Debug, Clone, PartialEq)]
pub struct Differences {
    values: Vec<f64>,
    mean: f64,
    sd: f64,
}

impl Differences {
    /// At least one, all of them finite.
    pub fn new(values: Vec<f64>) -> Result<Self, BadParameter> {
        all_finite("difference", &values)?;
        let (mean, sd) = mean_and_sd(&values);
        all_finite("spread of the differences", &[mean, sd])?;
        Ok(Self { values, mean, sd })
    }

    /// From the numbers of both records, unit by unit.
    pub fn of(target: &[f64], reference: &[f64]) -> Result<Self, BadParameter> {
        same_length("reference", reference.len(), target.len())?;
        Self::new(target.iter().zip(reference).map(|(t, r)| t - r).collect())
    }

    /// The differences, in the units' order.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// n.
    pub fn units(&self) -> u64 {
        self.values.len() as u64
    }

    /// The mean difference.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation with n − 1; exactly 0 where all differences are equal, and for one unit.
    pub fn sd(&self) -> f64 {
        self.sd
    }

    /// Whether there is no spread to judge by: all equal, or one unit.
    pub fn is_constant(&self) -> bool {
        self.sd == 0.0
    }

    /// How many units have a difference above 0: a share, with its intervals.
    pub fn share_above_zero(&self) -> Share {
        self.share(|d| d > 0.0)
    }

    /// How many units have a difference other than 0.
    pub fn share_moved(&self) -> Share {
        self.share(|d| d != 0.0)
    }

    fn share(&self, is_counted: impl Fn(f64) -> bool) -> Share {
        let count = self.values.iter().filter(|&&d| is_counted(d)).count();
        Share::new(count as u64, self.units()).expect("a part of the units")
    }
}

/// In two passes; the second also takes what rounding left in the first.
fn mean_and_sd(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    // Equal values must have no spread at all: 0.1 summed ten times is not 1.
    if values.iter().all(|&v| v == values[0]) {
        return (values[0], 0.0);
    }
    let rough = values.iter().map(|v| v / n).sum::<f64>();
    let mean = rough + values.iter().map(|v| v - rough).sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    (mean, libm::sqrt(squares / (n - 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_differences_have_no_spread_at_all() {
        let differences = Differences::new(vec![0.1; 10]).unwrap();
        assert_eq!((differences.mean(), differences.sd()), (0.1, 0.0));
        assert!(differences.is_constant() && Differences::new(vec![3.0]).unwrap().is_constant());
    }

    #[test]
    fn a_far_mean_does_not_swallow_the_spread() {
        let differences = Differences::new(vec![1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0]).unwrap();
        assert_eq!((differences.mean(), differences.sd()), (1e9 + 2.0, 1.0));
    }

    #[test]
    fn shares_count_zeros_as_not_above() {
        let differences = Differences::of(&[1.0, 2.0, 3.0, 4.0], &[1.0, 1.0, 1.0, 5.0]).unwrap();
        assert_eq!((differences.share_above_zero().count(), differences.share_moved().count()), (2, 3));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for values in [vec![], vec![f64::NAN], vec![1.0, f64::INFINITY], vec![f64::MAX, -f64::MAX]] {
            assert!(Differences::new(values).is_err());
        }
        assert!(Differences::of(&[1.0], &[1.0, 2.0]).is_err());
    }
}
