//! What people read: an evaluation as a page, as JSON, as JUnit, as Markdown, as a few lines for a terminal.
//!
//! Nothing is computed here but places on paper: every figure is the evaluation's own.

mod html;
mod json;
mod junit;
mod markdown;
mod measure;
mod naming;
mod numerals;
mod phrase;
mod picture;
mod reason;
mod terminal;
mod visible;
mod voice;
mod whole;
mod words;

#[cfg(test)]
mod tests;

pub use crate::diag::Language;
pub use json::evaluation_schema;
pub use whole::{Report, ReportFormat};
