//! `generate`.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jumelles::suite::{Format, Layout, Seed, Units, unfinished};
use jumelles::{Error, ErrorKind, Result};

use super::arguments::Command;
use super::describe::summary;
use super::run::{Context, model, print, print_json, report};
use super::signals::Signals;

pub(super) fn generate(command: Command, context: Context) -> Result<ExitCode> {
    let Command::Generate {
        scenario,
        output,
        units,
        seed,
        parts,
        part,
        format,
        layout,
        overwrite,
        resume,
        json,
    } = command
    else {
        unreachable!("dispatched on this command");
    };
    let format = Format::from_word(&format).ok_or_else(|| {
        Error::request_hint(format!("there is no format `{format}`"), "it is parquet, csv, jsonl or arrow")
    })?;
    let layout = Layout::from_word(&layout).ok_or_else(|| {
        Error::request_hint(format!("there is no layout `{layout}`"), "it is arms or one-file")
    })?;
    let model = model(&scenario, context)?;
    let units = units.unwrap_or(model.scenario.header.units);
    let bar = progress_bar(units / part.map_or(1, |_| u64::from(parts.max(1))), context);
    let advance = |n: u64| bar.inc(n);
    let signals = Signals::watch()?;
    if !resume && !context.quiet {
        announce_removal(&output, part);
    }
    let mut generation = model
        .generate(Units(units), Seed(seed))
        .parts(parts)
        .format(format)
        .layout(layout)
        .overwrite(overwrite)
        .resume(resume)
        .cancel(&signals.cancel)
        .progress(&advance);
    if let Some(part) = part {
        generation = generation.part(part);
    }
    if let Some(threads) = context.threads {
        generation = generation.threads(threads);
    }
    let start = Instant::now();
    let written = generation.write_to(&output);
    bar.finish_and_clear();
    let suite = match written {
        Err(error) if error.kind() == ErrorKind::Interrupted => {
            report(&error, context);
            signals.obey();
            return Ok(ExitCode::from(error.kind().exit_code()));
        }
        written => written?,
    };
    if json {
        print_json(&suite.manifest)?;
        return Ok(ExitCode::SUCCESS);
    }
    let seconds = start.elapsed().as_secs_f64();
    let records = suite.manifest.files.iter().filter(|f| f.arm.is_some()).map(|f| f.rows).sum::<u64>();
    let next = match part {
        None => {
            print(&summary(&suite))?;
            "verify"
        }
        Some(part) => {
            print(&format!("part {part} of {parts}, counted from 0, in {}", output.display()))?;
            if records == 0 {
                print(
                    "it is empty: units are shared out in runs of 1,024, and there are more parts than runs",
                )?;
            }
            "combine"
        }
    };
    print(&format!("\n{records} records in {seconds:.2} s"))?;
    print(&format!("next: jumelles {next} {}", output.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// What a killed run has left is removed by a run that does not go on with it.
fn announce_removal(output: &Path, part: Option<u32>) {
    if let Some(folder) = unfinished(output, part) {
        eprintln!(
            "note: `{}` was left by an unfinished run, and is removed; --resume would have gone on with it",
            folder.display()
        );
    }
}

pub(super) fn combine(dir: &Path, json: bool) -> Result<ExitCode> {
    let suite = jumelles::suite::combine(dir)?;
    match json {
        true => print_json(&suite.manifest)?,
        false => {
            print(&summary(&suite))?;
            print(&format!("\nnext: jumelles verify {}", dir.display()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A bar with rate and time left, on a terminal only.
pub(super) fn progress_bar(units: u64, context: Context) -> ProgressBar {
    let target = if context.quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style =
        ProgressStyle::with_template("{bar:32} {human_pos}/{human_len} units · {per_sec} · {eta} left");
    let bar = ProgressBar::with_draw_target(Some(units), target);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
