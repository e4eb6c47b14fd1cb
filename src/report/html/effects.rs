//! Effects with their intervals against the limits of the policy.

use minijinja::{Value, context};

use super::forest::{ForestRow, forest};
use super::pen::Pen;
use super::section::Section;
use super::table::{Fit, Table};
use crate::evaluate::Evaluation;
use crate::evaluate::evaluation::{Effect, Estimate, OutputEvaluation, OutputKind, TestMethod};
use crate::report::measure::Measure;
use crate::report::naming;
use crate::report::phrase::Phrase;
use crate::verdict::Verdict;

pub(super) fn write(section: &mut Section, pen: &Pen, evaluation: &Evaluation, output: &OutputEvaluation) {
    section.heading(pen.say("effects.title"));
    if output.effects.is_empty() {
        section.note(pen.say("effects.none"));
        return;
    }
    let is_category = output.kind == OutputKind::Category;
    section.paragraph(pen.say(if is_category { "effects.intro_category" } else { "effects.intro" }));
    let caption = pen.phrase("effects.caption", &[("output", Phrase::free(&output.name))]);
    let has_flips = !is_category && output.effects.iter().any(|e| e.flips.is_some());
    let mut more = vec![pen.say("criteria.units")];
    if has_flips {
        more.insert(0, pen.say("effects.flips"));
    }
    let rows: Vec<ForestRow> =
        output.effects.iter().map(|effect| row(pen, evaluation, output, effect, has_flips)).collect();
    let has_limits = rows.iter().any(|r| r.limits.is_some());
    section.table(forest(pen, caption, Measure::of_effect(output), (pen.say("effects.effect"), more), rows));
    if has_limits {
        let swatch = pen.render("block.html", context! { kind => "span", class => "legend", body => "" });
        section.note(Value::from_safe_string(format!("{swatch}{}", pen.voice.say("effects.limit_band"))));
    }
    details(section, pen, output);
}

/// The name of a contrast with its comparison under it.
pub(super) fn name(pen: &Pen, effect: &Effect) -> Value {
    pen.described(
        naming::contrast(pen.voice, &effect.contrast),
        naming::comparison(pen.voice, &effect.contrast),
    )
}

fn row(
    pen: &Pen,
    evaluation: &Evaluation,
    output: &OutputEvaluation,
    effect: &Effect,
    has_flips: bool,
) -> ForestRow {
    let flips = effect.flips.as_ref().map(|f| f.rate);
    let is_category = output.kind == OutputKind::Category;
    let mut more = vec![pen.count(effect.units)];
    if has_flips {
        more.insert(0, pen.figure(Measure::Share, flips.and_then(|r| r.estimate)));
    }
    ForestRow {
        name: name(pen, effect),
        estimate: if is_category { flips.and_then(|r| r.estimate) } else { effect.estimate },
        interval: if is_category { flips.map(|r| r.interval) } else { effect.interval },
        limits: limits(evaluation, output, effect),
        is_whole: false,
        more,
    }
}

/// The limits of the criterion that judges this very effect over all units.
fn limits(
    evaluation: &Evaluation,
    output: &OutputEvaluation,
    effect: &Effect,
) -> Option<(Option<f64>, Option<f64>, Verdict)> {
    let statistics: &[&str] =
        if output.kind == OutputKind::Category { &["flip-rate"] } else { &["net-flip", "mean"] };
    let criteria =
        evaluation.criteria.iter().filter(|r| statistics.contains(&r.criterion.statistic.as_str()));
    let mut judged = criteria.flat_map(|r| &r.judged);
    let judged =
        judged.find(|j| j.output == output.name && j.slice.is_empty() && j.contrast == effect.contrast)?;
    Some((judged.low_limit, judged.high_limit, judged.verdict))
}

