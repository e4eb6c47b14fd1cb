//! Texts rendered from one record.

mod fragments;
mod template;

pub use template::{Piece, Template, TemplateProblem, check_length};
