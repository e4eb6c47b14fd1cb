//! Structure: what holds between the arms of every suite, whatever its scenario.

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{Int32Type, Int64Type};

use super::replay::first_difference;
use crate::suite::{Manifest, record_id};

/// What is wrong with the ids of consecutive records of an arm from unit `first` on.
pub fn ids(manifest: &Manifest, arm: usize, records: &RecordBatch, first: u64, tag: i64) -> Vec<String> {
    let name = &manifest.arms[arm].name;
    let mut found = units(&format!("arm `{name}`"), records, first);
    let ids = records.column_by_name("record_id").and_then(|c| c.as_primitive_opt::<Int64Type>());
    let expected = |row: usize| record_id(tag, first + row as u64, manifest.arms.len(), arm);
    match ids {
        None => found.push(format!("arm `{name}`: `record_id` is missing or no 64-bit integer")),
        Some(ids) => {
            let wrong = (0..ids.len()).find(|row| ids.is_null(*row) || ids.value(*row) != expected(*row));
            found.extend(wrong.map(|row| {
                let (id, unit) = (ids.value(row), first + row as u64);
                format!("the record id {id} is not that of unit {unit} in arm `{name}` of this suite")
            }));
        }
    }
    if records.column_by_name("arm").is_none_or(|arms| !is_everywhere(arms, name)) {
        found.push(format!("arm `{name}`: the column `arm` holds something else"));
    }
    found
}

/// What is wrong with unit ids, which count up by one.
pub fn units(place: &str, records: &RecordBatch, first: u64) -> Vec<String> {
    let Some(units) = records.column_by_name("unit_id").and_then(|c| c.as_primitive_opt::<Int64Type>())
    else {
        return vec![format!("{place}: `unit_id` is missing or no 64-bit integer")];
    };
    let wrong =
        (0..units.len()).find(|row| units.is_null(*row) || units.value(*row) as u64 != first + *row as u64);
    let wrong = wrong.map(|row| {
        format!("{place}: unit {} stands where unit {} should", units.value(row), first + row as u64)
    });
    wrong.into_iter().collect()
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
        if !is_everywhere(column, level) {
            found.push(format!(
                "arm `{}`: `{name}` is not `{level}` everywhere in the records from unit {first} on",
                entry.name
            ));
        }
    }
    found
}

/// Whether every cell of a category or text is this one; it is looked up once, not once a record.
fn is_everywhere(column: &ArrayRef, text: &str) -> bool {
    let Some(categories) = column.as_dictionary_opt::<Int32Type>() else {
        return column
            .as_string_opt::<i32>()
            .is_some_and(|cells| cells.iter().all(|cell| cell == Some(text)));
    };
    let Some(values) = categories.values().as_string_opt::<i32>() else { return false };
    let is_text: Vec<bool> = values.iter().map(|value| value == Some(text)).collect();
    categories.keys().iter().all(|key| key.is_some_and(|key| is_text[key as usize]))
}
