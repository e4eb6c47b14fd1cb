//! One data file against its entry in the manifest and against its scenario.

use std::fs::File;

use arrow::array::RecordBatch;

use crate::error::{Error, Result};
use crate::suite::{ContentHash, FileEntry, Suite};

/// BLAKE3 of the bytes of a file, in hex.
pub(super) fn file_hash(suite: &Suite, entry: &FileEntry) -> Result<String> {
    let path = suite.dir.join(&entry.path);
    let mut hasher = blake3::Hasher::new();
    let file = File::open(&path).map_err(|e| Error::io("read", &path, e))?;
    hasher.update_reader(file).map_err(|e| Error::io("read", &path, e))?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// What one reading of a file finds.
pub(super) struct Reading {
    pub(super) content: ContentHash,
    pub(super) rows: u64,
    /// The first difference from what the scenario and the seed give.
    pub(super) difference: Option<String>,
    pub(super) replayed: u64,
}

/// Reads a file once: its content hash, and its batches against those `regenerate` gives for the same units.
pub(super) fn read(
    suite: &Suite,
    entry: &FileEntry,
    regenerate: impl Fn(std::ops::Range<u64>) -> Result<RecordBatch>,
    replays: impl Fn(u64) -> bool,
) -> Result<Reading> {
    let mut reading = Reading { content: ContentHash::default(), rows: 0, difference: None, replayed: 0 };
    for batch in suite.read(entry)? {
        let batch = batch?;
        let first = entry.first_unit + reading.rows;
        reading.content.add_batch(entry.arm.as_deref().unwrap_or(""), first, &batch);
        let rows = batch.num_rows() as u64;
        if reading.difference.is_none() && replays(first) {
            let expected = regenerate(first..first + rows)?;
            reading.difference = difference(&batch, &expected, first).map(|d| format!("{}: {d}", entry.path));
            reading.replayed += rows;
        }
        reading.rows += rows;
    }
    Ok(reading)
}

/// The first cell that differs, bit for bit.
fn difference(found: &RecordBatch, expected: &RecordBatch, first: u64) -> Option<String> {
    let names =
        |batch: &RecordBatch| batch.schema().fields().iter().map(|f| f.name().clone()).collect::<Vec<_>>();
    if names(found) != names(expected) {
        return Some(format!("the columns are {:?}, not {:?}", names(found), names(expected)));
    }
    for ((name, a), b) in names(found).into_iter().zip(found.columns()).zip(expected.columns()) {
        let hashes = |array: &arrow::array::ArrayRef, row: usize| {
            let schema = arrow::datatypes::Schema::new(vec![arrow::datatypes::Field::new(
                "x",
                array.data_type().clone(),
                true,
            )]);
            let one = RecordBatch::try_new(std::sync::Arc::new(schema), vec![array.slice(row, 1)]);
            let mut hash = ContentHash::default();
            hash.add_batch("", 0, &one.expect("one column of one row"));
            hash
        };
        if a.data_type() != b.data_type() {
            return Some(format!("`{name}` is of type {}, not {}", a.data_type(), b.data_type()));
        }
        // Dictionaries may be numbered differently, so values are compared, not codes.
        let same = match a.data_type() {
            arrow::datatypes::DataType::Dictionary(..) => {
                (0..a.len()).all(|row| hashes(a, row) == hashes(b, row))
            }
            _ => a.to_data() == b.to_data() || (0..a.len()).all(|row| hashes(a, row) == hashes(b, row)),
        };
        if !same {
            let row = (0..a.len()).find(|row| hashes(a, *row) != hashes(b, *row)).unwrap_or(0);
            return Some(format!(
                "`{name}` of unit {} is not what the scenario and the seed give",
                first + row as u64
            ));
        }
    }
    None
}
