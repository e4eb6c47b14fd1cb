//! Whether a suite is what it says it is.

mod files;
mod report;
mod suite;

pub use report::{Check, Outcome, Verification};
