//! A pair of twins that shows an effect.

use arrow::record_batch::RecordBatch;
use arrow::util::display::{ArrayFormatter, FormatOptions};

use super::answers::Answers;
use super::comparison::Comparison;
use super::comparisons::Comparisons;
use super::evaluation::{Example, ExampleColumn};
use crate::error::{Error, Result};
use crate::suite::Suite;

/// Units among which a pair is looked for first: they stand at the beginning of a file.
const NEAR: usize = 8192;

/// The unit whose pair differs most, of the first units if any of them differs; none where nothing does.
pub(super) fn example(
    suite: &Suite,
    answers: &Answers,
    comparison: &Comparison,
    comparisons: &Comparisons,
) -> Result<Option<Example>> {
    let units = answers.units();
    let found = largest(answers, comparison, 0..units.min(NEAR));
    let found = found.or_else(|| largest(answers, comparison, units.min(NEAR)..units));
    let Some((unit, target, reference)) = found else { return Ok(None) };
    let names = [&comparisons.arms[target], &comparisons.arms[reference]];
    let [of_target, of_reference] = names.map(|arm| cells(suite, arm, unit as u64));
    let (of_target, of_reference) = (of_target?, of_reference?);
    let columns = suite.manifest.columns.iter().filter(|c| !matches!(c.role.as_str(), "id" | "arm"));
    let columns = columns
        .map(|column| {
            let value = |cells: &[(String, Option<String>)]| {
                cells.iter().find(|(name, _)| *name == column.name).and_then(|(_, value)| value.clone())
            };
            let (target, reference) = (value(&of_target), value(&of_reference));
            ExampleColumn {
                name: column.name.clone(),
                role: column.role.clone(),
                differs: target != reference,
                target,
                reference,
            }
        })
        .collect();
    Ok(Some(Example {
        contrast: comparison.id.clone(),
        unit: unit as u64,
        target_arm: names[0].clone(),
        reference_arm: names[1].clone(),
        columns,
        target_output: answers.values[target][unit],
        reference_output: answers.values[reference][unit],
    }))
}

/// (unit, target arm, reference arm) of the largest difference; the first one among equals.
fn largest(
    answers: &Answers,
    comparison: &Comparison,
    units: std::ops::Range<usize>,
) -> Option<(usize, usize, usize)> {
    let mut best = (0.0, None);
    for unit in units {
        for pair in &comparison.pairs {
            let difference = answers.values[pair.target][unit] - answers.values[pair.reference][unit];
            if difference.abs() > best.0 {
                best = (difference.abs(), Some((unit, pair.target, pair.reference)));
            }
        }
    }
    best.1
}

/// The cells of a unit's record in an arm, as text.
fn cells(suite: &Suite, arm: &str, unit: u64) -> Result<Vec<(String, Option<String>)>> {
    let holds = |f: &&crate::suite::FileEntry| {
        f.arm.as_deref() == Some(arm) && (f.first_unit..f.first_unit + f.rows).contains(&unit)
    };
    let Some(file) = suite.manifest.files.iter().find(holds) else { return Ok(Vec::new()) };
    let mut row = (unit - file.first_unit) as usize;
    for batch in suite.read(file)? {
        let batch = batch?;
        if row < batch.num_rows() {
            return shown(&batch, row);
        }
        row -= batch.num_rows();
    }
    Ok(Vec::new())
}

fn shown(batch: &RecordBatch, row: usize) -> Result<Vec<(String, Option<String>)>> {
    let options = FormatOptions::default();
    let cell = |(at, field): (usize, &std::sync::Arc<arrow::datatypes::Field>)| {
        let column = batch.column(at);
        let missing = column.logical_nulls().is_some_and(|nulls| nulls.is_null(row));
        let formatter = ArrayFormatter::try_new(column, &options)
            .map_err(|e| Error::unverified(format!("`{}` cannot be shown: {e}", field.name())))?;
        let text = (!missing).then(|| formatter.value(row).to_string());
        Ok((field.name().clone(), text))
    };
    batch.schema().fields().iter().enumerate().map(cell).collect()
}
