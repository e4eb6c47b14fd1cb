//! A pair of twins, to look at.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::effect::ContrastId;

/// Two records of one unit that get different answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Example {
    /// The contrast.
    pub contrast: ContrastId,
    /// The unit.
    pub unit: u64,
    /// The arm of the target's record.
    pub target_arm: String,
    /// The arm of the reference's record.
    pub reference_arm: String,
    /// Every column that the model saw, in order.
    pub columns: Vec<ExampleColumn>,
    /// The answer to the target's record: a decision as 0 or 1, a number, the code of a category.
    pub target_output: f64,
    /// The answer to the reference's record.
    pub reference_output: f64,
}

/// A column with both values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExampleColumn {
    /// The name.
    pub name: String,
    /// The role.
    pub role: String,
    /// The value in the target's record; `None` where missing.
    pub target: Option<String>,
    /// The value in the reference's record.
    pub reference: Option<String>,
    /// Whether they differ.
    pub differs: bool,
}
