//! The typed tree, folded while it grows.
//!
//! Operations stand in one list, operands before the operations that read them. Whatever has only constants to read is computed
//! at once, by the very loops that compute columns, so that folding never changes a bit.

use std::sync::Arc;

use super::lane::{Binary, Lane, Unary};
use crate::value::Levels;

/// The place of an operation in its list.
pub(super) type At = usize;

/// One operation; the first group gives numbers, the second texts, the third numbers of texts.
#[derive(Debug, Clone)]
pub(super) enum Op {
    Scalar(f64),
    /// A column of numbers, by the position of its variable.
    Input(usize),
    /// A column of truth values, categories or dates, turned into numbers.
    Load(usize),
    Unary(Unary, At),
    Binary(Binary, At, At),
    Select(At, At, At),
    /// The number at the place that the operand, a code, says.
    Table(Arc<[f64]>, At),
    /// Whether the operand is one of the numbers.
    Among(Arc<[f64]>, At),

    Literal(Arc<str>),
    LoadText(usize),
    NameOf(Arc<Levels>, At),
    SelectText(At, At, At),

    SameText(At, At),
    AmongTexts(Arc<[Arc<str>]>, At),
}

#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) ops: Vec<Op>,
}

impl Builder {
    pub(super) fn push(&mut self, op: Op) -> At {
        self.ops.push(op);
        self.ops.len() - 1
    }

    pub(super) fn constant(&mut self, value: f64) -> At {
        self.push(Op::Scalar(value))
    }

    /// The value of an operation that is the same for all rows.
    pub(super) fn scalar(&self, at: At) -> Option<f64> {
        match self.ops[at] {
            Op::Scalar(value) => Some(value),
            _ => None,
        }
    }

    fn literal(&self, at: At) -> Option<&Arc<str>> {
        match &self.ops[at] {
            Op::Literal(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn unary(&mut self, f: Unary, a: At) -> At {
        match self.scalar(a) {
            Some(a) => {
                let mut out = [0.0];
                f(&mut out, Lane::All(a));
                self.constant(out[0])
            }
            None => self.push(Op::Unary(f, a)),
        }
    }

    pub(super) fn binary(&mut self, f: Binary, a: At, b: At) -> At {
        match (self.scalar(a), self.scalar(b)) {
            (Some(a), Some(b)) => {
                let mut out = [0.0];
                f(&mut out, Lane::All(a), Lane::All(b));
                self.constant(out[0])
            }
            _ => self.push(Op::Binary(f, a, b)),
        }
    }

    pub(super) fn select(&mut self, condition: At, a: At, b: At) -> At {
        match self.scalar(condition) {
            Some(condition) => {
                if condition != 0.0 {
                    a
                } else {
                    b
                }
            }
            None => self.push(Op::Select(condition, a, b)),
        }
    }

    pub(super) fn table(&mut self, table: Arc<[f64]>, code: At) -> At {
        match self.scalar(code) {
            Some(code) => self.constant(table[code as usize]),
            None => self.push(Op::Table(table, code)),
        }
    }

    pub(super) fn among(&mut self, list: Arc<[f64]>, a: At) -> At {
        match self.scalar(a) {
            Some(a) => self.constant(super::lane::truth(list.contains(&a))),
            None => self.push(Op::Among(list, a)),
        }
    }

    pub(super) fn name_of(&mut self, levels: Arc<Levels>, code: At) -> At {
        match self.scalar(code) {
            Some(code) => self.push(Op::Literal(levels.name(code as u32).into())),
            None => self.push(Op::NameOf(levels, code)),
        }
    }

    pub(super) fn select_text(&mut self, condition: At, a: At, b: At) -> At {
        match self.scalar(condition) {
            Some(condition) => {
                if condition != 0.0 {
                    a
                } else {
                    b
                }
            }
            None => self.push(Op::SelectText(condition, a, b)),
        }
    }

    pub(super) fn same_text(&mut self, a: At, b: At) -> At {
        match (self.literal(a), self.literal(b)) {
            (Some(a), Some(b)) => {
                let same = super::lane::truth(a == b);
                self.constant(same)
            }
            _ => self.push(Op::SameText(a, b)),
        }
    }

    pub(super) fn among_texts(&mut self, list: Arc<[Arc<str>]>, a: At) -> At {
        match self.literal(a) {
            Some(a) => {
                let found = super::lane::truth(list.contains(a));
                self.constant(found)
            }
            None => self.push(Op::AmongTexts(list, a)),
        }
    }

    /// Other codes for a category: `table` has the new code of each old one.
    ///
    /// Choices are entered and constants replaced, so that `if … then "a" else if … then "b" else "c"` costs nothing for having
    /// its levels joined level by level.
    pub(super) fn recode(&mut self, at: At, table: &Arc<[f64]>) -> At {
        if table.iter().enumerate().all(|(code, &new)| code as f64 == new) {
            return at;
        }
        match self.ops[at] {
            Op::Select(condition, a, b) => {
                let a = self.recode(a, table);
                let b = self.recode(b, table);
                self.push(Op::Select(condition, a, b))
            }
            _ => self.table(table.clone(), at),
        }
    }
}
