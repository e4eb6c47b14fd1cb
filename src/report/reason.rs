//! The verdict in one sentence that a manager understands, and what everybody should beware of.

use super::measure::Measure;
use super::naming;
use super::phrase::Phrase;
use super::voice::Voice;
use crate::evaluate::Evaluation;
use crate::evaluate::evaluation::{
    ArmSummary, CriterionResult, Judged, OutputEvaluation, OutputKind, Reason, Refusals,
};
use crate::verdict::Verdict;
use crate::verify::{Outcome, Verification};

/// The output of that name.
pub(super) fn output<'a>(evaluation: &'a Evaluation, name: &str) -> Option<&'a OutputEvaluation> {
    evaluation.outputs.iter().find(|o| o.name == name)
}

/// The comparison that decides a criterion.
pub(super) fn deciding(result: &CriterionResult) -> Option<&Judged> {
    result.judged.get(result.deciding?)
}

/// Why the verdict is what it is.
pub(super) fn sentence(voice: &Voice, evaluation: &Evaluation) -> Phrase {
    let Some((result, judged)) = decisive(evaluation) else {
        return match evaluation.decided_by.first().and_then(|&i| evaluation.criteria.get(i)) {
            Some(result) => no_answers(voice, result),
            None => Phrase::word(voice.say("reason.nothing")),
        };
    };
    let measure = Measure::of_statistic(&result.criterion.statistic, output(evaluation, &judged.output));
    let mut clause = naming::clause(voice, &judged.contrast);
    if !judged.slice.is_empty() {
        clause =
            clause.then(voice.phrase("reason.within", &[("slice", naming::slice(voice, &judged.slice))]));
    }
    let statistic = statistic(voice, &result.criterion.statistic, measure, judged);
    let bounds = judged.interval.as_ref().map(|b| voice.interval(measure, b));
    let parts = [
        ("clause", clause),
        ("statistic", statistic),
        ("limit", naming::limit_in_words(voice, measure, judged)),
        ("units", voice.count(judged.units)),
        ("unit_word", Phrase::word(voice.words.counted("page.units", judged.units))),
        ("interval", bounds.clone().unwrap_or_else(|| Phrase::word("—"))),
    ];
    match judged.verdict {
        Verdict::Fail if bounds.is_some() => voice.phrase("reason.fail_with", &parts),
        Verdict::Fail => voice.phrase("reason.fail", &parts),
        Verdict::Pass => voice.phrase("reason.pass", &parts),
        Verdict::Inconclusive => voice.phrase("reason.inconclusive", &parts).then(needed(voice, judged)),
        Verdict::NoData => too_few(voice, result, judged),
    }
    .capitalised()
}

/// How many criteria share the verdict, where it is not one alone.
pub(super) fn several(voice: &Voice, evaluation: &Evaluation) -> Option<Phrase> {
    let (count, all) = (evaluation.decided_by.len() as u64, evaluation.criteria.len() as u64);
    let parts = [("count", voice.count(count)), ("all", voice.count(all))];
    (all > 1).then(|| voice.phrase("reason.several", &parts))
}

/// What is wrong beside the verdict: an unverified suite, faulty placebos, refusals that differ, guesses.
pub(super) fn warnings(voice: &Voice, evaluation: &Evaluation, checks: Option<&Verification>) -> Vec<Phrase> {
    let mut warnings = Vec::new();
    let failed =
        checks.map_or(0, |v| v.checks.iter().filter(|c| c.outcome == Outcome::Failed).count() as u64);
    if failed > 0 {
        warnings.push(voice.phrase("verdict.unverified", &[("count", voice.count(failed))]));
    }
    for output in &evaluation.outputs {
        warnings.extend(faulty_placebos(voice, output));
        warnings.extend(differential_refusals(voice, output));
        if is_constant(output) {
            warnings.push(voice.phrase("verdict.constant", &[("output", Phrase::free(&output.name))]));
        }
        if output.guessed {
            let kind = Phrase::word(voice.say(kind_key(output)));
            let parts = [("output", Phrase::free(&output.name)), ("kind", kind)];
            warnings.push(voice.phrase("verdict.guessed", &parts));
        }
    }
    if evaluation.suite.overridden {
        warnings.push(Phrase::word(voice.say("verdict.overridden")));
    }
    if evaluation.policy.is_default {
        warnings.push(Phrase::word(voice.say("verdict.default_policy")));
    }
    warnings
}

