//! Files to predictions, in one pass: while one thread decodes, another scatters answers to their places.

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::cells::Cells;
use super::columns::{Layout, Wanted};
use super::declaration::{DeclaredKind, OutputDeclaration};
use super::fault::{Absence, Example, Fault, Irregularity};
use super::files::{PredictionsFile, files};
use super::intake::{Intake, Placed};
use super::output::Output;
use super::places::{Addresses, NOWHERE, Rows};
use super::repeats::Log;
use super::settle::{Settling, settle};
use super::source::{Header, Run, headers, runs};
use super::words::{is_answered, is_yes};
use crate::error::{Error, Result};
use crate::suite::Suite;

/// Runs that wait for the thread that scatters them.
const WAITING: usize = 2;

/// What a model answered to the records of a suite.
#[derive(Debug, Clone)]
pub struct Predictions {
    /// The outputs, in the order of their declaration or of their columns.
    pub outputs: Vec<Output>,
    /// What is irregular: whole rows first, then output by output, by fault and arm.
    pub irregularities: Vec<Irregularity>,
    /// The files, in the order in which they were read.
    pub files: Vec<PredictionsFile>,
    /// Columns that are no outputs, and why.
    pub ignored: Vec<Ignored>,
    /// Rows of all files.
    pub rows: u64,
    /// The suite that was answered.
    pub suite_id: String,
    lists: Vec<Output>,
}

/// A column that is no output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// The column.
    pub column: String,
    /// Why it is none.
    pub why: String,
}

impl Predictions {
    /// Reads predictions from files, or folders of parts; `progress` hears of rows as they are done.
    ///
    /// Rows say which record they answer by `record_id`, or by `unit_id` and `arm`. Without declarations every other column
    /// that is not the suite's is an output, and its kind is guessed. Rows with a `repeat` column are several answers to the
    /// same record; `refused` and `status` columns say where there is no answer. Memory: per output 1 byte a record for
    /// decisions and small categories, 8 for numbers (9 while a guess is mended), 16 more a row with repeats.
    ///
    /// # Errors
    /// Files that cannot be used at all (no id, no answer, no usable row, another suite's ids, damaged), declarations that
    /// do not fit, a decision whose favourable value is unknown. Single rows that are wrong are counted irregularities.
    pub fn read(
        paths: &[PathBuf],
        suite: &Suite,
        declared: &[OutputDeclaration],
        progress: &dyn Fn(u64),
    ) -> Result<Predictions> {
        read(paths, suite, declared, 0..suite.manifest.units, progress)
    }

    /// Reads predictions of a range of units, for suites whose predictions are larger than memory. Rows of other units are
    /// looked at for irregular ids only.
    ///
    /// # Errors
    /// Those of [`Predictions::read`]; outputs whose kind is not declared (a guess could differ between ranges); a range
    /// beyond the suite.
    pub fn read_units(
        paths: &[PathBuf],
        suite: &Suite,
        declared: &[OutputDeclaration],
        units: Range<u64>,
        progress: &dyn Fn(u64),
    ) -> Result<Predictions> {
        let is_declared = |d: &OutputDeclaration| {
            !matches!(
                d.kind,
                None | Some(DeclaredKind::Decision { favourable: None } | DeclaredKind::Category)
            )
        };
        if declared.is_empty() || !declared.iter().all(is_declared) {
            return Err(Error::request_hint(
                "reading by ranges of units needs outputs whose kind is declared, decisions with their favourable value",
                "declare them, for example `hired:decision:favourable=yes`; the codes of categories depend on the range",
            ));
        }
        if units.is_empty() || units.end > suite.manifest.units {
            let message = format!("units {}..{} are not in the suite", units.start, units.end);
            return Err(Error::request_hint(message, format!("it has units 0..{}", suite.manifest.units)));
        }
        read(paths, suite, declared, units, progress)
    }

    /// The output of a name.
    pub fn output(&self, name: &str) -> Option<&Output> {
        self.outputs.iter().find(|output| output.name == name)
    }

    /// The lists of a rank, as a category: which list each record stands in. None if all records stand in one.
    pub fn lists_of(&self, output: &Output) -> Option<&Output> {
        let super::Kind::Rank { list: Some(list) } = &output.kind else { return None };
        self.lists.iter().find(|lists| lists.column == *list)
    }

    /// How many records or rows are irregular in this way; `output` and `arm` narrow it down.
    pub fn count(&self, fault: Fault, output: Option<&str>, arm: Option<usize>) -> u64 {
        self.irregularities
            .iter()
            .filter(|i| i.fault == fault)
            .filter(|i| output.is_none() || i.output.as_deref() == output)
            .filter(|i| arm.is_none() || i.arm.as_ref().map(|(arm, _)| *arm) == arm)
            .map(|i| i.count)
            .sum()
    }
}

