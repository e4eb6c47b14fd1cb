//! Effects over units.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::estimate::{Bounds, EValue, Estimate, Test};

/// Which comparison.
#[derive(Debug, Clone, PartialEq, PartialOrd, Default, Serialize, Deserialize, JsonSchema)]
pub struct ContrastId {
    /// `total`, `direct`, `proxy`, `proxy:<group>`, `interaction`, `placebo`, or `population` for factual records.
    pub kind: String,
    /// The proxy group of `proxy:<group>`.
    pub group: Option<String>,
    /// The protected variable; none for a placebo.
    pub variable: Option<String>,
    /// The level compared.
    pub target: Option<String>,
    /// The level it is compared with.
    pub reference: Option<String>,
    /// The levels of other crossed variables at which it is made; empty also for the mean over them.
    pub stratum: BTreeMap<String, String>,
    /// Whether it is the weighted mean over the levels of other crossed variables.
    pub over_strata: bool,
    /// Strengths of groups, where a suite sweeps them.
    pub strengths: BTreeMap<String, f64>,
    /// The base arm of a placebo.
    pub placebo_of: Option<String>,
}

/// Two arms compared, and the weight of their difference in the effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArmPair {
    /// The arm of the target.
    pub target: String,
    /// The arm of the reference.
    pub reference: String,
    /// The weight.
    pub weight: f64,
}

/// The effect that a contrast shows, over units: target − reference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Effect {
    /// Which comparison.
    pub contrast: ContrastId,
    /// The arms compared; a unit's effect is the weighted sum of their differences.
    pub pairs: Vec<ArmPair>,
    /// Units that have usable answers in all these arms.
    pub units: u64,
    /// The mean over units (for decisions: the net flip); `None` without a unit, and for categories.
    pub estimate: Option<f64>,
    /// The standard deviation of the units' effects.
    pub sd: Option<f64>,
    /// The interval of the mean.
    pub interval: Option<Bounds>,
    /// The interval of the mean by the bootstrap, for numbers.
    pub bootstrap: Option<Bounds>,
    /// Tests against "no effect", the principal one first.
    pub tests: Vec<Test>,
    /// Units whose effect is above 0.
    pub up: u64,
    /// Units whose effect is below 0.
    pub down: u64,
    /// Units whose effect is 0 (for categories: whose answer is the same).
    pub unmoved: u64,
    /// The middle of all pairwise means, for numbers.
    pub hodges_lehmann: Option<Estimate>,
    /// How often the decision or category differs, for contrasts (not for the interaction).
    pub flips: Option<Flips>,
    /// The ratio of both rates over the same units, for decisions.
    pub ratio: Option<TwinRatio>,
    /// The estimate if missing answers were the worst in either direction.
    pub worst_case: Option<WorstCase>,
    /// Evidence that may be looked at at any time.
    pub e_value: Option<EValue>,
}

/// How often twins get different answers; with several pairs, the weighted mean over them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Flips {
    /// Either direction.
    pub rate: Estimate,
    /// Towards the favourable answer for the target; `None` for categories.
    pub to_target: Option<Estimate>,
    /// Towards the favourable answer for the reference.
    pub to_reference: Option<Estimate>,
    /// Flips counted over all pairs, towards the target.
    pub count_to_target: u64,
    /// Flips counted over all pairs, towards the reference.
    pub count_to_reference: u64,
    /// Odds of a flip towards the target against one towards the reference, for one pair; its estimate is `None` where
    /// infinite.
    pub odds: Option<Estimate>,
    /// For categories: units from each category (reference, rows) to each (target, columns).
    pub transitions: Vec<Vec<u64>>,
}

/// The target's rate over the reference's, over the same units: a row of its own, not the impact ratio of different people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TwinRatio {
    /// The rate in the target arm (mean over the pairs).
    pub target_rate: f64,
    /// The rate in the reference arm.
    pub reference_rate: f64,
    /// The ratio.
    pub ratio: Estimate,
}

/// Bounds of the estimate over whatever missing answers would have been.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorstCase {
    /// Units without an answer in some arm that the contrast reads.
    pub missing_units: u64,
    /// The estimate with all of them against the target.
    pub lowest: f64,
    /// The estimate with all of them for the target.
    pub highest: f64,
}

/// What an excess is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExcessStatistic {
    /// The share of units that differ.
    FlipRate,
    /// The mean size of the difference.
    MeanSize,
}

/// What a contrast moves beyond what its placebos move: per unit, then over units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Excess {
    /// The contrast.
    pub contrast: ContrastId,
    /// Of what.
    pub statistic: ExcessStatistic,
    /// Units that have answers in all arms read.
    pub units: u64,
    /// The contrast's own figure.
    pub raw: Option<f64>,
    /// The placebos' figure, mean over both bases.
    pub placebo: Option<f64>,
    /// The difference.
    pub estimate: Option<f64>,
    /// Its interval.
    pub interval: Option<Bounds>,
}

/// How decisions respond to the shown level and to the proxies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Patterns {
    /// The total contrast that they explain.
    pub contrast: ContrastId,
    /// Units with all four answers.
    pub units: u64,
    /// The patterns, all of them in a fixed order.
    pub counts: Vec<PatternCount>,
}

/// One pattern.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PatternCount {
    /// `unmoved`, `direct-only`, `proxy-only`, `either`, `both-needed` or `cancelling`.
    pub pattern: String,
    /// Units.
    pub units: u64,
}

/// Shares of the total effect that sum to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Shapley {
    /// The total contrast that is shared out.
    pub contrast: ContrastId,
    /// Units with all answers.
    pub units: u64,
    /// The shown level first, then the groups.
    pub shares: Vec<ShapleyShare>,
}

/// One share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShapleyShare {
    /// The group; none for the shown level.
    pub group: Option<String>,
    /// The share, on the scale of the output.
    pub estimate: f64,
    /// Its interval.
    pub interval: Bounds,
}
