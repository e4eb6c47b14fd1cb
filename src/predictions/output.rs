//! One output of a model: a cell for every unit and arm.

use std::ops::Range;

use super::distinct::FIRST_CODE;
use super::fault::Absence;
use super::kind::Kind;
use super::store::{Cell, Store};

/// One output, by unit and arm. Units are counted as the suite counts them, arms in the order of its manifest.
///
/// A decision or a category of few labels takes one byte a record, a number eight.
#[derive(Debug, Clone)]
pub struct Output {
    /// The name: the column's, unless declared otherwise.
    pub name: String,
    /// The column that it was read from.
    pub column: String,
    /// What it is.
    pub kind: Kind,
    /// Why it is taken for that, in words; none if it was declared.
    pub guessed: Option<String>,
    /// The extractor that found it in a text, as declared.
    pub from: Option<String>,
    /// What is known of repeats; none where every record has one row.
    pub repeats: Option<Repeats>,
    pub(super) labels: Vec<String>,
    pub(super) store: Store,
    pub(super) units: Range<u64>,
    pub(super) arms: usize,
    /// Records by arm and absence.
    pub(super) absent: Vec<[u64; Absence::ALL.len()]>,
}

/// Answers of a model that was asked several times about the same record.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeats {
    /// The least number of repeats of a record that has any.
    pub least: u64,
    /// The most.
    pub most: u64,
    /// Records with at least two usable answers.
    pub repeated: u64,
    /// Of those, the records whose answers are not all the same.
    pub varying: u64,
    /// The mean, over the repeated records, of the sample variance of their answers (0 and 1 for a decision). None for
    /// categories, and where nothing is repeated.
    pub variance: Option<f64>,
    /// Records of a category of which several labels are as frequent as each other; the first in the order of labels is taken.
    pub ties: u64,
}

impl Output {
    /// The units that are held.
    pub fn units(&self) -> Range<u64> {
        self.units.clone()
    }

    /// The number of arms.
    pub fn arms(&self) -> usize {
        self.arms
    }

    #[inline]
    fn slot(&self, unit: u64, arm: usize) -> Option<usize> {
        let is_held = self.units.contains(&unit) && arm < self.arms;
        is_held.then(|| ((unit - self.units.start) * self.arms as u64) as usize + arm)
    }

    /// The value of a record: 1 or 0 for a decision (the share of favourable answers with repeats), the number for a score, a
    /// number or a rank (the mean with repeats), the characters of a text. None for a category, and where there is no answer.
    #[inline]
    pub fn value(&self, unit: u64, arm: usize) -> Option<f64> {
        let slot = self.slot(unit, arm)?;
        match &self.store {
            Store::Numbers(cells) => Some(cells[slot]).filter(|cell| !cell.is_nan()),
            Store::Codes(cells) if matches!(self.kind, Kind::Decision { .. }) => {
                (cells[slot] >= FIRST_CODE).then(|| f64::from(cells[slot] - FIRST_CODE))
            }
            _ => None,
        }
    }

    /// The place of a record's label among [`Output::labels`]; for a decision without repeats, 1 is the favourable value and
    /// 0 the other. None where there is no answer.
    #[inline]
    pub fn code(&self, unit: u64, arm: usize) -> Option<u32> {
        let slot = self.slot(unit, arm)?;
        let first = u32::from(FIRST_CODE);
        match &self.store {
            Store::Codes(cells) => u32::from(cells[slot]).checked_sub(first),
            Store::Labels(cells) => cells[slot].checked_sub(first),
            Store::Numbers(_) => None,
        }
    }

    /// The labels of a category, sorted; of a decision, the unfavourable value and the favourable one.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Why a record has no value; none if it has one, or is not held.
    #[inline]
    pub fn absence(&self, unit: u64, arm: usize) -> Option<Absence> {
        self.store.absence(self.slot(unit, arm)?)
    }

    /// How many records of an arm have no value for this reason.
    pub fn absent(&self, arm: usize, absence: Absence) -> u64 {
        self.absent.get(arm).map_or(0, |counts| counts[absence as usize])
    }

    /// How many records of an arm have a value.
    pub fn present(&self, arm: usize) -> u64 {
        let units = self.units.end - self.units.start;
        self.absent.get(arm).map_or(0, |counts| units - counts.iter().sum::<u64>())
    }

    /// Whether every arm has a value for the unit.
    pub fn is_complete(&self, unit: u64) -> bool {
        self.units.contains(&unit) && (0..self.arms).all(|arm| self.absence(unit, arm).is_none())
    }

    /// Counts absences by arm.
    pub(super) fn count(&mut self) {
        self.absent = counts(&self.store, |slot| slot % self.arms, self.arms);
    }
}

/// Absences of cells by the arm of each.
pub(super) fn counts(
    store: &Store,
    arm: impl Fn(usize) -> usize,
    arms: usize,
) -> Vec<[u64; Absence::ALL.len()]> {
    let mut counts = vec![[0; Absence::ALL.len()]; arms];
    let mut add = |slot: usize, absence: Option<Absence>| {
        if let Some(absence) = absence {
            counts[arm(slot)][absence as usize] += 1;
        }
    };
    match store {
        Store::Codes(cells) => cells.iter().enumerate().for_each(|(slot, cell)| add(slot, cell.absence())),
        Store::Labels(cells) => cells.iter().enumerate().for_each(|(slot, cell)| add(slot, cell.absence())),
        Store::Numbers(cells) => cells.iter().enumerate().for_each(|(slot, cell)| add(slot, cell.absence())),
    }
    counts
}
