//! From arguments to a command, and from its end to an exit code.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use jumelles::diag::Language;
use jumelles::model::Model;
use jumelles::scenario::{Overrides, Scenario};
use jumelles::{Error, Result};

use super::arguments::{Cli, Color, Command, Lang, ScenarioArguments};
use super::{describe, evaluate, generate, plan, preview, reference, starter, verify};

/// What every command may need to know.
#[derive(Clone, Copy)]
pub(crate) struct Context {
    pub(crate) quiet: bool,
    pub(crate) threads: Option<usize>,
    /// Colours on stdout.
    pub(crate) color: bool,
    /// Colours on stderr.
    pub(crate) styled_errors: bool,
    /// The language of messages.
    pub(crate) language: Language,
}

pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let styled_errors = colored(cli.color, std::io::stderr().is_terminal());
    let context = Context {
        quiet: cli.quiet,
        threads: cli.threads.map(usize::from),
        color: colored(cli.color, std::io::stdout().is_terminal()),
        styled_errors,
        language: language(cli.lang),
    };
    match dispatch(cli.command, context) {
        Ok(code) => code,
        Err(error) => {
            report(&error, context);
            ExitCode::from(error.kind().exit_code())
        }
    }
}

/// The language of messages: as asked, or that of the environment.
fn language(asked: Option<Lang>) -> Language {
    match asked {
        Some(Lang::En) => Language::En,
        Some(Lang::Fr) => Language::Fr,
        None => {
            let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
            let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set);
            locale.map_or(Language::En, |locale| Language::of_locale(&locale))
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
        Command::Explain { code } => reference::explain(code.as_deref(), context.language),
        Command::Schema { of } => reference::schema(of),
        Command::Completions { shell } => reference::completions(shell),
        Command::Man => reference::man(),
    }
}

/// Prints an error; of a run that can go on, the command as well.
pub(crate) fn report(error: &Error, context: Context) {
    match error {
        Error::Scenario(diagnostics) => {
            eprintln!("{}", diagnostics.render_in(context.language, context.styled_errors));
            let first = diagnostics.iter().next().map_or("J0101", |diagnostic| diagnostic.code.id);
            let errors = diagnostics.errors();
            match context.language {
                Language::En => {
                    let mistakes = count(errors, "mistake");
                    eprintln!("\n{mistakes} in all; `jumelles explain {first}` tells more");
                }
                Language::Fr => {
                    let mistakes = count(errors, "erreur");
                    eprintln!("\n{mistakes} en tout ; `jumelles explain {first}` en dit plus");
                }
            }
        }
        other => {
            let (error, advice) = match context.language {
                Language::En => ("error", "hint"),
                Language::Fr => ("erreur", "conseil"),
            };
            eprintln!("{error}: {other}");
            if let Some(hint) = other.hint() {
                eprintln!("  = {advice}: {hint}");
            }
            if let Error::Unfinished { .. } = other {
                eprintln!("  = next: {}", command_to_resume());
            }
        }
    }
}

/// The command that was given, with `--resume`, as a shell reads it.
fn command_to_resume() -> String {
    let plain = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "-_./=:,+@%".contains(c))
    };
    let mut words: Vec<String> = std::iter::once("jumelles".to_owned())
        .chain(std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()))
        .collect();
    if !words.iter().any(|word| word == "--resume") {
        words.push("--resume".to_owned());
    }
    let quoted = words.iter().map(|word| match plain(word) {
        true => word.clone(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    });
    quoted.collect::<Vec<_>>().join(" ")
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
        eprintln!("{}\n", model.warnings().render_in(context.language, context.styled_errors));
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
    match written {
        // A reader that has seen enough (`| head`) is no failure, and leaves the exit code as it is.
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|e| Error::io("write to", "stdout", e)),
    }
}

/// Prints a result as JSON.
pub(crate) fn print_json(value: &impl serde::Serialize) -> Result<()> {
    print(&serde_json::to_string_pretty(value).expect("results are plain data"))
}
