//! Commands: arguments in, results to stdout, progress and warnings to stderr, an exit code.

mod arguments;
mod describe;
mod evaluate;
mod generate;
mod plan;
mod preview;
mod reference;
mod run;
mod starter;
mod verify;

pub(crate) use run::run;
