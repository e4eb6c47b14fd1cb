//! Commands that tell what there is: scenarios, codes, schemas, completions, the manual.

use std::fmt::Write;
use std::process::ExitCode;

use clap::CommandFactory;
use jumelles::diag::{CODES, Code, nearest};
use jumelles::evaluate::Evaluation;
use jumelles::scenario::{SHIPPED, Scenario};
use jumelles::suite::Manifest;
use jumelles::{Error, Result};

use super::arguments::{Cli, SchemaOf};
use super::run::{print, print_json};

pub(super) fn scenarios(json: bool) -> Result<ExitCode> {
    let mut rows = Vec::new();
    for shipped in SHIPPED {
        let scenario = Scenario::from_text(shipped.name, shipped.text)?;
        let language = scenario.header.language;
        rows.push((shipped.name, language.tag(), scenario.header.title.get(language).to_owned()));
    }
    if json {
        let list: Vec<_> = rows
            .iter()
            .map(|(name, language, title)| serde_json::json!({ "name": name, "language": language, "title": title }))
            .collect();
        print_json(&serde_json::json!({ "format_version": 1, "scenarios": list }))?;
    } else {
        let mut out = String::new();
        for (name, language, title) in rows {
            let _ = writeln!(out, "{name:<14} {language}  {title}");
        }
        print(&out)?;
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn explain(id: Option<&str>) -> Result<ExitCode> {
    let Some(id) = id else {
        let mut out = String::new();
        for code in CODES {
            let _ = writeln!(out, "{}  {}", code.id, code.title);
        }
        print(&out)?;
        return Ok(ExitCode::SUCCESS);
    };
    let Some(code) = Code::find(id) else {
        let hint = match nearest(id, CODES.iter().map(|c| c.id)) {
            Some(near) => format!("did you mean {near}? `jumelles explain` lists all codes"),
            None => "`jumelles explain` lists all codes".to_owned(),
        };
        return Err(Error::request_hint(format!("there is no code `{id}`"), hint));
    };
    print(&format!("{}: {}\n\n{}\n", code.id, code.title, code.explanation))?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn schema(of: SchemaOf) -> Result<ExitCode> {
    match of {
        SchemaOf::Scenario => print_json(&jumelles::scenario::schema())?,
        SchemaOf::Policy => print_json(&jumelles::policy::schema())?,
        SchemaOf::Evaluation => print_json(&schemars::schema_for!(Evaluation))?,
        SchemaOf::Manifest => print_json(&schemars::schema_for!(Manifest))?,
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn completions(shell: clap_complete::Shell) -> Result<ExitCode> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "jumelles", &mut out);
    print(&String::from_utf8_lossy(&out))?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn man() -> Result<ExitCode> {
    let mut out = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut out).map_err(|e| Error::io("write", "stdout", e))?;
    print(&String::from_utf8_lossy(&out))?;
    Ok(ExitCode::SUCCESS)
}
