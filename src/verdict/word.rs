//! The four verdicts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the data say about a limit. Absence of significance is never a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The interval lies wholly inside the limit: it is shown to hold.
    Pass,
    /// The interval lies wholly outside the limit: it is shown not to hold.
    Fail,
    /// The interval straddles the limit: more units would decide.
    Inconclusive,
    /// There is nothing to judge by.
    NoData,
}

impl Verdict {
    /// The word in files and messages: `pass`, `fail`, `inconclusive`, `no-data`.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
            Verdict::Inconclusive => "inconclusive",
            Verdict::NoData => "no-data",
        }
    }

    /// The exit code of the program: 0 for a pass, 1 for a fail, 3 where the evidence is not enough.
    pub fn exit_code(self) -> u8 {
        match self {
            Verdict::Pass => 0,
            Verdict::Fail => 1,
            Verdict::Inconclusive | Verdict::NoData => 3,
        }
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}
