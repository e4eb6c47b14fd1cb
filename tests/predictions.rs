//! A model's answers are read in every format and order, and whatever is wrong with them is counted and told.

mod formats;
mod irregular;
mod kinds;
mod unusable;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use arrow::array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray};
use jumelles::predictions::{Absence, Fault, Kind, OutputDeclaration, Predictions};
use jumelles::scenario::Scenario;
use jumelles::suite::{Seed, Suite, Units, record_id, record_tag};
use jumelles::{Error, ErrorKind, Result};
use proptest::prelude::*;

const SCENARIO: &str = r#"
[scenario]
name = "answered"
version = "1.0.0"
language = "en"

[protected.gender]
levels = { female = 0.5, male = 0.5 }

[variables.age]
role = "background"
normal = { mean = 38, sd = 9 }
decimals = 0

[variables.pause]
role = "proxy"
normal = { mean = { base = 1, gender = { female = 2 } }, sd = 3 }

[variables.suitable]
role = "outcome"
bernoulli = { p = 0.5 }

[design]
kind = "twins"
"#;

const UNITS: u64 = 40;

/// A suite of 40 units in the arms `female` and `male`, made once.
fn suite() -> &'static Suite {
    static SUITE: OnceLock<(tempfile::TempDir, Suite)> = OnceLock::new();
    let made = SUITE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let model = Scenario::from_text("answered.toml", SCENARIO).unwrap().compile().unwrap();
        let suite = model.generate(Units(UNITS), Seed(7)).write_to(folder.path().join("suite")).unwrap();
        (folder, suite)
    });
    &made.1
}

fn arms() -> usize {
    suite().manifest.arms.len()
}

fn id(unit: u64, arm: usize) -> i64 {
    record_id(record_tag(&suite().manifest.suite_id).unwrap(), unit, arms(), arm)
}

/// All records: id, unit, arm.
fn records() -> Vec<(i64, u64, usize)> {
    (0..UNITS).flat_map(|unit| (0..arms()).map(move |arm| (id(unit, arm), unit, arm))).collect()
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

fn declared(texts: &[&str]) -> Vec<OutputDeclaration> {
    texts.iter().map(|text| text.parse().unwrap_or_else(|e: Error| panic!("{e}"))).collect()
}

fn read_as(path: &Path, declarations: &[&str]) -> Result<Predictions> {
    Predictions::read(&[path.to_owned()], suite(), &declared(declarations), &|_| ())
}

/// What is read of a CSV file with a header and these rows.
fn of_rows(header: &str, rows: &[String], declarations: &[&str]) -> Result<Predictions> {
    let text = format!("{header}\n{}\n", rows.join("\n"));
    read_as(&Folder::new().write("answers.csv", text), declarations)
}

/// CSV rows of all records, with an answer each.
fn rows(answer: impl Fn(u64, usize) -> String) -> Vec<String> {
    records().iter().map(|(id, unit, arm)| format!("{id},{}", answer(*unit, *arm))).collect()
}

fn ok(read: Result<Predictions>) -> Predictions {
    read.unwrap_or_else(|e| panic!("{e} ({:?})", e.hint()))
}

/// Message and hint of a file that cannot be used.
fn refusal(read: Result<Predictions>) -> String {
    let error = match read {
        Err(error) => error,
        Ok(predictions) => panic!("this must be refused, but was read: {:?}", predictions.irregularities),
    };
    assert_eq!(error.kind(), ErrorKind::Request, "{error}");
    let hint = error.hint().unwrap_or_else(|| panic!("no hint: {error}"));
    format!("{error}\n{hint}")
}

fn score(unit: u64, arm: usize) -> f64 {
    (unit as f64 * 7.0 + arm as f64) % 97.0 / 97.0
}

/// So many cases, unless the environment asks for another number.
fn cases(few: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { few };
    ProptestConfig { cases, failure_persistence: None, ..default }
}
