//! Words for values: the types that a scenario's variables have, and columns of them.

mod column;
mod kind;

pub use column::Column;
pub use kind::{Kind, Levels};
