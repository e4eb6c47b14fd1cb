//! Categories of twins: which answer became which.

mod bowker;
mod transitions;

pub use transitions::Transitions;
