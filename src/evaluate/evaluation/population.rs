//! Factual records: every unit once, at its own level.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::estimate::{Estimate, Test};

/// One protected variable on factual records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Population {
    /// The protected variables: one, or all of them for their intersections.
    pub variables: Vec<String>,
    /// Each level (or combination of levels), in order.
    pub groups: Vec<GroupRate>,
    /// Every pair of levels that the suite contrasts, target − reference; none for intersections.
    pub gaps: Vec<Composition>,
    /// Selection rates (decisions) or scoring rates (numbers), as New York City's Local Law 144 has them.
    pub selection: Option<SelectionTable>,
}

/// One level's factual records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupRate {
    /// The levels, by protected variable.
    pub group: BTreeMap<String, String>,
    /// Its units with a usable answer.
    pub units: u64,
    /// The rate or mean; `None` without a unit.
    pub mean: Option<f64>,
    /// The standard deviation.
    pub sd: Option<f64>,
}

/// "40 points observed = 20 direct + 30 through proxies − 10 composition".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Composition {
    /// The level compared.
    pub target: String,
    /// The level it is compared with.
    pub reference: String,
    /// The observed gap with an unpaired interval.
    pub observed: Estimate,
    /// The test of the gap, for decisions.
    pub test: Option<Test>,
    /// The ratio of the rates, for decisions.
    pub ratio: Option<Estimate>,
    /// Whether the ratio is at least 4/5, in whole numbers.
    pub passes_four_fifths: Option<bool>,
    /// The total effect over twins (resolving held), where the suite has it.
    pub total: Option<f64>,
    /// Its direct part.
    pub direct: Option<f64>,
    /// Its part through proxies.
    pub proxy: Option<f64>,
    /// observed − total: what resolving variables and chance bring.
    pub composition: Option<f64>,
    /// Resolving variables with their own gaps.
    pub resolving: Vec<ResolvingGap>,
}

/// A resolving variable's own gap between factual records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResolvingGap {
    /// The variable.
    pub variable: String,
    /// The target's mean − the reference's, for numbers and truth values.
    pub mean_difference: Option<f64>,
    /// The shares of each value, (value, target, reference), for categories.
    pub shares: Vec<(String, f64, f64)>,
}

/// What the rates are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SelectionKind {
    /// Favourable decisions.
    Selection,
    /// Scores strictly above the median of all.
    Scoring,
}

/// The table of rates and impact ratios against the highest rate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SelectionTable {
    /// What the rates are of.
    pub kind: SelectionKind,
    /// The median, for scoring rates.
    pub median: Option<f64>,
    /// The groups.
    pub lines: Vec<ImpactLine>,
    /// Records without a usable answer.
    pub unknown: u64,
}

/// One group's line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImpactLine {
    /// The levels, by protected variable.
    pub group: BTreeMap<String, String>,
    /// Records.
    pub records: u64,
    /// Selected, or above the median.
    pub selected: u64,
    /// The rate.
    pub rate: f64,
    /// The rate over the highest rate.
    pub impact_ratio: f64,
    /// Whether the ratio is at least 4/5, in whole numbers.
    pub passes_four_fifths: bool,
    /// Less than 2 % of all: flagged, never dropped.
    pub is_small: bool,
}
