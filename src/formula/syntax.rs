//! The shape of a formula: a tree without types.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::parse::parse;
use super::problem::Problem;

/// A formula that is well written; whether its variables exist and fit is not known yet.
#[derive(Debug, Clone)]
pub struct Parsed {
    pub(super) text: String,
    /// Children stand before their parents, the root is last; so passes are loops, however long a sum is.
    pub(super) nodes: Vec<Node>,
}

/// The place of a node in its tree.
pub(super) type Id = usize;

/// A part of a formula and the bytes it stands on.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) shape: Shape,
    pub(super) at: Range<usize>,
    /// The same with the parentheses around it.
    pub(super) around: Range<usize>,
}

#[derive(Debug, Clone)]
pub(super) enum Shape {
    Number(f64),
    Text(Arc<str>),
    Truth(bool),
    Variable(String),
    Negate(Id),
    Not(Id),
    Infix(Infix, Id, Id),
    If(Id, Id, Id),
    /// A value, the list it may be in, and whether it must not be.
    In(Id, Vec<Id>, bool),
    Call {
        name: String,
        name_at: Range<usize>,
        values: Vec<Id>,
    },
}

/// The operators between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Infix {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    And,
    Or,
    Compare(Comparison),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Infix {
    /// The operator as it is written.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Infix::Add => "+",
            Infix::Subtract => "-",
            Infix::Multiply => "*",
            Infix::Divide => "/",
            Infix::Remainder => "%",
            Infix::Power => "^",
            Infix::And => "and",
            Infix::Or => "or",
            Infix::Compare(comparison) => comparison.sign(),
        }
    }
}

impl Comparison {
    /// The comparison as it is written.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Comparison::Equal => "==",
            Comparison::Unequal => "!=",
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::More => ">",
            Comparison::AtLeast => ">=",
        }
    }

    /// Whether it asks for an order, not just for sameness.
    pub(super) fn orders(self) -> bool {
        !matches!(self, Comparison::Equal | Comparison::Unequal)
    }

    /// The comparison that says the same with its sides exchanged.
    pub(super) fn mirrored(self) -> Self {
        match self {
            Comparison::Less => Comparison::More,
            Comparison::AtMost => Comparison::AtLeast,
            Comparison::More => Comparison::Less,
            Comparison::AtLeast => Comparison::AtMost,
            same => same,
        }
    }
}

impl Parsed {
    /// Reads a formula of at most 10,000 bytes that is nested at most 64 levels deep.
    ///
    /// # Errors
    ///
    /// The mistakes of writing that are no consequence of another, in order of place, the first 20.
    pub fn parse(text: &str) -> Result<Parsed, Vec<Problem>> {
        parse(text)
    }

    /// The variables that are read, each once with the place of its first use, in that order.
    pub fn variables(&self) -> Vec<(String, Range<usize>)> {
        let mut seen = BTreeSet::new();
        let mut variables = Vec::new();
        for node in &self.nodes {
            if let Shape::Variable(name) = &node.shape
                && seen.insert(name.as_str())
            {
                variables.push((name.clone(), node.at.clone()));
            }
        }
        variables
    }

    /// The text of a part of the formula.
    pub(super) fn text_of(&self, id: Id) -> &str {
        &self.text[self.nodes[id].at.clone()]
    }
}
