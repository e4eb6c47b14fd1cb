//! Parameters, compiled: a number a unit from the columns of the parents.

use super::parents::Scope;
use super::words::MOST_ALIKE;
use crate::diag::{Diagnostic, code, nearest};
use crate::formula::{Effects, Formula, Link, Term};
use crate::scenario::{At, EffectsTable, EffectsTerm, FormulaText, Parameter};
use crate::value::{Column, Kind};

/// A number for each unit.
#[derive(Debug, Clone)]
pub struct Expression {
    how: How,
    /// Places in the parents of the variable, in the order that `how` wants them.
    inputs: Vec<usize>,
}

#[derive(Debug, Clone)]
enum How {
    Number(f64),
    Formula(Formula, Link),
    Effects(Effects),
}

impl Expression {
    /// The same number for everyone.
    pub fn number(value: f64) -> Self {
        Self { how: How::Number(value), inputs: Vec::new() }
    }

    /// The number, if it is the same for everyone.
    pub fn constant(&self) -> Option<f64> {
        match &self.how {
            How::Number(n) => Some(*n),
            How::Formula(formula, link) => formula.constant().map(|n| link.inverse(n)),
            How::Effects(effects) if effects.terms.is_empty() => Some(effects.link.inverse(effects.base)),
            How::Effects(_) => None,
        }
    }

    /// The numbers of `rows` units; `parents` are the columns of all parents of the variable.
    pub fn eval(&self, parents: &[&Column], rows: usize, out: &mut Vec<f64>) {
        let inputs: Vec<&Column> = self.inputs.iter().map(|i| parents[*i]).collect();
        match &self.how {
            How::Number(n) => {
                out.clear();
                out.resize(rows, *n);
            }
            How::Formula(formula, link) => {
                formula.eval_numbers(&inputs, rows, out);
                if !matches!(link, Link::Identity) {
                    out.iter_mut().for_each(|x| *x = link.inverse(*x));
                }
            }
            How::Effects(effects) => effects.eval(&inputs, rows, out),
        }
    }

    /// Places in the parents that it reads.
    pub fn inputs(&self) -> &[usize] {
        &self.inputs
    }
}

/// Compiles a parameter; what is wrong is reported to the scope.
pub(super) fn expression(parameter: &Parameter, scope: &mut Scope) -> Option<Expression> {
    match parameter {
        Parameter::Number(n) => Some(Expression::number(n.value)),
        Parameter::Formula(text, link) => {
            let (formula, inputs) = formula(text, scope)?;
            if !matches!(formula.kind(), Kind::Number | Kind::Boolean) {
                scope.report(
                    Diagnostic::error(
                        code::FORMULA_TYPE,
                        format!("a number is wanted here, but the formula is {}", formula.kind().phrase()),
                    )
                    .at(&text.place)
                    .hint("give each level its number with `if … then … else …`; days between two dates are a number"),
                );
                return None;
            }
            let how = How::Formula(formula, *link);
            Some(Expression { how, inputs })
        }
        Parameter::Effects(table) => effects(table, scope),
        Parameter::Unread(_) => None,
    }
}

/// Compiles a formula of any type, with the places of its inputs among the parents.
pub(super) fn formula(text: &FormulaText, scope: &mut Scope) -> Option<(Formula, Vec<usize>)> {
    // A name that could not be read is no mistake of this formula; a name that does not exist was reported with the parents.
    let names = text.parsed.variables();
    if names.iter().any(|(name, _)| scope.kind(name).is_none()) {
        for problem in text.parsed.problems_besides_names(&|name| scope.kind(name)) {
            scope.report(text.diagnostic(&problem));
        }
        return None;
    }
    let known = scope.names();
    let checked = text.parsed.check(&|name| scope.kind(name), &known);
    match checked {
        Ok(formula) => {
            let inputs = formula.variables().iter().map(|name| scope.parent(name)).collect();
            Some((formula, inputs))
        }
        Err(problems) => {
            for problem in &problems {
                scope.report(text.diagnostic(problem));
            }
            None
        }
    }
}

fn effects(table: &EffectsTable, scope: &mut Scope) -> Option<Expression> {
    let mut terms = Vec::with_capacity(table.terms.len());
    let mut inputs = Vec::with_capacity(table.terms.len());
    let mut whole = table.whole;
    for (parent, effect) in &table.terms {
        match term(parent, effect, scope) {
            Some(term) => {
                terms.push(term);
                inputs.push(scope.parent(&parent.value));
            }
            None => whole = false,
        }
    }
    let how = How::Effects(Effects { base: table.base, terms, link: table.link });
    whole.then_some(Expression { how, inputs })
}

fn term(parent: &At<String>, effect: &EffectsTerm, scope: &mut Scope) -> Option<Term> {
    let kind = scope.kind(&parent.value)?;
    match (effect, &kind) {
        (EffectsTerm::Coefficient(c), Kind::Number | Kind::Boolean) => Some(Term::Coefficient(c.value)),
        (EffectsTerm::Levels(levels), Kind::Category(known)) => {
            by_level(levels, parent, &known.names().iter().map(String::as_str).collect::<Vec<_>>(), scope)
        }
        (EffectsTerm::Levels(levels), Kind::Boolean) => by_level(levels, parent, &["false", "true"], scope),
        (EffectsTerm::Coefficient(c), _) => {
            scope.report(
                Diagnostic::error(
                    code::EFFECT_TYPE,
                    format!("`{}` is {}: one number cannot be its effect", parent.value, kind.phrase()),
                )
                .at(&c.place)
                .hint("give an effect for each level, for instance { level = 0.5 }"),
            );
            None
        }
        (EffectsTerm::Levels(_), _) => {
            scope.report(
                Diagnostic::error(
                    code::EFFECT_TYPE,
                    format!("`{}` is {}: it has no levels", parent.value, kind.phrase()),
                )
                .at(&parent.place)
                .hint("give one number: the effect of one unit more"),
            );
            None
        }
    }
}

fn by_level(
    levels: &[(At<String>, f64)],
    parent: &At<String>,
    known: &[&str],
    scope: &mut Scope,
) -> Option<Term> {
    let mut by_code = vec![0.0; known.len()];
    let mut unknown = 0;
    for (level, effect) in levels {
        match known.iter().position(|k| *k == level.value) {
            Some(code) => by_code[code] = *effect,
            None => {
                unknown += 1;
                if unknown <= MOST_ALIKE {
                    scope.report(unknown_level(level, &parent.value, known.iter().copied()));
                }
            }
        }
    }
    (unknown == 0).then_some(Term::Levels(by_code))
}

/// "`education` has no level `Phd`", with a near one.
pub(super) fn unknown_level<'a>(
    level: &At<String>,
    variable: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let message = format!("`{variable}` has no level `{}`", level.value);
    let mut diagnostic = Diagnostic::error(code::UNKNOWN_LEVEL, message).at(&level.place);
    diagnostic.hint = Some(match nearest(&level.value, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("its levels are {}", super::words::short_list(known)),
    });
    diagnostic
}
