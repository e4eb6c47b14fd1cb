//! Variables and groups, compiled.

use std::sync::Arc;

use super::{Expression, Made};
use crate::diag::Place;
use crate::scenario::{Localised, Role};
use crate::value::{Kind, Levels};

/// What a cell of the column holds, once rounded: the type in files.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A 64-bit float.
    Number,
    /// A 64-bit integer: counts, and numbers without decimals.
    Integer,
    /// True or false.
    Boolean,
    /// One of these.
    Category(Arc<Levels>),
    /// A string.
    Text,
    /// A day.
    Date,
}

impl Cell {
    /// The type that formulas see.
    pub fn kind(&self) -> Kind {
        match self {
            Cell::Number | Cell::Integer => Kind::Number,
            Cell::Boolean => Kind::Boolean,
            Cell::Category(levels) => Kind::Category(levels.clone()),
            Cell::Text => Kind::Text,
            Cell::Date => Kind::Date,
        }
    }

    /// The word in manifests and messages.
    pub fn word(&self) -> &'static str {
        match self {
            Cell::Number => "number",
            Cell::Integer => "integer",
            Cell::Boolean => "boolean",
            Cell::Category(_) => "category",
            Cell::Text => "text",
            Cell::Date => "date",
        }
    }
}

/// What a variable reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Parent {
    /// A protected variable, by its place in [`super::Model::protected`].
    Protected(usize),
    /// Another variable, by its place in [`super::Model::variables`].
    Variable(usize),
}

/// A variable, compiled.
#[derive(Debug, Clone)]
pub struct Variable {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// The role, written or forced.
    pub role: Role,
    /// The proxy group, by its place in [`super::Model::groups`]; proxies have one, others do not.
    pub group: Option<usize>,
    /// What it is.
    pub about: Localised,
    /// Ids of the sources of its figures.
    pub sources: Vec<String>,
    /// What a cell holds.
    pub cell: Cell,
    /// Decimals kept, where declared.
    pub decimals: Option<i32>,
    /// What it reads, in order of first use. Expressions refer to places in this list.
    pub parents: Vec<Parent>,
    /// How it is made.
    pub made: Made,
    /// The share of missing cells, where declared.
    pub missing: Option<Expression>,
    /// Whether placebo arms draw it again.
    pub placebo: bool,
    /// Whether a contradiction with the proxies it reads is accepted.
    pub incoherent: bool,
}

/// A group of proxies that move together.
#[derive(Debug, Clone)]
pub struct Group {
    /// The name.
    pub name: String,
    /// How strongly it follows its arm, 0 to 1.
    pub strength: f64,
    /// What it is.
    pub about: Localised,
}
