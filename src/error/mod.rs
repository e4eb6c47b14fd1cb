//! The one public error: what failed, and whose turn it is to act.

mod kind;
mod public;

pub use kind::ErrorKind;
pub use public::{Error, Result};
