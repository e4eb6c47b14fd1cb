//! The criteria of a policy against the answers of a model.

use super::comparison::Comparison;
use super::comparisons::Comparisons;
use super::cut::Slice;
use super::decisions::Over;
use super::effects::{Prepared, impossible};
use super::evaluation::{
    ContrastId, CriterionFacts, CriterionResult, Judged, NotAsked, NotAskedBecause, OutputKind,
};
use super::excess;
use super::judge::{Limits, Subject, judge, settle};
use super::measure::{self, Measure};
use super::population::{Asked, measures};
use crate::error::Result;
use crate::policy::{Criterion, Statistic, Wanted};
use crate::stats::Alpha;

/// What criteria are held against.
pub(super) struct Case<'a> {
    pub(super) outputs: &'a [Prepared<'a>],
    pub(super) comparisons: &'a Comparisons,
    /// None where the suite has no factual records, or none are asked for.
    pub(super) population: Option<&'a Asked<'a>>,
    /// The slices of each list of columns.
    pub(super) slices: &'a [(Vec<String>, Vec<Slice>)],
}

/// The verdict of a criterion, or why it was not asked.
pub(super) fn criterion(
    case: &Case,
    criterion: &Criterion,
) -> Result<std::result::Result<CriterionResult, NotAsked>> {
    let alpha = Alpha::one_sided(criterion.alpha).map_err(impossible)?;
    let not_asked = |because| Ok(Err(NotAsked { criterion: facts(criterion), because }));
    let outputs: Vec<usize> =
        (0..case.outputs.len()).filter(|at| suits(&case.outputs[*at], criterion)).collect();
    let judged = match &criterion.wanted {
        Wanted::Population => {
            let Some(population) = case.population else {
                return not_asked(NotAskedBecause::NoFactualRecords);
            };
            let mut judged = Vec::new();
            for at in &outputs {
                judge_population(&mut judged, &case.outputs[*at], population, criterion, alpha);
            }
            judged
        }
        Wanted::Contrast(kind) => {
            let comparisons = wanted(case.comparisons, kind, criterion.variable.as_deref());
            if comparisons.is_empty() {
                let placebo = kind == "placebo";
                let because = if placebo { NotAskedBecause::NoPlacebo } else { NotAskedBecause::NoContrast };
                return not_asked(because);
            }
            if criterion.statistic == Statistic::MeanSize && comparisons.iter().all(|c| c.placebos.is_empty())
            {
                return not_asked(NotAskedBecause::NoPlacebo);
            }
            let mut judged = Vec::new();
            for at in &outputs {
                for comparison in &comparisons {
                    judge_comparison(&mut judged, case, *at, comparison, criterion, alpha)?;
                }
            }
            judged
        }
    };
    if judged.is_empty() {
        return not_asked(NotAskedBecause::NoOutput);
    }
    Ok(Ok(result(judged, criterion)))
}

fn result(mut judged: Vec<Judged>, criterion: &Criterion) -> CriterionResult {
    let (verdict, deciding) = settle(&mut judged, criterion.alpha);
    let undecided = judged.iter().filter(|j| j.interval.is_none() || j.units_needed.is_some());
    let units_needed = undecided.filter_map(|j| j.units_needed).max();
    CriterionResult { criterion: facts(criterion), verdict, judged, deciding, units_needed }
}

pub(super) fn facts(criterion: &Criterion) -> CriterionFacts {
    CriterionFacts {
        name: criterion.name.clone(),
        contrast: criterion.wanted.word().to_owned(),
        statistic: criterion.statistic.word().to_owned(),
        limit: criterion.limit,
        of_range: criterion.of_range,
        excess: criterion.excess,
        alpha: criterion.alpha,
        minimum_units: criterion.minimum_units,
        slices: criterion.slices.clone(),
    }
}

