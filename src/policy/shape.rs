//! A policy, read.

use super::criterion::Criterion;
use crate::scenario::Localised;

/// What is asked of a model. [`Policy::default`] is the one that comes with the program; [`Policy::from_path`] reads another.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// The name.
    pub name: String,
    /// The title.
    pub title: Localised,
    /// What it is for.
    pub about: Localised,
    /// The probability that one bound is wrong, unless a criterion says otherwise.
    pub alpha: f64,
    /// Outputs of the model, as `--output` takes them.
    pub outputs: Vec<String>,
    /// Slices that are shown beside the whole, each a list of columns.
    pub slices: Vec<Vec<String>>,
    /// The criteria, in written order.
    pub criteria: Vec<Criterion>,
    /// Its text.
    pub text: String,
    /// BLAKE3 of the text, in hex.
    pub hash: String,
    /// Whether it is the one that comes with the program.
    pub is_default: bool,
}
