//! What is missing or unusable, arm by arm.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the answers of one arm fare.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArmIrregularity {
    /// The arm.
    pub arm: String,
    /// Records that should have an answer.
    pub records: u64,
    /// Those that have a usable one.
    pub usable: u64,
    /// How many of each irregularity: its word, such as `missing`, `refused` or `out-of-range`, and the count.
    pub kinds: Vec<(String, u64)>,
}

/// Whether one level's records go unanswered more often than their twins: a result in itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Refusals {
    /// The target arm.
    pub target: String,
    /// The reference arm.
    pub reference: String,
    /// Units whose record is unusable in the target arm only.
    pub only_target: u64,
    /// Units whose record is unusable in the reference arm only.
    pub only_reference: u64,
    /// Units whose records are unusable in both.
    pub both: u64,
    /// McNemar's mid-p, two-sided, Holm-adjusted over the pairs looked at.
    pub p_adjusted: f64,
    /// Whether the difference is larger than chance at the policy's α.
    pub is_differential: bool,
}