/// Whether an output has the statistic, and is asked for.
fn suits(prepared: &Prepared, criterion: &Criterion) -> bool {
    let answers = prepared.answers;
    let named = criterion.outputs.is_empty() || criterion.outputs.contains(&answers.name);
    let decision = answers.kind == OutputKind::Decision;
    let has = match criterion.statistic {
        Statistic::NetFlip | Statistic::ImpactRatio => decision,
        Statistic::FlipRate => answers.has_flips(),
        Statistic::Mean | Statistic::MeanSize => answers.has_mean() && !decision,
    };
    // A share of the range needs a range that somebody declared, not the answers that happened to come.
    let ranged = !criterion.of_range || answers.range.is_some_and(|r| r.declared);
    named && has && ranged
}

/// The comparisons of a kind. Where a suite has no proxies, what is shown is all there is: the total is the direct effect.
fn wanted<'a>(comparisons: &'a Comparisons, kind: &str, variable: Option<&str>) -> Vec<&'a Comparison> {
    let list = if kind == "placebo" { &comparisons.placebos } else { &comparisons.effects };
    let fits = |c: &&Comparison, kind: &str| {
        c.id.kind == kind && variable.is_none_or(|v| c.id.variable.as_deref() == Some(v))
    };
    let found: Vec<&Comparison> = list.iter().filter(|c| fits(c, kind)).collect();
    match found.is_empty() && kind == "direct" && !comparisons.has_proxies {
        true => list.iter().filter(|c| fits(c, "total")).collect(),
        false => found,
    }
}

fn judge_comparison(
    judged: &mut Vec<Judged>,
    case: &Case,
    output: usize,
    comparison: &Comparison,
    criterion: &Criterion,
    alpha: Alpha,
) -> Result<()> {
    let prepared = &case.outputs[output];
    let Some(limits) = Limits::of(criterion, prepared.answers.span()) else { return Ok(()) };
    let beyond = match criterion.statistic {
        Statistic::MeanSize => true,
        Statistic::FlipRate => criterion.excess && excess::placebos_differ(prepared, comparison),
        _ => false,
    };
    let mut add = |over: Over, slice: Vec<_>| -> Result<()> {
        let measured = statistic(prepared, comparison, criterion.statistic, beyond, over)?;
        let subject = Subject {
            output: prepared.answers.name.clone(),
            contrast: comparison.id.clone(),
            slice,
            beyond_placebos: beyond,
        };
        judged.push(judge(subject, measured.as_ref(), limits, criterion, alpha));
        Ok(())
    };
    add(prepared.all(), Vec::new())?;
    for (_, slices) in case.slices.iter().filter(|(columns, _)| criterion.slices.contains(columns)) {
        for slice in slices {
            add(Over::Some(&slice.units), slice.terms.clone())?;
        }
    }
    Ok(())
}

fn statistic(
    prepared: &Prepared,
    comparison: &Comparison,
    statistic: Statistic,
    beyond_placebos: bool,
    over: Over,
) -> Result<Option<Measure>> {
    match statistic {
        Statistic::NetFlip | Statistic::Mean => prepared.mean(comparison, over),
        Statistic::FlipRate if beyond_placebos => excess::excess_flip_rate(prepared, comparison, over),
        Statistic::FlipRate => Ok(prepared.flip_rate(comparison, over)),
        Statistic::MeanSize => excess::excess_mean_size(prepared, comparison, over),
        Statistic::ImpactRatio => {
            Ok(prepared.tally(comparison, over).and_then(|tally| measure::twin_ratio(&tally)))
        }
    }
}

fn judge_population(
    judged: &mut Vec<Judged>,
    prepared: &Prepared,
    asked: &Asked,
    criterion: &Criterion,
    alpha: Alpha,
) {
    let Some(limits) = Limits::of(criterion, prepared.answers.span()) else { return };
    for (variable, target, reference, measured) in
        measures(prepared, asked, criterion.statistic, criterion.variable.as_deref())
    {
        let contrast = ContrastId {
            kind: "population".to_owned(),
            variable: Some(variable),
            target: Some(target),
            reference: Some(reference),
            ..ContrastId::default()
        };
        let subject = Subject {
            output: prepared.answers.name.clone(),
            contrast,
            slice: Vec::new(),
            beyond_placebos: false,
        };
        judged.push(judge(subject, measured.as_ref(), limits, criterion, alpha));
    }
}
