//! How sensitive the model is to nothing.

use minijinja::Value;

use super::effects::name;
use super::forest::{ForestRow, forest};
use super::pen::Pen;
use super::section::Section;
use super::table::{Fit, Table};
use crate::evaluate::Evaluation;
use crate::evaluate::evaluation::{ExcessStatistic, OutputEvaluation, OutputKind};
use crate::report::measure::Measure;
use crate::report::naming;
use crate::report::phrase::Phrase;

pub(super) fn write(section: &mut Section, pen: &Pen, evaluation: &Evaluation, output: &OutputEvaluation) {
    section.heading(pen.say("placebo.title"));
    if output.placebos.is_empty() && output.excesses.is_empty() {
        let key = if evaluation.suite.has_placebo { "effects.none" } else { "placebo.none" };
        section.note(pen.say(key));
        return;
    }
    section.paragraph(pen.say("placebo.intro"));
    let measure = Measure::of_effect(output);
    let rows = output.placebos.iter().enumerate().map(|(place, effect)| {
        let flips = effect.flips.as_ref().map(|f| f.rate);
        let is_category = output.kind == OutputKind::Category;
        let key = if output.faulty_placebos.contains(&place) { "placebo.faulty" } else { "placebo.sound" };
        ForestRow {
            name: name(pen, effect),
            estimate: if is_category { flips.and_then(|r| r.estimate) } else { effect.estimate },
            interval: if is_category { flips.map(|r| r.interval) } else { effect.interval },
            limits: None,
            is_whole: false,
            more: vec![pen.figure(Measure::Share, flips.and_then(|r| r.estimate)), pen.say(key)],
        }
    });
    let caption = pen.phrase("placebo.caption", &[("output", Phrase::free(&output.name))]);
    let titles = (pen.say("contrast.placebo"), vec![pen.say("effects.flips"), pen.say("placebo.state")]);
    section.table(forest(pen, caption, measure, titles, rows.collect()));
    section.table(excesses(pen, output));
}

fn excesses(pen: &Pen, output: &OutputEvaluation) -> Table {
    let mut table = Table::new(Fit::Scroll, Phrase::word(pen.voice.say("placebo.excess_caption")))
        .words(pen.say("effects.effect"))
        .words(pen.say("placebo.statistic"))
        .numbers(pen.say("placebo.raw"))
        .numbers(pen.say("placebo.placebo"))
        .numbers(pen.say("placebo.excess"))
        .numbers(pen.say("criteria.interval"))
        .numbers(pen.say("criteria.units"));
    for excess in &output.excesses {
        let (key, measure) = match excess.statistic {
            ExcessStatistic::FlipRate => ("placebo.flip-rate", Measure::Share),
            ExcessStatistic::MeanSize => ("placebo.mean-size", Measure::Number),
        };
        let contrast = naming::contrast(pen.voice, &excess.contrast);
        table.row(vec![
            pen.described(contrast, naming::comparison(pen.voice, &excess.contrast)),
            pen.say(key),
            pen.figure(measure, excess.raw),
            pen.figure(measure, excess.placebo),
            pen.figure(measure, excess.estimate),
            Value::from(measure.interval(excess.interval.as_ref(), pen.voice.numerals)),
            pen.count(excess.units),
        ]);
    }
    table
}