fn read(
    paths: &[PathBuf],
    suite: &Suite,
    declared: &[OutputDeclaration],
    units: Range<u64>,
    progress: &dyn Fn(u64),
) -> Result<Predictions> {
    let addresses = Addresses::of(&suite.manifest)?;
    let files = files(paths, suite)?;
    let columns: Vec<Vec<Header>> = std::thread::scope(|scope| {
        let looking = scope.spawn(|| files.iter().map(headers).collect::<Result<_>>());
        looking.join().unwrap_or_else(|_| Err(damaged(&files)))
    })?;
    let wanted = Wanted::of(&files[0], &columns[0], &suite.manifest, declared)?;
    let layouts =
        files.iter().zip(&columns).map(|(file, headers)| wanted.layout(file, headers, &suite.manifest));
    let layouts: Vec<Layout> = layouts.collect::<Result<_>>()?;
    let mut reading = Reading::new(&addresses, &files, wanted, units.clone());
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING);
        let (files, columns, layouts) = (&files, &columns, &layouts);
        let decoding = scope.spawn(move || decode(files, columns, layouts, &sender));
        let scattered = reading.scatter(layouts, receiver, progress);
        let decoded = decoding.join().map_err(|_| damaged(files));
        scattered.and(decoded?)
    })?;
    reading.finish(files, &suite.manifest.suite_id, units)
}

/// A library that gives up on a damaged file takes its thread down, not the program.
fn damaged(files: &[PredictionsFile]) -> Error {
    let names: Vec<String> = files.iter().map(|file| format!("`{}`", file.path.display())).collect();
    Error::request_hint(format!("{} cannot be read: damaged", names.join(", ")), "write it again")
}

