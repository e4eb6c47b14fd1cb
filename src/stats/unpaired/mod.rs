//! Rates of different people: factual records only, where every unit stands once.

mod fisher;
mod four_fifths;
mod impact_ratio;
mod katz;
mod local_law_144;
mod risk_difference;
mod two_groups;
mod welch;

pub use four_fifths::passes_four_fifths;
pub use impact_ratio::{ImpactRow, ImpactTable};
pub use local_law_144::{Category, intersect, median, scoring_counts};
pub use two_groups::TwoGroups;
pub use welch::Sample;
