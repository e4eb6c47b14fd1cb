//! The evaluation as JSON, for programs.

use crate::evaluate::Evaluation;

/// The JSON Schema of an evaluation as it is written.
pub fn evaluation_schema() -> serde_json::Value {
    schemars::schema_for!(Evaluation).to_value()
}

pub(super) fn json(evaluation: &Evaluation) -> String {
    let mut text = serde_json::to_string_pretty(evaluation).expect("an evaluation has texts as keys only");
    text.push('\n');
    text
}
