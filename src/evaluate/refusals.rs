//! Whether answers are missing more often on one side of a contrast.

use super::answers::Answers;
use super::comparisons::Comparisons;
use super::evaluation::Refusals;
use crate::error::Result;
use crate::stats::{McNemar, PairedTable, holm};

/// Every pair of arms that a contrast compares and that lacks an answer somewhere.
pub(super) fn refusals(answers: &Answers, comparisons: &Comparisons, alpha: f64) -> Result<Vec<Refusals>> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for pair in comparisons.effects.iter().filter(|c| c.is_mean()).flat_map(|c| &c.pairs) {
        if !pairs.contains(&(pair.target, pair.reference)) {
            pairs.push((pair.target, pair.reference));
        }
    }
    let mut found = Vec::new();
    let mut p = Vec::new();
    for (target, reference) in pairs {
        let mut cells = [0u64; 4];
        for (t, r) in answers.values[target].iter().zip(&answers.values[reference]) {
            cells[usize::from(t.is_nan()) + 2 * usize::from(r.is_nan())] += 1;
        }
        let [neither, only_target, only_reference, both] = cells;
        let table = PairedTable::new(both, only_target, only_reference, neither);
        let Ok(table) = table.map_err(|_| ()) else { continue };
        p.push(table.mcnemar(McNemar::MidP).two_sided);
        found.push(Refusals {
            target: comparisons.arms[target].clone(),
            reference: comparisons.arms[reference].clone(),
            only_target,
            only_reference,
            both,
            p_adjusted: 1.0,
            is_differential: false,
        });
    }
    if p.is_empty() {
        return Ok(found);
    }
    let adjusted = holm(&p).map_err(super::effects::impossible)?;
    for (refusal, p) in found.iter_mut().zip(adjusted) {
        refusal.p_adjusted = p;
        refusal.is_differential = p <= alpha;
    }
    found.retain(|r| r.only_target + r.only_reference + r.both > 0);
    Ok(found)
}
