//! The effect across the range of merit, and at several thresholds (Heckman–Siegelman).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::effect::ContrastId;
use super::estimate::{Bounds, Estimate};

/// What units are ordered by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "column")]
pub enum MeritOf {
    /// A column of the truth.
    Truth(String),
    /// A score of the model, in the reference arms.
    Score(String),
}

/// The effect in tenths of the units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Curve {
    /// The contrast.
    pub contrast: ContrastId,
    /// What units are ordered by.
    pub merit: MeritOf,
    /// From the least merit to the most.
    pub points: Vec<CurvePoint>,
}

/// One tenth, or one value where the merit has few.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CurvePoint {
    /// The least merit in it.
    pub from: f64,
    /// The most merit in it.
    pub to: f64,
    /// Its units.
    pub units: u64,
    /// The effect.
    pub estimate: Option<f64>,
    /// Its interval.
    pub interval: Option<Bounds>,
}

/// Decisions that a score would give at several thresholds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThresholdCurve {
    /// The contrast.
    pub contrast: ContrastId,
    /// From the lowest threshold to the highest.
    pub points: Vec<ThresholdPoint>,
}

/// One threshold: favourable is a score of at least it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThresholdPoint {
    /// The threshold.
    pub threshold: f64,
    /// The share of reference records at least there.
    pub reference_rate: f64,
    /// The net flip.
    pub net_flip: Estimate,
    /// The flip rate.
    pub flip_rate: Estimate,
}
