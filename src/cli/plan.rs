//! `plan`: what would be made, and how many units a policy needs.

use std::fmt::Write;
use std::process::ExitCode;

use jumelles::Result;
use jumelles::policy::{Policy, UnitsNeeded};

use super::arguments::ScenarioArguments;
use super::evaluate::read_policy;
use super::run::{Context, count, model, print, print_json};

pub(super) fn plan(
    arguments: &ScenarioArguments,
    units: Option<u64>,
    policy: Option<&str>,
    json: bool,
    context: Context,
) -> Result<ExitCode> {
    let model = model(arguments, context)?;
    let needed = match policy {
        Some(policy) => {
            Some(read_policy(Some(policy))?).map(|p: Policy| p.units_needed(&model)).transpose()?
        }
        None => None,
    };
    let plan = model.plan();
    let units = units.unwrap_or(model.scenario.header.units);
    jumelles::suite::check_units(units, model.arms.len())?;
    let columns: usize = plan.arms.iter().map(Vec::len).sum();
    let mut distinct: Vec<usize> = plan.arms.iter().flatten().copied().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let records = units.saturating_mul(model.arms.len() as u64);
    if json {
        let mut value = serde_json::json!({
            "format_version": 1, "units": units, "arms": model.arms.len(), "records": records,
            "columns_shown": columns, "columns_computed": distinct.len(), "contrasts": model.contrasts.len(),
        });
        if let Some(needed) = needed {
            value["units_needed"] = serde_json::to_value(needed).expect("plain data");
        }
        print_json(&value)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = format!(
        "{units} units in {} make {records} records\n{columns} columns are shown, of which {} are computed; the others are shared between arms\n",
        count(model.arms.len(), "arm"),
        distinct.len(),
    );
    if let Some(needed) = needed {
        out.push_str(&shown(&needed, units));
    }
    print(&out)?;
    Ok(ExitCode::SUCCESS)
}

fn shown(needed: &[UnitsNeeded], units: u64) -> String {
    let width = needed.iter().map(|n| n.criterion.chars().count()).max().unwrap_or(0).max(9);
    let mut out = format!("\n{:<width$}  {:>12}  {:>12}\n", "criterion", "blind model", "fair model");
    let number = |n: Option<u64>| n.map_or("—".to_owned(), |n| n.to_string());
    for one in needed {
        let note = match one.asked {
            true => String::new(),
            false => "  not asked: the design has no such contrast".to_owned(),
        };
        let _ = writeln!(
            out,
            "{:<width$}  {:>12}  {:>12}{note}",
            one.criterion,
            number(one.for_a_blind_model),
            number(one.for_a_fair_model)
        );
    }
    out.push_str("units needed to pass: by a model that never tells twins apart; with probability 0.9 by a fair one that sometimes does\n");
    let most =
        needed.iter().filter(|n| n.asked).filter_map(|n| n.for_a_fair_model.or(n.for_a_blind_model)).max();
    if let Some(most) = most.filter(|most| *most > units) {
        let _ = writeln!(out, "with {units} units a fair model may stay inconclusive: {most} are needed");
    }
    out
}
