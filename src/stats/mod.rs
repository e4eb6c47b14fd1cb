//! What a comparison may say: estimates, intervals and tests over slices and counts.
//!
//! Nothing here reads a file or knows a suite. Twins share everything but what an arm moves, so most of it is *paired*:
//! [`PairedTable`] for decisions, [`Differences`] for numbers, [`Transitions`] for categories. Signs are always
//! target − reference. Every bound is one-sided at 1 − [`Alpha`]. Degenerate data (no flip, equal values, one unit) have stated
//! answers, which are cautious and never NaN.

mod alpha;
mod bounds;
mod category;
mod check;
mod decision;
mod effect;
mod interval;
mod laws;
mod mover;
mod multiplicity;
mod number;
mod p_value;
mod proportion;
mod rank;
mod sequential;
mod size;
mod strata;
mod unpaired;

pub use alpha::Alpha;
pub use bounds::{dkw_bound, hoeffding_bound, weissman_bound};
pub use category::Transitions;
pub use decision::{McNemar, PairedTable, excess, excess_table};
pub use effect::{PathOutputs, ResponsePattern, shapley};
pub use interval::Interval;
pub use mover::{Term, mover};
pub use multiplicity::{benjamini_hochberg, benjamini_yekutieli, holm};
pub use number::{Bootstrap, Differences, SignFlip, bca_interval};
pub use p_value::{Equivalence, PValue};
pub use proportion::Share;
pub use rank::{exposure, exposure_changes, in_top};
pub use sequential::{Betting, EmpiricalBernstein, SignWealth};
pub use size::{FlipRatePlan, MeanPlan, NetFlipPlan};
pub use strata::{MantelHaenszel, Reversal, StratumEffect, standardise};
pub use unpaired::{
    Category, ImpactRow, ImpactTable, Sample, TwoGroups, intersect, median, passes_four_fifths,
    scoring_counts,
};
