//! Texts rendered from one record.

mod template;

pub use template::{Template, TemplateProblem};
