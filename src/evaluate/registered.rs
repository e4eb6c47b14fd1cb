//! Effects within the slices that the policy names.

use super::comparison::Comparison;
use super::cut::Slice;
use super::decisions::Over;
use super::effects::{Prepared, impossible};
use super::evaluation::{Registered, SliceEffect};
use super::measure;
use super::options::Settings;
use crate::error::Result;
use crate::stats::{Differences, McNemar, Reversal, holm};

/// The effect of a comparison within every slice; p-values are Holm-adjusted over them.
pub(super) fn registered(
    prepared: &Prepared,
    comparison: &Comparison,
    columns: &[String],
    slices: &[Slice],
    settings: &Settings,
) -> Result<Registered> {
    let mut found = Vec::with_capacity(slices.len());
    for slice in slices {
        let over = Over::Some(&slice.units);
        let measured = prepared.mean(comparison, over)?;
        found.push(SliceEffect {
            terms: slice.terms.clone(),
            units: measured.as_ref().map_or(0, |m| m.units),
            estimate: measured.as_ref().map(|m| m.estimate),
            interval: measured.as_ref().map(|m| m.bounds(settings.alpha)),
            p: two_sided(prepared, comparison, over)?,
            p_adjusted: 1.0,
        });
    }
    let p: Vec<f64> = found.iter().map(|s| s.p).collect();
    if !p.is_empty() {
        let adjusted = holm(&p).map_err(impossible)?;
        found.iter_mut().zip(adjusted).for_each(|(slice, p)| slice.p_adjusted = p);
    }
    let whole = prepared.mean(comparison, prepared.all())?.map_or(0.0, |m| m.estimate);
    let parts: Vec<f64> = found.iter().filter_map(|s| s.estimate).collect();
    let reversal = match Reversal::of(whole, &parts) {
        Reversal::None => "none",
        Reversal::Some => "some",
        Reversal::All => "all",
    };
    Ok(Registered {
        contrast: comparison.id.clone(),
        columns: columns.to_vec(),
        slices: found,
        reversal: reversal.to_owned(),
    })
}

/// Against "no effect": McNemar's mid-p for a pair of decisions, Student's t else.
pub(super) fn two_sided(prepared: &Prepared, comparison: &Comparison, over: Over) -> Result<f64> {
    if prepared.binary
        && let Some(tally) = prepared.tally(comparison, over)
        && tally.weights == [1.0]
    {
        return Ok(tally.table(0, 1.0).map_or(1.0, |t| t.mcnemar(McNemar::MidP).two_sided));
    }
    let values = measure::effects(&prepared.answers.values, comparison, over);
    if values.is_empty() {
        return Ok(1.0);
    }
    Ok(Differences::new(values).map_err(impossible)?.t_test(0.0).two_sided)
}
