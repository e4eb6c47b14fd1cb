//! The different values of an output, as long as they are few: then a cell needs one byte.

use std::collections::HashMap;

use super::fault::Absence;

/// The code of the first value; those below are the codes of [`Absence`].
pub(super) const FIRST_CODE: u8 = 16;
/// As many values as one byte has codes for.
pub(super) const MOST: usize = 256 - FIRST_CODE as usize;
/// Spellings that are remembered beside the values.
const SPELLINGS: usize = 4096;

/// A value as a file gives it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Number(f64),
    Text(String),
}

impl Value {
    /// As it is written.
    pub(super) fn label(&self) -> String {
        match self {
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text.clone(),
        }
    }

    /// Whether a user means it by these words: upper and lower case are one, and so are `1` and `1.0`.
    pub(super) fn is_written(&self, words: &str) -> bool {
        match self {
            Value::Text(text) => text.to_lowercase() == words.trim().to_lowercase(),
            Value::Number(number) => words.trim().parse() == Ok(*number),
        }
    }
}

/// Where a row is: its file among those read, its number there, and the place of its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sighting {
    pub(super) file: usize,
    pub(super) row: u64,
    pub(super) place: u64,
}

/// What becomes of a value that is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looked {
    Code(u8),
    Absent(Absence),
    /// It is new, and there is no code left.
    Full,
}

/// Values by code.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    values: Vec<Value>,
    first: Vec<Sighting>,
    by_number: HashMap<u64, u8>,
    by_text: HashMap<String, Looked>,
    /// The two numbers seen last: a decision has no others.
    recent: [Option<(u64, u8)>; 2],
    booleans: [Option<u8>; 2],
    /// Whether values are labels, taken as they are written: `01` and `1` are two of them.
    literal: bool,
}

impl Distinct {
    pub(super) fn new(literal: bool) -> Self {
        Distinct { literal, ..Distinct::default() }
    }

    /// The values, each with where it was first seen; the code of the first is [`FIRST_CODE`].
    pub(super) fn values(&self) -> impl Iterator<Item = (&Value, Sighting)> {
        self.values.iter().zip(self.first.iter().copied())
    }

    fn add(&mut self, value: Value, seen: Sighting) -> Looked {
        if self.values.len() == MOST {
            return Looked::Full;
        }
        self.values.push(value);
        self.first.push(seen);
        Looked::Code(FIRST_CODE + (self.values.len() - 1) as u8)
    }

    #[inline]
    pub(super) fn number(&mut self, number: f64, seen: Sighting) -> Looked {
        let bits = (number + 0.0).to_bits();
        match self.recent {
            [Some((recent, code)), _] | [_, Some((recent, code))] if recent == bits => Looked::Code(code),
            _ => self.other_number(number + 0.0, seen),
        }
    }

    fn other_number(&mut self, number: f64, seen: Sighting) -> Looked {
        if let Some(absence) = irregular(number) {
            return Looked::Absent(absence);
        }
        let bits = number.to_bits();
        let looked = match self.by_number.get(&bits) {
            Some(code) => Looked::Code(*code),
            None if self.literal => self.text(&number.to_string(), seen),
            None => self.add(Value::Number(number), seen),
        };
        if let Looked::Code(code) = looked {
            self.by_number.insert(bits, code);
            self.recent = [Some((bits, code)), self.recent[0]];
        }
        looked
    }

    /// A text; one that reads as a number is that number, unless values are labels.
    pub(super) fn text(&mut self, text: &str, seen: Sighting) -> Looked {
        if let Some(known) = self.by_text.get(text) {
            return *known;
        }
        let looked = match text.trim() {
            "" => Looked::Absent(Absence::Refused),
            trimmed => match trimmed.parse::<f64>() {
                Ok(number) if !self.literal => self.number(number, seen),
                _ => match self.values.iter().position(|v| matches!(v, Value::Text(t) if t == trimmed)) {
                    Some(at) => Looked::Code(FIRST_CODE + at as u8),
                    None => self.add(Value::Text(trimmed.to_owned()), seen),
                },
            },
        };
        if looked != Looked::Full && self.by_text.len() < SPELLINGS {
            self.by_text.insert(text.to_owned(), looked);
        }
        looked
    }

    pub(super) fn boolean(&mut self, boolean: bool, seen: Sighting) -> Looked {
        if let Some(code) = self.booleans[usize::from(boolean)] {
            return Looked::Code(code);
        }
        let looked = self.text(if boolean { "true" } else { "false" }, seen);
        if let Looked::Code(code) = looked {
            self.booleans[usize::from(boolean)] = Some(code);
        }
        looked
    }
}

/// Why a number is no answer, if it is none.
pub(super) fn irregular(number: f64) -> Option<Absence> {
    match number {
        n if n.is_nan() => Some(Absence::Nan),
        n if n.is_infinite() => Some(Absence::Infinite),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Sighting = Sighting { file: 0, row: 1, place: 0 };

    #[test]
    fn spellings_of_a_number_are_one_value_and_zero_has_no_sign() {
        let mut distinct = Distinct::default();
        let code = distinct.number(0.0, HERE);
        for text in ["0", "0.0", " -0 ", "0e5"] {
            assert_eq!(distinct.text(text, HERE), code, "{text}");
        }
        assert_eq!(distinct.number(-0.0, HERE), code);
        assert_eq!(distinct.text("nan", HERE), Looked::Absent(Absence::Nan));
        assert_eq!(distinct.number(f64::NEG_INFINITY, HERE), Looked::Absent(Absence::Infinite));
        assert_eq!(distinct.text("  ", HERE), Looked::Absent(Absence::Refused));
    }

    #[test]
    fn labels_are_taken_as_they_are_written() {
        let mut labels = Distinct::new(true);
        assert_ne!(labels.text("01", HERE), labels.text("1", HERE));
        assert_eq!(labels.number(1.0, HERE), labels.text("1", HERE));
        assert_eq!(labels.number(f64::NAN, HERE), Looked::Absent(Absence::Nan));
        assert_eq!(labels.values().map(|(v, _)| v.label()).collect::<Vec<_>>(), ["01", "1"]);
    }

    #[test]
    fn the_last_code_is_given_once() {
        let mut distinct = Distinct::default();
        for i in 0..MOST {
            assert_eq!(distinct.number(i as f64, HERE), Looked::Code(FIRST_CODE + i as u8));
        }
        assert_eq!(distinct.number(-1.0, HERE), Looked::Full);
        assert_eq!(distinct.text("one more", HERE), Looked::Full);
        assert_eq!(distinct.text("255", HERE), Looked::Full);
        assert_eq!(distinct.text("239", HERE), Looked::Code(255));
    }
}
