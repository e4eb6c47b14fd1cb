//! `evaluate`: predictions in, a verdict out.

use std::process::ExitCode;

use jumelles::evaluate::Options;
use jumelles::policy::Policy;
use jumelles::predictions::{OutputDeclaration, Predictions};
use jumelles::report::{Report, ReportFormat};
use jumelles::suite::Suite;
use jumelles::{Error, Result};

use super::arguments::Command;
use super::generate::progress_bar;
use super::run::{Context, print, print_json};
use super::verify::verified;

pub(super) fn evaluate(command: Command, context: Context) -> Result<ExitCode> {
    let Command::Evaluate { suite, predictions, policy, output, report, verify, json } = command else {
        unreachable!("the dispatch gives `evaluate` alone")
    };
    // What could not be written is refused before the long work.
    report.iter().try_for_each(|path| ReportFormat::of_path(path).map(|_| ()))?;
    let policy = read_policy(policy.as_deref())?;
    let declared = if output.is_empty() { &policy.outputs } else { &output };
    let declared: Vec<OutputDeclaration> = declared.iter().map(|d| d.parse()).collect::<Result<_>>()?;
    let suite = Suite::open(suite)?;
    let bar = progress_bar(suite.manifest.units * suite.manifest.arms.len() as u64, context);
    let read = Predictions::read(&predictions, &suite, &declared, &|rows| bar.inc(rows));
    bar.finish_and_clear();
    let predictions = read?;
    if !context.quiet {
        predictions.irregularities.iter().for_each(|i| eprintln!("warning: {i}"));
        let guessed = predictions.outputs.iter().filter_map(|o| Some((o, o.guessed.as_ref()?)));
        guessed.for_each(|(o, why)| eprintln!("`{}` is taken for a {}: {why}", o.name, o.kind));
    }
    let verification = if verify { Some(verified(&suite, false, context)?) } else { None };
    if let Some(verification) = verification.as_ref().filter(|verification| !verification.passed()) {
        eprintln!("{verification}");
        return Err(Error::unverified(
            "the suite does not verify, so that nothing it shows of a model would be worth anything",
        ));
    }
    let evaluation = suite.evaluate(&predictions, &policy, &Options::default())?;
    let mut reports = Report::of(&evaluation).in_language(context.language);
    if let Some(verification) = &verification {
        reports = reports.with_verification(verification);
    }
    report.iter().try_for_each(|path| reports.write(path))?;
    match json {
        true => print_json(&evaluation)?,
        false => print(&reports.terminal(context.color))?,
    }
    Ok(ExitCode::from(evaluation.verdict.exit_code()))
}

/// A policy by its path; `default` and nothing are the one that comes with the program.
pub(super) fn read_policy(policy: Option<&str>) -> Result<Policy> {
    match policy {
        None | Some("default") => Ok(Policy::default()),
        Some(path) => Policy::from_path(path),
    }
}
