//! How many units a criterion needs, before anything runs.

mod flip_rate;
mod mean;
mod net_flip;
mod search;

pub use flip_rate::FlipRatePlan;
pub use mean::MeanPlan;
pub use net_flip::NetFlipPlan;
