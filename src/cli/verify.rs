//! `verify`: a line a check, and an exit code.

use std::path::Path;
use std::process::ExitCode;

use jumelles::Result;
use jumelles::suite::Suite;
use jumelles::verify::Verification;

use super::generate::progress_bar;
use super::run::{Context, print, print_json};

pub(super) fn verify(dir: &Path, deep: bool, json: bool, context: Context) -> Result<ExitCode> {
    let verification = verified(&Suite::open(dir)?, deep, context)?;
    match json {
        true => print_json(&serde_json::json!({
            "format_version": 1,
            "passed": verification.passed(),
            "checks": verification.checks,
        }))?,
        false => print(&verification.to_string())?,
    }
    Ok(if verification.passed() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Verifies a suite under a bar; `deep` replays every record, not a sample.
pub(super) fn verified(suite: &Suite, deep: bool, context: Context) -> Result<Verification> {
    let bar = progress_bar(suite.manifest.units, context);
    let verified = suite.verify(deep, &|n: u64| bar.inc(n));
    bar.finish_and_clear();
    verified
}
