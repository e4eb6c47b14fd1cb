//! A parameter: a number, a formula or a table of effects.

use super::super::reader::At;
use super::super::written::FormulaText;
use crate::formula::Link;

/// A parameter of a distribution or a modifier.
#[derive(Debug, Clone)]
pub enum Parameter {
    /// A number.
    Number(At<f64>),
    /// A formula, under a link.
    Formula(FormulaText, Link),
    /// An effects table.
    Effects(EffectsTable),
    /// One that could not be read, which has been reported.
    Unread(crate::diag::Place),
}

impl Parameter {
    /// Where it stands.
    pub fn place(&self) -> &crate::diag::Place {
        match self {
            Parameter::Number(n) => &n.place,
            Parameter::Formula(f, _) => &f.place,
            Parameter::Effects(e) => &e.place,
            Parameter::Unread(place) => place,
        }
    }
}

/// `{ base = …, numeric_parent = coefficient, categorical_parent = { level = effect } }`, perhaps under a link.
#[derive(Debug, Clone)]
pub struct EffectsTable {
    /// The value where every term is zero; not a number where it could not be read.
    pub base: f64,
    /// The terms, in written order.
    pub terms: Vec<(At<String>, EffectsTerm)>,
    /// The link whose inverse is applied to the sum.
    pub link: Link,
    /// Whether all of it could be read.
    pub whole: bool,
    /// Where it stands.
    pub place: crate::diag::Place,
}

/// What one parent adds.
#[derive(Debug, Clone)]
pub enum EffectsTerm {
    /// So much a unit of a number.
    Coefficient(At<f64>),
    /// So much for each level of a category; unlisted levels add 0.
    Levels(Vec<(At<String>, f64)>),
}

/// A constant of any type.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A string.
    Text(String),
    /// A day, in days since 1970-01-01.
    Date(i32),
}
