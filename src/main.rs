//! The `jumelles` program: a thin door to the library.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
