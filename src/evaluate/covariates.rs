//! Columns of a suite that say who a unit is: the same in all its records, or in the truth.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{DataType, Date32Type, Float64Type, Int32Type, Int64Type};

use crate::diag::nearest;
use crate::error::{Error, Result};
use crate::suite::{ColumnEntry, FileEntry, Suite};

/// No value.
pub(super) const MISSING: u32 = u32::MAX;
/// A column of texts with more different values than this cannot be cut by.
const MOST_VALUES: usize = 256;

/// A column, a cell a unit.
#[derive(Debug, Clone)]
pub(super) enum Cells {
    /// Numbers, days and counts; NaN where missing.
    Numbers(Vec<f64>),
    /// Codes of names; [`MISSING`] where missing.
    Codes { codes: Vec<u32>, names: Vec<String> },
}

/// A column with its name and role.
#[derive(Debug, Clone)]
pub(super) struct Covariate {
    pub(super) name: String,
    pub(super) cells: Cells,
}

/// Columns of the arms that are equal in all twins and can be cut by: background and resolving, no texts.
pub(super) fn shared_columns(suite: &Suite) -> impl Iterator<Item = &ColumnEntry> {
    let fits = |c: &&ColumnEntry| {
        !c.varies && matches!(c.role.as_str(), "background" | "resolving") && c.kind != "text"
    };
    suite.manifest.columns.iter().filter(fits)
}

/// The outcomes of the truth.
pub(super) fn outcomes(suite: &Suite) -> impl Iterator<Item = &ColumnEntry> {
    suite.manifest.truth.iter().filter(|c| c.role == "outcome" && c.kind != "text")
}

/// Reads columns by their names, from the first arm or from the truth; those columns only.
///
/// # Errors
/// A column that the suite does not have, that differs between twins, or that has too many values.
pub(super) fn covariates(suite: &Suite, names: &[String]) -> Result<Vec<Covariate>> {
    let found = covariates_that_cut(suite, names)?;
    match names.iter().find(|name| found.iter().all(|c| c.name != **name)) {
        Some(name) if suite.manifest.units > 0 => Err(Error::request_hint(
            format!("`{name}` has more than {MOST_VALUES} different values"),
            "cut units by a column with fewer",
        )),
        _ => Ok(found),
    }
}

/// The same without columns that have too many values, such as names.
pub(super) fn covariates_that_cut(suite: &Suite, names: &[String]) -> Result<Vec<Covariate>> {
    let manifest = &suite.manifest;
    let usable = |c: &&ColumnEntry| !c.varies && !matches!(c.role.as_str(), "id" | "arm");
    let shared: Vec<&str> = manifest
        .columns
        .iter()
        .filter(usable)
        .map(|c| c.name.as_str())
        .filter(|n| wanted(names, n))
        .collect();
    let truth: Vec<&str> =
        manifest.truth.iter().filter(usable).map(|c| c.name.as_str()).filter(|n| wanted(names, n)).collect();
    if let Some(unknown) = names.iter().find(|n| !wanted_str(&shared, n) && !wanted_str(&truth, n)) {
        return Err(unusable(suite, unknown));
    }
    let first = manifest.arms.first().map(|a| a.name.clone());
    let mut found = read(suite, |f| f.arm.is_some() && f.arm == first, &shared)?;
    found.extend(read(suite, |f| f.arm.is_none(), &truth)?);
    let place = |c: &Covariate| names.iter().position(|n| *n == c.name).unwrap_or(usize::MAX);
    found.sort_by_key(place);
    Ok(found)
}

fn wanted(names: &[String], name: &str) -> bool {
    names.iter().any(|n| n == name)
}

fn wanted_str(names: &[&str], name: &str) -> bool {
    names.contains(&name)
}

fn unusable(suite: &Suite, name: &str) -> Error {
    let columns = || suite.manifest.columns.iter().chain(&suite.manifest.truth);
    if columns().any(|c| c.name == name && c.varies) {
        let message = format!("units cannot be cut by `{name}`: it differs between twins");
        let own = format!("own_{name}");
        return match columns().any(|c| c.name == own) {
            true => Error::request_hint(message, format!("`{own}` is the unit's own level")),
            false => Error::request_hint(message, "cut by a background or resolving variable"),
        };
    }
    let known = columns().filter(|c| !c.varies && c.role != "id" && c.role != "arm");
    let hint = match nearest(name, known.map(|c| c.name.as_str())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`jumelles inspect --json` lists the columns".to_owned(),
    };
    Error::request_hint(format!("the suite has no column `{name}` to cut units by"), hint)
}

