//! What holds for the whole, seen from outside: one binary, so that it is linked once.

mod floors;
mod hostile;
mod laws;
mod oracle;
mod rejects;
mod worlds;
