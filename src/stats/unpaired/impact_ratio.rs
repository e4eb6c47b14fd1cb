//! Selection rates of several groups against the most selected one.

use super::super::{Share, check};
use super::four_fifths::passes_four_fifths;
use crate::dist::BadParameter;

/// One group's line.
#[derive(Debug, Clone, PartialEq)]
pub struct ImpactRow {
    /// The group's name.
    pub group: String,
    /// Selected of all in the group, or scored above the median of all.
    pub share: Share,
    /// The rate divided by the highest rate: 1 for the most selected group, and for all where nobody is selected.
    pub impact_ratio: f64,
    /// Whether the ratio is at least 4/5, in whole numbers.
    pub passes_four_fifths: bool,
    /// Less than 2 % of all whose group is known: flagged, never dropped.
    pub is_small: bool,
}

/// Rates and impact ratios of all groups, the table that New York City's Local Law 144 of 2021 asks for (6 RCNY § 5-301).
///
/// The reference is the group with the highest rate, luck included: with many small groups low ratios are expected even
/// where nobody is treated differently. Ratios here describe; the evidence is in the paired statistics.
#[derive(Debug, Clone, PartialEq)]
pub struct ImpactTable {
    /// In the order given; groups without anybody have no rate and no row.
    pub rows: Vec<ImpactRow>,
    /// Records whose group is not known: counted, in no row.
    pub unknown: u64,
}

impl ImpactTable {
    /// From (group, selected, all) of each group and the number of records of unknown group.
    pub fn new(groups: &[(String, u64, u64)], unknown: u64) -> Result<Self, BadParameter> {
        let mut shares = Vec::new();
        for (group, selected, all) in groups {
            check::require(
                "selected",
                *selected as f64,
                selected <= all,
                "be at most the size of the group",
            )?;
            if *all > 0 {
                shares.push((group, Share::new(*selected, *all)?));
            }
        }
        let Some(&(_, most)) = shares.iter().max_by(|(_, a), (_, b)| compare(*a, *b)) else {
            return Ok(Self { rows: Vec::new(), unknown });
        };
        let known: u64 = shares.iter().map(|(_, share)| share.total()).sum();
        let row = |(group, share): &(&String, Share)| ImpactRow {
            group: (*group).clone(),
            share: *share,
            impact_ratio: if most.count() == 0 { 1.0 } else { share.estimate() / most.estimate() },
            passes_four_fifths: passes_four_fifths(*share, most),
            is_small: u128::from(share.total()) * 50 < u128::from(known),
        };
        Ok(Self { rows: shares.iter().map(row).collect(), unknown })
    }

    /// The lowest impact ratio; 1 without rows.
    pub fn lowest(&self) -> f64 {
        self.rows.iter().map(|row| row.impact_ratio).fold(1.0, f64::min)
    }
}

/// By rate, in whole numbers.
fn compare(a: Share, b: Share) -> std::cmp::Ordering {
    let left = u128::from(a.count()) * u128::from(b.total());
    left.cmp(&(u128::from(b.count()) * u128::from(a.total())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(rows: &[(&str, u64, u64)]) -> Vec<(String, u64, u64)> {
        rows.iter().map(|(group, selected, all)| ((*group).to_owned(), *selected, *all)).collect()
    }

    #[test]
    fn the_most_selected_group_has_ratio_one_and_small_groups_stay() {
        let table =
            ImpactTable::new(&groups(&[("men", 50, 100), ("women", 40, 100), ("x", 1, 4)]), 7).unwrap();
        let ratios: Vec<f64> = table.rows.iter().map(|row| row.impact_ratio).collect();
        assert_eq!(ratios, [1.0, 0.8, 0.5]);
        assert_eq!(table.rows.iter().map(|r| r.passes_four_fifths).collect::<Vec<_>>(), [true, true, false]);
        // 4 of 204 is less than 2 %.
        assert_eq!(table.rows.iter().map(|row| row.is_small).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!((table.unknown, table.lowest()), (7, 0.5));
    }

    #[test]
    fn two_percent_exactly_is_not_small() {
        let table = ImpactTable::new(&groups(&[("a", 1, 98), ("b", 1, 2)]), 0).unwrap();
        assert!(!table.rows[1].is_small);
    }

    #[test]
    fn nobody_selected_nobody_present_and_nobody_known() {
        let table = ImpactTable::new(&groups(&[("a", 0, 5), ("b", 0, 0)]), 3).unwrap();
        assert_eq!((table.rows.len(), table.lowest(), table.rows[0].passes_four_fifths), (1, 1.0, true));
        assert_eq!(ImpactTable::new(&[], 3).unwrap().lowest(), 1.0);
        assert!(ImpactTable::new(&groups(&[("a", 6, 5)]), 0).is_err());
    }
}
