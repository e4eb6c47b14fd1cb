//! Randomness with an address: the same address always gives the same number, whoever asks and in whatever order.

mod address;
mod philox;

pub use address::{Noise, Purpose};
