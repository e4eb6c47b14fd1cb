//! Paired counterfactual test data: twins from a scenario, suites that can be verified, and what a model does to them.

pub mod diag;
pub mod dist;
pub mod encode;
pub mod error;
pub mod evaluate;
pub mod formula;
pub mod model;
pub mod names;
pub mod noise;
pub mod policy;
pub mod predictions;
pub mod report;
pub mod sample;
pub mod scenario;
pub mod stats;
pub mod suite;
pub mod text;
pub mod value;
pub mod verdict;
pub mod verify;

pub use error::{Error, ErrorKind, Result};
