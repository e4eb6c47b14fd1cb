//! Places in a list, from 1 at the top.

mod exposure;
mod top_k;

pub use exposure::{exposure, exposure_changes};
pub use top_k::in_top;
