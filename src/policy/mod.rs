//! Policies: which effects are asked for, and within which limits they must be shown to lie.

mod criterion;
mod default;
mod keys;
mod needed;
mod read;
mod shape;

pub use criterion::{Criterion, Statistic, Wanted};
pub use needed::UnitsNeeded;
pub use shape::Policy;

/// The JSON Schema of `policy.toml`.
pub fn schema() -> serde_json::Value {
    crate::scenario::schema_of(keys::POLICY, "A jumelles policy")
}
