//! Replay: the values of units made anew from scenario and seed, held against those in files, bit for bit.

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};

use super::world::Shown;
use crate::sample::Batch;

/// What differs between a run of records and the same units made anew; `place` names the file.
pub fn differences(place: &str, records: &RecordBatch, columns: &[Shown], batch: &Batch) -> Vec<String> {
    let mut found = Vec::new();
    for column in columns {
        let Some(stored) = records.column_by_name(&column.name) else {
            found.push(format!("{place}: there is no column `{}`", column.name));
            continue;
        };
        let made = column.form.array(batch.cells(column.instance));
        if let Some(row) = first_difference(stored, &made) {
            let unit = batch.units.start + row as u64;
            found.push(format!(
                "{place}: `{}` of unit {unit} is not what scenario and seed make",
                column.name
            ));
        }
    }
    found
}

/// The first row in which two columns differ: bit for bit for numbers, by value whatever the dictionary for categories.
pub fn first_difference(a: &ArrayRef, b: &ArrayRef) -> Option<usize> {
    if a.len() != b.len() {
        return Some(a.len().min(b.len()));
    }
    let (Some(a), Some(b)) = (plain(a), plain(b)) else {
        return Some(0);
    };
    if a.data_type() != b.data_type() {
        return Some(0);
    }
    let differs = |row: usize| match (a.is_null(row), b.is_null(row)) {
        (false, false) => !same_value(&a, &b, row),
        (x, y) => x != y,
    };
    (0..a.len()).find(|row| differs(*row))
}

/// Dictionaries spelt out.
fn plain(array: &ArrayRef) -> Option<ArrayRef> {
    match array.data_type() {
        DataType::Dictionary(_, values) => cast(array, values).ok(),
        _ => Some(array.clone()),
    }
}

fn same_value(a: &ArrayRef, b: &ArrayRef, row: usize) -> bool {
    match a.data_type() {
        DataType::Float64 => {
            let at = |array: &ArrayRef| array.as_primitive::<Float64Type>().value(row).to_bits();
            at(a) == at(b)
        }
        DataType::Utf8 => a.as_string::<i32>().value(row) == b.as_string::<i32>().value(row),
        _ => a.slice(row, 1).to_data() == b.slice(row, 1).to_data(),
    }
}
