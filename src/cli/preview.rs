//! `preview`: twins side by side, the differing cells marked.

use std::fmt::Write;
use std::process::ExitCode;

use jumelles::Result;
use jumelles::model::{Cell, Model};
use jumelles::sample::{Cells, Sampler};
use jumelles::value::Column;
use unicode_width::UnicodeWidthStr;

use super::arguments::ScenarioArguments;
use super::run::{Context, model, print};

const WIDEST: usize = 28;

pub(super) fn preview(
    arguments: &ScenarioArguments,
    n: u64,
    seed: u64,
    context: Context,
) -> Result<ExitCode> {
    let model = model(arguments, context)?;
    let plan = model.plan();
    let batch = Sampler::new(&model, &plan, seed).batch(0..n.clamp(1, 1000))?;
    let names: Vec<&str> = model
        .protected
        .iter()
        .map(|p| p.name.as_str())
        .chain(model.shown().map(|v| v.name.as_str()))
        .collect();
    let kinds: Vec<Option<&Cell>> =
        vec![None; model.protected.len()].into_iter().chain(model.shown().map(|v| Some(&v.cell))).collect();
    let mut out = String::new();
    for row in 0..(batch.units.end as usize) {
        let columns: Vec<Vec<String>> = plan
            .arms
            .iter()
            .map(|arm| arm.iter().zip(&kinds).map(|(id, cell)| shown(batch.cells(*id), *cell, row)).collect())
            .collect();
        table(&mut out, row, &names, &columns, &model, context.color);
    }
    print(&out)?;
    Ok(ExitCode::SUCCESS)
}

fn table(out: &mut String, unit: usize, names: &[&str], arms: &[Vec<String>], model: &Model, color: bool) {
    let first = names.iter().map(|n| n.width()).max().unwrap_or(4).max(6);
    let widths: Vec<usize> = arms
        .iter()
        .zip(&model.arms)
        .map(|(cells, arm)| cells.iter().map(|c| c.width()).max().unwrap_or(0).max(arm.name.width()))
        .collect();
    let mut line = format!("{:<first$}", format!("unit {unit}"));
    for (arm, width) in model.arms.iter().zip(&widths) {
        let _ = write!(line, "  {:<width$}", arm.name);
    }
    let _ = writeln!(out, "{}", line.trim_end());
    for (at, name) in names.iter().enumerate() {
        let mut line = format!("{name:<first$}");
        for (cells, width) in arms.iter().zip(&widths) {
            let cell = &cells[at];
            let padded = format!("{cell}{}", " ".repeat(width - cell.width()));
            // Without colours a star marks what differs from the first arm.
            match (cell != &arms[0][at], color) {
                (false, _) => line.push_str(&format!("  {padded}")),
                (true, true) => line.push_str(&format!("  \u{1b}[1;33m{padded}\u{1b}[0m")),
                (true, false) => line.push_str(&format!(" *{padded}")),
            }
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out.push('\n');
}

fn shown(cells: &Cells, cell: Option<&Cell>, row: usize) -> String {
    if cells.missing.as_ref().is_some_and(|m| m[row]) {
        return "—".to_owned();
    }
    let text = match &cells.column {
        Column::Number(values) if matches!(cell, Some(Cell::Integer)) => format!("{}", values[row] as i64),
        Column::Number(values) => format!("{}", (values[row] * 1e6).round() / 1e6),
        Column::Boolean(values) => values[row].to_string(),
        Column::Category { codes, levels } => levels.name(codes[row]).to_owned(),
        Column::Text(values) => values.value(row).to_owned(),
        Column::Date(values) => {
            let date = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(values[row]));
            date.map_or_else(|_| "?".to_owned(), |d| d.to_string())
        }
    };
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match plain.chars().count() > WIDEST {
        true => format!("{}…", plain.chars().take(WIDEST - 1).collect::<String>()),
        false => plain,
    }
}
