//! What goes together, and what is claimed of the population.

use super::super::reader::At;
use super::super::written::FormulaText;
use super::header::Localised;

/// `[[correlations]]`.
#[derive(Debug, Clone)]
pub struct Correlation {
    /// The variables.
    pub between: Vec<At<String>>,
    /// The correlation of their normal scores; not a number where it could not be read.
    pub rho: At<f64>,
    /// Where it stands.
    pub place: crate::diag::Place,
}

/// What a claim is about.
#[derive(Debug, Clone)]
pub enum ClaimOf {
    /// The share of units for which a formula is true.
    Share(FormulaText),
    /// The mean of a formula.
    Mean(FormulaText),
    /// The median of a formula.
    Median(FormulaText),
}

/// `[[claims]]`.
#[derive(Debug, Clone)]
pub struct Claim {
    /// In words.
    pub text: Localised,
    /// What is claimed; none where it could not be read.
    pub of: Option<ClaimOf>,
    /// Only these units.
    pub condition: Option<FormulaText>,
    /// One value a level of this variable.
    pub by: Option<At<String>>,
    /// Levels (empty text where there is no `by`) and values.
    pub expect: Vec<(At<String>, f64)>,
    /// How far off it may be beyond sampling error.
    pub within: f64,
    /// Sources.
    pub sources: Vec<At<String>>,
    /// Where it stands.
    pub place: crate::diag::Place,
}
