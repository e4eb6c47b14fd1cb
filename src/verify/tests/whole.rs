//! All checks over a suite on disk.

use std::fs::File;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::compute::concat_batches;
use parquet::arrow::ArrowWriter;

use crate::scenario::Scenario;
use crate::suite::{ContentHasher, ContentSum, Seed, Suite, Units};
use crate::verify::{Outcome, Verification};

const UNITS: u64 = 10_000;

const SCENARIO: &str = r#"
[scenario]
name = "small"
version = "1.0.0"
language = "en"
units = 10000

[protected.gender]
levels = { female = 0.5, male = 0.5 }

[variables]
age = { role = "background", normal = { mean = 38, sd = 9 }, decimals = 0 }
gap = { role = "proxy", poisson = { mean = { base = 1, gender = { female = 1 } } }, missing = 0.1 }
good = { role = "outcome", bernoulli = { p = 0.3 } }

[groups.gap]
strength = 0.6

[[claims]]
text = "women have more gaps"
mean = "gap"
by = "gender"
expect = { female = 1.8, male = 1.2 }
within = 0.05
"#;

fn suite(dir: &tempfile::TempDir) -> Suite {
    let model = Scenario::from_text("small.toml", SCENARIO)
        .and_then(Scenario::compile)
        .unwrap_or_else(|e| panic!("{e}"));
    let generation = model.generate(Units(UNITS), Seed(5)).parts(2);
    generation.write_to(dir.path().join("suite")).unwrap_or_else(|e| panic!("{e}"))
}

fn verified(suite: &Suite) -> Verification {
    suite.verify(false, &|_| {}).unwrap_or_else(|e| panic!("{e}"))
}

/// Puts other records into a file and makes all hashes of the manifest fit again, as somebody who means harm would.
fn tamper(suite: &mut Suite, at: usize, change: impl Fn(&RecordBatch) -> RecordBatch) {
    let file = suite.manifest.files[at].clone();
    let batches: Vec<RecordBatch> =
        suite.read(&file).and_then(Iterator::collect).unwrap_or_else(|e| panic!("{e}"));
    let changed = change(&concat_batches(&batches[0].schema(), &batches).expect("one schema"));
    let path = suite.dir.join(&file.path);
    let created = File::create(path).expect("writable");
    let mut writer = ArrowWriter::try_new(created, changed.schema(), None).expect("a schema of a suite");
    writer.write(&changed).and_then(|()| writer.close()).expect("writable");
    let mut hasher = ContentHasher::new(file.arm.as_deref(), file.first_unit);
    hasher.update(&changed).expect("types of a suite");
    suite.manifest.files[at].content_hash = hasher.finish().expect("types of a suite").to_hex();
    suite.manifest.files[at].file_hash = suite.hash_of(&file).expect("readable");
    let mut sum = ContentSum::default();
    for file in &suite.manifest.files {
        sum.add(ContentSum::from_hex(&file.content_hash).expect("64 digits"));
    }
    suite.manifest.content_hash = sum.to_hex();
}

/// The batch with a column whose cells are moved by one record.
fn with_moved(name: &str, batch: &RecordBatch) -> RecordBatch {
    let mut columns: Vec<ArrayRef> = batch.columns().to_vec();
    let at = batch.schema().index_of(name).expect("a column");
    let rest = columns[at].slice(1, batch.num_rows() - 1);
    columns[at] = arrow::compute::concat(&[&rest, &columns[at].slice(0, 1)]).expect("one type");
    RecordBatch::try_new(batch.schema(), columns).expect("equal lengths")
}

fn outcome(verification: &Verification, name: &str) -> Outcome {
    verification
        .checks
        .iter()
        .find(|c| c.name.starts_with(name))
        .unwrap_or_else(|| panic!("no {name}\n{verification}"))
        .outcome
}

#[test]
fn a_sound_suite_passes() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let verification = suite(&dir).verify(true, &|_| {}).unwrap_or_else(|e| panic!("{e}"));
    assert!(verification.passed(), "{verification}");
    for name in [
        "manifest",
        "file hashes",
        "content hashes",
        "structure",
        "replay",
        "law of `age`",
        "law of `gap`",
        "law of `good`",
        "missing cells of `gap`",
        "shares",
        "claim \"",
    ] {
        assert_eq!(outcome(&verification, name), Outcome::Passed, "{name}\n{verification}");
    }
}

#[test]
fn a_shared_column_that_differs_fails_structure_and_replay_though_all_hashes_fit() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut suite = suite(&dir);
    tamper(&mut suite, 2, |batch| with_moved("age", batch));
    let verification = verified(&suite);
    assert_eq!(outcome(&verification, "file hashes"), Outcome::Passed, "{verification}");
    assert_eq!(outcome(&verification, "content hashes"), Outcome::Passed, "{verification}");
    assert_eq!(outcome(&verification, "structure"), Outcome::Failed, "{verification}");
    assert_eq!(outcome(&verification, "replay"), Outcome::Failed, "{verification}");
}

#[test]
fn ids_that_are_not_in_order_fail_in_an_arm_and_in_the_truth() {
    for (at, column) in [(0, "record_id"), (1, "unit_id"), (4, "unit_id")] {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let mut suite = suite(&dir);
        tamper(&mut suite, at, |batch| with_moved(column, batch));
        let verification = verified(&suite);
        assert_eq!(
            outcome(&verification, "structure"),
            Outcome::Failed,
            "{column} of file {at}\n{verification}"
        );
    }
}

#[test]
fn a_column_that_varies_lawfully_but_is_not_that_of_the_seed_fails_replay_alone() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut suite = suite(&dir);
    tamper(&mut suite, 0, |batch| with_moved("gap", batch));
    let verification = verified(&suite);
    assert_eq!(outcome(&verification, "structure"), Outcome::Passed, "{verification}");
    assert_eq!(outcome(&verification, "replay"), Outcome::Failed, "{verification}");
}

#[test]
fn records_of_another_length_fail() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut suite = suite(&dir);
    tamper(&mut suite, 1, |batch| batch.slice(0, 4_000));
    assert_eq!(outcome(&verified(&suite), "structure"), Outcome::Failed);
}

#[test]
fn a_value_that_is_changed_while_the_hash_of_the_file_is_mended_fails_the_content_hash() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut suite = suite(&dir);
    let before = suite.manifest.clone();
    tamper(&mut suite, 0, |batch| with_moved("gap", batch));
    let file_hash = suite.manifest.files[0].file_hash.clone();
    suite.manifest = before;
    suite.manifest.files[0].file_hash = file_hash;
    assert_eq!(outcome(&verified(&suite), "content hashes"), Outcome::Failed);
}
