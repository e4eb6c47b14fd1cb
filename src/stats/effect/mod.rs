//! Effects of one unit, from its outputs in the arms.

mod paths;
mod pattern;
mod shapley;

pub use paths::PathOutputs;
pub use pattern::ResponsePattern;
pub use shapley::shapley;
