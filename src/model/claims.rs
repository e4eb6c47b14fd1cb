//! Claims about the population, compiled; `verify` checks them on factual records.

use super::expression::{formula, unknown_level};
use super::parents::{Names, Scope, of_formula, resolve};
use super::variable::Parent;
use crate::diag::{Diagnostic, code};
use crate::formula::Formula;
use crate::scenario::{self, FormulaText, Localised};
use crate::value::Kind;

/// What is claimed of the units.
#[derive(Debug, Clone)]
pub enum ClaimOf {
    /// The share of units for which the formula is true.
    Share(Formula, Vec<usize>),
    /// The mean of the formula.
    Mean(Formula, Vec<usize>),
    /// The median of the formula.
    Median(Formula, Vec<usize>),
}

/// A claim. Formulas carry the places of their inputs in `reads`.
#[derive(Debug, Clone)]
pub struct Claim {
    /// In words.
    pub text: Localised,
    /// What is claimed.
    pub of: ClaimOf,
    /// Only these units.
    pub condition: Option<(Formula, Vec<usize>)>,
    /// The place in `reads` of the variable by whose levels it is claimed.
    pub by: Option<usize>,
    /// Level codes (0 where there is no `by`), level names and values.
    pub expect: Vec<(u32, String, f64)>,
    /// How far off it may be beyond sampling error.
    pub within: f64,
    /// What is read.
    pub reads: Vec<Parent>,
    /// Ids of the sources.
    pub sources: Vec<String>,
}

/// Compiles the claims; what is wrong is reported.
pub(super) fn claims(shapes: &[scenario::Claim], names: &Names, reports: &mut Vec<Diagnostic>) -> Vec<Claim> {
    shapes.iter().filter_map(|shape| claim(shape, names, reports)).collect()
}

fn claim(shape: &scenario::Claim, names: &Names, reports: &mut Vec<Diagnostic>) -> Option<Claim> {
    let (scenario::ClaimOf::Share(text) | scenario::ClaimOf::Mean(text) | scenario::ClaimOf::Median(text)) =
        &shape.of;
    let mut reads = Vec::new();
    of_formula(text, &mut reads);
    shape.condition.iter().for_each(|c| of_formula(c, &mut reads));
    reads.extend(shape.by.iter().cloned());
    if resolve(reads.clone(), names, reports).len() < reads.len() {
        return None;
    }
    let mut scope = Scope { names, parents: Vec::new(), reports };
    let (made, inputs) = formula(text, &mut scope)?;
    let of = match &shape.of {
        scenario::ClaimOf::Share(_) => {
            wants(made.kind() == &Kind::Boolean, text, "true or false", &made, &mut scope)
                .then_some(ClaimOf::Share(made, inputs))
        }
        scenario::ClaimOf::Mean(_) => wants(is_number(&made), text, "a number", &made, &mut scope)
            .then_some(ClaimOf::Mean(made, inputs)),
        scenario::ClaimOf::Median(_) => wants(is_number(&made), text, "a number", &made, &mut scope)
            .then_some(ClaimOf::Median(made, inputs)),
    };
    let condition = match &shape.condition {
        None => None,
        Some(text) => {
            let (made, inputs) = formula(text, &mut scope)?;
            if !wants(made.kind() == &Kind::Boolean, text, "true or false", &made, &mut scope) {
                return None;
            }
            Some((made, inputs))
        }
    };
    let (by, expect) = expected(shape, &mut scope)?;
    Some(Claim {
        text: shape.text.clone(),
        of: of?,
        condition,
        by,
        expect,
        within: shape.within,
        sources: shape.sources.iter().map(|s| s.value.clone()).collect(),
        reads: scope.parents,
    })
}

fn is_number(formula: &Formula) -> bool {
    matches!(formula.kind(), Kind::Number | Kind::Boolean)
}

fn wants(good: bool, text: &FormulaText, wanted: &str, made: &Formula, scope: &mut Scope) -> bool {
    if !good {
        let message = format!("a claim wants {wanted} here, but the formula is {}", made.kind().phrase());
        scope.report(Diagnostic::error(code::FORMULA_TYPE, message).at(&text.place));
    }
    good
}

type Expected = (Option<usize>, Vec<(u32, String, f64)>);

fn expected(shape: &scenario::Claim, scope: &mut Scope) -> Option<Expected> {
    let Some(by) = &shape.by else {
        return Some((None, shape.expect.iter().map(|(_, value)| (0, String::new(), *value)).collect()));
    };
    let levels: Vec<String> = match scope.kind(&by.value)? {
        Kind::Category(levels) => levels.names().to_vec(),
        Kind::Boolean => vec!["false".to_owned(), "true".to_owned()],
        other => {
            let message =
                format!("`{}` is {}: a claim goes by the levels of a category", by.value, other.phrase());
            scope.report(Diagnostic::error(code::BAD_CLAIM, message).at(&by.place));
            return None;
        }
    };
    let mut expect = Vec::new();
    let mut whole = true;
    for (level, value) in &shape.expect {
        match levels.iter().position(|l| *l == level.value) {
            Some(code) => expect.push((code as u32, level.value.clone(), *value)),
            None => {
                whole = false;
                scope.report(unknown_level(level, &by.value, levels.iter().map(String::as_str)));
            }
        }
    }
    whole.then(|| (Some(scope.parent(&by.value)), expect))
}
