//! When all rows are in: what an output is, its cells in final form, and what was irregular.

use std::ops::Range;

use super::declaration::DeclaredKind;
use super::distinct::{FIRST_CODE, Sighting, Value};
use super::fault::{Absence, EXAMPLES, Example, Fault, Irregularity};
use super::guess::{self, Counted, Numbers};
use super::intake::{Intake, as_number, first_example, is_rank};
use super::kind::Kind;
use super::output::{Output, counts};
use super::places::Addresses;
use super::repeats::{Aggregated, Log, aggregate};
use super::store::{Cell, Store, absent_number};
use super::words::{is_favourable, is_refusal};
use crate::error::{Error, Result};

/// Of so many answers to a decision, one may be neither of its two values.
const SLIPS: u64 = 20;
/// Values that a message lists.
const LISTED: usize = 6;

/// What outputs have in common.
pub(super) struct Settling<'r> {
    pub(super) addresses: &'r Addresses,
    pub(super) files: &'r [String],
    pub(super) units: Range<u64>,
    pub(super) log: Option<&'r Log>,
}

/// The output, and its irregularities.
pub(super) fn settle(mut intake: Intake, common: &Settling) -> Result<(Output, Vec<Irregularity>)> {
    let (kind, guessed) = kind_of(&intake)?;
    let labels = convert(&mut intake, &kind, common);
    let arms = common.addresses.arms.len();
    let (first, records) =
        (common.units.start * arms as u64, (common.units.end - common.units.start) * arms as u64);
    let rows = std::mem::replace(&mut intake.store, Store::codes(0));
    // With repeats, absences are counted by row, so that one refusal among five answers is seen.
    let by_row = common.log.map(|log| counts(&rows, |row| common.addresses.arm_of(log.places[row]), arms));
    let (store, repeats, conflicts) = match common.log {
        None => (rows, None, Vec::new()),
        Some(log) => {
            let Aggregated { store, repeats, duplicates, conflicts } =
                aggregate(&rows, log, &kind, first, records);
            again(&mut intake, common, Fault::Duplicate, &duplicates);
            again(&mut intake, common, Fault::Absent(Absence::Conflicting), &conflicts);
            for (place, _) in duplicates {
                intake.duplicates[common.addresses.arm_of(place)] += 1;
            }
            (store, Some(repeats), conflicts)
        }
    };
    let mut output = Output {
        name: intake.declaration.name.clone(),
        column: intake.declaration.column.clone(),
        kind,
        guessed,
        from: intake.declaration.from.as_ref().map(ToString::to_string),
        repeats,
        labels,
        store,
        units: common.units.clone(),
        arms,
        absent: Vec::new(),
    };
    output.count();
    let mut counted = by_row.unwrap_or_else(|| output.absent.clone());
    for (arm, counts) in counted.iter_mut().enumerate() {
        counts[Absence::Missing as usize] = output.absent(arm, Absence::Missing);
    }
    for (place, _) in &conflicts {
        counted[common.addresses.arm_of(*place)][Absence::Conflicting as usize] += 1;
    }
    let irregularities = irregularities(&intake, &output, &counted, common);
    Ok((output, irregularities))
}

/// Keeps examples of repeats that are there again.
fn again(intake: &mut Intake, common: &Settling, fault: Fault, found: &[(u64, i64)]) {
    for (place, repeat) in found {
        let id = common.addresses.id(*place);
        intake.keep(fault, *place, || Example { row: None, id, value: Some(format!("repeat {repeat}")) });
    }
}

/// Values of few with the number of cells that have each.
fn counted(intake: &Intake) -> Vec<Counted<'_>> {
    let mut counts = [0u64; 256];
    if let Store::Codes(cells) = &intake.store {
        for cell in cells {
            counts[usize::from(*cell)] += 1;
        }
    }
    intake
        .distinct
        .values()
        .zip(usize::from(FIRST_CODE)..)
        .map(|((value, _), code)| (value, counts[code]))
        .collect()
}

