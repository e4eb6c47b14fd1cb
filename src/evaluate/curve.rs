//! The effect across the range of merit, and decisions that a score would give at several thresholds.

use std::rc::Rc;

use super::comparison::Comparison;
use super::covariates::{Cells, Covariate};
use super::cut::{Cut, slices};
use super::decisions::{Bits, Over, Tally};
use super::effects::Prepared;
use super::evaluation::{Curve, CurvePoint, MeritOf, ThresholdCurve, ThresholdPoint};
use super::measure::{self, Direction};
use super::options::Settings;
use crate::error::Result;

/// Tenths.
const TENTHS: usize = 10;

/// The effect in tenths of an outcome (or at its values, where it has few).
pub(super) fn by_truth(
    prepared: &Prepared,
    comparison: &Comparison,
    truth: &Covariate,
    settings: &Settings,
) -> Result<Option<Curve>> {
    if matches!(&truth.cells, Cells::Codes { names, .. } if names.iter().any(|n| n != "true" && n != "false"))
    {
        // Categories without an order have no "more".
        return Ok(None);
    }
    let merit = MeritOf::Truth(truth.name.clone());
    Ok(Some(curve(prepared, comparison, &as_numbers(truth), merit, settings)?))
}

/// Truth values as 0 and 1, so that points come in the order of merit.
fn as_numbers(truth: &Covariate) -> Covariate {
    let cells = match &truth.cells {
        Cells::Numbers(values) => Cells::Numbers(values.clone()),
        Cells::Codes { codes, names } => {
            let number =
                |code: &u32| names.get(*code as usize).map_or(f64::NAN, |name| f64::from(name == "true"));
            Cells::Numbers(codes.iter().map(number).collect())
        }
    };
    Covariate { name: truth.name.clone(), cells }
}

/// The effect in tenths of the model's own score in the reference arms.
pub(super) fn by_score(prepared: &Prepared, comparison: &Comparison, settings: &Settings) -> Result<Curve> {
    let values = &prepared.answers.values;
    let reference = |unit: usize| -> f64 {
        comparison.pairs.iter().map(|p| p.weight * values[p.reference][unit]).sum::<f64>()
    };
    let scores = (0..prepared.answers.units()).map(reference).collect();
    let column = Covariate { name: prepared.answers.name.clone(), cells: Cells::Numbers(scores) };
    curve(prepared, comparison, &column, MeritOf::Score(prepared.answers.name.clone()), settings)
}

fn curve(
    prepared: &Prepared,
    comparison: &Comparison,
    column: &Covariate,
    merit: MeritOf,
    settings: &Settings,
) -> Result<Curve> {
    let cut = Cut::of(column, TENTHS, |_| true);
    let mut points = Vec::new();
    for slice in slices(&[&cut]) {
        let measured = prepared.mean(comparison, Over::Some(&slice.units))?;
        let term = &slice.terms[0];
        points.push(CurvePoint {
            from: term.from.unwrap_or(0.0),
            to: term.to.unwrap_or(0.0),
            units: measured.as_ref().map_or(0, |m| m.units),
            estimate: measured.as_ref().map(|m| m.estimate),
            interval: measured.as_ref().map(|m| m.bounds(settings.alpha)),
        });
    }
    Ok(Curve { contrast: comparison.id.clone(), merit, points })
}

/// Net flip and flip rate if the best 90 %, 80 %, … 10 % of the reference records were selected.
pub(super) fn thresholds(
    prepared: &Prepared,
    comparison: &Comparison,
    settings: &Settings,
) -> Option<ThresholdCurve> {
    let mut scores: Vec<f64> = comparison
        .pairs
        .iter()
        .flat_map(|p| prepared.answers.values[p.reference].iter().copied())
        .filter(|v| !v.is_nan())
        .collect();
    if scores.is_empty() {
        return None;
    }
    scores.sort_by(f64::total_cmp);
    let mut cuts: Vec<f64> = (1..TENTHS).map(|tenth| scores[tenth * scores.len() / TENTHS]).collect();
    cuts.dedup();
    let point = |threshold: &f64| {
        let bits = Bits::at_least(prepared.answers, *threshold);
        let tally = Rc::new(Tally::of(&bits, comparison, prepared.all()));
        Some(ThresholdPoint {
            threshold: *threshold,
            reference_rate: measure::rates(&tally)[1],
            net_flip: measure::net_flip(&tally)?.estimated(settings.alpha),
            flip_rate: measure::flip_rate(&tally, Direction::Any)?.estimated(settings.alpha),
        })
    };
    let points = cuts.iter().filter_map(point).collect();
    Some(ThresholdCurve { contrast: comparison.id.clone(), points })
}
