//! Lookups, compiled: a dense table over the codes of the variables looked up by.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::expression::unknown_level;
use super::files::{Files, no_column};
use super::generators::literal_cell;
use super::parents::Scope;
use super::variable::Cell;
use super::words::MOST_ALIKE;
use crate::diag::{Diagnostic, code};
use crate::scenario::{At, Literal, LookupShape, LookupTable};
use crate::value::{Column, Kind, Levels};

/// More combinations than this are a mistake.
const MOST_CELLS: usize = 1_000_000;

/// A value from a table.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// Places in the parents of the variables looked up by.
    pub inputs: Vec<usize>,
    /// The number of levels of each.
    pub sizes: Vec<usize>,
    /// The values, the last variable fastest.
    pub values: Column,
}

/// The keys of a row, one a variable looked up by, and its value.
type Row = (Vec<At<String>>, At<Literal>);

pub(super) fn lookup(
    shape: &LookupShape,
    ordered: bool,
    scope: &mut Scope,
    files: &mut Files,
) -> Option<(Lookup, Cell)> {
    let mut keys: Vec<Vec<String>> = Vec::new();
    for by in &shape.by {
        let Some(kind) = scope.kind(&by.value) else { continue };
        match kind {
            Kind::Category(levels) => keys.push(levels.names().to_vec()),
            Kind::Boolean => keys.push(vec!["false".to_owned(), "true".to_owned()]),
            other => {
                scope.report(
                    Diagnostic::error(
                        code::BAD_TABLE,
                        format!("`{}` is {}: only categories can be looked up by", by.value, other.phrase()),
                    )
                    .at(&by.place)
                    .hint("a formula `if … then … else …` can make a category of a number"),
                );
            }
        }
    }
    if keys.len() < shape.by.len() {
        return None;
    }
    let sizes: Vec<usize> = keys.iter().map(Vec::len).collect();
    let cells: usize = sizes.iter().product();
    if cells > MOST_CELLS {
        scope.report(
            Diagnostic::error(
                code::TOO_LARGE,
                format!("a lookup has at most {MOST_CELLS} combinations, this has {cells}"),
            )
            .at(&shape.place)
            .hint(
                "look up by fewer variables, or by ones with fewer levels; a formula joins several lookups",
            ),
        );
        return None;
    }
    let rows = match &shape.table {
        LookupTable::Inline(rows) => rows.clone(),
        LookupTable::File { file, value } => file_rows(file, value, shape, scope, files)?,
    };
    let values = dense(&rows, shape, &keys, cells, scope).filter(|_| shape.whole)?;
    let (values, cell) = as_column(values, ordered, shape, scope)?;
    let inputs = shape.by.iter().map(|by| scope.parent(&by.value)).collect();
    Some((Lookup { inputs, sizes, values }, cell))
}

fn dense(
    rows: &[Row],
    shape: &LookupShape,
    keys: &[Vec<String>],
    cells: usize,
    scope: &mut Scope,
) -> Option<Vec<Literal>> {
    let mut values: Vec<Option<Literal>> = vec![shape.default.as_ref().map(|d| d.value.clone()); cells];
    let mut unknown = 0;
    for (path, value) in rows {
        let mut at = 0;
        let mut known = true;
        for ((key, levels), by) in path.iter().zip(keys).zip(&shape.by) {
            match levels.iter().position(|l| *l == key.value) {
                Some(code) => at = at * levels.len() + code,
                None => {
                    known = false;
                    unknown += 1;
                    if unknown > MOST_ALIKE {
                        continue;
                    }
                    scope.report(unknown_level(key, &by.value, levels.iter().map(String::as_str)));
                }
            }
        }
        if known {
            values[at] = Some(value.value.clone());
        }
    }
    let whole = unknown == 0;
    if let (true, Some(gap)) = (whole && shape.whole, values.iter().position(Option::is_none)) {
        scope.report(
            Diagnostic::error(
                code::BAD_TABLE,
                format!("the lookup has no value for {}", combination(gap, keys, shape)),
            )
            .at(&shape.place)
            .hint("add it, or a `default`"),
        );
        return None;
    }
    if !whole {
        return None;
    }
    values.into_iter().collect()
}

