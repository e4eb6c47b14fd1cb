//! Replay: the values of units made anew from scenario and seed, held against those in files, bit for bit.

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Date32Type, Float64Type, Int32Type, Int64Type};

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

/// The first row in which two columns differ: bit for bit for numbers, by text whatever the dictionary for categories.
pub fn first_difference(a: &ArrayRef, b: &ArrayRef) -> Option<usize> {
    if a.len() != b.len() {
        return Some(a.len().min(b.len()));
    }
    if a.data_type() != b.data_type() {
        return Some(0);
    }
    match a.data_type() {
        DataType::Float64 => {
            differ(a, b, |array, row| array.as_primitive::<Float64Type>().value(row).to_bits())
        }
        DataType::Int64 => differ(a, b, |array, row| array.as_primitive::<Int64Type>().value(row)),
        DataType::Date32 => differ(a, b, |array, row| array.as_primitive::<Date32Type>().value(row)),
        DataType::Boolean => differ(a, b, |array, row| array.as_boolean().value(row)),
        DataType::Utf8 => differ(a, b, |array, row| array.as_string::<i32>().value(row)),
        DataType::Dictionary(..) => differ(a, b, |array, row| {
            let categories = array.as_dictionary::<Int32Type>();
            let key = categories.keys().value(row) as usize;
            categories.values().as_string_opt::<i32>().map(|values| values.value(key))
        }),
        _ => Some(0),
    }
}

/// The first row in which one column has a cell and the other none, or in which their cells differ.
fn differ<'a, T: PartialEq>(
    a: &'a ArrayRef,
    b: &'a ArrayRef,
    cell: impl Fn(&'a ArrayRef, usize) -> T,
) -> Option<usize> {
    let differs = |row: usize| match (a.is_null(row), b.is_null(row)) {
        (false, false) => cell(a, row) != cell(b, row),
        (x, y) => x != y,
    };
    (0..a.len()).find(|row| differs(*row))
}