fn read(suite: &Suite, of: impl Fn(&FileEntry) -> bool, names: &[&str]) -> Result<Vec<Covariate>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let mut files: Vec<&FileEntry> = suite.manifest.files.iter().filter(|f| of(f)).collect();
    files.sort_by_key(|f| f.first_unit);
    let mut columns: Vec<(String, Gathered)> = Vec::new();
    for file in files {
        for batch in suite.read_columns(file, names)? {
            let batch = batch?;
            for (at, field) in batch.schema().fields().iter().enumerate() {
                if columns.len() <= at {
                    columns.push((field.name().clone(), Gathered::Nothing));
                }
                columns[at].1.append(batch.column(at));
            }
        }
    }
    let full = |(name, gathered)| match gathered {
        Gathered::Cells(cells) => Some(Covariate { name, cells }),
        Gathered::Nothing | Gathered::TooMany => None,
    };
    Ok(columns.into_iter().filter_map(full).collect())
}

/// What has been read of a column.
enum Gathered {
    Nothing,
    Cells(Cells),
    /// More different values than anybody cuts by; the others are not looked at.
    TooMany,
}

impl Gathered {
    fn append(&mut self, array: &ArrayRef) {
        match (numbers(array), &mut *self) {
            (_, Gathered::TooMany) => {}
            (Some(more), Gathered::Nothing) => *self = Gathered::Cells(Cells::Numbers(more)),
            (Some(more), Gathered::Cells(Cells::Numbers(all))) => all.extend(more),
            (None, Gathered::Nothing) => {
                *self = Gathered::Cells(Cells::Codes { codes: Vec::new(), names: Vec::new() });
                self.append(array);
            }
            (None, Gathered::Cells(Cells::Codes { codes, names })) => {
                append_codes(codes, names, array);
                if names.len() > MOST_VALUES {
                    *self = Gathered::TooMany;
                }
            }
            _ => unreachable!("all files of a suite have the types of its manifest"),
        }
    }
}

fn numbers(array: &ArrayRef) -> Option<Vec<f64>> {
    match array.data_type() {
        DataType::Float64 => {
            Some(array.as_primitive::<Float64Type>().iter().map(|v| v.unwrap_or(f64::NAN)).collect())
        }
        DataType::Int64 => {
            Some(array.as_primitive::<Int64Type>().iter().map(|v| v.map_or(f64::NAN, |n| n as f64)).collect())
        }
        DataType::Date32 => {
            Some(array.as_primitive::<Date32Type>().iter().map(|v| v.map_or(f64::NAN, f64::from)).collect())
        }
        _ => None,
    }
}

/// Codes in the order in which names first appear; those of a dictionary are looked up once.
fn append_codes(codes: &mut Vec<u32>, names: &mut Vec<String>, array: &ArrayRef) {
    let mut code = |value: &str| {
        let known = names.iter().position(|n| n == value);
        known.unwrap_or_else(|| {
            names.push(value.to_owned());
            names.len() - 1
        }) as u32
    };
    match array.data_type() {
        DataType::Boolean => {
            let text = |b| if b { "true" } else { "false" };
            codes.extend(array.as_boolean().iter().map(|v| v.map_or(MISSING, |b| code(text(b)))));
        }
        DataType::Dictionary(..) => {
            let dictionary = array.as_dictionary::<Int32Type>();
            let values = dictionary.values().as_string::<i32>();
            let mut known = vec![MISSING; values.len()];
            codes.extend(dictionary.keys().iter().map(|key| {
                let Some(key) = key.map(|key| key as usize) else { return MISSING };
                if known[key] == MISSING {
                    known[key] = code(values.value(key));
                }
                known[key]
            }));
        }
        _ => codes.extend(array.as_string::<i32>().iter().map(|v| v.map_or(MISSING, &mut code))),
    }
}