fn combination(mut at: usize, keys: &[Vec<String>], shape: &LookupShape) -> String {
    let mut parts = Vec::new();
    for (levels, by) in keys.iter().zip(&shape.by).rev() {
        parts.push(format!("{} = `{}`", by.value, levels[at % levels.len()]));
        at /= levels.len();
    }
    parts.reverse();
    parts.join(", ")
}

fn as_column(
    values: Vec<Literal>,
    ordered: bool,
    shape: &LookupShape,
    scope: &mut Scope,
) -> Option<(Column, Cell)> {
    let numbers: Vec<f64> =
        values.iter().filter_map(|v| if let Literal::Number(n) = v { Some(*n) } else { None }).collect();
    if numbers.len() == values.len() {
        let whole = values.iter().all(|v| literal_cell(v) == Cell::Integer);
        return Some((Column::Number(numbers), if whole { Cell::Integer } else { Cell::Number }));
    }
    let booleans: Vec<bool> =
        values.iter().filter_map(|v| if let Literal::Boolean(b) = v { Some(*b) } else { None }).collect();
    if booleans.len() == values.len() {
        return Some((Column::Boolean(booleans), Cell::Boolean));
    }
    let days: Vec<i32> =
        values.iter().filter_map(|v| if let Literal::Date(d) = v { Some(*d) } else { None }).collect();
    if days.len() == values.len() {
        return Some((Column::Date(days), Cell::Date));
    }
    let texts: Vec<&str> = values
        .iter()
        .filter_map(|v| if let Literal::Text(t) = v { Some(t.as_str()) } else { None })
        .collect();
    if texts.len() < values.len() {
        scope.report(
            Diagnostic::error(code::BAD_TABLE, "the values of a lookup are of different types")
                .at(&shape.place)
                .hint(
                    "make all of them numbers, all texts, all true or false, or all dates, the default too",
                ),
        );
        return None;
    }
    let mut names: Vec<String> = Vec::new();
    let mut codes_by_name: BTreeMap<&str, u32> = BTreeMap::new();
    let codes = texts
        .iter()
        .map(|text| {
            *codes_by_name.entry(text).or_insert_with(|| {
                names.push((*text).to_owned());
                names.len() as u32 - 1
            })
        })
        .collect();
    let levels = Arc::new(Levels::new(names, ordered));
    Some((Column::Category { codes, levels: levels.clone() }, Cell::Category(levels)))
}

fn file_rows(
    file: &At<String>,
    value: &At<String>,
    shape: &LookupShape,
    scope: &mut Scope,
    files: &mut Files,
) -> Option<Vec<Row>> {
    let text = files.text(file, scope)?;
    match parse_rows(&text, file, value, shape) {
        Ok(rows) => Some(rows),
        Err(message) => {
            scope.report(
                Diagnostic::error(code::BAD_TABLE, format!("`{}`: {message}", file.value))
                    .at(&file.place)
                    .hint("the file has a heading, a column for each variable of `by` and one for the value"),
            );
            None
        }
    }
}

fn parse_rows(
    text: &str,
    file: &At<String>,
    value: &At<String>,
    shape: &LookupShape,
) -> Result<Vec<Row>, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|e| e.to_string())?.clone();
    let column =
        |name: &str| headers.iter().position(|h| h == name).ok_or_else(|| no_column(name, headers.iter()));
    let keys: Vec<usize> = shape.by.iter().map(|by| column(&by.value)).collect::<Result<_, _>>()?;
    let value_at = column(&value.value)?;
    let records: Vec<csv::StringRecord> =
        reader.records().collect::<Result<_, _>>().map_err(|e| e.to_string())?;
    let cell = |record: &csv::StringRecord, at: usize| record.get(at).unwrap_or("").to_owned();
    let all_numbers = records.iter().all(|r| cell(r, value_at).parse::<f64>().is_ok_and(f64::is_finite));
    Ok(records
        .iter()
        .map(|record| {
            let path = keys.iter().map(|at| At::new(cell(record, *at), &file.place)).collect();
            let written = cell(record, value_at);
            let literal = match written.parse::<f64>() {
                Ok(n) if all_numbers => Literal::Number(n),
                _ => Literal::Text(written),
            };
            (path, At::new(literal, &file.place))
        })
        .collect())
}