/// The kind, and why if it was guessed.
fn kind_of(intake: &Intake) -> Result<(Kind, Option<String>)> {
    let column = intake.declaration.name();
    let kind = match &intake.declaration.kind {
        Some(DeclaredKind::Decision { favourable }) => return decision(intake, favourable.as_deref()),
        Some(DeclaredKind::Score { low, high }) => Kind::Score { low: *low, high: *high },
        Some(DeclaredKind::Number) => Kind::Number,
        Some(DeclaredKind::Rank { list }) => Kind::Rank { list: list.clone() },
        Some(DeclaredKind::Category) => Kind::Category,
        Some(DeclaredKind::Text) => Kind::Text,
        None => {
            let (kind, said) = match &intake.store {
                Store::Codes(_) => {
                    let mut values = counted(intake);
                    // A value that lives on only in rows in conflict is none.
                    values.retain(|(_, count)| *count > 0);
                    guess::of_values(column, &values)?
                }
                Store::Numbers(_) if intake.lengths => (
                    Kind::Text,
                    "many different values, most of them texts, so a text (its length is its value)"
                        .to_owned(),
                ),
                Store::Numbers(cells) => {
                    let numbers = cells.iter().filter(|cell| !cell.is_nan()).map(|cell| (*cell, 1));
                    guess::of_numbers(column, Numbers::of(numbers))
                }
                Store::Labels(_) => (Kind::Category, "labels".to_owned()),
            };
            return Ok((kind, Some(said)));
        }
    };
    Ok((kind, None))
}

/// The two values of a declared decision.
fn decision(intake: &Intake, favourable: Option<&str>) -> Result<(Kind, Option<String>)> {
    let column = intake.declaration.name();
    let mut values = counted(intake);
    values.retain(|(value, count)| *count > 0 && !matches!(value, Value::Text(text) if is_refusal(text)));
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.label().cmp(&b.0.label())));
    let total: u64 = values.iter().map(|(_, count)| count).sum();
    let is_favourite = |value: &Value| match favourable {
        Some(favourable) => value.is_written(favourable),
        None => is_favourable(&value.label()) == Some(true),
    };
    let (mut yes, mut no): (Vec<Counted>, Vec<Counted>) =
        values.iter().partition(|(value, _)| is_favourite(value));
    if favourable.is_none() && yes.is_empty() {
        // The other of two values is the favourable one, if only one of them is known to be unfavourable.
        let (unfavourable, other): (Vec<Counted>, Vec<Counted>) =
            no.iter().partition(|(value, _)| is_favourable(&value.label()) == Some(false));
        match (other.as_slice(), unfavourable.as_slice()) {
            ([_], [_]) => (yes, no) = (other, unfavourable),
            ([], _) => {}
            ([a, b], []) => return Err(guess::ask(column, a.0, b.0)),
            _ => return Err(which(column, &values)),
        }
    }
    let rest: u64 = no.iter().skip(1).map(|(_, count)| count).sum();
    if favourable.is_none() && yes.len() > 1 {
        return Err(which(column, &values));
    }
    if let Some(favourable) = favourable.as_ref().filter(|_| yes.is_empty() && values.len() == 2) {
        return Err(Error::request_hint(
            format!(
                "the decision `{column}` never has the favourable value `{favourable}`: it has {}",
                list(&values)
            ),
            format!("say which of them is favourable: `{column}:decision:favourable=VALUE`"),
        ));
    }
    if rest * SLIPS > total {
        return Err(more_than_two(column, &values));
    }
    let other = no.first().map(|(value, _)| value.label());
    let written = match (favourable, yes.first()) {
        (_, Some((value, _))) => value.label(),
        (Some(favourable), None) => favourable.to_owned(),
        (None, None) => format!("not {}", other.as_deref().unwrap_or_default()),
    };
    let guessed = favourable.is_none().then(|| format!("`{written}` is taken to be the favourable value"));
    Ok((Kind::Decision { favourable: written, other }, guessed))
}

fn list(values: &[Counted]) -> String {
    let names: Vec<String> =
        values.iter().take(LISTED).map(|(v, count)| format!("`{}` ({count})", v.label())).collect();
    let more = if values.len() > LISTED { ", …" } else { "" };
    format!("{}{more}", names.join(", "))
}

