//! Rows of the answers that could not be used.

use minijinja::Value;

use super::pen::Pen;
use super::section::Section;
use super::table::{Fit, Table};
use crate::evaluate::evaluation::PredictionFacts;
use crate::report::phrase::Phrase;

/// A section of its own, where there is anything to say.
pub(super) fn section(pen: &Pen, predictions: &PredictionFacts) -> Option<Value> {
    if predictions.irregular_rows.is_empty() && predictions.ignored_columns.is_empty() {
        return None;
    }
    let mut section = Section::new(pen, "rows", pen.say("irregular.rows_title"));
    if !predictions.irregular_rows.is_empty() {
        section.paragraph(pen.say("irregular.rows_intro"));
    }
    let mut table = Table::new(Fit::Rows, Phrase::word(pen.voice.say("irregular.rows_caption")))
        .wide(pen.say("criteria.why"))
        .words(pen.say("tested.arm"))
        .numbers(pen.say("irregular.rows"))
        .wide(pen.say("irregular.examples"));
    for rows in &predictions.irregular_rows {
        table.row(vec![
            pen.voice.words.word_or_free("irregular", &rows.kind).html(),
            rows.arm.as_deref().map_or_else(|| Value::from("—"), |arm| pen.free(arm)),
            pen.count(rows.count),
            Phrase::joined(rows.examples.iter().map(Phrase::free), "; ").html(),
        ]);
    }
    section.table(table);
    if !predictions.ignored_columns.is_empty() {
        let columns = Phrase::joined(predictions.ignored_columns.iter().map(Phrase::free), ", ");
        section.note(pen.phrase("irregular.ignored", &[("columns", columns)]).html());
    }
    Some(section.finish())
}
