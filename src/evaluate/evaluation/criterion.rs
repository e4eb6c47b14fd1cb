//! Criteria and their verdicts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::effect::ContrastId;
use super::estimate::Bounds;
use super::slice::SliceTerm;
use crate::verdict::Verdict;

/// A criterion, as the policy has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CriterionFacts {
    /// Its name.
    pub name: String,
    /// The contrast that it asks for, or `population` for factual records.
    pub contrast: String,
    /// The statistic: `net-flip`, `flip-rate`, `mean`, `mean-size` or `impact-ratio`.
    pub statistic: String,
    /// The limit, as written.
    pub limit: f64,
    /// Whether the limit is a share of the output's range.
    pub of_range: bool,
    /// Whether a flip rate is judged beyond that of placebos, where these show that the model is noisy.
    pub excess: bool,
    /// The error probability of one bound.
    pub alpha: f64,
    /// Units below which it has no verdict but `no-data`.
    pub minimum_units: u64,
    /// The slices within which it must hold too, each a list of columns.
    pub slices: Vec<Vec<String>>,
}

/// A criterion and its verdict: to pass, every comparison must pass; to fail, one must fail at α adjusted by Holm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CriterionResult {
    /// The criterion.
    pub criterion: CriterionFacts,
    /// The verdict.
    pub verdict: Verdict,
    /// Every comparison judged: outputs, level pairs, strata, slices.
    pub judged: Vec<Judged>,
    /// The place in `judged` of the comparison that decides: the worst one.
    pub deciding: Option<usize>,
    /// The largest number of units that any undecided comparison needs; `None` where nothing is undecided or no number
    /// would decide (the estimate lies on the limit).
    pub units_needed: Option<u64>,
}

/// Why a comparison has its verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The interval lies wholly inside the limit.
    Inside,
    /// The interval lies wholly outside the limit.
    Outside,
    /// The interval lies outside, but not at α adjusted for the number of comparisons.
    OutsideUnadjusted,
    /// The interval straddles the limit.
    Straddles,
    /// Fewer units than the criterion asks for.
    TooFewUnits,
    /// No unit has usable answers in all arms that it needs.
    NoAnswers,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Judged {
    /// The output.
    pub output: String,
    /// The contrast.
    pub contrast: ContrastId,
    /// The slice; empty for all units.
    pub slice: Vec<SliceTerm>,
    /// Whether the figures are what there is beyond placebos.
    pub beyond_placebos: bool,
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// The estimate.
    pub estimate: Option<f64>,
    /// The bounds used, each one-sided at 1 − α.
    pub interval: Option<Bounds>,
    /// The limit from below, on the output's scale; `None` where it has none.
    pub low_limit: Option<f64>,
    /// The limit from above.
    pub high_limit: Option<f64>,
    /// Units.
    pub units: u64,
    /// One-sided p-value against "within the limit", from which a fail is adjusted.
    pub p_outside: Option<f64>,
    /// The same, adjusted by Holm over all comparisons of the criterion.
    pub p_outside_adjusted: Option<f64>,
    /// Units at which the same estimate would be decided; `None` where it is, or none would do.
    pub units_needed: Option<u64>,
}

/// Why a criterion was not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NotAskedBecause {
    /// The suite has no such contrast.
    NoContrast,
    /// The suite has no placebo arms.
    NoPlacebo,
    /// No output is of a kind that has the statistic.
    NoOutput,
    /// The suite has no record of a unit at its own level.
    NoFactualRecords,
}

/// A criterion that was not asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NotAsked {
    /// The criterion.
    pub criterion: CriterionFacts,
    /// Why.
    pub because: NotAskedBecause,
}
