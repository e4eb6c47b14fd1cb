//! From arguments to a command, and from its end to an exit code.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use jumelles::model::Model;
use jumelles::scenario::{Overrides, Scenario};
use jumelles::{Error, Result};

use super::arguments::{Cli, Color, Command, ScenarioArguments};
use super::{describe, evaluate, generate, plan, preview, reference, starter, verify};

/// What every command may need to know.
#[derive(Clone, Copy)]
pub(crate) struct Context {
    pub(crate) quiet: bool,
    pub(crate) threads: Option<usize>,
    /// Colours on stdout.
    pub(crate) color: bool,
}

pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let styled_errors = colored(cli.color, std::io::stderr().is_terminal());
    let context = Context {
        quiet: cli.quiet,
        threads: cli.threads.map(usize::from),
        color: colored(cli.color, std::io::stdout().is_terminal()),
    };
    match dispatch(cli.command, context) {
        Ok(code) => code,
        // A reader that has seen enough (`| head`) is no failure.
        Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            report(&error, styled_errors);
            ExitCode::from(error.kind().exit_code())
        }
    }
}

fn colored(choice: Color, terminal: bool) -> bool {
    match choice {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
    }
}

fn dispatch(command: Command, context: Context) -> Result<ExitCode> {
    match command {
        Command::Scenarios { json } => reference::scenarios(json),
        Command::New { name, from, output } => starter::new(&name, from.as_deref(), output),
        Command::Check { scenario, graph, json } => describe::check(&scenario, graph, json, context),
        Command::Preview { scenario, n, seed } => preview::preview(&scenario, n, seed, context),
        Command::Plan { scenario, units, policy, json } => {
            plan::plan(&scenario, units, policy.as_deref(), json, context)
        }
        command @ Command::Generate { .. } => generate::generate(command, context),
        Command::Combine { suite, json } => generate::combine(&suite, json),
        Command::Inspect { suite, json } => describe::inspect(&suite, json),
        Command::Verify { suite, deep, json } => verify::verify(&suite, deep, json, context),
        command @ Command::Evaluate { .. } => evaluate::evaluate(command, context),
        Command::Explain { code } => reference::explain(code.as_deref()),
        Command::Schema { of } => reference::schema(of),
        Command::Completions { shell } => reference::completions(shell),
        Command::Man => reference::man(),
    }
}

fn report(error: &Error, styled: bool) {
    match error {
        Error::Scenario(diagnostics) => {
            eprintln!("{}", diagnostics.render(styled));
            let codes: std::collections::BTreeSet<&str> = diagnostics.iter().map(|d| d.code.id).collect();
            let first = codes.first().copied().unwrap_or("J0101");
            eprintln!(
                "\n{} in all; `jumelles explain {first}` tells more",
                count(diagnostics.errors(), "mistake")
            );
        }
        other => {
            eprintln!("error: {other}");
            if let Some(hint) = other.hint() {
                eprintln!("  = hint: {hint}");
            }
        }
    }
}

/// "1 mistake", "3 mistakes".
pub(crate) fn count(n: usize, word: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {word}{plural}")
}

/// Reads and compiles the scenario of a command; warnings go to stderr.
pub(crate) fn model(arguments: &ScenarioArguments, context: Context) -> Result<Model> {
    let overrides = Overrides {
        set: arguments.set.clone(),
        strength: arguments.strength.clone(),
        design: arguments.design.clone(),
    };
    let model = Scenario::open(&arguments.scenario, &overrides)?.compile()?;
    if !context.quiet && !model.warnings().is_empty() {
        eprintln!("{}\n", model.warnings().render(context.color));
    }
    Ok(model)
}

/// Prints a result.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| {
        if text.ends_with('\n') {
            return out.flush();
        }
        out.write_all(b"\n").and_then(|()| out.flush())
    });
    written.map_err(|e| Error::io("write to", "stdout", e))
}

/// Prints a result as JSON.
pub(crate) fn print_json(value: &impl serde::Serialize) -> Result<()> {
    print(&serde_json::to_string_pretty(value).expect("results are plain data"))
}
