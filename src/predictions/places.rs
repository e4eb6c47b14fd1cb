//! Ids to places: unit · arms + arm. No join is needed, because an id says where it belongs.

use super::cells::Cells;
use super::columns::{Ids, Layout};
use super::fault::{EXAMPLES, Example, Fault, Irregularity};
use super::source::Run;
use crate::error::{Error, Result};
use crate::suite::{Manifest, record_id, record_tag};

/// The place of a row without a usable id.
pub(super) const NOWHERE: u64 = u64::MAX;
/// Of so many rows with ids of another suite, one may be of this one, and the file is still another suite's.
const NEARLY_ALL: u64 = 100;

/// What a suite's ids are like.
#[derive(Debug, Clone)]
pub(super) struct Addresses {
    pub(super) arms: Vec<String>,
    pub(super) units: u64,
    tag: i64,
    suite_id: String,
    scenario: String,
}

impl Addresses {
    pub(super) fn of(manifest: &Manifest) -> Result<Self> {
        if manifest.arms.is_empty() {
            return Err(Error::unverified("the manifest of the suite lists no arm"));
        }
        if manifest.units.checked_mul(manifest.arms.len() as u64).is_none_or(|records| records > 1 << 41) {
            let units = manifest.units;
            return Err(Error::unverified(format!(
                "the manifest gives {units} units, more than ids can tell apart"
            )));
        }
        Ok(Addresses {
            arms: manifest.arms.iter().map(|arm| arm.name.clone()).collect(),
            units: manifest.units,
            tag: record_tag(&manifest.suite_id)?,
            suite_id: manifest.suite_id.clone(),
            scenario: manifest.scenario.name.clone(),
        })
    }

    /// The number of records.
    pub(super) fn records(&self) -> u64 {
        self.units * self.arms.len() as u64
    }

    pub(super) fn arm_of(&self, place: u64) -> usize {
        (place % self.arms.len() as u64) as usize
    }

    /// The arm, as irregularities name it.
    pub(super) fn named(&self, arm: usize) -> (usize, String) {
        (arm, self.arms[arm].clone())
    }

    /// The record id of a place, as a text.
    pub(super) fn id(&self, place: u64) -> String {
        record_id(self.tag, 0, 1, 0).saturating_add(place as i64).to_string()
    }

    /// The place of a record id.
    fn place(&self, id: i64) -> Result<u64, Fault> {
        let start = record_id(self.tag, 0, 1, 0);
        let span = record_id(1, 0, 1, 0);
        match id.checked_sub(start) {
            Some(place) if (0..span).contains(&place) => match place as u64 {
                place if place < self.records() => Ok(place),
                _ => Err(Fault::UnknownId),
            },
            _ => Err(Fault::OtherSuite),
        }
    }
}

/// Faults of whole rows as they are found.
#[derive(Debug)]
pub(super) struct Rows {
    addresses: Addresses,
    /// Rows read so far.
    pub(super) read: u64,
    /// Rows whose id is one of the suite.
    pub(super) placed: u64,
    /// By fault and arm, in the order in which they came up.
    faults: Vec<(Fault, Option<usize>, u64, Vec<Example>)>,
}

impl Rows {
    pub(super) fn new(addresses: &Addresses) -> Self {
        Rows { addresses: addresses.clone(), read: 0, placed: 0, faults: Vec::new() }
    }

    pub(super) fn add(&mut self, fault: Fault, arm: Option<usize>, example: impl FnOnce() -> Example) {
        let known = self.faults.iter().position(|(f, a, ..)| (*f, *a) == (fault, arm));
        let at = known.unwrap_or_else(|| {
            self.faults.push((fault, arm, 0, Vec::new()));
            self.faults.len() - 1
        });
        let (_, _, count, examples) = &mut self.faults[at];
        *count += 1;
        if examples.len() < EXAMPLES {
            examples.push(example());
        }
    }

    /// The place of each row of a run; [`NOWHERE`] where its id is not one of the suite.
    pub(super) fn places(&mut self, file: &str, layout: &Layout, run: &Run) -> Vec<u64> {
        self.read += (run.rows + run.unreadable.len()) as u64;
        for (row, what) in &run.unreadable {
            self.add(Fault::Unreadable, None, || Example {
                row: Some((file.to_owned(), *row)),
                id: "unknown".to_owned(),
                value: Some(what.clone()),
            });
        }
        let mut places = Vec::with_capacity(run.rows);
        match (layout.ids, run.columns.as_slice()) {
            (Ids::Record(at), columns) => self.of_record_ids(file, run, &columns[at], &mut places),
            (Ids::UnitAndArm(unit, arm), columns) => {
                let arms: Vec<Option<usize>> =
                    (0..run.rows).map(|row| self.arm(&columns[arm], row)).collect();
                self.of_units(file, run, &columns[unit], |row| arms[row], Some(&columns[arm]), &mut places);
            }
            (Ids::UnitInArm(unit, arm), columns) => {
                self.of_units(file, run, &columns[unit], |_| Some(arm), None, &mut places);
            }
        }
        self.placed += places.iter().filter(|place| **place != NOWHERE).count() as u64;
        places
    }

