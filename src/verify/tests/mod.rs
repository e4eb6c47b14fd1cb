//! Laws hold for what is sampled and fail for what is tampered with; a suite in memory passes, and fails once changed.

mod laws;
mod whole;
