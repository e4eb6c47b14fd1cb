//! `evaluate`: predictions in, a verdict out.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jumelles::evaluate::evaluation::{Bounds, ContrastId, Effect, Judged};
use jumelles::evaluate::{Evaluation, Options};
use jumelles::policy::Policy;
use jumelles::predictions::{OutputDeclaration, Predictions};
use jumelles::suite::Suite;
use jumelles::{Error, Result};

use super::arguments::Command;
use super::generate::progress_bar;
use super::run::{Context, count, print, print_json};

pub(super) fn evaluate(command: Command, context: Context) -> Result<ExitCode> {
    let Command::Evaluate { suite, predictions, policy, output, report, json } = command else {
        unreachable!("the dispatch gives `evaluate` alone")
    };
    report.iter().try_for_each(|path| check_report(path))?;
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
    let evaluation = suite.evaluate(&predictions, &policy, &Options::default())?;
    report.iter().try_for_each(|path| write_report(path, &evaluation))?;
    match json {
        true => print_json(&evaluation)?,
        false => print(&summary(&evaluation))?,
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

/// Refuses what could not be written before the long work.
fn check_report(path: &Path) -> Result<()> {
    match path.extension().and_then(|e| e.to_str()) {
        Some("json") => Ok(()),
        _ => Err(Error::request_hint(
            format!("`{}` does not say which report is wanted", path.display()),
            "end it in .json",
        )),
    }
}

fn write_report(path: &PathBuf, evaluation: &Evaluation) -> Result<()> {
    let mut text = serde_json::to_vec_pretty(evaluation).expect("results are plain data");
    text.push(b'\n');
    std::fs::write(path, text).map_err(|e| Error::io("write", path, e))
}

/// The verdicts with what decided them, and the principal effects.
fn summary(evaluation: &Evaluation) -> String {
    let mut out = String::new();
    for output in &evaluation.outputs {
        let _ = writeln!(
            out,
            "{} · {} of {} complete",
            output.name,
            output.complete_units,
            count(output.units as usize, "unit")
        );
        for effect in output.effects.iter().filter(|e| e.contrast.stratum.is_empty()) {
            let _ = writeln!(out, "  {:<44} {}", named(&effect.contrast), shown(effect));
        }
        for at in &output.faulty_placebos {
            let arm = output.placebos[*at].contrast.placebo_of.as_deref().unwrap_or("");
            let _ = writeln!(out, "  a placebo of {arm} moves answers: the suite or the probe is at fault");
        }
        for refusal in output.refusals.iter().filter(|r| r.is_differential) {
            let _ = writeln!(
                out,
                "  answers are missing more often on one side: {} only in {}, {} only in {}",
                refusal.only_target, refusal.target, refusal.only_reference, refusal.reference
            );
        }
    }
    let _ = writeln!(out, "\npolicy {}", evaluation.policy.name);
    for result in &evaluation.criteria {
        let deciding = result.deciding.map(|at| &result.judged[at]);
        let why = deciding.map_or(String::new(), reason);
        let needed = match result.units_needed {
            Some(units) => format!("; about {units} units would decide"),
            None => String::new(),
        };
        let _ = writeln!(out, "  {:<13} {:<22} {why}{needed}", result.verdict.word(), result.criterion.name);
    }
    for not in &evaluation.not_asked {
        let _ = writeln!(out, "  {:<13} {:<22}", "not asked", not.criterion.name);
    }
    let _ = writeln!(out, "\nverdict: {}", evaluation.verdict);
    out
}

fn named(id: &ContrastId) -> String {
    let levels = match (&id.target, &id.reference) {
        (Some(target), Some(reference)) => format!(" {target} − {reference}"),
        _ => String::new(),
    };
    let stratum: Vec<&str> = id.stratum.values().map(String::as_str).collect();
    let at = if stratum.is_empty() { String::new() } else { format!(" at {}", stratum.join(", ")) };
    let mean = if id.over_strata { " (mean over strata)" } else { "" };
    format!("{}{levels}{at}{mean}", id.kind)
}

fn shown(effect: &Effect) -> String {
    let Some(estimate) = effect.estimate else {
        let rate = effect.flips.as_ref().and_then(|f| f.rate.estimate);
        return rate.map_or("—".to_owned(), |rate| format!("{rate:.4} differ"));
    };
    let flips = effect.flips.as_ref().and_then(|f| f.rate.estimate);
    let flips = flips.map_or(String::new(), |rate| format!(" · {rate:.4} flip"));
    format!("{estimate:+.4} {}{flips}", effect.interval.map_or(String::new(), |i| bounds(&i)))
}

fn bounds(bounds: &Bounds) -> String {
    let side =
        |value: Option<f64>, unbounded: &str| value.map_or(unbounded.to_owned(), |v| format!("{v:+.4}"));
    format!("[{}, {}]", side(bounds.low, "−∞"), side(bounds.high, "+∞"))
}

fn reason(judged: &Judged) -> String {
    let estimate = judged.estimate.map_or("—".to_owned(), |e| format!("{e:+.4}"));
    let interval = judged.interval.map_or(String::new(), |i| bounds(&i));
    let limit = match (judged.low_limit, judged.high_limit) {
        (Some(low), Some(high)) => format!("{low:+} to {high:+.4}"),
        (None, Some(high)) => format!("below {high}"),
        (Some(low), None) => format!("above {low}"),
        (None, None) => String::new(),
    };
    let slice: Vec<String> = judged
        .slice
        .iter()
        .map(|t| match &t.value {
            Some(value) => format!("{} = {value}", t.column),
            None => format!("{} {}..{}", t.column, t.from.unwrap_or(0.0), t.to.unwrap_or(0.0)),
        })
        .collect();
    let slice = if slice.is_empty() { String::new() } else { format!(" within {}", slice.join(", ")) };
    format!("{} {}{slice}: {estimate} {interval}, limit {limit}", judged.output, named(&judged.contrast))
}
