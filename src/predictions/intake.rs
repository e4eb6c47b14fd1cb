//! One output while rows come in. Values are held as codes as long as they are few, so that the kind can be guessed from all of
//! them at the end of a single pass; an output with many values moves to numbers, to lengths of texts or to labels on the way.

use std::collections::{BTreeMap, HashMap};

use super::cells::Cells;
use super::declaration::{DeclaredKind, OutputDeclaration};
use super::distinct::{Distinct, FIRST_CODE, Looked, MOST, Sighting, Value, irregular};
use super::extractor::Extracted;
use super::fault::{Absence, EXAMPLES, Example, Fault, shortened};
use super::places::{Addresses, NOWHERE};
use super::source::Run;
use super::store::{Cell, Put, Store, absent_number, put};
use super::words::is_refusal;
use crate::error::{Error, Result};

/// Labels of a category, or lists of ranks, at most.
const MOST_LABELS: usize = 1 << 20;

/// A run of rows, with where each belongs.
pub(super) struct Placed<'r> {
    pub(super) file: usize,
    pub(super) file_name: &'r str,
    pub(super) run: &'r Run,
    /// The place of each row's record.
    pub(super) places: &'r [u64],
    /// The cell that each row goes to.
    pub(super) slots: &'r [u64],
    /// Rows whose answer was refused.
    pub(super) refused: Option<&'r [bool]>,
}

/// What a cell holds for an answer.
#[derive(Debug, Clone, Copy)]
enum Answer {
    Code(u8),
    Label(u32),
    Number(f64),
    Absent(Absence),
}

/// An output while rows come in.
#[derive(Debug)]
pub(super) struct Intake {
    pub(super) declaration: OutputDeclaration,
    pub(super) store: Store,
    pub(super) distinct: Distinct,
    /// Whether numbers are the lengths of texts.
    pub(super) lengths: bool,
    pub(super) labels: Vec<String>,
    label_codes: HashMap<String, u32>,
    /// Rows that repeat an earlier one, by arm.
    pub(super) duplicates: Vec<u64>,
    examples: BTreeMap<(Fault, usize), Vec<(u64, Example)>>,
    /// The first numbers outside [0, 1]: if it is a score, they are irregular.
    pub(super) outside: Vec<(f64, Sighting)>,
    addresses: Addresses,
    too_many_labels: bool,
}

impl Intake {
    pub(super) fn new(declaration: OutputDeclaration, slots: u64, addresses: &Addresses) -> Self {
        let many = matches!(
            declaration.kind,
            Some(
                DeclaredKind::Score { .. }
                    | DeclaredKind::Number
                    | DeclaredKind::Rank { .. }
                    | DeclaredKind::Text
            )
        );
        Intake {
            store: if many { Store::numbers(slots) } else { Store::codes(slots) },
            lengths: declaration.kind == Some(DeclaredKind::Text),
            distinct: Distinct::new(declaration.kind == Some(DeclaredKind::Category)),
            declaration,
            labels: Vec::new(),
            label_codes: HashMap::new(),
            duplicates: vec![0; addresses.arms.len()],
            examples: BTreeMap::new(),
            outside: Vec::new(),
            addresses: addresses.clone(),
            too_many_labels: false,
        }
    }

