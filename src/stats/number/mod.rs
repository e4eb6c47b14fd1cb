//! Numbers of twins: one difference a unit, target − reference.

mod bootstrap;
mod constant;
mod differences;
mod edgeworth;
mod hodges_lehmann;
mod sign;
mod sign_flip;
mod student;
mod ties;
mod wilcoxon;

pub use bootstrap::{Bootstrap, bca_interval};
pub use differences::Differences;
pub use sign_flip::SignFlip;
