//! What a contrast moves beyond what its placebos move.

use std::rc::Rc;

use super::comparison::{Comparison, Pair};
use super::decisions::{Bits, Over, Tally};
use super::effects::{Prepared, impossible};
use super::evaluation::{Excess, ExcessStatistic};
use super::measure::{self, Measure};
use crate::error::Result;
use crate::stats::Alpha;

/// More pairs of (contrast, placebo) than this are read as numbers: their correlations would cost too much.
const MOST_PAIRS: usize = 16;

/// Per unit 1{contrast differs} − 1{placebo differs}, averaged over pairs and bases, over units; none without placebos.
pub(super) fn excess_flip_rate(
    prepared: &Prepared,
    comparison: &Comparison,
    over: Over,
) -> Result<Option<Measure>> {
    if comparison.placebos.is_empty() || !prepared.answers.has_flips() || !comparison.is_mean() {
        return Ok(None);
    }
    let (bits, against) = indicators(prepared, comparison);
    if against.pairs.len() <= MOST_PAIRS {
        return Ok(measure::net_flip(&Rc::new(Tally::of(&bits, &against, over))));
    }
    let number = |bit: &u8| if *bit > 1 { f64::NAN } else { f64::from(*bit) };
    let values: Vec<Vec<f64>> = bits.by_arm.iter().map(|arm| arm.iter().map(number).collect()).collect();
    measure::mean_of(measure::effects(&values, &against, over), Some(1.0)).map_err(impossible)
}

/// Whether each pair differs, whether each placebo does, and the comparison of every one with every other.
fn indicators(prepared: &Prepared, comparison: &Comparison) -> (Bits, Comparison) {
    let contrast = comparison.pairs.iter().map(|p| (p.target, p.reference));
    let places: Vec<(usize, usize)> = contrast.chain(comparison.placebos.iter().copied()).collect();
    let bits = Bits::differing(prepared.answers, &places);
    let (pairs, bases) = (comparison.pairs.len(), comparison.placebos.len());
    let against = (0..pairs).flat_map(|at| {
        let weight = comparison.pairs[at].weight / bases as f64;
        (0..bases).map(move |base| Pair { target: at, reference: pairs + base, weight })
    });
    (bits, Comparison { id: comparison.id.clone(), pairs: against.collect(), placebos: Vec::new() })
}

/// Per unit |effect| − mean of |placebo difference|, over units; none without placebos.
pub(super) fn excess_mean_size(
    prepared: &Prepared,
    comparison: &Comparison,
    over: Over,
) -> Result<Option<Measure>> {
    if comparison.placebos.is_empty() || !prepared.answers.has_mean() {
        return Ok(None);
    }
    let values = &prepared.answers.values;
    let bases = comparison.placebos.len() as f64;
    let mut excesses = Vec::new();
    over.each(|unit| {
        let own = comparison.effect(|arm| values[arm][unit]).abs();
        let placebo: f64 =
            comparison.placebos.iter().map(|(p, base)| (values[*p][unit] - values[*base][unit]).abs()).sum();
        let excess = own - placebo / bases;
        if !excess.is_nan() {
            excesses.push(excess);
        }
    });
    let range = prepared.answers.span().map(|span| span * comparison.reach().max(1.0));
    measure::mean_of(excesses, range).map_err(impossible)
}

/// Whether any unit's answer differs over nothing: the model repeats itself badly, or names matter.
pub(super) fn placebos_differ(prepared: &Prepared, comparison: &Comparison) -> bool {
    let bits = Bits::differing(prepared.answers, &comparison.placebos);
    bits.by_arm.iter().flatten().any(|bit| *bit == 1)
}

/// The excess of a comparison for the report.
pub(super) fn excess(prepared: &Prepared, comparison: &Comparison, alpha: Alpha) -> Result<Option<Excess>> {
    let flips = excess_flip_rate(prepared, comparison, prepared.all())?;
    let (statistic, measured) = match flips {
        Some(measured) => (ExcessStatistic::FlipRate, Some(measured)),
        None => (ExcessStatistic::MeanSize, excess_mean_size(prepared, comparison, prepared.all())?),
    };
    let Some(measured) = measured else { return Ok(None) };
    let raw = match statistic {
        ExcessStatistic::FlipRate => prepared.flip_rate(comparison, prepared.all()).map(|m| m.estimate),
        ExcessStatistic::MeanSize => {
            let effects = measure::effects(&prepared.answers.values, comparison, prepared.all());
            Some(effects.iter().map(|e| e.abs()).sum::<f64>() / effects.len().max(1) as f64)
        }
    };
    Ok(Some(Excess {
        contrast: comparison.id.clone(),
        statistic,
        units: measured.units,
        raw,
        placebo: raw.map(|raw| raw - measured.estimate),
        estimate: Some(measured.estimate),
        interval: Some(measured.bounds(alpha)),
    }))
}
