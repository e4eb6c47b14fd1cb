//! Effects within slices of the units.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::effect::ContrastId;
use super::estimate::Bounds;

/// One condition of a slice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SliceTerm {
    /// The column.
    pub column: String,
    /// The value, for categories, truth values and texts.
    pub value: Option<String>,
    /// At least this, for numbers.
    pub from: Option<f64>,
    /// At most this, for numbers.
    pub to: Option<f64>,
}

/// The effect within one slice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SliceEffect {
    /// The conditions, all of which hold.
    pub terms: Vec<SliceTerm>,
    /// Its units.
    pub units: u64,
    /// The effect; `None` without a unit.
    pub estimate: Option<f64>,
    /// Its interval.
    pub interval: Option<Bounds>,
    /// Two-sided, against "no effect" (registered) or "the effect is as elsewhere" (discovered).
    pub p: f64,
    /// Adjusted over the slices of the list.
    pub p_adjusted: f64,
}

/// A slice of the policy with all its values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Registered {
    /// The contrast.
    pub contrast: ContrastId,
    /// The columns that it is cut by.
    pub columns: Vec<String>,
    /// The slices; p-values are Holm-adjusted over them.
    pub slices: Vec<SliceEffect>,
    /// Whether slices contradict the whole: `none`, `some` or `all`.
    pub reversal: String,
}

/// A search for slices in which the effect differs from the rest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Discovery {
    /// The contrast.
    pub contrast: ContrastId,
    /// How many slices were looked at.
    pub looked_at: u64,
    /// How many of them were tried on the other half.
    pub tried: u64,
    /// Units searched in.
    pub search_units: u64,
    /// Units confirmed on.
    pub confirm_units: u64,
    /// What was tried, the strongest first.
    pub found: Vec<Found>,
}

/// A slice that was found on one half and tried on the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Found {
    /// The slice on the half that confirms; p-values are Benjamini–Hochberg-adjusted over those tried.
    pub slice: SliceEffect,
    /// The effect outside the slice, on the same half.
    pub outside: Option<f64>,
    /// The effect in the half that was searched.
    pub searched_estimate: f64,
    /// Whether it is confirmed at the policy's α.
    pub confirmed: bool,
}
