//! What can be wrong with an answer, counted and shown.

use std::fmt;

/// Why a record has no value. The discriminants are the codes of cells without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
#[repr(u8)]
pub enum Absence {
    /// No row has its id.
    Missing = 0,
    /// The model gave no answer: an empty cell, `refused`, a status or a phrase that says so.
    Refused = 1,
    /// A text where a number belongs.
    NotANumber = 2,
    /// "Not a number" in the sense of floating point.
    Nan = 3,
    /// Plus or minus infinity.
    Infinite = 4,
    /// Outside the range of the score.
    OutOfRange = 5,
    /// Neither of the two values of the decision.
    UnknownValue = 6,
    /// Not an integer from 1.
    NotARank = 7,
    /// The extractor found nothing in the text.
    NothingFound = 8,
    /// Several rows with different answers.
    Conflicting = 9,
}

impl Absence {
    /// All of them, by code.
    pub const ALL: [Absence; 10] = [
        Absence::Missing,
        Absence::Refused,
        Absence::NotANumber,
        Absence::Nan,
        Absence::Infinite,
        Absence::OutOfRange,
        Absence::UnknownValue,
        Absence::NotARank,
        Absence::NothingFound,
        Absence::Conflicting,
    ];

    /// Whether there was an answer, but not one that can be used.
    pub fn is_invalid(self) -> bool {
        !matches!(self, Absence::Missing | Absence::Refused)
    }

    pub(super) fn of_code(code: u64) -> Absence {
        Self::ALL.get(code as usize).copied().unwrap_or(Absence::Missing)
    }
}

/// What is irregular.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Fault {
    /// A record without a value.
    Absent(Absence),
    /// The same id and the same answer again; it counts once.
    Duplicate,
    /// An id of this suite, but of no unit or arm that it has.
    UnknownId,
    /// An id of another suite.
    OtherSuite,
    /// A row that cannot be read: a line that is not JSON, a line with too few or too many cells.
    Unreadable,
    /// A status that is neither a known word for an answer nor one for none; the answer counts.
    UnknownStatus,
}

impl Fault {
    fn phrase(self, count: u64) -> (&'static str, &'static str) {
        let one = count == 1;
        let records = if one { "record" } else { "records" };
        let rows = if one { "row" } else { "rows" };
        match self {
            Fault::Absent(absence) => (records, absence.phrase(one)),
            Fault::Duplicate if one => {
                (rows, "repeats an earlier one (add a `repeat` column if this is meant)")
            }
            Fault::Duplicate => (rows, "repeat earlier ones (add a `repeat` column if this is meant)"),
            Fault::UnknownId if one => (rows, "has an id that the suite does not have"),
            Fault::UnknownId => (rows, "have ids that the suite does not have"),
            Fault::OtherSuite if one => (rows, "has an id of another suite"),
            Fault::OtherSuite => (rows, "have ids of another suite"),
            Fault::Unreadable => (rows, "cannot be read"),
            Fault::UnknownStatus if one => (rows, "has a status that says neither answered nor refused"),
            Fault::UnknownStatus => (rows, "have statuses that say neither answered nor refused"),
        }
    }
}

impl Absence {
    fn phrase(self, one: bool) -> &'static str {
        match (self, one) {
            (Absence::Missing, true) => "is missing: no row has its id",
            (Absence::Missing, false) => "are missing: no row has their ids",
            (Absence::Refused, true) => "has no answer (empty or refused)",
            (Absence::Refused, false) => "have no answer (empty or refused)",
            (Absence::NotANumber, true) => "has a text where a number belongs",
            (Absence::NotANumber, false) => "have a text where a number belongs",
            (Absence::Nan, true) => "has NaN for an answer",
            (Absence::Nan, false) => "have NaN for an answer",
            (Absence::Infinite, true) => "has an infinite answer",
            (Absence::Infinite, false) => "have infinite answers",
            (Absence::OutOfRange, true) => "has an answer outside the range",
            (Absence::OutOfRange, false) => "have answers outside the range",
            (Absence::UnknownValue, true) => "has neither value of the decision",
            (Absence::UnknownValue, false) => "have neither value of the decision",
            (Absence::NotARank, true) => "has no rank: ranks are integers from 1",
            (Absence::NotARank, false) => "have no rank: ranks are integers from 1",
            (Absence::NothingFound, true) => "has a text in which nothing was found",
            (Absence::NothingFound, false) => "have texts in which nothing was found",
            (Absence::Conflicting, true) => {
                "has several rows with different answers (add a `repeat` column if these are repeats)"
            }
            (Absence::Conflicting, false) => {
                "have several rows with different answers (add a `repeat` column if these are repeats)"
            }
        }
    }
}

/// Where something irregular is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The file and its row, counted from 1 without the header; none for a record that no row has.
    pub row: Option<(String, u64)>,
    /// The id, as written, or as the suite has it.
    pub id: String,
    /// The value, as written.
    pub value: Option<String>,
}

impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.row {
            Some((file, row)) => write!(f, "{file}, row {row}: id {}", self.id)?,
            None => write!(f, "id {}", self.id)?,
        }
        match &self.value {
            Some(value) => write!(f, ", value `{value}`"),
            None => Ok(()),
        }
    }
}

/// Examples that are kept of each irregularity.
pub(super) const EXAMPLES: usize = 3;

/// So many records or rows with the same fault. Its `Display` is a line for a report, with the examples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Irregularity {
    /// What is irregular.
    pub fault: Fault,
    /// The output; none where whole rows are concerned.
    pub output: Option<String>,
    /// The arm, by its place in the manifest and its name; none where no arm is known.
    pub arm: Option<(usize, String)>,
    /// How many.
    pub count: u64,
    /// Up to three of them.
    pub examples: Vec<Example>,
}

impl fmt::Display for Irregularity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(output) = &self.output {
            write!(f, "`{output}`")?;
        }
        if let Some((_, arm)) = &self.arm {
            let space = if self.output.is_some() { " " } else { "" };
            write!(f, "{space}in arm `{arm}`")?;
        }
        if self.output.is_some() || self.arm.is_some() {
            f.write_str(": ")?;
        }
        let (noun, phrase) = self.fault.phrase(self.count);
        write!(f, "{} {noun} {phrase}", self.count)?;
        for (i, example) in self.examples.iter().enumerate() {
            write!(f, "{}{example}", if i == 0 { "; for example " } else { "; " })?;
        }
        Ok(())
    }
}

/// A value as messages show it: short.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_of_absences_lead_back_to_them() {
        for absence in Absence::ALL {
            assert_eq!(Absence::of_code(absence as u64), absence);
        }
    }

    #[test]
    fn an_irregularity_is_a_sentence() {
        let example = Example {
            row: Some(("a.csv".to_owned(), 3)),
            id: "7".to_owned(),
            value: Some("high".to_owned()),
        };
        let irregularity = Irregularity {
            fault: Fault::Absent(Absence::NotANumber),
            output: Some("score".to_owned()),
            arm: Some((0, "female".to_owned())),
            count: 2,
            examples: vec![example],
        };
        assert_eq!(
            irregularity.to_string(),
            "`score` in arm `female`: 2 records have a text where a number belongs; \
             for example a.csv, row 3: id 7, value `high`"
        );
    }

    #[test]
    fn long_values_are_cut_between_characters() {
        assert_eq!(shortened(&"é".repeat(100)).chars().count(), 61);
    }
}
