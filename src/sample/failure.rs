//! What went wrong for one unit, told at the variable's place in the scenario.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Diagnostics, code};
use crate::dist::BadParameter;
use crate::error::Error;
use crate::model::Model;
use crate::scenario::Generator;

/// What went wrong, and for which row of the batch.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) row: usize,
    pub(super) code: &'static Code,
    pub(super) message: String,
    /// The bytes of the variable's template that it is about, where it has one.
    pub(super) part: Option<Range<usize>>,
}

impl Failure {
    pub(super) fn parameter(row: usize, bad: BadParameter) -> Self {
        Self { row, code: code::BAD_PARAMETER, message: bad.to_string(), part: None }
    }

    pub(super) fn not_finite(row: usize, value: f64) -> Self {
        let message = format!("the value is {value}, not a finite number");
        Self { row, code: code::NOT_FINITE, message, part: None }
    }

    /// The error that a user reads: the variable, the unit, and where the variable stands.
    pub(super) fn at(self, model: &Model, variable: usize, first_unit: u64) -> Error {
        let variable = &model.variables[variable];
        let unit = first_unit + self.row as u64;
        let message = format!("`{}`, unit {unit}: {}", variable.name, self.message);
        let written = model.scenario.variables.iter().find(|v| v.name.value == variable.name);
        let place = match (written.map(|v| &v.generator.value), &self.part) {
            (Some(Generator::Text(template)), Some(part)) => template.within(part),
            _ => variable.place.clone(),
        };
        let diagnostic = Diagnostic::error(self.code, message).at(&place).hint(self.hint());
        Error::Scenario(Diagnostics::new(model.scenario.texts().clone(), vec![diagnostic]))
    }

    /// What to do; by the kind of the mistake.
    fn hint(&self) -> &'static str {
        if self.code == code::NOT_FINITE {
            "guard the formula, for instance by `if x > 0 then log(x) else 0`, max(…) or clamp(…)"
        } else if self.code == code::BAD_TEMPLATE {
            "variables are numbers, texts or truth values without parts; compute in a variable with `formula`"
        } else if self.code == code::EMPTY_RANGE {
            "keep `to` at or after `from` for every unit, for instance by max(…) of the two"
        } else {
            "look at what this unit's parents make of the formula or effects table; { log = … } keeps a number above 0, { logit = … } between 0 and 1"
        }
    }
}
