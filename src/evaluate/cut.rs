//! Units cut into slices by the values of columns.

use std::collections::BTreeMap;

use super::covariates::{Cells, Covariate, MISSING};
use super::evaluation::SliceTerm;

/// In no part of a cut.
pub(super) const NOWHERE: u16 = u16::MAX;
/// Numbers with at most so many different values are cut at each of them.
const FEW_VALUES: usize = 8;

/// A column's parts, and each unit's.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    pub(super) terms: Vec<SliceTerm>,
    pub(super) of_unit: Vec<u16>,
}

impl Cut {
    /// Categories and few numbers at each value; many numbers at `parts` equally frequent ranges, found on the units that
    /// `counts` says.
    pub(super) fn of(covariate: &Covariate, parts: usize, counts: impl Fn(usize) -> bool) -> Self {
        match &covariate.cells {
            Cells::Codes { codes, names } => Self::of_codes(&covariate.name, codes, names),
            Cells::Numbers(values) => Self::of_numbers(&covariate.name, values, parts, counts),
        }
    }

    fn of_codes(column: &str, codes: &[u32], names: &[String]) -> Self {
        let term = |name: &String| SliceTerm {
            column: column.to_owned(),
            value: Some(name.clone()),
            from: None,
            to: None,
        };
        let place = |code: &u32| if *code == MISSING { NOWHERE } else { *code as u16 };
        Self { terms: names.iter().map(term).collect(), of_unit: codes.iter().map(place).collect() }
    }

    fn of_numbers(column: &str, values: &[f64], parts: usize, counts: impl Fn(usize) -> bool) -> Self {
        let known = values.iter().enumerate().filter(|(unit, v)| !v.is_nan() && counts(*unit));
        let mut sorted: Vec<f64> = known.map(|(_, v)| *v).collect();
        sorted.sort_by(f64::total_cmp);
        let mut distinct: Vec<f64> = sorted.clone();
        distinct.dedup();
        // The least value of each part.
        let mut starts: Vec<f64> = if distinct.len() <= FEW_VALUES {
            distinct
        } else {
            (0..parts).map(|part| sorted[part * sorted.len() / parts]).collect()
        };
        starts.dedup();
        let part_of = |v: f64| starts.partition_point(|start| *start <= v).max(1) - 1;
        let mut ends = vec![(f64::INFINITY, f64::NEG_INFINITY); starts.len()];
        let mut of_unit = vec![NOWHERE; values.len()];
        for (unit, value) in values.iter().enumerate().filter(|(_, v)| !v.is_nan() && !starts.is_empty()) {
            let part = part_of(*value);
            of_unit[unit] = part as u16;
            ends[part] = (ends[part].0.min(*value), ends[part].1.max(*value));
        }
        let term = |(low, high): (f64, f64)| SliceTerm {
            column: column.to_owned(),
            value: None,
            from: Some(low),
            to: Some(high),
        };
        Self { terms: ends.into_iter().map(term).collect(), of_unit }
    }
}

/// A slice with its units.
#[derive(Debug, Clone)]
pub(super) struct Slice {
    pub(super) terms: Vec<SliceTerm>,
    pub(super) units: Vec<u32>,
}

/// All combinations of the parts of several columns that have any unit, in order.
pub(super) fn slices(cuts: &[&Cut]) -> Vec<Slice> {
    let units = cuts.first().map_or(0, |c| c.of_unit.len());
    let mut by_parts: BTreeMap<Vec<u16>, Vec<u32>> = BTreeMap::new();
    for unit in 0..units {
        let parts: Vec<u16> = cuts.iter().map(|c| c.of_unit[unit]).collect();
        if !parts.contains(&NOWHERE) {
            by_parts.entry(parts).or_default().push(unit as u32);
        }
    }
    let terms = |parts: &[u16]| -> Vec<SliceTerm> {
        cuts.iter().zip(parts).map(|(cut, part)| cut.terms[usize::from(*part)].clone()).collect()
    };
    by_parts.into_iter().map(|(parts, units)| Slice { terms: terms(&parts), units }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(values: Vec<f64>) -> Covariate {
        Covariate { name: "x".to_owned(), cells: Cells::Numbers(values) }
    }

    #[test]
    fn many_numbers_fall_into_ranges_of_equal_size() {
        let cut = Cut::of(&numbers((0..100).map(f64::from).collect()), 4, |_| true);
        assert_eq!(cut.terms.len(), 4);
        assert_eq!((cut.terms[1].from, cut.terms[1].to), (Some(25.0), Some(49.0)));
        assert_eq!(slices(&[&cut]).iter().map(|s| s.units.len()).collect::<Vec<_>>(), [25; 4]);
    }

    #[test]
    fn few_numbers_are_their_own_parts_and_missing_ones_are_nowhere() {
        let cut = Cut::of(&numbers(vec![1.0, 0.0, f64::NAN, 1.0]), 4, |_| true);
        let sizes: Vec<(Option<f64>, usize)> =
            slices(&[&cut]).iter().map(|s| (s.terms[0].from, s.units.len())).collect();
        assert_eq!(sizes, [(Some(0.0), 1), (Some(1.0), 2)]);
    }

    #[test]
    fn two_columns_make_all_combinations_that_have_units() {
        let first = Cut::of(&numbers(vec![0.0, 0.0, 1.0]), 4, |_| true);
        let second = Cut::of(&numbers(vec![5.0, 6.0, 6.0]), 4, |_| true);
        assert_eq!(slices(&[&first, &second]).len(), 3);
    }

    #[test]
    fn a_column_without_a_value_has_no_parts() {
        let cut = Cut::of(&numbers(vec![f64::NAN; 3]), 4, |_| true);
        assert!(slices(&[&cut]).is_empty());
    }
}