    /// Examples that were kept of a fault in an arm, each with the place of its record.
    pub(super) fn examples(&self, fault: Fault, arm: usize) -> &[(u64, Example)] {
        self.examples.get(&(fault, arm)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn keep(&mut self, fault: Fault, place: u64, example: impl FnOnce() -> Example) {
        let kept = self.examples.entry((fault, self.addresses.arm_of(place))).or_default();
        if kept.len() < EXAMPLES {
            kept.push((place, example()));
        }
    }

    /// Takes the cells of a run.
    ///
    /// # Errors
    /// More labels than a category can have.
    pub(super) fn take(&mut self, cells: &Cells, placed: &Placed) -> Result<()> {
        match cells {
            Cells::Integers(c) => self.each(cells, placed, |me, row, at| me.number(c.value(row) as f64, at)),
            Cells::Numbers(c) => self.each(cells, placed, |me, row, at| me.number(c.value(row), at)),
            Cells::Booleans(c) => self.each(cells, placed, |me, row, at| me.boolean(c.value(row), at)),
            Cells::Texts(c) => self.each(cells, placed, |me, row, at| me.text(c.value(row), at)),
        }
        match self.too_many_labels {
            true => Err(Error::request_hint(
                format!("`{}` has more than {MOST_LABELS} different values", self.declaration.name()),
                format!("that is no category: declare `{}:text` or an extractor", self.declaration.column()),
            )),
            false => Ok(()),
        }
    }

    fn each(
        &mut self,
        cells: &Cells,
        placed: &Placed,
        answer: impl Fn(&mut Self, usize, Sighting) -> Answer,
    ) {
        for row in 0..placed.run.rows {
            let slot = placed.slots[row];
            if slot == NOWHERE {
                continue;
            }
            let place = placed.places[row];
            let is_refused = cells.is_null(row) || placed.refused.is_some_and(|refused| refused[row]);
            let at = Sighting { file: placed.file, row: placed.run.numbers.of(row), place };
            let answer = if is_refused { Answer::Absent(Absence::Refused) } else { answer(self, row, at) };
            let outcome = self.put(slot, answer);
            if outcome != Put::First || matches!(answer, Answer::Absent(_)) {
                self.note(outcome, answer, row, cells, placed);
            }
        }
    }

    fn put(&mut self, slot: u64, answer: Answer) -> Put {
        match (&mut self.store, answer) {
            (Store::Codes(cells), Answer::Code(code)) => put(cells, slot, code),
            (Store::Codes(cells), Answer::Absent(absence)) => put(cells, slot, u8::absent(absence)),
            (Store::Labels(cells), Answer::Label(label)) => put(cells, slot, label),
            (Store::Labels(cells), Answer::Absent(absence)) => put(cells, slot, u32::absent(absence)),
            (Store::Numbers(cells), Answer::Number(number)) => put(cells, slot, number),
            (Store::Numbers(cells), Answer::Absent(absence)) => put(cells, slot, f64::absent(absence)),
            _ => unreachable!("answers are read for the store that is there"),
        }
    }

    /// Counts what is not simply an answer.
    fn note(&mut self, outcome: Put, answer: Answer, row: usize, cells: &Cells, placed: &Placed) {
        let place = placed.places[row];
        let fault = match (outcome, answer) {
            (Put::First, Answer::Absent(absence)) => Fault::Absent(absence),
            (Put::Same, _) => {
                self.duplicates[self.addresses.arm_of(place)] += 1;
                Fault::Duplicate
            }
            (Put::Conflict, _) => Fault::Absent(Absence::Conflicting),
            (Put::First | Put::StillConflict, _) => return,
        };
        let id = self.addresses.id(place);
        self.keep(fault, place, || Example {
            row: Some((placed.file_name.to_owned(), placed.run.numbers.of(row))),
            id,
            value: cells.shown(row),
        });
    }

    fn looked(&mut self, looked: Looked, again: impl FnOnce(&mut Self) -> Answer) -> Answer {
        match (looked, &self.declaration.kind) {
            (Looked::Code(code), _) => Answer::Code(code),
            (Looked::Absent(absence), _) => Answer::Absent(absence),
            (Looked::Full, Some(DeclaredKind::Decision { .. })) => Answer::Absent(Absence::UnknownValue),
            (Looked::Full, _) => {
                self.widen();
                again(self)
            }
        }
    }

    #[inline]
    fn number(&mut self, number: f64, at: Sighting) -> Answer {
        if let Store::Codes(_) = self.store {
            let looked = self.distinct.number(number, at);
            return self.looked(looked, |me| me.number(number, at));
        }
        if let Some(absence) = irregular(number) {
            return Answer::Absent(absence);
        }
        match self.store {
            Store::Labels(_) => self.label(&number.to_string()),
            _ if self.lengths => Answer::Number(number.to_string().len() as f64),
            _ => {
                if !(0.0..=1.0).contains(&number) && self.outside.len() < EXAMPLES {
                    self.outside.push((number, at));
                }
                within(&self.declaration.kind, number + 0.0)
            }
        }
    }

    fn boolean(&mut self, boolean: bool, at: Sighting) -> Answer {
        match self.store {
            Store::Codes(_) => {
                let looked = self.distinct.boolean(boolean, at);
                self.looked(looked, |me| me.boolean(boolean, at))
            }
            Store::Numbers(_) if !self.lengths => self.number(f64::from(u8::from(boolean)), at),
            _ => self.plain_text(if boolean { "true" } else { "false" }, at),
        }
    }

    fn text(&mut self, text: &str, at: Sighting) -> Answer {
        let Some(extractor) = &self.declaration.from else { return self.plain_text(text, at) };
        if text.trim().is_empty() {
            return Answer::Absent(Absence::Refused);
        }
        match extractor.extract(text) {
            Extracted::Answer(answer) => self.plain_text(&answer, at),
            Extracted::Refusal => Answer::Absent(Absence::Refused),
            Extracted::Nothing => Answer::Absent(Absence::NothingFound),
        }
    }

    fn plain_text(&mut self, text: &str, at: Sighting) -> Answer {
        if let Store::Codes(_) = self.store {
            let looked = self.distinct.text(text, at);
            return self.looked(looked, |me| me.plain_text(text, at));
        }
        let trimmed = text.trim();
        match &self.store {
            _ if trimmed.is_empty() => Answer::Absent(Absence::Refused),
            Store::Labels(_) => self.label(trimmed),
            _ if self.lengths => length_of(trimmed).map_or(Answer::Absent(Absence::Refused), Answer::Number),
            _ => match number_in(trimmed) {
                Some(number) => self.number(number, at),
                None => Answer::Absent(not_a_number(trimmed)),
            },
        }
    }

    fn label(&mut self, text: &str) -> Answer {
        if let Some(code) = self.label_codes.get(text) {
            return Answer::Label(*code);
        }
        if self.labels.len() == MOST_LABELS {
            self.too_many_labels = true;
            return Answer::Absent(Absence::UnknownValue);
        }
        let code = self.labels.len() as u32 + u32::from(FIRST_CODE);
        self.labels.push(text.to_owned());
        self.label_codes.insert(text.to_owned(), code);
        Answer::Label(code)
    }

    /// From codes to what holds more values than a byte has codes for.
    fn widen(&mut self) {
        let Store::Codes(codes) = &self.store else { return };
        let values: Vec<(Value, Sighting)> = self.distinct.values().map(|(v, at)| (v.clone(), at)).collect();
        if self.declaration.kind == Some(DeclaredKind::Category) {
            let shift = |code: &u8| u32::from(*code);
            self.store = Store::Labels(codes.iter().map(shift).collect());
            self.labels = values.iter().map(|(value, _)| value.label()).collect();
            let coded = self.labels.iter().cloned().zip(u32::from(FIRST_CODE)..);
            self.label_codes = coded.collect();
            return;
        }
        let numbers = values.iter().filter(|(value, _)| matches!(value, Value::Number(_))).count();
        self.lengths = 2 * numbers < values.len();
        let cells: Vec<f64> = values.iter().map(|(value, _)| as_number(value, self.lengths)).collect();
        let cell_of = |code: &u8| match code.absence() {
            Some(absence) => absent_number(absence),
            None => cells[(code - FIRST_CODE) as usize],
        };
        let widened = codes.iter().map(cell_of).collect();
        self.store = Store::Numbers(widened);
        for ((value, at), cell) in values.iter().zip(&cells) {
            match (cell.absence(), value) {
                (None, Value::Number(number))
                    if !(0.0..=1.0).contains(number) && self.outside.len() < EXAMPLES =>
                {
                    self.outside.push((*number, *at));
                }
                _ => {}
            }
        }
        debug_assert_eq!(values.len(), MOST);
    }
}

/// A number, or why it is none of its kind.
fn within(kind: &Option<DeclaredKind>, number: f64) -> Answer {
    match kind {
        Some(DeclaredKind::Score { low, high }) if !(*low..=*high).contains(&number) => {
            Answer::Absent(Absence::OutOfRange)
        }
        Some(DeclaredKind::Rank { .. }) if !is_rank(number) => Answer::Absent(Absence::NotARank),
        _ => Answer::Number(number),
    }
}

/// Whether a number can be a place in a list.
pub(super) fn is_rank(number: f64) -> bool {
    number >= 1.0 && number.fract() == 0.0 && number < (1u64 << 53) as f64
}

/// The number in a cell of a value of few: itself, the length of a text, or an absence.
pub(super) fn as_number(value: &Value, lengths: bool) -> f64 {
    match value {
        Value::Number(number) if lengths => number.to_string().len() as f64,
        Value::Number(number) => *number,
        Value::Text(text) if lengths => length_of(text).unwrap_or(absent_number(Absence::Refused)),
        Value::Text(text) => number_in(text).unwrap_or(absent_number(not_a_number(text))),
    }
}

/// The number that a text reads as; true is 1 and false is 0, as in columns of truth values.
fn number_in(text: &str) -> Option<f64> {
    match text {
        "true" | "True" | "TRUE" => Some(1.0),
        "false" | "False" | "FALSE" => Some(0.0),
        other => other.parse().ok(),
    }
}

/// The characters of a text; none of one that refuses to answer.
fn length_of(text: &str) -> Option<f64> {
    (!is_refusal(text)).then(|| text.chars().count() as f64)
}

fn not_a_number(text: &str) -> Absence {
    if is_refusal(text) { Absence::Refused } else { Absence::NotANumber }
}

/// An example of a value of few, where it was first seen.
pub(super) fn first_example(value: &str, at: Sighting, files: &[String], addresses: &Addresses) -> Example {
    Example {
        row: Some((files[at.file].clone(), at.row)),
        id: addresses.id(at.place),
        value: Some(shortened(value)),
    }
}
