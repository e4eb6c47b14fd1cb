//! Operations in the order in which they are performed, and the buffers they use.

use std::sync::Arc;

use super::build::{At, Op};
use super::lane::{Binary, Unary};
use crate::value::Levels;

/// What a formula computes for every block of rows, step by step.
#[derive(Debug, Clone)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    /// Where the result is when all steps are done.
    pub(super) result: Source,
    /// How many buffers of numbers the steps share.
    pub(super) numbers: usize,
    /// How many buffers of texts the steps share.
    pub(super) texts: usize,
}

/// Where a step finds an operand.
#[derive(Debug, Clone)]
pub(super) enum Source {
    Scalar(f64),
    /// A column of numbers, by the position of its variable.
    Input(usize),
    /// A buffer of numbers.
    Number(usize),
    Literal(Arc<str>),
    /// A buffer of texts.
    Text(usize),
}

/// One operation and the buffer it fills, which no operand of it uses.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) action: Action,
    pub(super) out: usize,
}

#[derive(Debug, Clone)]
pub(super) enum Action {
    Load(usize),
    Unary(Unary, Source),
    Binary(Binary, Source, Source),
    Select(Source, Source, Source),
    Table(Arc<[f64]>, Source),
    Among(Arc<[f64]>, Source),
    SameText(Source, Source),
    AmongTexts(Arc<[Arc<str>]>, Source),

    LoadText(usize),
    NameOf(Arc<Levels>, Source),
    SelectText(Source, Source, Source),
}

impl Action {
    /// Whether it fills a buffer of texts.
    pub(super) fn gives_text(&self) -> bool {
        matches!(self, Action::LoadText(_) | Action::NameOf(..) | Action::SelectText(..))
    }
}

impl Program {
    pub(super) fn new(ops: &[Op], root: At) -> Self {
        let mut planner = Planner {
            sources: vec![None; ops.len()],
            uses: uses(ops, root),
            numbers: Buffers::default(),
            texts: Buffers::default(),
        };
        let mut steps = Vec::new();
        for (at, op) in ops.iter().enumerate() {
            if planner.uses[at] > 0 {
                steps.extend(planner.plan(at, op));
            }
        }
        Self {
            steps,
            result: planner.sources[root].clone().expect("the root is used"),
            numbers: planner.numbers.count,
            texts: planner.texts.count,
        }
    }

    /// The number it gives whatever the inputs, if it is one.
    pub(super) fn scalar(&self) -> Option<f64> {
        match self.result {
            Source::Scalar(value) => Some(value),
            _ => None,
        }
    }
}

impl Op {
    fn operands(&self) -> [Option<At>; 3] {
        match *self {
            Op::Scalar(_) | Op::Input(_) | Op::Load(_) | Op::Literal(_) | Op::LoadText(_) => [None; 3],
            Op::Unary(_, a) | Op::Table(_, a) | Op::Among(_, a) | Op::NameOf(_, a) | Op::AmongTexts(_, a) => {
                [Some(a), None, None]
            }
            Op::Binary(_, a, b) | Op::SameText(a, b) => [Some(a), Some(b), None],
            Op::Select(a, b, c) | Op::SelectText(a, b, c) => [Some(a), Some(b), Some(c)],
        }
    }
}

/// How often each operation is read on the way to the root; folding has left some that are not.
fn uses(ops: &[Op], root: At) -> Vec<usize> {
    let mut uses = vec![0; ops.len()];
    uses[root] = 1;
    for at in (0..ops.len()).rev().filter(|&at| at <= root) {
        if uses[at] > 0 {
            for operand in ops[at].operands().into_iter().flatten() {
                uses[operand] += 1;
            }
        }
    }
    uses
}

/// Buffers that are handed out and come back.
#[derive(Default)]
struct Buffers {
    count: usize,
    free: Vec<usize>,
}

impl Buffers {
    fn take(&mut self) -> usize {
        self.free.pop().unwrap_or_else(|| {
            self.count += 1;
            self.count - 1
        })
    }
}

struct Planner {
    sources: Vec<Option<Source>>,
    /// How many readers are still to come.
    uses: Vec<usize>,
    numbers: Buffers,
    texts: Buffers,
}

impl Planner {
    fn source(&self, at: At) -> Source {
        self.sources[at].clone().expect("operands come first")
    }

    /// The step that an operation takes, if it is more than naming a place.
    fn plan(&mut self, at: At, op: &Op) -> Option<Step> {
        let action = match op {
            Op::Scalar(value) => return self.name(at, Source::Scalar(*value)),
            Op::Input(position) => return self.name(at, Source::Input(*position)),
            Op::Literal(text) => return self.name(at, Source::Literal(text.clone())),
            Op::Load(position) => Action::Load(*position),
            Op::LoadText(position) => Action::LoadText(*position),
            Op::Unary(f, a) => Action::Unary(*f, self.source(*a)),
            Op::Binary(f, a, b) => Action::Binary(*f, self.source(*a), self.source(*b)),
            Op::Select(c, a, b) => Action::Select(self.source(*c), self.source(*a), self.source(*b)),
            Op::Table(table, a) => Action::Table(table.clone(), self.source(*a)),
            Op::Among(list, a) => Action::Among(list.clone(), self.source(*a)),
            Op::NameOf(levels, a) => Action::NameOf(levels.clone(), self.source(*a)),
            Op::SelectText(c, a, b) => Action::SelectText(self.source(*c), self.source(*a), self.source(*b)),
            Op::SameText(a, b) => Action::SameText(self.source(*a), self.source(*b)),
            Op::AmongTexts(list, a) => Action::AmongTexts(list.clone(), self.source(*a)),
        };
        // Taken before the operands give theirs back, so that no step writes where it reads.
        let (out, source) = if action.gives_text() {
            let out = self.texts.take();
            (out, Source::Text(out))
        } else {
            let out = self.numbers.take();
            (out, Source::Number(out))
        };
        for operand in op.operands().into_iter().flatten() {
            self.uses[operand] -= 1;
            if self.uses[operand] == 0 {
                self.release(operand);
            }
        }
        self.sources[at] = Some(source);
        Some(Step { action, out })
    }

    fn name(&mut self, at: At, source: Source) -> Option<Step> {
        self.sources[at] = Some(source);
        None
    }

    fn release(&mut self, at: At) {
        match self.sources[at] {
            Some(Source::Number(buffer)) => self.numbers.free.push(buffer),
            Some(Source::Text(buffer)) => self.texts.free.push(buffer),
            _ => {}
        }
    }
}
