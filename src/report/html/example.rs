//! A pair of twins side by side, with what differs marked.

use minijinja::{Value, context};

use super::differing::{Run, differing};
use super::pen::Pen;
use super::section::Section;
use super::table::{Fit, Table};
use crate::evaluate::evaluation::{Example, ExampleColumn, OutputEvaluation, OutputKind};
use crate::report::naming;
use crate::report::phrase::Phrase;

/// Examples shown; one a contrast is enough to see what was moved.
const SHOWN: usize = 3;

pub(super) fn write(section: &mut Section, pen: &Pen, output: &OutputEvaluation) {
    if output.examples.is_empty() {
        return;
    }
    section.heading(pen.say("example.title"));
    for example in output.examples.iter().take(SHOWN) {
        section.paragraph(pen.phrase("example.intro", &[("unit", pen.voice.count(example.unit))]).html());
        section.note(naming::contrast_in_full(pen.voice, &example.contrast).html());
        section.table(table(pen, output, example));
        if example.columns.is_empty() {
            section.note(pen.say("example.no_columns"));
        }
    }
}

fn table(pen: &Pen, output: &OutputEvaluation, example: &Example) -> Table {
    let caption = [
        ("unit", pen.voice.count(example.unit)),
        ("target_arm", Phrase::free(&example.target_arm)),
        ("reference_arm", Phrase::free(&example.reference_arm)),
    ];
    let mut table = Table::new(Fit::Scroll, pen.phrase("example.caption", &caption))
        .words(pen.say("example.column"))
        .wide(pen.free(&example.reference_arm))
        .wide(pen.free(&example.target_arm));
    for column in &example.columns {
        let role = pen.voice.words.word_or_free("role", &column.role);
        let name = pen.described(Phrase::free(&column.name), role);
        let class = if column.differs { "" } else { "same" };
        let [reference, target] = cells(pen, column);
        table.row_of(class, vec![name, reference, target]);
    }
    let answers = [example.reference_output, example.target_output].map(|a| answer(pen, output, a));
    let differs = answers[0] != answers[1];
    let [reference, target] = answers.map(|a| marked(pen, vec![(a, differs)]));
    let name = pen.described(Phrase::free(&output.name), Phrase::word(pen.voice.say("example.answer")));
    table.row_of("whole", vec![name, reference, target]);
    table
}

/// The value in the reference's record and in the target's, with the words marked that differ.
fn cells(pen: &Pen, column: &ExampleColumn) -> [Value; 2] {
    let missing = pen.voice.say("example.missing");
    match (&column.reference, &column.target) {
        (Some(reference), Some(target)) if column.differs => {
            let (reference, target) = differing(reference, target);
            [marked(pen, reference), marked(pen, target)]
        }
        (reference, target) => [reference, target].map(|value| {
            let text = value.as_deref().unwrap_or(missing);
            marked(pen, vec![(text.to_owned(), column.differs)])
        }),
    }
}

/// A cell that says so first, where something in it differs.
fn marked(pen: &Pen, runs: Vec<Run>) -> Value {
    let differs = runs.iter().any(|(_, differs)| *differs);
    let runs: Vec<Value> = runs.into_iter().map(|(text, differs)| context! { text, differs }).collect();
    let values = context! {
        kind => "mark", differs, runs, label => pen.say("example.differs"), colon => pen.say("page.colon"),
    };
    pen.render("block.html", values)
}

/// An answer in words or as a number.
fn answer(pen: &Pen, output: &OutputEvaluation, answer: f64) -> String {
    match output.kind {
        OutputKind::Decision if answer == 1.0 => match &output.favourable {
            Some(word) => format!("{word} ({})", pen.voice.say("example.favourable")),
            None => pen.voice.say("example.favourable").to_owned(),
        },
        OutputKind::Decision => pen.voice.say("example.unfavourable").to_owned(),
        OutputKind::Category => {
            let category = (answer >= 0.0).then(|| output.categories.get(answer as usize)).flatten();
            category.cloned().unwrap_or_else(|| pen.voice.numerals.number(answer))
        }
        OutputKind::Score | OutputKind::Number | OutputKind::Rank => pen.voice.numerals.number(answer),
    }
}
