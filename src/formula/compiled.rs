//! A formula that is ready to compute.

use super::build::{At, Op};
use super::program::Program;
use crate::value::Kind;

/// A formula with types, compiled: columns of its variables in, a column out.
#[derive(Debug, Clone)]
pub struct Formula {
    kind: Kind,
    variables: Vec<String>,
    pub(super) program: Program,
}

impl Formula {
    pub(super) fn new(kind: Kind, variables: Vec<String>, ops: &[Op], root: At) -> Self {
        let program = Program::new(ops, root);
        Self { kind, variables, program }
    }

    /// The type of its values.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The variables it reads, in order of first use; inputs are positional in this order.
    pub fn variables(&self) -> &[String] {
        &self.variables
    }

    /// The number it always gives (1 and 0 for true and false), when it reads no variable and has such a type.
    pub fn constant(&self) -> Option<f64> {
        let numeric = matches!(self.kind, Kind::Number | Kind::Boolean);
        if numeric && self.variables.is_empty() { self.program.scalar() } else { None }
    }
}
