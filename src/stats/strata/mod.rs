//! Effects within strata, put together.

mod mantel_haenszel;
mod reversal;
mod standardise;

pub use mantel_haenszel::MantelHaenszel;
pub use reversal::Reversal;
pub use standardise::{StratumEffect, standardise};
