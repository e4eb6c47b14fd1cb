//! Texts rendered from one record.

mod fragments;
mod problem;
mod scan;
mod template;

pub use problem::TemplateProblem;
pub use template::{Piece, Template, check_length};
