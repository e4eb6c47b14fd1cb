//! What was wrong, and where: diagnostics with a stable code, a place in a source text and a hint.

mod codes;
mod diagnostic;
mod french;
mod language;
mod place;
mod render;
mod suggest;

pub use codes::{CODES, Code};
pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use language::Language;
pub use place::{Place, Source, SourceId, Sources};
pub use suggest::{did_you_mean, nearest};

/// The codes by name, for those who report.
pub mod code {
    pub use super::codes::by_name::*;
}
