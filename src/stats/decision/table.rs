//! The paired 2×2 table.

use super::super::check::{require, same_length, units};
use super::super::{Alpha, Interval, Share};
use crate::dist::BadParameter;

/// How many units got the favourable decision in both records, in one of them, in neither.
///
/// Concordant units (`both`, `neither`) say nothing about the difference; N is their number plus the flips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairedTable {
    both: u64,
    only_target: u64,
    only_reference: u64,
    neither: u64,
}

impl PairedTable {
    /// At least one unit, at most 1e9.
    pub fn new(both: u64, only_target: u64, only_reference: u64, neither: u64) -> Result<Self, BadParameter> {
        let cells = [both, only_target, only_reference, neither];
        units("units", cells.iter().fold(0u64, |sum, &cell| sum.saturating_add(cell)))?;
        Ok(Self { both, only_target, only_reference, neither })
    }

    /// From the decisions, one entry a unit.
    pub fn of(target: &[bool], reference: &[bool]) -> Result<Self, BadParameter> {
        same_length("reference", reference.len(), target.len())?;
        let mut cells = [0u64; 4];
        for (&t, &r) in target.iter().zip(reference) {
            cells[usize::from(t) + 2 * usize::from(r)] += 1;
        }
        Self::new(cells[3], cells[1], cells[2], cells[0])
    }

    /// Favourable in both records.
    pub fn both(&self) -> u64 {
        self.both
    }

    /// b: favourable in the target record only.
    pub fn only_target(&self) -> u64 {
        self.only_target
    }

    /// c: favourable in the reference record only.
    pub fn only_reference(&self) -> u64 {
        self.only_reference
    }

    /// Favourable in neither record.
    pub fn neither(&self) -> u64 {
        self.neither
    }

    /// N.
    pub fn units(&self) -> u64 {
        self.both + self.only_target + self.only_reference + self.neither
    }

    /// b + c.
    pub fn flips(&self) -> u64 {
        self.only_target + self.only_reference
    }

    /// (b − c)/N: the target's share of favourable decisions minus the reference's.
    pub fn net_flip(&self) -> f64 {
        (self.only_target as f64 - self.only_reference as f64) / self.units() as f64
    }

    /// (b + c)/N, with its intervals.
    pub fn flip_rate(&self) -> Share {
        self.share(self.flips())
    }

    /// b/N: units that win by being shown the target level.
    pub fn gains(&self) -> Share {
        self.share(self.only_target)
    }

    /// c/N: units that lose by being shown the target level.
    pub fn losses(&self) -> Share {
        self.share(self.only_reference)
    }

    /// The target's share of favourable decisions.
    pub fn target_rate(&self) -> Share {
        self.share(self.both + self.only_target)
    }

    /// The reference's share of favourable decisions.
    pub fn reference_rate(&self) -> Share {
        self.share(self.both + self.only_reference)
    }

    /// The paired ratio of the rates; 1 where both are 0, infinite where only the reference's is.
    pub fn rate_ratio(&self) -> f64 {
        let (target, reference) = (self.both + self.only_target, self.both + self.only_reference);
        if target == reference { 1.0 } else { target as f64 / reference as f64 }
    }

    /// Target and reference exchanged: every signed statistic changes its sign.
    pub fn swapped(&self) -> Self {
        Self { only_target: self.only_reference, only_reference: self.only_target, ..*self }
    }

    /// Whether the paired ratio is at least `numerator`/`denominator`, in whole numbers: exactly 0.80 passes 4/5.
    pub fn ratio_at_least(&self, numerator: u32, denominator: u32) -> Result<bool, BadParameter> {
        require("denominator", f64::from(denominator), denominator > 0, "be positive")?;
        let left = u128::from(self.both + self.only_target) * u128::from(denominator);
        Ok(left >= u128::from(self.both + self.only_reference) * u128::from(numerator))
    }

    /// The interval of the flip rate, by Clopper and Pearson.
    pub fn flip_rate_interval(&self, alpha: Alpha) -> Interval {
        self.flip_rate().clopper_pearson(alpha)
    }

    fn share(&self, count: u64) -> Share {
        Share::new(count, self.units()).expect("a cell is part of the table")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_fall_into_their_cells() {
        let target = [true, true, false, false, true];
        let reference = [true, false, true, false, false];
        let table = PairedTable::of(&target, &reference).unwrap();
        assert_eq!(table, PairedTable::new(1, 2, 1, 1).unwrap());
        assert_eq!((table.net_flip(), table.flip_rate().estimate()), (0.2, 0.6));
        assert_eq!(table.swapped().net_flip(), -0.2);
    }

    #[test]
    fn a_ratio_of_exactly_four_fifths_passes() {
        // 80 of 100 against 100 of 100, and one favourable decision fewer.
        assert!(PairedTable::new(80, 0, 20, 0).unwrap().ratio_at_least(4, 5).unwrap());
        assert!(!PairedTable::new(79, 0, 20, 1).unwrap().ratio_at_least(4, 5).unwrap());
        assert!(PairedTable::new(1, 0, 0, 0).unwrap().ratio_at_least(1, 0).is_err());
    }

    #[test]
    fn a_table_without_units_is_refused() {
        let message = PairedTable::new(0, 0, 0, 0).unwrap_err().to_string();
        assert_eq!(message, "`units` must be at least 1 and at most 1e9, found 0");
        assert!(PairedTable::new(u64::MAX, 1, 0, 0).is_err());
        assert!(PairedTable::of(&[true], &[]).is_err());
    }
}
