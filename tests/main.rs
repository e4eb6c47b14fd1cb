//! What holds for the whole, seen from outside: one binary, so that it is linked once.

mod floors;
mod oracle;
mod rejects;
