//! Whether a suite is what it says it is: bytes, structure, replay, laws and claims.

mod arms;
mod claims;
mod gather;
mod laws;
mod manifest;
mod reference;
mod replay;
mod report;
mod rows;
mod suite;
mod world;

#[cfg(test)]
mod tests;

pub use claims::claims;
pub use laws::{Evidence, evidence};
pub use report::{Check, Outcome, Verification};
pub use suite::{FALSE_ALARMS, LAW_UNITS};
