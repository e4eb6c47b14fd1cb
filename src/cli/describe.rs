//! `check`, `plan` and `inspect`: what a scenario or a suite is.

use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use jumelles::model::{ContrastKind, GraphFormat, Model, Parent};
use jumelles::suite::Suite;
use jumelles::{Error, Result};

use super::arguments::{Graph, ScenarioArguments};
use super::run::{Context, count, model, print, print_json};

pub(super) fn check(
    arguments: &ScenarioArguments,
    graph: Option<Graph>,
    json: bool,
    context: Context,
) -> Result<ExitCode> {
    let model = match model(arguments, context) {
        Err(Error::Scenario(diagnostics)) if json => {
            print_json(
                &serde_json::json!({ "format_version": 1, "ok": false, "diagnostics": diagnostics.to_json() }),
            )?;
            return Ok(ExitCode::from(2));
        }
        other => other?,
    };
    if let Some(graph) = graph {
        let format = match graph {
            Graph::Mermaid => GraphFormat::Mermaid,
            Graph::Dot => GraphFormat::Dot,
        };
        print(&model.graph(format))?;
        return Ok(ExitCode::SUCCESS);
    }
    // What only shows when values are drawn is found here too, before the long work.
    let plan = model.plan();
    jumelles::sample::Sampler::new(&model, &plan, 1).batch(0..1000)?;
    match json {
        true => print_json(&serde_json::json!({
            "format_version": 1,
            "ok": true,
            "diagnostics": model.warnings().to_json(),
            "arms": model.arms.iter().map(|a| &a.name).collect::<Vec<_>>(),
            "variables": model.variables.iter().map(|v| serde_json::json!({
                "name": v.name, "role": v.role.word(), "group": v.group.map(|g| &model.groups[g].name), "kind": v.cell.word(),
            })).collect::<Vec<_>>(),
        }))?,
        false => print(&described(&model))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn described(model: &Model) -> String {
    let header = &model.scenario.header;
    let mut out =
        format!("{} {} · {}\n\n", header.name.value, header.version, header.title.get(header.language));
    for protected in &model.protected {
        let levels: Vec<String> =
            protected.levels.names().iter().zip(&protected.shares).map(|(l, s)| format!("{l} {s}")).collect();
        let _ = writeln!(out, "{:<22} protected   {}", protected.name, levels.join(" · "));
    }
    for variable in &model.variables {
        let parents: Vec<&str> = variable
            .parents
            .iter()
            .map(|p| match p {
                Parent::Protected(p) => model.protected[*p].name.as_str(),
                Parent::Variable(v) => model.variables[*v].name.as_str(),
            })
            .collect();
        let group = variable.group.map_or_else(String::new, |g| format!(" [{}]", model.groups[g].name));
        let from = if parents.is_empty() { String::new() } else { format!(" ← {}", parents.join(", ")) };
        let _ = writeln!(
            out,
            "{:<22} {:<11} {}{group}{from}",
            variable.name,
            variable.role.word(),
            variable.cell.word()
        );
    }
    let _ = writeln!(out, "\n{}:", count(model.arms.len(), "arm"));
    for arm in &model.arms {
        let _ = writeln!(out, "  {}", arm.name);
    }
    let _ = writeln!(out, "{}:", count(model.contrasts.len(), "contrast"));
    for contrast in &model.contrasts {
        let pairs: Vec<String> = contrast
            .pairs
            .iter()
            .map(|(t, r)| format!("{} − {}", model.arms[*t].name, model.arms[*r].name))
            .collect();
        let _ = writeln!(out, "  {:<16} {}", kind(model, contrast.kind), pairs.join(", "));
    }
    out
}

fn kind(model: &Model, kind: ContrastKind) -> String {
    match kind {
        ContrastKind::Total => "total".to_owned(),
        ContrastKind::Direct => "direct".to_owned(),
        ContrastKind::Proxy => "proxy".to_owned(),
        ContrastKind::Group(group) => format!("proxy:{}", model.groups[group].name),
        ContrastKind::Placebo => "placebo".to_owned(),
    }
}

pub(super) fn inspect(dir: &Path, json: bool) -> Result<ExitCode> {
    let suite = Suite::open(dir)?;
    if json {
        print_json(&suite.manifest)?;
    } else {
        print(&summary(&suite))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A suite in a dozen lines.
pub(super) fn summary(suite: &Suite) -> String {
    let m = &suite.manifest;
    let bytes: u64 = m.files.iter().map(|f| f.bytes).sum();
    let varying: Vec<&str> = m
        .columns
        .iter()
        .filter(|c| c.varies && c.role != "id" && c.role != "arm")
        .map(|c| c.name.as_str())
        .collect();
    let mut out = String::new();
    let _ = writeln!(out, "suite      {} ({})", suite.dir.display(), m.suite_id);
    let _ = writeln!(out, "scenario   {} {}", m.scenario.name, m.scenario.version);
    let _ = writeln!(out, "seed       {}", m.seed);
    let _ = writeln!(out, "units      {}", m.units);
    let _ = writeln!(
        out,
        "arms       {} ({})",
        m.arms.len(),
        m.arms.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ")
    );
    let _ = writeln!(out, "records    {}", m.units * m.arms.len() as u64);
    let _ = writeln!(out, "design     {} with {}", m.design, count(m.contrasts.len(), "contrast"));
    let _ = writeln!(out, "varying    {}", varying.join(", "));
    let _ = writeln!(out, "files      {} ({:.1} MB, {})", m.files.len(), bytes as f64 / 1e6, m.file_format);
    let _ = writeln!(out, "content    {}", m.content_hash);
    let _ = writeln!(
        out,
        "sources    {}",
        m.sources.iter().map(|s| s.id.as_str()).collect::<Vec<_>>().join(", ")
    );
    out
}
