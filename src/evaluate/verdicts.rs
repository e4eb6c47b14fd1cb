//! The verdicts of a policy, without the rest of an evaluation.

use super::answers::Answers;
use super::comparisons::Comparisons;
use super::covariates::covariates;
use super::criteria::{self, Case};
use super::cut::{Cut, Slice, slices};
use super::discovery::PARTS;
use super::effects::{Prepared, impossible};
use super::evaluation::{CriterionResult, NotAsked};
use super::factual::Factual;
use super::population::Asked;
use crate::error::Result;
use crate::policy::{Policy, Wanted};
use crate::stats::Alpha;
use crate::suite::Suite;
use crate::verdict::Verdict;

/// A policy on a suite, ready to judge any number of models: what it needs of the suite is read once.
pub struct Verdicts<'a> {
    pub(super) suite: &'a Suite,
    pub(super) policy: &'a Policy,
    pub(super) comparisons: Comparisons,
    /// Every list of columns that the policy cuts by, with its slices.
    pub(super) slices: Vec<(Vec<String>, Vec<Slice>)>,
    factual: Option<Factual>,
}

/// What a policy says of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The criteria that were asked.
    pub criteria: Vec<CriterionResult>,
    /// Those that were not.
    pub not_asked: Vec<NotAsked>,
    /// The verdict over all.
    pub verdict: Verdict,
}

impl Judgement {
    /// The places of the criteria that have the overall verdict.
    pub fn decided_by(&self) -> Vec<usize> {
        (0..self.criteria.len()).filter(|at| self.criteria[*at].verdict == self.verdict).collect()
    }
}

impl<'a> Verdicts<'a> {
    /// Reads from the suite what the policy needs.
    ///
    /// # Errors
    /// Slices by columns that the suite does not have, files that cannot be read.
    pub fn of(suite: &'a Suite, policy: &'a Policy) -> Result<Self> {
        let population = policy.criteria.iter().any(|c| c.wanted == Wanted::Population);
        let factual = if population { Factual::of(suite, &suite.model()?)? } else { None };
        let comparisons = Comparisons::of(&suite.manifest)?;
        Ok(Self { suite, policy, comparisons, slices: policy_slices(suite, policy)?, factual })
    }

    /// Judges a model by its answers, one entry an output.
    ///
    /// # Errors
    /// Answers of another number of arms or units, or outside what their kind can be.
    pub fn judge(&self, answers: &[Answers]) -> Result<Judgement> {
        answers.iter().try_for_each(|output| output.check(self.suite))?;
        let outputs: Vec<Prepared> = answers.iter().map(Prepared::of).collect();
        let asked = match &self.factual {
            None => None,
            Some(factual) => Some(Asked {
                factual,
                comparisons: &self.comparisons,
                effects: &[],
                resolving: &[],
                alpha: Alpha::one_sided(self.policy.alpha).map_err(impossible)?,
            }),
        };
        let case = Case {
            outputs: &outputs,
            comparisons: &self.comparisons,
            population: asked.as_ref(),
            slices: &self.slices,
        };
        let (mut criteria, mut not_asked) = (Vec::new(), Vec::new());
        for criterion in &self.policy.criteria {
            match criteria::criterion(&case, criterion)? {
                Ok(result) => criteria.push(result),
                Err(not) => not_asked.push(not),
            }
        }
        let verdict = Verdict::overall(criteria.iter().map(|r| r.verdict));
        Ok(Judgement { criteria, not_asked, verdict })
    }
}

/// Every list of columns of the policy and its criteria, each once.
fn policy_slices(suite: &Suite, policy: &Policy) -> Result<Vec<(Vec<String>, Vec<Slice>)>> {
    let mut lists: Vec<&Vec<String>> = Vec::new();
    for columns in policy.slices.iter().chain(policy.criteria.iter().flat_map(|c| &c.slices)) {
        if !lists.contains(&columns) {
            lists.push(columns);
        }
    }
    let cut = |columns: &Vec<String>| -> Result<(Vec<String>, Vec<Slice>)> {
        let read = covariates(suite, columns)?;
        let cuts: Vec<Cut> = read.iter().map(|c| Cut::of(c, PARTS, |_| true)).collect();
        Ok((columns.clone(), slices(&cuts.iter().collect::<Vec<_>>())))
    };
    lists.into_iter().map(cut).collect()
}
