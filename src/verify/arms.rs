//! Structure: what holds between the arms of every suite, whatever its scenario.

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::Int64Type;

use super::replay::first_difference;
use crate::suite::Manifest;

/// Bits of a record id below its suite's tag.
const TAG_SHIFT: u32 = 41;

/// What is wrong with the ids of consecutive records of an arm from unit `first` on:
/// `record_id` = tag·2⁴¹ + unit·arms + arm, and `unit_id` counts up by one.
pub fn ids(
    place: &str,
    records: &RecordBatch,
    first: u64,
    arm: usize,
    arms: usize,
    tag: &mut Option<u64>,
) -> Vec<String> {
    let of = |name: &str| records.column_by_name(name).and_then(|c| c.as_primitive_opt::<Int64Type>());
    let (Some(record), Some(unit)) = (of("record_id"), of("unit_id")) else {
        return vec![format!("{place}: `record_id` or `unit_id` is missing or no 64-bit integer")];
    };
    for row in 0..records.num_rows() {
        let (id, expected) = (record.value(row) as u64, first + row as u64);
        if record.is_null(row) || unit.is_null(row) || unit.value(row) as u64 != expected {
            return vec![format!("{place}: unit {} stands where unit {expected} should", unit.value(row))];
        }
        let same_suite = *tag.get_or_insert(id >> TAG_SHIFT) == id >> TAG_SHIFT;
        let low = id & ((1 << TAG_SHIFT) - 1);
        if !same_suite || low != expected * arms as u64 + arm as u64 {
            return vec![format!(
                "{place}: the record id {id} is not that of unit {expected} in arm {arm} of this suite"
            )];
        }
    }
    Vec::new()
}

/// What is wrong between the same units in all arms: columns with the same instance number, and all that are said not to
/// vary, must be equal bit for bit.
pub fn across(manifest: &Manifest, records: &[RecordBatch], first: u64) -> Vec<String> {
    let mut found = Vec::new();
    for column in manifest.columns.iter().filter(|c| c.role != "id" && c.role != "arm") {
        let arrays: Vec<Option<&ArrayRef>> = records.iter().map(|r| r.column_by_name(&column.name)).collect();
        for arm in 1..arrays.len() {
            let numbers = &column.instance_by_arm;
            let same = |other: &usize| {
                !column.varies || (numbers.len() == arrays.len() && numbers[*other] == numbers[arm])
            };
            let Some(other) = (0..arm).find(same) else { continue };
            let (Some(a), Some(b)) = (arrays[other], arrays[arm]) else {
                found.push(format!("an arm has no column `{}`", column.name));
                continue;
            };
            if let Some(row) = first_difference(a, b) {
                let (a, b, unit) = (&manifest.arms[other].name, &manifest.arms[arm].name, first + row as u64);
                found.push(format!(
                    "`{}` of unit {unit} differs between the arms `{a}` and `{b}`, where it must not",
                    column.name
                ));
            }
        }
    }
    found
}

/// What is wrong with the levels shown by an arm: a level that is shown to everyone is everyone's, in placebo arms that of
/// their base.
pub fn levels(manifest: &Manifest, arm: usize, records: &RecordBatch, first: u64) -> Vec<String> {
    let entry = &manifest.arms[arm];
    let base = entry.placebo_of.as_ref().and_then(|base| manifest.arms.iter().find(|a| &a.name == base));
    let mut found = Vec::new();
    for (name, level) in &entry.show {
        if base.is_some_and(|base| base.show.get(name) != Some(level)) {
            found.push(format!("the placebo arm `{}` does not show `{name}` as its base does", entry.name));
        }
        let Some(column) = records.column_by_name(name).filter(|_| level != "own") else { continue };
        let Ok(spelt) = arrow::compute::cast(column, &arrow::datatypes::DataType::Utf8) else { continue };
        let values = spelt.as_string::<i32>();
        if let Some(row) = (0..values.len()).find(|row| values.is_null(*row) || values.value(*row) != level) {
            found.push(format!(
                "arm `{}`: `{name}` of unit {} is not `{level}`",
                entry.name,
                first + row as u64
            ));
        }
    }
    found
}
