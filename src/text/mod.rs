//! Texts rendered from one record.

mod problem;
mod scan;
mod template;

pub use problem::TemplateProblem;
pub use template::Template;