/// Whether a model gave every record the same answer: it treats twins alike as a stopped clock tells the time.
fn is_constant(output: &OutputEvaluation) -> bool {
    let Some(first) = output.arms.first() else { return false };
    let answered = first.units > 1;
    match output.kind {
        OutputKind::Category => {
            let given = |arm: &ArmSummary| arm.counts.iter().position(|count| *count == arm.units);
            answered && given(first).is_some() && output.arms.iter().all(|arm| given(arm) == given(first))
        }
        _ => answered && output.arms.iter().all(|arm| arm.sd == Some(0.0) && arm.mean == first.mean),
    }
}

/// The key of the words for an output's kind.
pub(super) fn kind_key(output: &OutputEvaluation) -> &'static str {
    use crate::evaluate::evaluation::OutputKind::{Category, Decision, Number, Rank, Score};
    match output.kind {
        Decision => "kind.decision",
        Score => "kind.score",
        Number => "kind.number",
        Rank => "kind.rank",
        Category => "kind.category",
    }
}

fn faulty_placebos(voice: &Voice, output: &OutputEvaluation) -> Vec<Phrase> {
    let measure = Measure::of_effect(output);
    let faulty = output.faulty_placebos.iter().filter_map(|&place| output.placebos.get(place));
    faulty
        .map(|effect| {
            let interval = Phrase::word(measure.interval(effect.interval.as_ref(), voice.numerals));
            let parts = [
                ("clause", naming::clause(voice, &effect.contrast)),
                ("output", Phrase::free(&output.name)),
                ("interval", interval),
            ];
            voice.phrase("verdict.faulty_placebo", &parts).capitalised()
        })
        .collect()
}

/// The pair of arms that differs most, and how many others do.
fn differential_refusals(voice: &Voice, output: &OutputEvaluation) -> Option<Phrase> {
    let differential: Vec<&Refusals> = output.refusals.iter().filter(|r| r.is_differential).collect();
    let largest = differential.iter().rev().max_by_key(|r| r.only_target.abs_diff(r.only_reference))?;
    let parts = [
        ("output", Phrase::free(&output.name)),
        ("target", Phrase::free(&largest.target)),
        ("reference", Phrase::free(&largest.reference)),
        ("only_target", voice.count(largest.only_target)),
        ("only_reference", voice.count(largest.only_reference)),
        ("others", voice.count(differential.len() as u64 - 1)),
    ];
    let is_more = largest.only_target > largest.only_reference;
    let key = if is_more { "verdict.differential_more" } else { "verdict.differential_less" };
    let warning = voice.phrase(key, &parts);
    Some(match differential.len() {
        1 => warning,
        _ => warning.then(voice.phrase("verdict.differential_others", &parts)),
    })
}

/// The first criterion that has the overall verdict, with its comparison; for a pass, the one nearest to its limit.
fn decisive(evaluation: &Evaluation) -> Option<(&CriterionResult, &Judged)> {
    let candidates = evaluation.decided_by.iter().filter_map(|&i| evaluation.criteria.get(i));
    let with_comparison = candidates.filter_map(|result| deciding(result).map(|judged| (result, judged)));
    // Of fails, those that say a direction come first: they are the ones that people understand.
    let is_directed = |result: &CriterionResult| {
        result.verdict == Verdict::Fail && matches!(&*result.criterion.statistic, "net-flip" | "mean")
    };
    with_comparison.max_by(|(result, a), (other, b)| {
        is_directed(result).cmp(&is_directed(other)).then(closeness(a).total_cmp(&closeness(b)))
    })
}

