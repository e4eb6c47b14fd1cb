//! The transition table.

use super::super::{Share, check};
use crate::dist::BadParameter;

/// How many units went from one category (reference record) to another (target record).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transitions {
    levels: usize,
    /// By rows: from the reference's category, to the target's.
    counts: Vec<u64>,
}

impl Transitions {
    /// `levels` × `levels` counts by rows, reference category first; at least one unit.
    pub fn new(levels: usize, counts: Vec<u64>) -> Result<Self, BadParameter> {
        let cells = counts.len();
        check::require("cells", cells as f64, cells == levels * levels, "be the square of the levels")?;
        check::units("units", counts.iter().fold(0, |sum: u64, &cell| sum.saturating_add(cell)))?;
        Ok(Self { levels, counts })
    }

    /// From the category of each unit's records, 0 .. levels.
    pub fn of(target: &[usize], reference: &[usize], levels: usize) -> Result<Self, BadParameter> {
        check::same_length("reference", reference.len(), target.len())?;
        let mut counts = vec![0; levels * levels];
        for (&to, &from) in target.iter().zip(reference) {
            let larger = to.max(from);
            check::require("category", larger as f64, larger < levels, "be below the number of levels")?;
            counts[from * levels + to] += 1;
        }
        Self::new(levels, counts)
    }

    /// The number of categories.
    pub fn levels(&self) -> usize {
        self.levels
    }

    /// How many units went from `from` (reference) to `to` (target), both below the number of levels.
    pub fn count(&self, from: usize, to: usize) -> u64 {
        self.counts[from * self.levels + to]
    }

    /// N.
    pub fn units(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Units whose category changed, of all; its [`Share::clopper_pearson`] is the flip rate's interval.
    pub fn flip_rate(&self) -> Share {
        let stayed: u64 = (0..self.levels).map(|level| self.count(level, level)).sum();
        Share::new(self.units() - stayed, self.units()).expect("a part of the units")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_counted_from_reference_to_target() {
        let table = Transitions::of(&[0, 1, 2, 2], &[0, 0, 2, 1], 3).unwrap();
        assert_eq!((table.count(0, 1), table.count(1, 0), table.count(1, 2)), (1, 0, 1));
        assert_eq!(table.flip_rate(), Share::new(2, 4).unwrap());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert!(Transitions::of(&[3], &[0], 3).is_err() && Transitions::of(&[], &[], 3).is_err());
        assert!(Transitions::of(&[0], &[0, 1], 3).is_err() && Transitions::new(2, vec![1; 3]).is_err());
    }
}
