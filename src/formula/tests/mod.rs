//! Tests of the language as a whole.

mod agreement;
mod hostile;
mod meaning;
mod problems;
mod trees;
mod world;
