//! Shares of the total effect, where a suite holds every combination of shown and followed levels.

use std::collections::BTreeMap;

use super::comparison::{Comparison, Pair};
use super::comparisons::Comparisons;
use super::effects::Prepared;
use super::evaluation::{Shapley, ShapleyShare};
use crate::error::Result;
use crate::stats::Alpha;
use crate::suite::{ArmEntry, Manifest};

/// The shares of every total contrast for which all 2^(groups + 1) arms are there.
pub(super) fn shapley(
    manifest: &Manifest,
    comparisons: &Comparisons,
    prepared: &Prepared,
    alpha: Alpha,
) -> Result<Vec<Shapley>> {
    let mut found = Vec::new();
    let totals = comparisons.effects.iter().filter(|c| c.id.kind == "total" && !c.id.over_strata);
    for total in totals {
        let Some(arms) = corners(manifest, total) else { continue };
        let players: Vec<Option<String>> = std::iter::once(None)
            .chain(manifest.arms[total.pairs[0].target].follow.keys().cloned().map(Some))
            .collect();
        let mut shares = Vec::new();
        let mut units = 0;
        for (player, group) in players.into_iter().enumerate() {
            let share = Comparison { pairs: pairs(&arms, player), ..total.clone() };
            let Some(measured) = prepared.mean(&share, prepared.all())? else { continue };
            units = measured.units;
            shares.push(ShapleyShare {
                group,
                estimate: measured.estimate,
                interval: measured.bounds(alpha),
            });
        }
        if !shares.is_empty() {
            found.push(Shapley { contrast: total.id.clone(), units, shares });
        }
    }
    Ok(found)
}

/// The arm of every subset of players that have the target level: bit 0 is the shown level, then the groups.
fn corners(manifest: &Manifest, total: &Comparison) -> Option<Vec<usize>> {
    let [pair] = total.pairs.as_slice() else { return None };
    let (target, reference) = (&manifest.arms[pair.target], &manifest.arms[pair.reference]);
    let groups: Vec<&String> = target.follow.keys().collect();
    // With one group the direct and proxy effects are the shares.
    if groups.len() < 2 || groups.len() > 6 {
        return None;
    }
    (0..1usize << (groups.len() + 1))
        .map(|mask| {
            let side = |bit: usize| if mask >> bit & 1 == 1 { target } else { reference };
            let follow: BTreeMap<&String, &BTreeMap<String, String>> =
                groups.iter().enumerate().map(|(g, name)| (*name, &side(g + 1).follow[*name])).collect();
            let fits = |arm: &ArmEntry| {
                arm.placebo_of.is_none()
                    && arm.show == side(0).show
                    && arm.strength == target.strength
                    && arm.follow.iter().all(|(name, levels)| follow.get(name) == Some(&levels))
            };
            manifest.arms.iter().position(fits)
        })
        .collect()
}

/// φ = Σ over subsets S without the player of |S|! (k − |S| − 1)! / k! · (v(S and the player) − v(S)).
fn pairs(arms: &[usize], player: usize) -> Vec<Pair> {
    let players = arms.len().trailing_zeros() as usize;
    let without = (0..arms.len()).filter(|mask| mask >> player & 1 == 0);
    without
        .map(|mask| {
            let size = mask.count_ones() as usize;
            // 1 / (k · binomial(k − 1, |S|)).
            let choose = (0..size).fold(1.0, |c, i| c * (players - 1 - i) as f64 / (i + 1) as f64);
            Pair {
                target: arms[mask | 1 << player],
                reference: arms[mask],
                weight: 1.0 / (players as f64 * choose),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn the_shares_are_those_of_the_instrument() {
        let outputs: Vec<f64> = (0..8).map(|m| f64::from(m * m % 7) * 0.3 + f64::from(m)).collect();
        let arms: Vec<usize> = (0..8).collect();
        let other = crate::stats::shapley(&outputs).unwrap();
        for (player, share) in other.iter().enumerate() {
            let sum: f64 = pairs(&arms, player)
                .iter()
                .map(|p| p.weight * (outputs[p.target] - outputs[p.reference]))
                .sum();
            assert!((sum - share).abs() < 1e-12);
        }
    }
}
