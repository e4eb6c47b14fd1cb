//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Paired counterfactual test data: twins from a scenario, suites that can be verified, and what a model does to them.
#[derive(Parser)]
#[command(
    name = "jumelles",
    version,
    propagate_version = true,
    after_help = "Examples:\n  jumelles scenarios\n  jumelles preview recrutement\n  jumelles generate recrutement -o out/recrutement\n  jumelles verify out/recrutement\n  jumelles evaluate out/recrutement predictions.csv\n\nExit codes: 0 done · 1 a suite that does not verify, or differential treatment · 2 a wrong request, nothing was written · 3 not enough evidence · 4 disk, permission · 130, 143 interrupted"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value = "auto")]
    pub(crate) color: Color,
    /// The language of messages and reports; by default that of LC_ALL, LC_MESSAGES or LANG.
    #[arg(long, global = true, value_enum)]
    pub(crate) lang: Option<Lang>,
    /// No progress and no warnings.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// How many threads; by default all that the machine has. Results are the same.
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
pub(crate) enum Lang {
    En,
    Fr,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// A scenario and what is laid over it.
#[derive(Args)]
pub(crate) struct ScenarioArguments {
    /// A TOML file, or the name of a shipped scenario.
    pub(crate) scenario: String,
    /// Overrides a value, for instance variables.certifications.poisson.mean=2.
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
    /// The strength of a proxy group: career=0.5, or career=0:1:0.25 for a dose-response suite.
    #[arg(long, value_name = "GROUP=S")]
    pub(crate) strength: Vec<String>,
    /// The kind of design; by default the scenario's.
    #[arg(long, value_parser = ["twins", "paths", "each-proxy", "factorial", "factual", "arms"])]
    pub(crate) design: Option<String>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// The shipped scenarios, one line each.
    Scenarios {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// A starter file with comments.
    #[command(after_help = "Example:\n  jumelles new my-scenario --from hiring -o my-scenario.toml")]
    New {
        /// The name of the scenario.
        name: String,
        /// A shipped scenario to start from.
        #[arg(long)]
        from: Option<String>,
        /// The file to write; by default NAME.toml.
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
    /// All mistakes with their places, or the model: variables, roles, arms, contrasts.
    #[command(after_help = "Examples:\n  jumelles check my.toml\n  jumelles check hiring --graph mermaid")]
    Check {
        #[command(flatten)]
        scenario: ScenarioArguments,
        /// The causal graph, as text that draws.
        #[arg(long, value_enum)]
        graph: Option<Graph>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Twins side by side, the differing cells marked.
    Preview {
        #[command(flatten)]
        scenario: ScenarioArguments,
        /// How many units.
        #[arg(short, default_value_t = 3, value_parser = count, allow_negative_numbers = true)]
        n: u64,
        /// The seed.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// What would be made: arms, records, columns computed.
    Plan {
        #[command(flatten)]
        scenario: ScenarioArguments,
        /// How many units; by default the scenario's.
        #[arg(long, value_parser = count, allow_negative_numbers = true)]
        units: Option<u64>,
        /// Also how many units this policy needs: a file, or `default`.
        #[arg(long, value_name = "FILE")]
        policy: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Writes a suite.
    #[command(
        after_help = "Examples:\n  jumelles generate recrutement -o out/recrutement\n  jumelles generate hiring -o out/big --units 1000000 --seed 7\n  jumelles generate my.toml -o out/mine --format csv\n  jumelles generate hiring -o out/big --units 30000000 --parts 3 --part 0\n  jumelles generate hiring -o out/big --units 30000000 --parts 30 --resume\n\nA run that is killed, interrupted or out of disk space leaves its finished parts in OUTPUT.partial; the same command with --resume makes the rest, with the same bytes."
    )]
    Generate {
        #[command(flatten)]
        scenario: ScenarioArguments,
        /// The folder to write.
        #[arg(short, long)]
        output: PathBuf,
        /// How many units; by default the scenario's.
        #[arg(long, value_parser = count, allow_negative_numbers = true)]
        units: Option<u64>,
        /// The seed.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// In how many parts.
        #[arg(long, default_value_t = 1)]
        parts: u32,
        /// Makes this part only, counted from 0; `combine` makes a suite of all of them.
        #[arg(long, value_name = "I")]
        part: Option<u32>,
        /// parquet, csv, jsonl or arrow.
        #[arg(long, default_value = "parquet", value_parser = ["parquet", "csv", "jsonl", "arrow"])]
        format: String,
        /// arms: a file for each arm; one-file: one Parquet file in which arms share what is equal.
        #[arg(long, default_value = "arms", value_parser = ["arms", "one-file"])]
        layout: String,
        /// Replaces a suite that is there.
        #[arg(long)]
        overwrite: bool,
        /// Goes on with a run that was cut short: keeps the parts that its hashes prove.
        #[arg(long)]
        resume: bool,
        /// The manifest to stdout.
        #[arg(long)]
        json: bool,
    },
    /// Makes a suite of parts that were made alone.
    #[command(
        after_help = "Example: three machines that share a folder, then any of them\n  jumelles generate hiring -o out/big --units 30000000 --parts 3 --part 0   (1, 2)\n  jumelles combine out/big"
    )]
    Combine {
        /// The folder with all parts.
        suite: PathBuf,
        /// The manifest to stdout.
        #[arg(long)]
        json: bool,
    },
    /// What a suite is: counts, arms, what varies, hashes, sources.
    Inspect {
        /// The folder of the suite.
        suite: PathBuf,
        /// The manifest.
        #[arg(long)]
        json: bool,
    },
    /// Whether a suite is what it says it is.
    Verify {
        /// The folder of the suite.
        suite: PathBuf,
        /// Replays every record, not a sample.
        #[arg(long)]
        deep: bool,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// What a model does to the twins of a suite, and what a policy says of it.
    #[command(
        after_help = "Examples:\n  jumelles evaluate out/hiring scores.parquet\n  jumelles evaluate out/hiring answers.csv --output shortlisted:decision:favourable=yes --policy my-policy.toml\n  jumelles evaluate out/hiring scores.parquet --report report.html --report junit.xml\n\nExit codes: 0 every criterion passes · 1 differential treatment found · 2 a wrong request · 3 not enough evidence · 4 disk, permission"
    )]
    Evaluate {
        /// The folder of the suite.
        suite: PathBuf,
        /// Files with the model's answers (Parquet, CSV, JSON lines, Arrow), or folders of such files.
        #[arg(required = true)]
        predictions: Vec<PathBuf>,
        /// A policy; by default the one that comes with the program.
        #[arg(long, value_name = "FILE")]
        policy: Option<String>,
        /// An output: [NAME=]COLUMN[:KIND][:favourable=VALUE][:list=COLUMN][:from=EXTRACTOR], as often as needed; by
        /// default all columns that are not the suite's.
        #[arg(long, value_name = "DECLARATION")]
        output: Vec<String>,
        /// Writes a report; the ending says which kind: .html, .json, .xml (JUnit) or .md.
        #[arg(long, value_name = "FILE")]
        report: Vec<PathBuf>,
        /// Verifies the suite first; the report says what came of it.
        #[arg(long)]
        verify: bool,
        /// The evaluation as JSON to stdout.
        #[arg(long)]
        json: bool,
    },
    /// Tells more about a code such as J0401.
    Explain {
        /// The code; by default all of them.
        code: Option<String>,
    },
    /// The JSON Schema of scenarios, policies, the manifest or evaluations.
    Schema {
        /// Of what.
        #[arg(value_enum, default_value = "scenario")]
        of: SchemaOf,
    },
    /// Completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// The manual page.
    Man,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Graph {
    Mermaid,
    Dot,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum SchemaOf {
    Scenario,
    Manifest,
    Policy,
    Evaluation,
}

/// A number of units: `10_000` as in scenarios, or `10000`.
fn count(text: &str) -> Result<u64, String> {
    match text.replace('_', "").parse() {
        Ok(0) => Err("it must be 1 or more".to_owned()),
        Ok(number) => Ok(number),
        Err(_) => Err("it is not a whole number, such as 10_000".to_owned()),
    }
}