fn which(column: &str, values: &[Counted]) -> Error {
    Error::request_hint(
        format!(
            "which value of the decision `{column}` is the favourable one cannot be told: it has {}",
            list(values)
        ),
        format!("say it: `{column}:decision:favourable=VALUE`"),
    )
}

fn more_than_two(column: &str, values: &[Counted]) -> Error {
    Error::request_hint(
        format!("the decision `{column}` has more than two values: {}", list(values)),
        format!("declare it as `{column}:category`, or reduce its values to two"),
    )
}

/// Gives the store its final form; the labels of it.
fn convert(intake: &mut Intake, kind: &Kind, common: &Settling) -> Vec<String> {
    let store = std::mem::replace(&mut intake.store, Store::codes(0));
    let values: Vec<(Value, Sighting)> = intake.distinct.values().map(|(v, at)| (v.clone(), at)).collect();
    let refusal = |value: &Value| matches!(value, Value::Text(text) if is_refusal(text));
    let (store, labels, absences) = match (store, kind) {
        (Store::Codes(codes), Kind::Decision { favourable, other }) => {
            let target = |value: &Value| match value {
                value if value.is_written(favourable) => FIRST_CODE + 1,
                value if other.as_ref().is_some_and(|other| value.is_written(other)) => FIRST_CODE,
                value if refusal(value) => u8::absent(Absence::Refused),
                _ => u8::absent(Absence::UnknownValue),
            };
            let targets: Vec<u8> = values.iter().map(|(value, _)| target(value)).collect();
            let labels = vec![other.clone().unwrap_or_default(), favourable.clone()];
            (Store::Codes(recoded(codes, &targets)), labels, absences(&targets))
        }
        (Store::Codes(codes), Kind::Category) => {
            let mut labels: Vec<&Value> = values.iter().map(|(v, _)| v).filter(|v| !refusal(v)).collect();
            labels.sort_by(|a, b| in_order(a, b));
            let target = |value: &Value| match labels.iter().position(|label| *label == value) {
                Some(at) => FIRST_CODE + at as u8,
                None => u8::absent(Absence::Refused),
            };
            let targets: Vec<u8> = values.iter().map(|(value, _)| target(value)).collect();
            let labels = labels.iter().map(|label| label.label()).collect();
            (Store::Codes(recoded(codes, &targets)), labels, absences(&targets))
        }
        (Store::Codes(codes), kind) => {
            let lengths = *kind == Kind::Text;
            let targets: Vec<f64> =
                values.iter().map(|(value, _)| within(kind, as_number(value, lengths))).collect();
            let cell = |code: &u8| match code.absence() {
                Some(absence) => absent_number(absence),
                None => targets[usize::from(code - FIRST_CODE)],
            };
            (Store::Numbers(codes.iter().map(cell).collect()), Vec::new(), absences(&targets))
        }
        (Store::Numbers(mut cells), kind) => {
            cells.iter_mut().for_each(|cell| *cell = within(kind, *cell));
            let targets: Vec<f64> =
                values.iter().map(|(v, _)| within(kind, as_number(v, intake.lengths))).collect();
            (Store::Numbers(cells), Vec::new(), absences(&targets))
        }
        (Store::Labels(mut cells), _) => {
            let names = std::mem::take(&mut intake.labels);
            let mut order: Vec<usize> = (0..names.len()).collect();
            order.sort_by(|a, b| names[*a].cmp(&names[*b]));
            let mut targets = vec![0; names.len()];
            for (new, old) in order.iter().enumerate() {
                targets[*old] = u32::from(FIRST_CODE) + new as u32;
            }
            for cell in cells.iter_mut().filter(|cell| cell.absence().is_none()) {
                *cell = targets[(*cell - u32::from(FIRST_CODE)) as usize];
            }
            (Store::Labels(cells), order.iter().map(|at| names[*at].clone()).collect(), Vec::new())
        }
    };
    for (at, absence) in absences {
        let (value, seen) = &values[at];
        let example = || first_example(&value.label(), *seen, common.files, common.addresses);
        intake.keep(Fault::Absent(absence), seen.place, example);
    }
    if let Kind::Score { .. } = kind {
        for (number, seen) in intake.outside.clone() {
            if within(kind, number).is_nan() && intake.declaration.kind.is_none() {
                let example = || first_example(&number.to_string(), seen, common.files, common.addresses);
                intake.keep(Fault::Absent(Absence::OutOfRange), seen.place, example);
            }
        }
    }
    intake.store = store;
    labels
}

