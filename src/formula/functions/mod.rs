//! The functions of the language: one table, and a file for each group of them.

mod chances;
mod extremes;
mod powers;
mod rounding;
mod table;

pub(super) use chances::logistic;
pub(super) use powers::{power, square};
pub(super) use table::Meaning;
pub use table::{Arity, FUNCTIONS, Function};
