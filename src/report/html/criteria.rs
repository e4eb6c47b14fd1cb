//! The criteria of the policy, each with the comparison that decides.

use minijinja::Value;

use super::pen::Pen;
use super::section::Section;
use super::table::{Fit, Table};
use crate::evaluate::Evaluation;
use crate::evaluate::evaluation::{CriterionResult, Judged, NotAsked};
use crate::report::junit::{because_key, reason_key};
use crate::report::measure::Measure;
use crate::report::naming;
use crate::report::phrase::Phrase;
use crate::report::reason::{deciding, output};
use crate::verdict::Verdict;

/// Comparisons of one criterion that are listed; JSON and JUnit have them all.
const LISTED: usize = 200;

pub(super) fn section(pen: &Pen, evaluation: &Evaluation) -> Value {
    let mut section = Section::new(pen, "criteria", pen.say("criteria.title"));
    section.paragraph(pen.say("criteria.intro"));
    if evaluation.criteria.is_empty() {
        section.note(pen.say("criteria.none"));
    }
    let policy = match pen.voice.localised(&evaluation.policy.title).filter(|(_, t)| !t.trim().is_empty()) {
        Some((_, title)) => Phrase::free(title),
        None => Phrase::free(&evaluation.policy.name),
    };
    let policy = pen.phrase("page.quoted", &[("text", policy)]);
    let mut table = Table::new(Fit::Rows, pen.phrase("criteria.caption", &[("policy", policy)]))
        .wide(pen.say("criteria.criterion"))
        .words(pen.say("criteria.verdict"))
        .words(pen.say("criteria.comparison"))
        .numbers(pen.say("criteria.estimate"))
        .numbers(pen.say("criteria.interval"))
        .numbers(pen.say("criteria.limit"))
        .numbers(pen.say("criteria.units"));
    for result in &evaluation.criteria {
        table.row(row(pen, evaluation, result));
    }
    section.table(table);
    for result in evaluation.criteria.iter().filter(|r| r.judged.len() > 1) {
        comparisons(&mut section, pen, evaluation, result);
    }
    not_asked(&mut section, pen, &evaluation.not_asked);
    section.finish()
}

fn row(pen: &Pen, evaluation: &Evaluation, result: &CriterionResult) -> Vec<Value> {
    let judged = deciding(result);
    let name =
        pen.described(Phrase::free(&result.criterion.name), naming::question(pen.voice, &result.criterion));
    let mut cells = vec![name, pen.badge(result.verdict)];
    match judged {
        Some(judged) => cells.extend(figures(pen, measure(evaluation, result, judged), judged)),
        None => {
            let why = Value::from(pen.voice.say("why.no-answers"));
            let none = || Value::from("—");
            let limit = Value::from(naming::policy_limit(pen.voice, &result.criterion));
            cells.extend([why, none(), none(), limit, none()]);
        }
    }
    cells
}

fn measure(evaluation: &Evaluation, result: &CriterionResult, judged: &Judged) -> Measure {
    Measure::of_statistic(&result.criterion.statistic, output(evaluation, &judged.output))
}

/// Comparison and why, estimate, interval, limit, units.
fn figures(pen: &Pen, measure: Measure, judged: &Judged) -> Vec<Value> {
    let mut why = Phrase::word(pen.voice.say(reason_key(judged.reason)));
    if let Some(units) = judged.units_needed {
        let needed = pen.phrase("criteria.needed", &[("units", pen.voice.count(units))]);
        why = Phrase::joined([why, needed], "; ");
    }
    vec![
        pen.described(naming::judged(pen.voice, judged), why),
        pen.figure(measure, judged.estimate),
        Value::from(measure.interval(judged.interval.as_ref(), pen.voice.numerals)),
        Value::from(naming::limit(pen.voice, measure, judged)),
        pen.count(judged.units),
    ]
}

fn comparisons(section: &mut Section, pen: &Pen, evaluation: &Evaluation, result: &CriterionResult) {
    let parts = [
        ("count", pen.voice.count(result.judged.len() as u64)),
        ("criterion", Phrase::free(&result.criterion.name)),
    ];
    let caption = pen.phrase("criteria.all", &parts);
    let mut table = Table::new(Fit::Rows, caption.clone())
        .wide(pen.say("criteria.comparison"))
        .numbers(pen.say("criteria.estimate"))
        .numbers(pen.say("criteria.interval"))
        .numbers(pen.say("criteria.limit"))
        .numbers(pen.say("criteria.units"))
        .words(pen.say("criteria.verdict"))
        .numbers(pen.say("criteria.p_adjusted"));
    let order = [Verdict::Fail, Verdict::NoData, Verdict::Inconclusive, Verdict::Pass];
    let gravest = order.into_iter().flat_map(|v| result.judged.iter().filter(move |j| j.verdict == v));
    for judged in gravest.take(LISTED) {
        let mut cells = figures(pen, measure(evaluation, result, judged), judged);
        cells.push(pen.badge(judged.verdict));
        cells.push(judged.p_outside_adjusted.map_or_else(|| Value::from("—"), |p| pen.p(p)));
        table.row(cells);
    }
    section.folded(caption.html(), table);
    if result.judged.len() > LISTED {
        let left = pen.voice.count((result.judged.len() - LISTED) as u64);
        section.note(pen.phrase("criteria.more", &[("count", left)]).html());
    }
}

fn not_asked(section: &mut Section, pen: &Pen, criteria: &[NotAsked]) {
    if criteria.is_empty() {
        return;
    }
    section.heading(pen.say("criteria.not_asked"));
    section.paragraph(pen.say("criteria.not_asked_intro"));
    let lines = criteria.iter().map(|criterion| {
        let question = naming::question(pen.voice, &criterion.criterion);
        let name = Phrase::joined([Phrase::free(&criterion.criterion.name), question], ", ");
        Phrase::joined(
            [name, Phrase::word(pen.voice.say(because_key(criterion.because)))],
            pen.voice.say("page.colon"),
        )
        .html()
    });
    section.list(lines.collect());
}