fn recoded(mut codes: Vec<u8>, targets: &[u8]) -> Vec<u8> {
    let mut table = [0u8; 256];
    for (code, to) in table.iter_mut().enumerate() {
        let first = usize::from(FIRST_CODE);
        *to = if code < first { code as u8 } else { targets.get(code - first).copied().unwrap_or(0) };
    }
    codes.iter_mut().for_each(|code| *code = table[usize::from(*code)]);
    codes
}

/// Which values came to be no answers.
fn absences<T: Cell>(targets: &[T]) -> Vec<(usize, Absence)> {
    let absent = |(at, target): (usize, &T)| Some((at, target.absence()?));
    targets.iter().enumerate().filter_map(absent).collect()
}

/// Numbers by size, then texts by letter.
fn in_order(a: &Value, b: &Value) -> std::cmp::Ordering {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.total_cmp(b),
        (Value::Number(_), Value::Text(_)) => std::cmp::Ordering::Less,
        (Value::Text(_), Value::Number(_)) => std::cmp::Ordering::Greater,
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
    }
}

/// The number, or why it is none of the kind.
fn within(kind: &Kind, number: f64) -> f64 {
    match kind {
        _ if number.is_nan() => number,
        Kind::Score { low, high } if !(*low..=*high).contains(&number) => absent_number(Absence::OutOfRange),
        Kind::Rank { .. } if !is_rank(number) => absent_number(Absence::NotARank),
        _ => number,
    }
}

/// All irregularities of an output, by fault and arm.
fn irregularities(
    intake: &Intake,
    output: &Output,
    counted: &[[u64; Absence::ALL.len()]],
    common: &Settling,
) -> Vec<Irregularity> {
    let mut found = Vec::new();
    let mut add = |fault: Fault, arm: usize, count: u64, examples: Vec<Example>| {
        if count > 0 {
            let (output, arm) = (Some(output.name.clone()), Some(common.addresses.named(arm)));
            found.push(Irregularity { fault, output, arm, count, examples });
        }
    };
    for absence in Absence::ALL {
        for (arm, counts) in counted.iter().enumerate() {
            let fault = Fault::Absent(absence);
            let kept = intake.examples(fault, arm).iter();
            // What was kept of a record whose rows turned out to differ is told as a conflict.
            let stands = |place: u64| {
                let unit = place / output.arms as u64;
                common.log.is_some() || output.absence(unit, arm) == Some(absence)
            };
            let mut examples: Vec<Example> =
                kept.filter(|(place, _)| stands(*place)).map(|(_, example)| example.clone()).collect();
            if examples.is_empty() && counts[absence as usize] > 0 {
                examples = first_records(output, arm, absence, common);
            }
            add(fault, arm, counts[absence as usize], examples);
        }
    }
    for (arm, count) in intake.duplicates.iter().enumerate() {
        let examples = intake.examples(Fault::Duplicate, arm).iter().map(|(_, example)| example.clone());
        add(Fault::Duplicate, arm, *count, examples.collect());
    }
    found
}

/// The first records of an arm without value for this reason, of which no row is known.
fn first_records(output: &Output, arm: usize, absence: Absence, common: &Settling) -> Vec<Example> {
    let absent = output.units().filter(|unit| output.absence(*unit, arm) == Some(absence));
    let id = |unit: u64| common.addresses.id(unit * output.arms as u64 + arm as u64);
    absent.take(EXAMPLES).map(|unit| Example { row: None, id: id(unit), value: None }).collect()
}
