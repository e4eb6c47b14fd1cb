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
pub(super) fn covariates(suite: &Suite, names: &[String]) -> Result<Vec<Covariate>> {
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
    let mut columns: Vec<(String, Option<Cells>)> = Vec::new();
    for file in files {
        for batch in suite.read_columns(file, names)? {
            let batch = batch?;
            for (at, field) in batch.schema().fields().iter().enumerate() {
                if columns.len() <= at {
                    columns.push((field.name().clone(), None));
                }
                append(&mut columns[at].1, field.name(), batch.column(at))?;
            }
        }
    }
    let full = |(name, cells): (String, Option<Cells>)| cells.map(|cells| Covariate { name, cells });
    Ok(columns.into_iter().filter_map(full).collect())
}

fn append(cells: &mut Option<Cells>, name: &str, array: &ArrayRef) -> Result<()> {
    let numbers: Option<Vec<f64>> = match array.data_type() {
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
    };
    if let Some(more) = numbers {
        match cells.get_or_insert_with(|| Cells::Numbers(Vec::new())) {
            Cells::Numbers(all) => all.extend(more),
            Cells::Codes { .. } => {}
        }
        return Ok(());
    }
    let empty = || Cells::Codes { codes: Vec::new(), names: Vec::new() };
    let Cells::Codes { codes, names } = cells.get_or_insert_with(empty) else { return Ok(()) };
    let mut push = |value: Option<&str>| {
        let code = value.map_or(MISSING, |value| {
            let known = names.iter().position(|n| n == value);
            known.unwrap_or_else(|| {
                names.push(value.to_owned());
                names.len() - 1
            }) as u32
        });
        codes.push(code);
    };
    match array.data_type() {
        DataType::Boolean => {
            array.as_boolean().iter().for_each(|v| push(v.map(|b| if b { "true" } else { "false" })));
        }
        DataType::Dictionary(..) => {
            let dictionary = array.as_dictionary::<Int32Type>();
            let values = dictionary.values().as_string::<i32>();
            let text = |key: Option<i32>| key.map(|k| values.value(k as usize));
            dictionary.keys().iter().for_each(|key| push(text(key)));
        }
        _ => array.as_string::<i32>().iter().for_each(push),
    }
    if names.len() > MOST_VALUES {
        let message = format!("`{name}` has more than {MOST_VALUES} different values");
        return Err(Error::request_hint(message, "cut units by a column with fewer"));
    }
    Ok(())
}
