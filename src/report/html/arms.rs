//! Twins side by side: the mean answers of the same units in two arms.

use minijinja::value::Serde;
use minijinja::{Value, context};

use super::pen::Pen;
use super::section::Section;
use super::table::{Fit, Table};
use crate::evaluate::evaluation::{ArmPair, ContrastId, OutputEvaluation, OutputKind};
use crate::report::measure::Measure;
use crate::report::naming;
use crate::report::phrase::Phrase;
use crate::report::picture::{Axis, Pair};

/// Arms whose means stand open on the page; more of them fold.
const OPEN: usize = 8;

pub(super) fn write(section: &mut Section, pen: &Pen, output: &OutputEvaluation) {
    if output.arms.is_empty() {
        return;
    }
    section.heading(pen.say("arms.title"));
    if output.arms.len() == 1 {
        section.note(pen.say("arms.none"));
    }
    let measure = Measure::of_level(output);
    let pairs = pairs(output);
    if !pairs.is_empty() {
        section.paragraph(pen.say("arms.intro"));
        section.table(dots(pen, measure, &pairs));
    }
    means(section, pen, output, measure);
}

struct Joined<'a> {
    contrast: &'a ContrastId,
    pair: &'a ArmPair,
    reference: f64,
    target: f64,
}

/// Every pair of arms that a contrast compares as a whole, once.
fn pairs(output: &OutputEvaluation) -> Vec<Joined<'_>> {
    let mean = |arm: &str| output.arms.iter().find(|a| a.arm == arm).and_then(|a| a.mean);
    let mut joined: Vec<Joined> = Vec::new();
    for effect in
        output.effects.iter().filter(|e| e.contrast.kind != "interaction" && !e.contrast.over_strata)
    {
        for pair in effect.pairs.iter().filter(|p| p.weight > 0.0) {
            let known =
                joined.iter().any(|j| j.pair.target == pair.target && j.pair.reference == pair.reference);
            if let (false, Some(target), Some(reference)) = (known, mean(&pair.target), mean(&pair.reference))
            {
                joined.push(Joined { contrast: &effect.contrast, pair, reference, target });
            }
        }
    }
    joined
}

fn dots(pen: &Pen, measure: Measure, pairs: &[Joined]) -> Table {
    let axis = Axis::over(pairs.iter().flat_map(|p| [p.reference, p.target]));
    let mut table = Table::new(Fit::Chart, Phrase::word(pen.voice.say("arms.caption")))
        .words(pen.say("effects.effect"))
        .pictures(pen.say("effects.picture"), pen.axis(&axis, measure))
        .numbers(pen.say("arms.reference"))
        .numbers(pen.say("arms.target"));
    let numerals = pen.voice.numerals;
    for joined in pairs {
        let title = format!(
            "{} → {}",
            measure.with_unit(joined.reference, numerals),
            measure.with_unit(joined.target, numerals)
        );
        let place = Pair::new(&axis, joined.reference, joined.target);
        let picture = pen.render("pair.svg", context! { p => Value::from(Serde(&place)), title });
        let arms = [Phrase::free(&joined.pair.reference), Phrase::free(&joined.pair.target)];
        let name = pen.described(naming::contrast(pen.voice, joined.contrast), Phrase::joined(arms, " → "));
        let figure = |x: f64| pen.figure(measure, Some(x));
        table.row(vec![name, picture, figure(joined.reference), figure(joined.target)]);
    }
    table
}

fn means(section: &mut Section, pen: &Pen, output: &OutputEvaluation, measure: Measure) {
    let is_category = output.kind == OutputKind::Category;
    let mut table = Table::new(Fit::Scroll, Phrase::word(pen.voice.say("arms.means_caption")))
        .words(pen.say("tested.arm"))
        .numbers(pen.say("criteria.units"));
    if is_category {
        for category in &output.categories {
            table = table.numbers(pen.free(category));
        }
    } else {
        let is_decision = output.kind == OutputKind::Decision;
        table = table
            .numbers(pen.say(if is_decision { "arms.rate" } else { "arms.mean" }))
            .numbers(pen.say("effects.sd"));
    }
    for arm in &output.arms {
        let mut cells = vec![pen.free(&arm.arm), pen.count(arm.units)];
        if is_category {
            let count =
                |code: usize| arm.counts.get(code).map_or_else(|| Value::from("—"), |&n| pen.count(n));
            cells.extend((0..output.categories.len()).map(count));
        } else {
            cells.push(pen.figure(measure, arm.mean));
            cells
                .push(Value::from(arm.sd.map_or_else(|| "—".to_owned(), |sd| pen.voice.numerals.number(sd))));
        }
        table.row(cells);
    }
    match output.arms.len() > OPEN {
        true => section.folded(pen.say("arms.means"), table),
        false => section.table(table),
    }
}