    fn of_record_ids(&mut self, file: &str, run: &Run, ids: &Cells, places: &mut Vec<u64>) {
        for row in 0..run.rows {
            let place = ids.whole(row).ok_or(Fault::UnknownId).and_then(|id| self.addresses.place(id));
            places.push(place.unwrap_or_else(|fault| {
                self.add(fault, None, || Example {
                    row: Some((file.to_owned(), run.numbers.of(row))),
                    id: ids.shown(row).unwrap_or_else(|| "empty".to_owned()),
                    value: None,
                });
                NOWHERE
            }));
        }
    }

    fn of_units(
        &mut self,
        file: &str,
        run: &Run,
        units: &Cells,
        arm: impl Fn(usize) -> Option<usize>,
        arms: Option<&Cells>,
        places: &mut Vec<u64>,
    ) {
        let count = self.addresses.arms.len() as u64;
        for row in 0..run.rows {
            let unit = units.whole(row).and_then(|unit| u64::try_from(unit).ok());
            let unit = unit.filter(|unit| *unit < self.addresses.units);
            places.push(match (unit, arm(row)) {
                (Some(unit), Some(arm)) => unit * count + arm as u64,
                (_, arm) => {
                    let shown = |cells: &Cells| cells.shown(row).unwrap_or_else(|| "empty".to_owned());
                    self.add(Fault::UnknownId, arm, || Example {
                        row: Some((file.to_owned(), run.numbers.of(row))),
                        id: match arms {
                            Some(arms) => format!("unit {}, arm {}", shown(units), shown(arms)),
                            None => format!("unit {}", shown(units)),
                        },
                        value: None,
                    });
                    NOWHERE
                }
            });
        }
    }

    fn arm(&self, cells: &Cells, row: usize) -> Option<usize> {
        match cells {
            Cells::Texts(texts) if !cells.is_null(row) => {
                self.addresses.arms.iter().position(|arm| arm == texts.value(row))
            }
            Cells::Booleans(_) | Cells::Texts(_) => None,
            _ => cells.shown(row).and_then(|shown| self.addresses.arms.iter().position(|arm| *arm == shown)),
        }
    }

    /// Refuses files of which no row, or next to none, is an answer to this suite.
    ///
    /// # Errors
    /// No row, only unusable rows, (nearly) only ids of another suite.
    pub(super) fn check(&self, files: &str) -> Result<()> {
        let counted = |fault: Fault| {
            self.faults.iter().filter(|(f, ..)| *f == fault).map(|(_, _, count, _)| *count).sum::<u64>()
        };
        let (strangers, read) = (counted(Fault::OtherSuite), self.read);
        if read == 0 {
            return Err(Error::request_hint(
                format!("{files} has columns but no row"),
                "the run that should have written it may have failed",
            ));
        }
        if strangers > 0 && self.placed <= strangers / NEARLY_ALL {
            let id = self.first_id(Fault::OtherSuite);
            let Addresses { suite_id, scenario, .. } = &self.addresses;
            let message = format!(
                "{files} answers another suite: {strangers} of {read} rows have ids that are not of suite {suite_id} \
                 (scenario `{scenario}`), for example {id}"
            );
            let first = self.addresses.id(0);
            let hint = format!(
                "name the suite that the model was run on; ids of this one run from {first}, and row numbers are no ids"
            );
            return Err(Error::request_hint(message, hint));
        }
        if self.placed == 0 {
            let (message, hint) = match counted(Fault::Unreadable) {
                unreadable if unreadable == read => (
                    format!("none of the {read} rows of {files} can be read: {}", self.first_value()),
                    "write it again, one row a line and as many cells as the header has",
                ),
                _ => (
                    format!(
                        "none of the {read} rows of {files} has an id of the suite, for example {}",
                        self.first_id(Fault::UnknownId)
                    ),
                    "keep the suite's `record_id` as it is: a whole number, not rounded by a spreadsheet",
                ),
            };
            return Err(Error::request_hint(message, hint));
        }
        Ok(())
    }

    fn first_id(&self, fault: Fault) -> String {
        let of_fault = self.faults.iter().find(|(f, ..)| *f == fault);
        of_fault.and_then(|(.., examples)| examples.first()).map_or_else(String::new, |e| e.id.clone())
    }

    fn first_value(&self) -> String {
        let of_fault = self.faults.iter().find(|(f, ..)| *f == Fault::Unreadable);
        let value = of_fault.and_then(|(.., examples)| examples.first()?.value.clone());
        value.unwrap_or_default()
    }

    pub(super) fn finish(mut self) -> Vec<Irregularity> {
        self.faults.sort_by_key(|(fault, arm, ..)| (*fault, *arm));
        let named = |arm: usize| self.addresses.named(arm);
        self.faults
            .iter()
            .map(|(fault, arm, count, examples)| Irregularity {
                fault: *fault,
                output: None,
                arm: arm.map(named),
                count: *count,
                examples: examples.clone(),
            })
            .collect()
    }
}
