//! Distribution-free error bounds: how far a sample may stray from its law before chance is no excuse.

mod bounds;

pub use bounds::{dkw_bound, hoeffding_bound, weissman_bound};
