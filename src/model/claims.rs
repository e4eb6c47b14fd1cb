//! Claims about the population, compiled; `verify` checks them on factual records.

use super::expression::{formula, unknown_level};
use super::parents::{Names, Scope, of_formula, resolve};
use super::variable::Parent;
use super::words::MOST_ALIKE;
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
    let mut reads = Vec::new();
    shape.of.iter().for_each(|of| of_formula(of.formula(), &mut reads));
    shape.condition.iter().for_each(|c| of_formula(c, &mut reads));
    reads.extend(shape.by.iter().cloned());
    let known = resolve(reads.clone(), names, reports).len() == reads.len();
    // Each part is looked at, so that one mistake does not hide another.
    let mut scope = Scope { names, parents: Vec::new(), reports };
    let of = shape.of.as_ref().and_then(|of| claimed(of, &mut scope));
    let condition = shape.condition.as_ref().map(|text| {
        let (made, inputs) = formula(text, &mut scope)?;
        let fits = wants(made.kind() == &Kind::Boolean, text, "true or false", &made, &mut scope);
        fits.then_some((made, inputs))
    });
    let expected = expected(shape, &mut scope);
    let condition = match condition {
        Some(None) => return None,
        other => other.flatten(),
    };
    let (by, expect) = expected.filter(|_| known)?;
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

fn claimed(of: &scenario::ClaimOf, scope: &mut Scope) -> Option<ClaimOf> {
    let text = of.formula();
    let (made, inputs) = formula(text, scope)?;
    let share = matches!(of, scenario::ClaimOf::Share(_));
    let (fits, wanted) = match share {
        true => (made.kind() == &Kind::Boolean, "true or false"),
        false => (is_number(&made), "a number"),
    };
    let fits = wants(fits, text, wanted, &made, scope);
    fits.then_some(match of {
        scenario::ClaimOf::Share(_) => ClaimOf::Share(made, inputs),
        scenario::ClaimOf::Mean(_) => ClaimOf::Mean(made, inputs),
        scenario::ClaimOf::Median(_) => ClaimOf::Median(made, inputs),
    })
}

fn is_number(formula: &Formula) -> bool {
    matches!(formula.kind(), Kind::Number | Kind::Boolean)
}

fn wants(good: bool, text: &FormulaText, wanted: &str, made: &Formula, scope: &mut Scope) -> bool {
    if !good {
        let message = format!("a claim wants {wanted} here, but the formula is {}", made.kind().phrase());
        let hint = match wanted {
            "a number" => "a share of a condition is claimed by `share`, the mean of a number by `mean`",
            _ => "compare it, for instance `> 0`; the mean of a number is claimed by `mean`",
        };
        scope.report(Diagnostic::error(code::FORMULA_TYPE, message).at(&text.place).hint(hint));
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
            let hint = "name a category or a truth value, or claim it of a range by `where`";
            scope.report(Diagnostic::error(code::BAD_CLAIM, message).at(&by.place).hint(hint));
            return None;
        }
    };
    let mut expect = Vec::new();
    let mut whole = true;
    for (level, value) in shape.expect.iter().take(levels.len() + MOST_ALIKE) {
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

impl scenario::ClaimOf {
    /// The formula that is claimed about.
    fn formula(&self) -> &FormulaText {
        let (Self::Share(text) | Self::Mean(text) | Self::Median(text)) = self;
        text
    }
}