/// How much of the room up to the limit the interval takes; more than 1 is beyond it.
fn closeness(judged: &Judged) -> f64 {
    let share = |bound: Option<f64>, limit: Option<f64>| match (bound, limit) {
        (Some(bound), Some(limit)) if limit != 0.0 => bound / limit,
        _ => f64::NEG_INFINITY,
    };
    let bounds = judged.interval;
    let above = share(bounds.and_then(|b| b.high).or(judged.estimate), judged.high_limit);
    let below = match (bounds.and_then(|b| b.low).or(judged.estimate), judged.low_limit) {
        // A floor such as 0.80: the nearer, the smaller.
        (Some(bound), Some(limit)) if limit > 0.0 && bound > 0.0 => limit / bound,
        (bound, limit) => share(bound, limit),
    };
    above.max(below)
}

fn statistic(voice: &Voice, statistic: &str, measure: Measure, judged: &Judged) -> Phrase {
    let estimate = judged.estimate.unwrap_or(0.0);
    let high = judged.interval.and_then(|b| b.high);
    let signed = |more, less, same| match estimate {
        e if e > 0.0 => more,
        e if e < 0.0 => less,
        _ => same,
    };
    let key = match statistic {
        "flip-rate" if judged.beyond_placebos => "effect.excess_flip",
        "flip-rate" if estimate == 0.0 && high.is_some() => "effect.flip_none",
        "flip-rate" => "effect.flip",
        "mean-size" if judged.beyond_placebos => "effect.excess_size",
        "mean-size" => "effect.size",
        "impact-ratio" => "effect.ratio",
        "net-flip" => signed("effect.net_more", "effect.net_less", "effect.net_same"),
        "mean" if measure == Measure::Points => {
            signed("effect.net_more", "effect.net_less", "effect.net_same")
        }
        "mean" => signed("effect.mean_more", "effect.mean_less", "effect.mean_same"),
        _ => "effect.other",
    };
    let one_sided = judged.interval.map_or(0.95, |b| (1.0 + b.level) / 2.0);
    let parts = [
        ("output", Phrase::free(&judged.output)),
        ("size", voice.size(measure, estimate)),
        ("high", Phrase::word(measure.maybe(high, voice.numerals))),
        ("level", Phrase::word(voice.numerals.percent(one_sided))),
        ("statistic", voice.words.word_or_free("statistic", statistic)),
        ("reference", Phrase::free(judged.contrast.reference.as_deref().unwrap_or("—"))),
    ];
    voice.phrase(key, &parts)
}

fn needed(voice: &Voice, judged: &Judged) -> Phrase {
    match judged.units_needed {
        Some(units) => voice.phrase("reason.needed", &[("units", voice.count(units))]),
        None => Phrase::word(voice.say("reason.never")),
    }
}

fn too_few(voice: &Voice, result: &CriterionResult, judged: &Judged) -> Phrase {
    if judged.reason != Reason::TooFewUnits {
        return no_answers(voice, result);
    }
    let parts = [
        ("units", voice.count(judged.units)),
        ("unit_word", Phrase::word(voice.words.counted("page.units", judged.units))),
        ("minimum", voice.count(result.criterion.minimum_units)),
    ];
    let why = voice.phrase("reason.too_few", &parts);
    voice.phrase("reason.no-data", &[("criterion", Phrase::free(&result.criterion.name)), ("why", why)])
}

fn no_answers(voice: &Voice, result: &CriterionResult) -> Phrase {
    let why = Phrase::word(voice.say("reason.no_answers"));
    voice.phrase("reason.no-data", &[("criterion", Phrase::free(&result.criterion.name)), ("why", why)])
}
