//! Suite + predictions → evaluation: what a model does to twins, through which path, and how sure that is.

pub mod evaluation;

pub use evaluation::Evaluation;
