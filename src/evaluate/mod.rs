//! Suite + predictions → evaluation: what a model does to twins, through which path, and how sure that is.
//!
//! A unit's effect is a weighted sum of its answers in the arms of a contrast; everything else is said over units. Decisions
//! are judged by paired counts ([`crate::stats::PairedTable`]), numbers by paired differences.

mod answers;
mod comparison;
mod comparisons;
mod covariates;
mod criteria;
mod curve;
mod cut;
mod decisions;
mod discovery;
mod effects;
pub mod evaluation;
mod example;
mod excess;
mod facts;
mod factual;
mod judge;
mod measure;
mod options;
mod patterns;
mod population;
mod predicted;
mod refusals;
mod registered;
mod shapley;
mod suite;
mod verdicts;

pub use answers::Answers;
pub use evaluation::Evaluation;
pub use options::Options;
pub use verdicts::{Judgement, Verdicts};
