//! How units are cut in parts, and parts in row groups.

use std::ops::Range;

use super::content::LEAF;
use crate::error::{Error, Result};

/// Units of a row group: one task of one thread. Tests cut finer, so that small suites have several.
pub(super) const ROW_GROUP: u64 = if cfg!(test) { 1024 } else { 131_072 };
/// Part numbers have five digits.
const MOST_PARTS: u32 = 100_000;

/// The units of a part: whole leaves, shared out evenly. Parts of a small suite may be empty.
pub(super) fn part_units(units: u64, parts: u32, part: u32) -> Range<u64> {
    let leaves = units.div_ceil(LEAF);
    let edge = |at: u32| {
        let leaf = u128::from(leaves) * u128::from(at) / u128::from(parts);
        (leaf as u64).saturating_mul(LEAF).min(units)
    };
    edge(part)..edge(part + 1)
}

/// Refuses numbers of parts that cannot be.
pub(super) fn check_parts(parts: u32, part: Option<u32>) -> Result<()> {
    if parts == 0 || parts > MOST_PARTS {
        return Err(Error::request(format!("a suite has between 1 and {MOST_PARTS} parts, found {parts}")));
    }
    match part {
        Some(part) if part >= parts => {
            let message = format!("there is no part {part} of {parts}");
            Err(Error::request_hint(message, format!("parts are counted from 0 to {}", parts - 1)))
        }
        _ => Ok(()),
    }
}

/// A row group to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Task {
    /// The part.
    pub part: u32,
    /// The units.
    pub units: Range<u64>,
    /// Whether it is the first of its part.
    pub first: bool,
    /// Whether it is the last of its part.
    pub last: bool,
}

/// The row groups of some parts in order, counted without a list of them.
pub(super) struct Tasks {
    units: u64,
    parts: u32,
    wanted: Vec<u32>,
    /// For each wanted part, the number of its first task; then the number of all.
    starts: Vec<u64>,
}

impl Tasks {
    pub(super) fn new(units: u64, parts: u32, wanted: Vec<u32>) -> Self {
        let mut starts = vec![0];
        for part in &wanted {
            let range = part_units(units, parts, *part);
            let groups = (range.end - range.start).div_ceil(ROW_GROUP).max(1);
            starts.push(starts[starts.len() - 1] + groups);
        }
        Self { units, parts, wanted, starts }
    }

    pub(super) fn get(&self, at: u64) -> Option<Task> {
        let which = self.starts.partition_point(|start| *start <= at) - 1;
        let part = *self.wanted.get(which)?;
        let next = self.starts[which + 1];
        let range = part_units(self.units, self.parts, part);
        let group = at - self.starts[which];
        let start = range.start + group * ROW_GROUP;
        Some(Task {
            part,
            units: start..range.end.min(start + ROW_GROUP),
            first: group == 0,
            last: at + 1 == next,
        })
    }
}
