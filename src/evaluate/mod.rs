//! Suite + predictions → evaluation: what a model does to twins, through which path, and how sure that is.

mod answers;
mod comparison;
mod comparisons;
mod decisions;
mod effects;
pub mod evaluation;
mod excess;
mod measure;
mod options;
mod patterns;
mod refusals;
mod shapley;

pub use answers::Answers;
pub use evaluation::Evaluation;
pub use options::Options;
