//! What is wrong with a formula, and where in its text.

use std::ops::Range;

/// The sort of a mistake; stable, so that diagnostic codes can be attached to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// The text is not a formula.
    Syntax,
    /// Nested more deeply than 64 levels.
    TooDeep,
    /// Longer than 10,000 bytes.
    TooLong,
    /// A name that is no variable.
    UnknownVariable,
    /// A call of something that is no function.
    UnknownFunction,
    /// The wrong number of values for a function, or a value it cannot take.
    WrongArguments,
    /// Values of types that do not go together.
    Type,
    /// A string compared with a category that has no such level.
    UnknownLevel,
}

/// One mistake in a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The sort of mistake.
    pub kind: ProblemKind,
    /// Where: bytes in the formula's text, always on character boundaries.
    pub at: Range<usize>,
    /// What is wrong, in lower case, with the value found.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Problem {
    pub(super) fn new(kind: ProblemKind, at: Range<usize>, message: impl Into<String>) -> Self {
        Self { kind, at, message: message.into(), hint: None }
    }

    pub(super) fn syntax(at: Range<usize>, message: impl Into<String>) -> Self {
        Self::new(ProblemKind::Syntax, at, message)
    }

    pub(super) fn mistyped(at: Range<usize>, message: impl Into<String>) -> Self {
        Self::new(ProblemKind::Type, at, message)
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(super) fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = self.hint.or(hint);
        self
    }
}

/// Problems in order of place, and no more of them than someone would read.
pub(super) fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    const MOST: usize = 20;
    problems.sort_by_key(|p| (p.at.start, p.at.end));
    problems.truncate(MOST);
    problems
}

/// A stretch of the user's text for a message: on one line, and cut when it is long.
pub(super) fn quoted(text: &str) -> String {
    const SHOWN: usize = 40;
    let mut shown: String =
        text.chars().take(SHOWN).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}
