//! The evaluation itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::criterion::{CriterionResult, NotAsked};
use super::facts::{PolicyFacts, PredictionFacts, SuiteFacts};
use super::output::OutputEvaluation;
use crate::verdict::Verdict;

/// The version of the format of an [`Evaluation`].
pub const EVALUATION_FORMAT_VERSION: u32 = 1;

/// What a model does to the twins of a suite, and what a policy says about it.
///
/// Every statement is relative to the declared scenario; a pass shows no differential treatment *found by this suite*.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evaluation {
    /// Version of this format.
    pub format_version: u32,
    /// The program that made it.
    pub tool: String,
    /// The suite.
    pub suite: SuiteFacts,
    /// The predictions.
    pub predictions: PredictionFacts,
    /// The policy.
    pub policy: PolicyFacts,
    /// The outputs of the model, each by itself.
    pub outputs: Vec<OutputEvaluation>,
    /// The criteria of the policy that were asked, in the policy's order.
    pub criteria: Vec<CriterionResult>,
    /// The criteria that were not, and why.
    pub not_asked: Vec<NotAsked>,
    /// The verdict over all criteria: fail > no-data > inconclusive > pass.
    pub verdict: Verdict,
    /// The places in `criteria` of those that have the overall verdict.
    pub decided_by: Vec<usize>,
}