fn decode(
    files: &[PredictionsFile],
    columns: &[Vec<Header>],
    layouts: &[Layout],
    sender: &SyncSender<(usize, Run)>,
) -> Result<()> {
    for (at, file) in files.iter().enumerate() {
        for run in runs(file, &columns[at], &layouts[at].read)? {
            if sender.send((at, run?)).is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Predictions while rows come in.
struct Reading<'s> {
    addresses: &'s Addresses,
    names: Vec<String>,
    /// Places that are held.
    held: Range<u64>,
    rows: Rows,
    outputs: Vec<Intake>,
    lists: Vec<Intake>,
    log: Option<Log>,
    ignored: Vec<Ignored>,
    /// Repeats that are not numbers, each with a number of its own.
    repeat_names: HashMap<String, i64>,
}

impl<'s> Reading<'s> {
    fn new(addresses: &'s Addresses, files: &[PredictionsFile], wanted: Wanted, units: Range<u64>) -> Self {
        let arms = addresses.arms.len() as u64;
        let held = units.start * arms..units.end * arms;
        let log = wanted.repeats.then(Log::default);
        let slots = if log.is_some() { 0 } else { held.end - held.start };
        let lists = wanted.lists.iter().map(|name| OutputDeclaration::list(name));
        Reading {
            addresses,
            names: files.iter().map(PredictionsFile::name).collect(),
            held,
            rows: Rows::new(addresses),
            lists: lists.map(|list| Intake::new(list, slots, addresses)).collect(),
            outputs: wanted.outputs.into_iter().map(|output| Intake::new(output, slots, addresses)).collect(),
            log,
            ignored: wanted.ignored,
            repeat_names: HashMap::new(),
        }
    }

    fn scatter(
        &mut self,
        layouts: &[Layout],
        runs: Receiver<(usize, Run)>,
        progress: &dyn Fn(u64),
    ) -> Result<()> {
        for (file, run) in runs {
            self.take(file, &layouts[file], &run)?;
            progress((run.rows + run.unreadable.len()) as u64);
        }
        Ok(())
    }

    fn take(&mut self, file: usize, layout: &Layout, run: &Run) -> Result<()> {
        let file_name = self.names[file].clone();
        self.ignored.extend(run.late.iter().map(|column| Ignored {
            column: column.clone(),
            why: format!("only later rows of {file_name} have it: declare it, or give it to the first row (null will do)"),
        }));
        let places = self.rows.places(&file_name, layout, run);
        let slots = self.slots(&places, layout, run);
        let refused = self.refused(&file_name, &places, layout, run);
        let refused = refused.as_deref();
        let placed = Placed { file, file_name: &file_name, run, places: &places, slots: &slots, refused };
        for (output, column) in self.outputs.iter_mut().zip(&layout.outputs) {
            output.take(&run.columns[*column], &placed)?;
        }
        let placed = Placed { refused: None, ..placed };
        for (list, column) in self.lists.iter_mut().zip(&layout.lists) {
            list.take(&run.columns[*column], &placed)?;
        }
        Ok(())
    }

    /// The cell of each row: by its place or, with repeats, one after the other.
    fn slots(&mut self, places: &[u64], layout: &Layout, run: &Run) -> Vec<u64> {
        let held = self.held.clone();
        let (Some(log), Some(column)) = (&mut self.log, layout.repeat) else {
            return places.iter().map(|p| if held.contains(p) { p - held.start } else { NOWHERE }).collect();
        };
        let repeats = &run.columns[column];
        let mut slots = Vec::with_capacity(places.len());
        for (row, place) in places.iter().enumerate() {
            if !held.contains(place) {
                slots.push(NOWHERE);
                continue;
            }
            slots.push(log.places.len() as u64);
            log.places.push(*place);
            log.repeats.push(repeat_of(repeats, row, &mut self.repeat_names));
        }
        for intake in self.outputs.iter_mut().chain(&mut self.lists) {
            intake.store.grow(log.places.len() as u64);
        }
        slots
    }

    /// Which rows a `refused` or `status` column says have no answer.
    fn refused(&mut self, file: &str, places: &[u64], layout: &Layout, run: &Run) -> Option<Vec<bool>> {
        if layout.refused.is_none() && layout.status.is_none() {
            return None;
        }
        let mut refused = vec![false; run.rows];
        for (column, says) in [
            (layout.refused, is_yes as fn(&str) -> Option<bool>),
            (layout.status, |status: &str| is_answered(status).map(|answered| !answered)),
        ] {
            let Some(cells) = column.map(|at| &run.columns[at]) else { continue };
            for (row, refused) in refused.iter_mut().enumerate() {
                let Some(cell) = cells.shown(row) else { continue };
                match says(&cell) {
                    Some(says) => *refused |= says,
                    None => {
                        let arm = (places[row] != NOWHERE).then(|| self.addresses.arm_of(places[row]));
                        let id = arm.map_or_else(|| "unknown".to_owned(), |_| self.addresses.id(places[row]));
                        let row = Some((file.to_owned(), run.numbers.of(row)));
                        self.rows.add(Fault::UnknownStatus, arm, || Example { row, id, value: Some(cell) });
                    }
                }
            }
        }
        Some(refused)
    }

    fn finish(self, files: Vec<PredictionsFile>, suite_id: &str, units: Range<u64>) -> Result<Predictions> {
        let shown = match self.names.as_slice() {
            [one] => format!("`{one}`"),
            [one, rest @ ..] => format!("`{one}` and {} more", rest.len()),
            [] => String::new(),
        };
        self.rows.check(&shown)?;
        let common =
            Settling { addresses: self.addresses, files: &self.names, units, log: self.log.as_ref() };
        let rows = self.rows.read;
        let mut irregularities = self.rows.finish();
        let (mut outputs, mut lists) = (Vec::new(), Vec::new());
        for intake in self.outputs {
            let (output, found) = settle(intake, &common)?;
            outputs.push(output);
            irregularities.extend(found);
        }
        for intake in self.lists {
            let (list, found) = settle(intake, &common)?;
            lists.push(list);
            irregularities.extend(found);
        }
        check_answers(&shown, &outputs, rows)?;
        Ok(Predictions {
            outputs,
            irregularities,
            files,
            ignored: self.ignored,
            rows,
            suite_id: suite_id.to_owned(),
            lists,
        })
    }
}

/// Refuses files in which no output has any value.
fn check_answers(files: &str, outputs: &[Output], rows: u64) -> Result<()> {
    if outputs.iter().any(|output| (0..output.arms()).any(|arm| output.present(arm) > 0)) {
        return Ok(());
    }
    let sum =
        |output: &Output, absence| (0..output.arms()).map(|arm| output.absent(arm, absence)).sum::<u64>();
    let why: Vec<String> = outputs
        .iter()
        .map(|output| {
            let refused = sum(output, Absence::Refused);
            let invalid: u64 = Absence::ALL.iter().filter(|a| a.is_invalid()).map(|a| sum(output, *a)).sum();
            format!("`{}`: {refused} refused, {invalid} invalid", output.name)
        })
        .collect();
    let message =
        format!("none of the {rows} rows of {files} has an answer that can be used ({})", why.join("; "));
    Err(Error::request_hint(
        message,
        "look at the answers: is the right column declared, with the right kind?",
    ))
}

/// The number of a repeat; names of repeats are numbered as they come up.
fn repeat_of(cells: &Cells, row: usize, names: &mut HashMap<String, i64>) -> i64 {
    if let Some(number) = cells.whole(row) {
        return number;
    }
    let next = i64::MIN + names.len() as i64;
    *names.entry(cells.shown(row).unwrap_or_default()).or_insert(next)
}
