//! Rows of estimates with their intervals against limits: effects, slices, placebos.

use minijinja::value::Serde;
use minijinja::{Value, context};

use super::pen::Pen;
use super::table::{Fit, Table};
use crate::evaluate::evaluation::Bounds;
use crate::report::measure::Measure;
use crate::report::phrase::Phrase;
use crate::report::picture::{Axis, Interval};
use crate::verdict::Verdict;

/// One row before it is drawn.
pub(super) struct ForestRow {
    pub(super) name: Value,
    pub(super) estimate: Option<f64>,
    pub(super) interval: Option<Bounds>,
    /// The limits from below and from above, where a criterion has any, and its verdict.
    pub(super) limits: Option<(Option<f64>, Option<f64>, Verdict)>,
    /// A row that is the whole of the others.
    pub(super) is_whole: bool,
    /// Cells after those that every row has.
    pub(super) more: Vec<Value>,
}

/// A table with a picture in every row; `more` are the titles of the columns after estimate and interval.
pub(super) fn forest(
    pen: &Pen,
    caption: Phrase,
    measure: Measure,
    titles: (Value, Vec<Value>),
    rows: Vec<ForestRow>,
) -> Table {
    let axis = Axis::over(rows.iter().flat_map(values).chain([0.0]));
    let (name, more) = titles;
    let mut table = Table::new(Fit::Chart, caption)
        .words(name)
        .pictures(pen.say("effects.picture"), pen.axis(&axis, measure))
        .numbers(pen.say("criteria.estimate"))
        .numbers(pen.say("criteria.interval"));
    for title in more {
        table = table.numbers(title);
    }
    for row in rows {
        let picture = picture(pen, &axis, measure, &row);
        let class = if row.is_whole { "whole" } else { "" };
        let mut cells = vec![
            row.name,
            picture,
            pen.figure(measure, row.estimate),
            Value::from(measure.interval(row.interval.as_ref(), pen.voice.numerals)),
        ];
        cells.extend(row.more);
        table.row_of(class, cells);
    }
    table
}

fn values(row: &ForestRow) -> impl Iterator<Item = f64> {
    let limits = row.limits.map(|(low, high, _)| [low, high]).unwrap_or_default();
    let bounds = row.interval.map(|b| [b.low, b.high]).unwrap_or_default();
    [row.estimate].into_iter().chain(bounds).chain(limits).flatten()
}

fn picture(pen: &Pen, axis: &Axis, measure: Measure, row: &ForestRow) -> Value {
    let mut place = Interval::new(axis, row.estimate, row.interval.map(|b| (b.low, b.high)));
    let mut state = "none";
    if let Some((low, high, verdict)) = row.limits {
        place = place.against(axis, low, high);
        state = verdict.word();
    }
    let numerals = pen.voice.numerals;
    let interval = measure.interval(row.interval.as_ref(), numerals);
    let title = format!("{} {interval}", measure.maybe(row.estimate, numerals));
    pen.render("interval.svg", context! { p => Value::from(Serde(&place)), state, title })
}