fn details(section: &mut Section, pen: &Pen, output: &OutputEvaluation) {
    let mut table = Table::new(Fit::Scroll, Phrase::word(pen.voice.say("effects.details_caption")))
        .words(pen.say("effects.effect"))
        .words(pen.say("effects.test"))
        .numbers(pen.say("effects.sd"))
        .numbers(pen.say("effects.up"))
        .numbers(pen.say("effects.down"))
        .numbers(pen.say("effects.unmoved"))
        .wide(pen.say("effects.further"));
    let measure = Measure::of_effect(output);
    for effect in &output.effects {
        let tests: Vec<Phrase> = effect
            .tests
            .iter()
            .map(|t| {
                let p = pen.voice.numerals.p(t.two_sided);
                let sign = if p.starts_with('<') { " p\u{a0}" } else { " p\u{a0}=\u{a0}" };
                Phrase::word(format!("{}{sign}{p}", pen.voice.say(test_key(t.method))))
            })
            .collect();
        let further = Phrase::joined(further(pen, measure, effect), "; ");
        table.row(vec![
            name(pen, effect),
            Phrase::joined(tests, "; ").html(),
            Value::from(effect.sd.map_or_else(|| "—".to_owned(), |sd| pen.voice.numerals.number(sd))),
            pen.count(effect.up),
            pen.count(effect.down),
            pen.count(effect.unmoved),
            further.html(),
        ]);
    }
    section.folded(pen.say("effects.details"), table);
}

/// The key of the words for a test.
pub(super) fn test_key(method: TestMethod) -> &'static str {
    match method {
        TestMethod::McNemarMidP => "test.mc-nemar-mid-p",
        TestMethod::SignFlip => "test.sign-flip",
        TestMethod::PairedT => "test.paired-t",
        TestMethod::WilcoxonPratt => "test.wilcoxon-pratt",
        TestMethod::Bowker => "test.bowker",
        TestMethod::Fisher => "test.fisher",
    }
}

fn further(pen: &Pen, measure: Measure, effect: &Effect) -> Vec<Phrase> {
    let numerals = pen.voice.numerals;
    let phrase = |key: &str, measure: Measure, estimate: &Estimate| {
        let figure = match estimate.estimate {
            Some(figure) => measure.with_unit(figure, numerals),
            None => "∞".to_owned(),
        };
        let interval = measure.interval(Some(&estimate.interval), numerals);
        pen.phrase(key, &[("estimate", Phrase::word(figure)), ("interval", Phrase::word(interval))])
    };
    let mut list = Vec::new();
    if let Some(estimate) = &effect.hodges_lehmann {
        list.push(phrase("effects.hodges_lehmann", measure, estimate));
    }
    if let Some(bounds) = &effect.bootstrap {
        let interval = Phrase::word(measure.interval(Some(bounds), numerals));
        list.push(pen.phrase("effects.bootstrap", &[("interval", interval)]));
    }
    if let Some(flips) = &effect.flips {
        list.extend(flips.to_target.iter().map(|e| phrase("effects.flip_to_target", Measure::Share, e)));
        list.extend(
            flips.to_reference.iter().map(|e| phrase("effects.flip_to_reference", Measure::Share, e)),
        );
        list.extend(flips.odds.iter().map(|e| phrase("effects.odds", Measure::Ratio, e)));
    }
    if let Some(ratio) = &effect.ratio {
        list.push(phrase("effects.twin_ratio", Measure::Ratio, &ratio.ratio));
    }
    if let Some(worst) = effect.worst_case.as_ref().filter(|w| w.missing_units > 0) {
        let part = |x: f64| Phrase::word(measure.with_unit(x, numerals));
        list.push(pen.phrase(
            "effects.worst_case",
            &[("lowest", part(worst.lowest)), ("highest", part(worst.highest))],
        ));
    }
    if let Some(e) = effect.e_value {
        list.push(pen.phrase("effects.e_value", &[("e", Phrase::word(numerals.number(e.log_e.exp())))]));
    }
    list
}
