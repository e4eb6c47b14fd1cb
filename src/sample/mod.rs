//! From a plan and a seed to columns: every instance computed once for a run of units, by addressed noise.

mod arrays;
mod batch;
mod categories;
mod cells;
mod draws;
mod failure;
mod names;
mod ranks;
mod texts;
mod variable;

pub use arrays::{ArrayForm, data_type};
pub use batch::{Batch, Sampler};
pub use cells::Cells;
