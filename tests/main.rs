//! The tests of the whole: one binary, because linking many times is what makes tests slow.

mod evaluate;
mod floors;
mod hostile;
mod laws;
mod oracle;
mod predictions;
mod program;
mod rejects;
mod statistics;
mod worlds;
