//! Files that a scenario names, read once, and the columns in them.

use std::path::Path;
use std::sync::Arc;

use super::generators::Made;
use super::parents::Scope;
use super::variable::Cell;
use crate::diag::{Diagnostic, code};
use crate::scenario::{At, Attached};
use crate::value::Levels;

/// More rows than this are not needed to say what a distribution looks like.
const MOST_ROWS: usize = 10_000_000;
const MOST_CATEGORIES: usize = 10_000;

/// The files of a scenario, each read once.
pub(super) struct Files<'a> {
    folder: Option<&'a Path>,
    read: Vec<Attached>,
}

impl<'a> Files<'a> {
    pub(super) fn new(folder: Option<&'a Path>) -> Self {
        Self { folder, read: Vec::new() }
    }

    pub(super) fn into_read(self) -> Vec<Attached> {
        self.read
    }

    /// The content of a file; what is wrong is reported at the place of its name.
    pub(super) fn get(&mut self, name: &At<String>, scope: &mut Scope) -> Option<&[u8]> {
        if let Some(at) = self.read.iter().position(|a| a.name == name.value) {
            return Some(&self.read[at].bytes);
        }
        match Attached::read(self.folder, &name.value) {
            Ok(file) => {
                self.read.push(file);
                self.read.last().map(|f| f.bytes.as_slice())
            }
            Err(unusable) => {
                let mut diagnostic = Diagnostic::error(unusable.code, unusable.message).at(&name.place);
                diagnostic.hint = unusable.hint;
                scope.report(diagnostic);
                None
            }
        }
    }

    /// The content as text.
    pub(super) fn text(&mut self, name: &At<String>, scope: &mut Scope) -> Option<String> {
        let bytes = self.get(name, scope)?;
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(text.trim_start_matches('\u{feff}').to_owned()),
            Err(_) => {
                let message = format!("`{}` is not UTF-8", name.value);
                scope.report(
                    Diagnostic::error(code::BAD_TABLE, message)
                        .at(&name.place)
                        .hint("save the file as UTF-8"),
                );
                None
            }
        }
    }
}

/// A variable drawn from a column of a CSV or Parquet file: numbers where every cell is one, categories otherwise.
pub(super) fn empirical(
    file: &At<String>,
    column: &At<String>,
    ordered: bool,
    scope: &mut Scope,
    files: &mut Files,
) -> Option<(Made, Cell)> {
    let cells = if file.value.ends_with(".parquet") {
        let bytes = files.get(file, scope)?.to_vec();
        parquet_column(bytes, &column.value)
    } else {
        csv_column(&files.text(file, scope)?, &column.value)
    };
    let made = cells.and_then(|cells| from_cells(cells, ordered, &column.value));
    if let Err(message) = &made {
        scope.report(
            Diagnostic::error(code::BAD_TABLE, format!("`{}`: {message}", file.value))
                .at(&column.place)
                .hint("the file has a heading with the names of its columns, separated by commas, and a value a row"),
        );
    }
    made.ok()
}

/// The cells of a column as text; empty cells are left out.
pub(super) fn csv_column(text: &str, column: &str) -> Result<Vec<String>, String> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|e| e.to_string())?.clone();
    let at = headers.iter().position(|h| h == column).ok_or_else(|| no_column(column, headers.iter()))?;
    let mut cells = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| e.to_string())?;
        if let Some(cell) = record.get(at).map(str::trim).filter(|c| !c.is_empty()) {
            cells.push(cell.to_owned());
        }
        if cells.len() > MOST_ROWS {
            return Err(format!("more than {MOST_ROWS} rows"));
        }
    }
    Ok(cells)
}

pub(super) fn no_column<'a>(column: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match crate::diag::nearest(column, known.clone()) {
        Some(near) => format!("there is no column `{column}`; did you mean `{near}`?"),
        None => format!("there is no column `{column}` among {}", super::words::short_list(known)),
    }
}

fn parquet_column(bytes: Vec<u8>, column: &str) -> Result<Vec<String>, String> {
    use arrow::array::Array;
    use arrow::util::display::{ArrayFormatter, FormatOptions};
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    let builder =
        ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes)).map_err(|e| e.to_string())?;
    let schema = builder.schema().clone();
    let at = schema
        .index_of(column)
        .map_err(|_| no_column(column, schema.fields().iter().map(|f| f.name().as_str())))?;
    let mask = parquet::arrow::ProjectionMask::roots(builder.parquet_schema(), [at]);
    let reader = builder.with_projection(mask).build().map_err(|e| e.to_string())?;
    let mut cells = Vec::new();
    for batch in reader {
        let batch = batch.map_err(|e| e.to_string())?;
        let array = batch.column(0);
        let options = FormatOptions::default();
        let formatter = ArrayFormatter::try_new(array.as_ref(), &options).map_err(|e| e.to_string())?;
        cells.extend((0..array.len()).filter(|i| array.is_valid(*i)).map(|i| formatter.value(i).to_string()));
        if cells.len() > MOST_ROWS {
            return Err(format!("more than {MOST_ROWS} rows"));
        }
    }
    Ok(cells)
}

fn from_cells(cells: Vec<String>, ordered: bool, column: &str) -> Result<(Made, Cell), String> {
    if cells.is_empty() {
        return Err(format!("the column `{column}` has no value"));
    }
    let numbers: Result<Vec<f64>, _> = cells.iter().map(|c| c.parse::<f64>()).collect();
    if let Ok(mut numbers) = numbers {
        if numbers.iter().any(|n| !n.is_finite()) {
            return Err(format!("the column `{column}` has a value that is not finite"));
        }
        numbers.sort_by(f64::total_cmp);
        let whole = numbers.iter().all(|n| n.fract() == 0.0 && n.abs() < 9e15);
        return Ok((Made::Sorted(numbers.into()), if whole { Cell::Integer } else { Cell::Number }));
    }
    let mut counts: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    for cell in cells {
        *counts.entry(cell).or_default() += 1;
    }
    if counts.len() > MOST_CATEGORIES {
        return Err(format!("the column `{column}` has more than {MOST_CATEGORIES} different texts"));
    }
    let total: u64 = counts.values().sum();
    let mut sum = 0;
    let cumulative = counts
        .values()
        .map(|n| {
            sum += n;
            sum as f64 / total as f64
        })
        .collect();
    let levels = Arc::new(Levels::new(counts.into_keys().collect(), ordered));
    let made = Made::Frequencies { levels: levels.clone(), cumulative };
    Ok((made, Cell::Category(levels)))
}
