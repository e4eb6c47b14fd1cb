//! What was checked and what came of it.

use std::fmt;

use serde::Serialize;

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed,
    /// A figure that is neither good nor bad.
    Information,
    /// It could not be checked; the summary says why.
    NotChecked,
}

impl Outcome {
    /// The word at the start of a line.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Passed => "passed",
            Outcome::Failed => "FAILED",
            Outcome::Information => "info",
            Outcome::NotChecked => "not checked",
        }
    }
}

/// A check.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// What is checked, such as `law of age in female`.
    pub name: String,
    /// What came of it.
    pub outcome: Outcome,
    /// One line: figures, and what they were held against.
    pub summary: String,
    /// More lines, such as the first places that differ.
    pub details: Vec<String>,
}

impl Check {
    /// A check without details.
    pub fn new(name: impl Into<String>, outcome: Outcome, summary: impl Into<String>) -> Self {
        Self { name: name.into(), outcome, summary: summary.into(), details: Vec::new() }
    }

    /// A check that passed if nothing was found wrong; what was found are its details, of which the first ten are kept.
    pub fn of_problems(name: impl Into<String>, held: impl Into<String>, mut problems: Vec<String>) -> Self {
        if problems.is_empty() {
            return Self::new(name, Outcome::Passed, held);
        }
        let found = problems.len();
        problems.truncate(10);
        Self {
            details: problems,
            ..Self::new(
                name,
                Outcome::Failed,
                match found {
                    1 => "1 problem".to_owned(),
                    _ => format!("{found} problems"),
                },
            )
        }
    }
}

/// All checks of a suite.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Verification {
    /// The checks, in the order in which they were made.
    pub checks: Vec<Check>,
}

impl Verification {
    /// Whether no check failed.
    pub fn passed(&self) -> bool {
        self.checks.iter().all(|c| c.outcome != Outcome::Failed)
    }
}

impl fmt::Display for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for check in &self.checks {
            writeln!(f, "{:<12} {}: {}", check.outcome.word(), check.name, check.summary)?;
            for detail in check.details.iter().filter(|_| check.outcome == Outcome::Failed) {
                writeln!(f, "{:<12}   {detail}", "")?;
            }
        }
        let count = |outcome| self.checks.iter().filter(|check| check.outcome == outcome).count();
        let words = [Outcome::Passed, Outcome::Failed, Outcome::NotChecked, Outcome::Information];
        let counts: Vec<String> = words
            .into_iter()
            .filter(|outcome| count(*outcome) > 0)
            .map(|outcome| format!("{} {}", count(outcome), outcome.word()))
            .collect();
        writeln!(f, "\n{}", counts.join(", "))
    }
}
