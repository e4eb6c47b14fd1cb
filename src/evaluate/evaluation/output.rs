//! One output of the model.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::curve::{Curve, ThresholdCurve};
use super::effect::{Effect, Excess, Patterns, Shapley};
use super::estimate::ArmSummary;
use super::example::Example;
use super::irregularity::{ArmIrregularity, Refusals};
use super::population::Population;
use super::slice::{Discovery, Registered};

/// What an output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutputKind {
    /// One of two values; 1 is the favourable one.
    Decision,
    /// A number in a known range, such as a probability.
    Score,
    /// Any number.
    Number,
    /// A place in a list; the first is the best.
    Rank,
    /// One of several values without an order.
    Category,
}

/// What an output can be at most and at least.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Range {
    /// At least.
    pub low: f64,
    /// At most.
    pub high: f64,
    /// Whether it was declared, or else is the range of the answers seen.
    pub declared: bool,
}

/// All that is said of one output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutputEvaluation {
    /// The name of its column.
    pub name: String,
    /// What it is.
    pub kind: OutputKind,
    /// Whether the kind was guessed from the values, not declared.
    pub guessed: bool,
    /// The favourable value of a decision, as written in the file.
    pub favourable: Option<String>,
    /// Whether larger numbers are better for the person; `None` where nobody said.
    pub higher_is_better: Option<bool>,
    /// The range of numbers.
    pub range: Option<Range>,
    /// The categories, in the order of their codes.
    pub categories: Vec<String>,
    /// What is missing or unusable, by arm.
    pub irregularities: Vec<ArmIrregularity>,
    /// Whether it is missing more often on one side of a contrast.
    pub refusals: Vec<Refusals>,
    /// Units of the suite.
    pub units: u64,
    /// Units with a usable answer in every arm, over which arms are summarised.
    pub complete_units: u64,
    /// Arms.
    pub arms: Vec<ArmSummary>,
    /// Effects of protected variables: total, direct, proxy, proxy by group, interaction.
    pub effects: Vec<Effect>,
    /// Effects of nothing: where they have a direction, suite or probe are at fault.
    pub placebos: Vec<Effect>,
    /// Places in `placebos` of those that have, at the policy's α adjusted by Holm for their number.
    pub faulty_placebos: Vec<usize>,
    /// What there is beyond the placebos.
    pub excesses: Vec<Excess>,
    /// Response patterns of decisions.
    pub patterns: Vec<Patterns>,
    /// Shares of the total effect, for factorial suites.
    pub shapley: Vec<Shapley>,
    /// Gaps between the groups on factual records.
    pub population: Vec<Population>,
    /// The policy's slices.
    pub registered: Vec<Registered>,
    /// Slices that were searched for.
    pub discovery: Vec<Discovery>,
    /// The effect across the range of merit.
    pub curves: Vec<Curve>,
    /// The effect on decisions made from a score, at several thresholds.
    pub thresholds: Vec<ThresholdCurve>,
    /// Units that show the effect.
    pub examples: Vec<Example>,
}
