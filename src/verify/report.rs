//! What was checked, and what came out.

use serde::Serialize;

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed,
    /// It could not be asked.
    NotChecked,
}

/// One check.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    /// What was checked.
    pub name: &'static str,
    /// How it ended.
    pub outcome: Outcome,
    /// What was looked at, or what differs and where.
    pub summary: String,
}

impl Check {
    /// Passed with `good` unless something `wrong` was found.
    pub(super) fn of(name: &'static str, wrong: Option<String>, good: String) -> Self {
        match wrong {
            Some(summary) => Self { name, outcome: Outcome::Failed, summary },
            None => Self { name, outcome: Outcome::Passed, summary: good },
        }
    }
}

/// All checks of a suite.
#[derive(Debug, Clone, Serialize)]
pub struct Verification {
    /// Version of this format.
    pub format_version: u32,
    /// The checks, in the order in which they were made.
    pub checks: Vec<Check>,
}

impl Verification {
    /// Whether nothing failed.
    pub fn passed(&self) -> bool {
        self.checks.iter().all(|c| c.outcome != Outcome::Failed)
    }
}

impl std::fmt::Display for Verification {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for check in &self.checks {
            let word = match check.outcome {
                Outcome::Passed => "pass",
                Outcome::Failed => "FAIL",
                Outcome::NotChecked => "----",
            };
            writeln!(f, "{word}  {:<18} {}", check.name, check.summary)?;
        }
        let end = if self.passed() {
            "the suite is what it says it is"
        } else {
            "the suite is NOT what it says it is"
        };
        writeln!(f, "{end}")
    }
}
