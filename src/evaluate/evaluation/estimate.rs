//! An estimate with what is known of its error.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How an interval was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Tango's score interval of a paired difference of rates.
    Tango,
    /// Zou and Donner's (2008) interval of a weighted sum, from the Tango intervals of its pairs.
    MoverTango,
    /// Clopper and Pearson's exact interval of a rate.
    ClopperPearson,
    /// Zou and Donner's interval of a weighted sum, from the Clopper–Pearson intervals of its pairs.
    MoverClopperPearson,
    /// Paired t, farther on the side of the longer tail (Hall 1983).
    PairedT,
    /// Bounds of equal differences, within the range of the output.
    Constant,
    /// Bootstrap over units, corrected for bias and skewness.
    Bca,
    /// Exact or approximate ranks of Walsh averages.
    WalshRanks,
    /// Bonett and Price's interval of a paired ratio of rates.
    BonettPrice,
    /// Katz's interval of a ratio of independent rates.
    Katz,
    /// Newcombe's interval of a difference of independent rates.
    Newcombe,
    /// Welch's interval of a difference of independent means.
    Welch,
    /// Exact interval of the odds among flips.
    ExactOdds,
    /// The lowest and the highest of several intervals.
    Joined,
}

/// An interval; `None` where the data do not bound that side.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bounds {
    /// The lower bound, one-sided at 1 − α.
    pub low: Option<f64>,
    /// The upper bound, one-sided at 1 − α.
    pub high: Option<f64>,
    /// The level of the interval as a whole, 1 − 2α.
    pub level: f64,
    /// How it was found.
    pub method: Method,
}

/// A number with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Estimate {
    /// The estimate; `None` where it is infinite or there is nothing to estimate it from.
    pub estimate: Option<f64>,
    /// Its interval.
    pub interval: Bounds,
}

/// Which test a p-value is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TestMethod {
    /// McNemar's, mid-p.
    McNemarMidP,
    /// Signs of the units' effects, flipped.
    SignFlip,
    /// Paired t.
    PairedT,
    /// Wilcoxon's signed ranks with Pratt's zeros.
    WilcoxonPratt,
    /// Bowker's, of changes between categories.
    Bowker,
    /// Fisher's exact test.
    Fisher,
}

/// A test against "no effect". p is 1 where there is nothing to judge by.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Test {
    /// Which test.
    pub method: TestMethod,
    /// Against "differs".
    pub two_sided: f64,
    /// Against "target above reference"; `None` where the test has no direction.
    pub greater: Option<f64>,
    /// Against "target below reference".
    pub less: Option<f64>,
}

/// Evidence against "as many units gain as lose", two-sided: e-values of suites that were evaluated one after the other may be
/// multiplied, and 1/α of them at any time is evidence at α.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EValue {
    /// The natural logarithm of the e-value.
    pub log_e: f64,
}

/// An arm's outputs over the complete units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArmSummary {
    /// The arm.
    pub arm: String,
    /// Units counted.
    pub units: u64,
    /// The mean; for decisions the rate of the favourable one. `None` for categories and without a unit.
    pub mean: Option<f64>,
    /// The standard deviation with n − 1; `None` for categories.
    pub sd: Option<f64>,
    /// Units by category, in the order of the output's categories; empty for other kinds.
    pub counts: Vec<u64>,
}
