//! Texts: a template rendered for every unit.

use std::sync::OnceLock;

use arrow::array::{StringArray, StringBuilder};
use minijinja::Value;

use super::failure::Failure;
use crate::diag::code;
use crate::model::{Cell, Made, Model, Parent};
use crate::text::{Piece, Template, TemplateProblem, check_length};
use crate::value::{Column, Levels};

/// A column as a template reads it.
enum Source<'a> {
    Number(&'a [f64]),
    Boolean(&'a [bool]),
    Category(&'a [u32], &'a Levels),
    Text(&'a StringArray),
    Date(&'a [i32]),
}

impl<'a> Source<'a> {
    fn of(column: &'a Column) -> Self {
        match column {
            Column::Number(values) => Source::Number(values),
            Column::Boolean(values) => Source::Boolean(values),
            Column::Category { codes, levels } => Source::Category(codes, levels),
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
            Source::Category(codes, levels) => Value::from(levels.name(codes[row])),
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

/// The renderings of the pieces of a template that read one category: each is rendered once for a level, not once a record.
/// All threads share them.
pub(super) struct Phrases(Vec<Box<[OnceLock<Box<str>>]>>);

impl Phrases {
    /// Room for the phrases of a text; none, where the variable is something else.
    pub(super) fn of(model: &Model, variable: usize) -> Option<Self> {
        let variable = &model.variables[variable];
        let Made::Text(template, inputs) = &variable.made else { return None };
        let levels = |at: usize| match variable.parents[inputs[at]] {
            Parent::Protected(protected) => model.protected[protected].levels.len(),
            Parent::Variable(parent) => match &model.variables[parent].cell {
                Cell::Category(levels) => levels.len(),
                _ => 0,
            },
        };
        let by_piece = template.pieces().iter().map(|piece| {
            let levels = match piece {
                Piece::Expression { variables, .. } if variables.len() == 1 => levels(variables[0]),
                _ => 0,
            };
            (0..levels).map(|_| OnceLock::new()).collect()
        });
        Some(Phrases(by_piece.collect()))
    }
}

/// A template rendered for a run of records; `inputs` are the places of its variables among the parents.
pub(super) fn texts(
    template: &Template,
    phrases: &Phrases,
    inputs: &[usize],
    parents: &[&Column],
    rows: usize,
) -> Result<StringArray, Failure> {
    let sources: Vec<Source> = inputs.iter().map(|i| Source::of(parents[*i])).collect();
    let mut builder = StringBuilder::with_capacity(rows, rows * 32);
    let mut text = String::new();
    for row in 0..rows {
        text.clear();
        for (piece, phrases) in template.pieces().iter().zip(&phrases.0) {
            push(template, piece, phrases, &sources, row, &mut text)
                .and_then(|()| check_length(text.len()))
                .map_err(|problem| Failure {
                    row,
                    code: code::BAD_TEMPLATE,
                    message: problem.message,
                    part: problem.at,
                })?;
        }
        builder.append_value(&text);
    }
    Ok(builder.finish())
}

fn push(
    template: &Template,
    piece: &Piece,
    phrases: &[OnceLock<Box<str>>],
    sources: &[Source],
    row: usize,
    text: &mut String,
) -> Result<(), TemplateProblem> {
    let variables = match piece {
        Piece::Literal(literal) => {
            text.push_str(literal);
            return Ok(());
        }
        Piece::Expression { variables, .. } => variables,
    };
    let render = || {
        let values: Vec<Value> = variables.iter().map(|v| sources[*v].value(row)).collect();
        template.render_piece(piece, &values)
    };
    let known = match variables.first().map(|v| &sources[*v]) {
        Some(Source::Category(codes, _)) => phrases.get(codes[row] as usize),
        _ => None,
    };
    let Some(known) = known else {
        text.push_str(&render()?);
        return Ok(());
    };
    let phrase = match known.get() {
        Some(phrase) => phrase,
        None => {
            let rendered = render()?.into_boxed_str();
            known.get_or_init(|| rendered)
        }
    };
    text.push_str(phrase);
    Ok(())
}
