//! Slices of the policy and slices that were searched for, as forest plots.

use minijinja::Value;

use super::forest::{ForestRow, forest};
use super::pen::Pen;
use super::section::Section;
use super::table::Table;
use crate::evaluate::Evaluation;
use crate::evaluate::evaluation::{ContrastId, Discovery, Found, OutputEvaluation, Registered, SliceEffect};
use crate::report::measure::Measure;
use crate::report::naming;
use crate::report::phrase::Phrase;
use crate::verdict::Verdict;

/// Confirmed slices that stand open on the page; the rest folds.
const OPEN: usize = 8;

pub(super) fn write(section: &mut Section, pen: &Pen, evaluation: &Evaluation, output: &OutputEvaluation) {
    if output.registered.is_empty() && output.discovery.is_empty() {
        return;
    }
    section.heading(pen.say("slices.title"));
    if !output.registered.is_empty() {
        section.subheading(pen.say("slices.registered"));
        for registered in &output.registered {
            one(section, pen, evaluation, output, registered);
        }
    }
    if !output.discovery.is_empty() {
        section.subheading(pen.say("slices.discovery"));
        for discovery in &output.discovery {
            searched(section, pen, output, discovery);
        }
    }
}

fn one(
    section: &mut Section,
    pen: &Pen,
    evaluation: &Evaluation,
    output: &OutputEvaluation,
    registered: &Registered,
) {
    let columns = Phrase::joined(registered.columns.iter().map(Phrase::free), " × ");
    let contrast = naming::contrast_in_full(pen.voice, &registered.contrast);
    let caption = pen.phrase("slices.registered_caption", &[("contrast", contrast), ("columns", columns)]);
    let mut rows: Vec<ForestRow> = registered
        .slices
        .iter()
        .map(|slice| ForestRow {
            name: naming::slice_or_all(pen.voice, &slice.terms).html(),
            estimate: slice.estimate,
            interval: slice.interval,
            limits: limits(evaluation, output, &registered.contrast, slice),
            is_whole: false,
            more: vec![pen.count(slice.units), pen.p(slice.p_adjusted)],
        })
        .collect();
    rows.extend(whole(pen, output, &registered.contrast));
    let titles = (pen.say("slices.slice"), vec![pen.say("criteria.units"), pen.say("slices.p_adjusted")]);
    section.table(forest(pen, caption, Measure::of_effect(output), titles, rows));
    match registered.reversal.as_str() {
        "some" => section.alarm(pen.say("slices.reversal_some")),
        "all" => section.alarm(pen.say("slices.reversal_all")),
        _ => {}
    }
}

/// The effect over all units, as the last row.
fn whole(pen: &Pen, output: &OutputEvaluation, contrast: &ContrastId) -> Option<ForestRow> {
    let effect = output.effects.iter().find(|e| e.contrast == *contrast)?;
    Some(ForestRow {
        name: pen.say("slices.whole"),
        estimate: effect.estimate,
        interval: effect.interval,
        limits: None,
        is_whole: true,
        more: vec![pen.count(effect.units), Value::from("—")],
    })
}

fn limits(
    evaluation: &Evaluation,
    output: &OutputEvaluation,
    contrast: &ContrastId,
    slice: &SliceEffect,
) -> Option<(Option<f64>, Option<f64>, Verdict)> {
    let criteria =
        evaluation.criteria.iter().filter(|r| matches!(&*r.criterion.statistic, "net-flip" | "mean"));
    let mut judged = criteria.flat_map(|r| &r.judged);
    let judged =
        judged.find(|j| j.output == output.name && j.slice == slice.terms && j.contrast == *contrast)?;
    Some((judged.low_limit, judged.high_limit, judged.verdict))
}

fn searched(section: &mut Section, pen: &Pen, output: &OutputEvaluation, discovery: &Discovery) {
    let parts = [
        ("contrast", naming::contrast_in_full(pen.voice, &discovery.contrast)),
        ("looked", pen.voice.count(discovery.looked_at)),
        ("search", pen.voice.count(discovery.search_units)),
        ("tried", pen.voice.count(discovery.tried)),
        ("confirm", pen.voice.count(discovery.confirm_units)),
    ];
    section.paragraph(pen.phrase("slices.discovery_intro", &parts).html());
    if discovery.found.is_empty() {
        section.note(pen.say("slices.discovery_none"));
        return;
    }
    let confirmed: Vec<&Found> = discovery.found.iter().filter(|f| f.confirmed).take(OPEN).collect();
    match confirmed.is_empty() {
        true => section.paragraph(pen.say("slices.none_confirmed")),
        false => section.table(found(pen, output, discovery, &confirmed)),
    }
    if confirmed.len() < discovery.found.len() {
        let all: Vec<&Found> = discovery.found.iter().collect();
        let tried = pen.voice.count(all.len() as u64);
        let summary = pen.phrase("slices.all_tried", &[("tried", tried)]).html();
        section.folded(summary, found(pen, output, discovery, &all));
    }
}

fn found(pen: &Pen, output: &OutputEvaluation, discovery: &Discovery, found: &[&Found]) -> Table {
    let measure = Measure::of_effect(output);
    let rows = found.iter().map(|found| {
        let state = if found.confirmed { "slices.confirmed" } else { "slices.not_confirmed" };
        ForestRow {
            name: pen.stacked(naming::slice_or_all(pen.voice, &found.slice.terms).html(), pen.say(state)),
            estimate: found.slice.estimate,
            interval: found.slice.interval,
            limits: None,
            is_whole: false,
            more: vec![
                pen.figure(measure, found.outside),
                pen.count(found.slice.units),
                pen.p(found.slice.p_adjusted),
            ],
        }
    });
    let contrast = naming::contrast_in_full(pen.voice, &discovery.contrast);
    let caption = pen.phrase("slices.discovery_caption", &[("contrast", contrast)]);
    let more = vec![pen.say("slices.outside"), pen.say("criteria.units"), pen.say("slices.p_adjusted")];
    forest(pen, caption, measure, (pen.say("slices.slice"), more), rows.collect())
}
