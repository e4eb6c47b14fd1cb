//! How much is computed beside the verdict.

use crate::stats::Alpha;

/// What an evaluation computes beyond effects and verdicts. The verdicts do not depend on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Resamples of the bootstrap over units for numbers; none leaves it out.
    pub bootstrap: Option<u32>,
    /// Whether slices are searched for.
    pub discovery: bool,
    /// Whether the effect is shown across merit and thresholds.
    pub curves: bool,
    /// Whether pairs of twins are shown.
    pub examples: bool,
    /// Whether factual records are compared.
    pub population: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { bootstrap: Some(2_000), discovery: true, curves: true, examples: true, population: true }
    }
}

impl Options {
    /// Effects and verdicts alone.
    pub fn verdict_only() -> Self {
        Self { bootstrap: None, discovery: false, curves: false, examples: false, population: false }
    }
}

/// What every statistic needs to know.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) alpha: Alpha,
    pub(super) seed: u64,
    pub(super) bootstrap: Option<u32>,
}

/// More draws than this are not made for one interval: large suites need fewer resamples.
const MOST_DRAWS: u64 = 200_000_000;

impl Settings {
    pub(super) fn replicates(&self, units: u64) -> Option<u32> {
        let affordable = (MOST_DRAWS / units.max(1)).max(200);
        self.bootstrap.map(|wanted| wanted.min(u32::try_from(affordable).unwrap_or(u32::MAX)))
    }
}
