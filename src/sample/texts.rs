//! Texts: a template rendered for every unit.

use arrow::array::{StringArray, StringBuilder};
use minijinja::Value;

use super::failure::Failure;
use crate::diag::code;
use crate::text::Template;
use crate::value::Column;

/// A column as a template reads it. Strings of a dictionary are shared, not copied.
enum Source<'a> {
    Number(&'a [f64]),
    Boolean(&'a [bool]),
    Category(&'a [u32], Vec<Value>),
    Text(&'a StringArray),
    Date(&'a [i32]),
}

impl<'a> Source<'a> {
    fn of(column: &'a Column) -> Self {
        match column {
            Column::Number(values) => Source::Number(values),
            Column::Boolean(values) => Source::Boolean(values),
            Column::Category { codes, levels } => Source::Category(
                codes,
                levels.names().iter().map(|name| Value::from(name.as_str())).collect(),
            ),
            Column::Text(values) => Source::Text(values),
            Column::Date(values) => Source::Date(values),
        }
    }

    fn value(&self, row: usize) -> Value {
        match self {
            Source::Number(values) if values[row].fract() == 0.0 && values[row].abs() < 9e15 => {
                Value::from(values[row] as i64)
            }
            Source::Number(values) => Value::from(values[row]),
            Source::Boolean(values) => Value::from(values[row]),
            Source::Category(codes, names) => names[codes[row] as usize].clone(),
            Source::Text(values) => Value::from(values.value(row)),
            Source::Date(values) => Value::from(day(values[row])),
        }
    }
}

/// 2026-01-31; an empty text for a day that no calendar has.
pub(super) fn day(days: i32) -> String {
    let epoch = jiff::civil::date(1970, 1, 1);
    let date = epoch.checked_add(jiff::Span::new().try_days(days).unwrap_or_default());
    date.map_or_else(|_| String::new(), |date| date.to_string())
}

pub(super) fn texts(
    template: &Template,
    inputs: &[usize],
    parents: &[&Column],
    rows: usize,
) -> Result<StringArray, Failure> {
    let sources: Vec<Source> = inputs.iter().map(|i| Source::of(parents[*i])).collect();
    let mut builder = StringBuilder::with_capacity(rows, rows * 32);
    let mut values = Vec::with_capacity(sources.len());
    for row in 0..rows {
        values.clear();
        values.extend(sources.iter().map(|s| s.value(row)));
        let text = template.render(&values).map_err(|problem| Failure {
            row,
            code: code::BAD_TEMPLATE,
            message: problem.message,
            part: problem.at,
        })?;
        builder.append_value(text);
    }
    Ok(builder.finish())
}
