//! Different people: rates by group, gaps, impact ratios.

use std::collections::BTreeMap;

use minijinja::Value;

use super::pen::Pen;
use super::section::Section;
use super::table::{Fit, Table};
use crate::evaluate::evaluation::{
    Composition, OutputEvaluation, OutputKind, Population, SelectionKind, SelectionTable,
};
use crate::report::measure::Measure;
use crate::report::phrase::Phrase;
use crate::verdict::Verdict;

pub(super) fn write(section: &mut Section, pen: &Pen, output: &OutputEvaluation) {
    if output.population.is_empty() {
        return;
    }
    section.heading(pen.say("population.title"));
    section.paragraph(pen.say("population.intro"));
    for population in &output.population {
        let variables = Phrase::joined(population.variables.iter().map(Phrase::free), " × ");
        match &population.selection {
            Some(selection) => {
                section.table(impact(pen, &variables, selection));
                if selection.unknown > 0 {
                    let count = pen.voice.count(selection.unknown);
                    section.note(pen.phrase("population.unknown", &[("count", count)]).html());
                }
                if output.kind != OutputKind::Decision {
                    section.table(groups(pen, output, &variables, population));
                }
            }
            None => section.table(groups(pen, output, &variables, population)),
        }
        section.table(gaps(pen, output, &population.gaps));
        for gap in &population.gaps {
            section.folded(pen.say("population.resolving"), resolving(pen, gap));
        }
    }
}

/// "female", or "gender = female, origin = x" at intersections.
fn group(levels: &BTreeMap<String, String>) -> Value {
    Phrase::joined(levels.values().map(Phrase::free), " × ").html()
}

fn groups(pen: &Pen, output: &OutputEvaluation, variables: &Phrase, population: &Population) -> Table {
    let is_decision = output.kind == OutputKind::Decision;
    let mut table =
        Table::new(Fit::Scroll, pen.phrase("population.groups_caption", &[("variables", variables.clone())]))
            .words(pen.say("population.group"))
            .numbers(pen.say("criteria.units"))
            .numbers(pen.say(if is_decision { "population.rate" } else { "population.mean" }))
            .numbers(pen.say("population.sd"));
    for rate in &population.groups {
        table.row(vec![
            group(&rate.group),
            pen.count(rate.units),
            pen.figure(Measure::of_level(output), rate.mean),
            Value::from(rate.sd.map_or_else(|| "—".to_owned(), |sd| pen.voice.numerals.number(sd))),
        ]);
    }
    table
}

fn impact(pen: &Pen, variables: &Phrase, selection: &SelectionTable) -> Table {
    let median =
        Phrase::word(selection.median.map_or_else(|| "—".to_owned(), |m| pen.voice.numerals.number(m)));
    let (caption, selected) = match selection.kind {
        SelectionKind::Selection => ("population.selection_caption", "population.selected"),
        SelectionKind::Scoring => ("population.scoring_caption", "population.above"),
    };
    let caption = pen.phrase(caption, &[("variables", variables.clone()), ("median", median)]);
    let mut table = Table::new(Fit::Scroll, caption)
        .words(pen.say("population.group"))
        .numbers(pen.say("irregular.records"))
        .numbers(pen.say(selected))
        .numbers(pen.say("population.rate"))
        .numbers(pen.say("population.impact"))
        .words(pen.say("population.four_fifths"));
    for line in &selection.lines {
        let name = match line.is_small {
            true => pen.stacked(group(&line.group), pen.say("population.small")),
            false => group(&line.group),
        };
        table.row(vec![
            name,
            pen.count(line.records),
            pen.count(line.selected),
            pen.percent(line.rate),
            pen.figure(Measure::Ratio, Some(line.impact_ratio)),
            yes_or_no(pen, Some(line.passes_four_fifths)),
        ]);
    }
    table
}

fn gaps(pen: &Pen, output: &OutputEvaluation, gaps: &[Composition]) -> Table {
    let measure = Measure::of_effect(output);
    let numerals = pen.voice.numerals;
    let mut table = Table::new(Fit::Scroll, Phrase::word(pen.voice.say("population.gaps_caption")))
        .words(pen.say("criteria.comparison"))
        .numbers(pen.say("population.gap"))
        .numbers(pen.say("criteria.interval"))
        .words(pen.say("population.test"))
        .numbers(pen.say("population.ratio"))
        .numbers(pen.say("criteria.interval"))
        .words(pen.say("population.four_fifths"));
    for gap in gaps {
        let ends = [("target", Phrase::free(&gap.target)), ("reference", Phrase::free(&gap.reference))];
        let test = gap.test.map(|t| {
            format!(
                "{} p\u{a0}{}",
                pen.voice.say(super::effects::test_key(t.method)),
                numerals.p(t.two_sided)
            )
        });
        let ratio = gap.ratio.as_ref();
        table.row(vec![
            pen.phrase("contrast.against", &ends).html(),
            pen.figure(measure, gap.observed.estimate),
            Value::from(measure.interval(Some(&gap.observed.interval), numerals)),
            Value::from(test.unwrap_or_else(|| "—".to_owned())),
            pen.figure(Measure::Ratio, ratio.and_then(|r| r.estimate)),
            Value::from(Measure::Ratio.interval(ratio.map(|r| &r.interval), numerals)),
            yes_or_no(pen, gap.passes_four_fifths),
        ]);
    }
    table
}

fn resolving(pen: &Pen, gap: &Composition) -> Table {
    let ends = [("target", Phrase::free(&gap.target)), ("reference", Phrase::free(&gap.reference))];
    let comparison = pen.phrase("contrast.against", &ends);
    let mut table =
        Table::new(Fit::Scroll, pen.phrase("population.resolving_caption", &[("comparison", comparison)]))
            .words(pen.say("population.variable"))
            .words(pen.say("provenance.value"))
            .numbers(pen.free(&gap.target))
            .numbers(pen.free(&gap.reference))
            .numbers(pen.say("population.gap"));
    for variable in &gap.resolving {
        if let Some(mean) = variable.mean_difference {
            let dash = || Value::from("—");
            let gap = pen.figure(Measure::Difference, Some(mean));
            table.row(vec![pen.free(&variable.variable), dash(), dash(), dash(), gap]);
        }
        for (value, target, reference) in &variable.shares {
            table.row(vec![
                pen.free(&variable.variable),
                pen.free(value),
                pen.percent(*target),
                pen.percent(*reference),
                pen.figure(Measure::Points, Some(target - reference)),
            ]);
        }
    }
    table
}

fn yes_or_no(pen: &Pen, answer: Option<bool>) -> Value {
    match answer {
        Some(true) => pen.badge_saying(Verdict::Pass, pen.say("population.yes")),
        Some(false) => pen.badge_saying(Verdict::Fail, pen.say("population.no")),
        None => Value::from("—"),
    }
}
