//! Evidence that may be looked at after every unit: to stop early without cheating.
//!
//! An e-value is a payoff: starting from 1, its expectation stays at most 1 where there is no effect, whenever one stops; it
//! exceeds 1/α with probability at most α at *any* time (Ville 1939). Ramdas, Grünwald, Vovk and Shafer (2023),
//! "Game-theoretic statistics and safe anytime-valid inference", Statistical Science 38.

mod betting;
mod empirical_bernstein;
mod plug_in;
mod sign_wealth;

pub use betting::Betting;
pub use empirical_bernstein::EmpiricalBernstein;
pub use sign_wealth::SignWealth;
