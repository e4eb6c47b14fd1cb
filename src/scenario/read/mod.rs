//! From a tree to a scenario's shape. Everything that can be said without knowing what other parts mean is said here.

mod claims;
mod design;
mod document;
mod generator;
mod header;
mod parameter;
mod shares;
mod tables;
mod variable;

pub(super) use document::document;
pub(crate) use header::localised;
