//! Comparisons: which arms, with which weights, make a unit's effect.

use std::collections::BTreeMap;

use super::evaluation::{ArmPair, ContrastId};

/// Two arms by their places, and the weight of their difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    pub(super) target: usize,
    pub(super) reference: usize,
    pub(super) weight: f64,
}

/// A unit's effect is Σ weight · (answer in target − answer in reference).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    pub(super) id: ContrastId,
    pub(super) pairs: Vec<Pair>,
    /// The placebos of the arms that it compares, as pairs (placebo, base).
    pub(super) placebos: Vec<(usize, usize)>,
}

impl Comparison {
    /// The arms that it reads, each once.
    pub(super) fn arms(&self) -> Vec<usize> {
        let mut arms: Vec<usize> = self.pairs.iter().flat_map(|p| [p.target, p.reference]).collect();
        arms.sort_unstable();
        arms.dedup();
        arms
    }

    /// The effect of a unit whose answers are `value(arm)`; NaN where one is missing.
    pub(super) fn effect(&self, value: impl Fn(usize) -> f64) -> f64 {
        self.pairs.iter().map(|p| p.weight * (value(p.target) - value(p.reference))).sum()
    }

    /// Σ of the weights without their signs: the largest effect of a decision.
    pub(super) fn reach(&self) -> f64 {
        self.pairs.iter().map(|p| p.weight.abs()).sum()
    }

    /// Whether the weights make a mean, so that the pairs' rates have one too.
    pub(super) fn is_mean(&self) -> bool {
        self.pairs.iter().all(|p| p.weight > 0.0) && (self.reach() - 1.0).abs() < 1e-9
    }

    pub(super) fn named(&self, names: &[String]) -> Vec<ArmPair> {
        let pair = |p: &Pair| ArmPair {
            target: names[p.target].clone(),
            reference: names[p.reference].clone(),
            weight: p.weight,
        };
        self.pairs.iter().map(pair).collect()
    }
}

/// What is the same between levels of other crossed variables.
pub(super) fn without_stratum(id: &ContrastId) -> ContrastId {
    ContrastId { stratum: BTreeMap::new(), over_strata: false, ..id.clone() }
}
