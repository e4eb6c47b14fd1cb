//! `verify`: a line a check, and an exit code.

use std::path::Path;
use std::process::ExitCode;

use jumelles::Result;
use jumelles::suite::Suite;

use super::generate::progress_bar;
use super::run::{Context, print, print_json};

pub(super) fn verify(dir: &Path, deep: bool, json: bool, context: Context) -> Result<ExitCode> {
    let suite = Suite::open(dir)?;
    let bar = progress_bar(suite.manifest.units, context);
    let advance = |n: u64| bar.inc(n);
    let verified = suite.verify(deep, &advance);
    bar.finish_and_clear();
    let verification = verified?;
    match json {
        true => print_json(&verification)?,
        false => print(&verification.to_string())?,
    }
    Ok(if verification.passed() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
