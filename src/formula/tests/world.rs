//! The variables that the tests speak about.

use std::sync::Arc;

use arrow::array::StringArray;

use crate::formula::{Formula, Parsed, Problem};
use crate::value::{Column, Kind, Levels};

pub(super) const KNOWN: [&str; 9] =
    ["age", "gap", "experience", "flag", "education", "degree", "gender", "city", "born"];

pub(super) fn education() -> Arc<Levels> {
    levels(&["BSc", "MSc", "PhD"], true)
}

pub(super) fn levels(names: &[&str], ordered: bool) -> Arc<Levels> {
    let names = names.iter().map(|&n| n.to_owned()).collect();
    Arc::new(Levels::new(names, ordered))
}

pub(super) fn kind_of(name: &str) -> Option<Kind> {
    Some(match name {
        "age" | "gap" | "experience" => Kind::Number,
        "flag" => Kind::Boolean,
        "education" => Kind::Category(education()),
        "degree" => Kind::Category(levels(&["PhD", "none", "BSc"], false)),
        "gender" => Kind::Category(levels(&["female", "male"], false)),
        "city" => Kind::Text,
        "born" => Kind::Date,
        _ => return None,
    })
}

/// Six rows of every variable.
pub(super) fn column_of(name: &str) -> Column {
    match name {
        "age" => Column::Number(vec![21.0, 30.0, 38.5, 42.0, 55.0, 64.0]),
        "gap" => Column::Number(vec![0.0, 6.0, 12.0, 0.0, 24.0, 600.0]),
        "experience" => Column::Number(vec![0.0, -1.0, 2.0, 0.5, f64::NAN, f64::INFINITY]),
        "flag" => Column::Boolean(vec![true, false, true, true, false, false]),
        "education" => category(vec![0, 1, 2, 0, 1, 2], &["BSc", "MSc", "PhD"], true),
        "degree" => category(vec![2, 0, 0, 1, 2, 1], &["PhD", "none", "BSc"], false),
        "gender" => category(vec![0, 1, 0, 1, 0, 1], &["female", "male"], false),
        "city" => Column::Text(StringArray::from(vec!["Lyon", "PhD", "", "Paris", "BSc", "é"])),
        "born" => Column::Date(vec![0, -1, 19_782, 20_484, 59, 789]),
        other => panic!("no variable {other}"),
    }
}

pub(super) fn category(codes: Vec<u32>, names: &[&str], ordered: bool) -> Column {
    let levels = levels(names, ordered);
    Column::Category { codes, levels }
}

pub(super) fn checked(text: &str) -> Result<Formula, Vec<Problem>> {
    Parsed::parse(text)?.check(&kind_of, &KNOWN)
}

pub(super) fn formula(text: &str) -> Formula {
    checked(text).unwrap_or_else(|problems| panic!("{text}: {problems:#?}"))
}

/// The values for the six rows.
pub(super) fn values(text: &str) -> Column {
    let formula = formula(text);
    let columns: Vec<Column> = formula.variables().iter().map(|v| column_of(v)).collect();
    let column = formula.eval(&columns.iter().collect::<Vec<_>>(), 6);
    assert_eq!(&column.kind(), formula.kind(), "{text}");
    column
}

pub(super) fn numbers(text: &str) -> Vec<f64> {
    match values(text) {
        Column::Number(numbers) => numbers,
        other => panic!("{text} gives {other:?}"),
    }
}

pub(super) fn truths(text: &str) -> Vec<bool> {
    match values(text) {
        Column::Boolean(truths) => truths,
        other => panic!("{text} gives {other:?}"),
    }
}

/// The strings of a category or text, row by row.
pub(super) fn strings(text: &str) -> Vec<String> {
    match values(text) {
        Column::Category { codes, levels } => codes.iter().map(|&c| levels.name(c).to_owned()).collect(),
        Column::Text(texts) => (0..6).map(|row| texts.value(row).to_owned()).collect(),
        other => panic!("{text} gives {other:?}"),
    }
}

pub(super) fn constant(text: &str) -> f64 {
    formula(text).constant().unwrap_or_else(|| panic!("{text} is not constant"))
}
