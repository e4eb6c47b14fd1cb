//! Suites are made, cut, combined and read back.

mod crash;
mod crashes;
mod faults;
mod recording;
mod survival;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int64Type};
use arrow::record_batch::RecordBatch;

use super::content::LEAF;
use super::output::RowGroup;
use super::parts::{Tasks, part_units};
use super::records::Records;
use super::row_groups::RowGroups;
use super::*;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Model;
use crate::sample::{ArrayForm, Sampler};
use crate::scenario::Scenario;

const SCENARIO: &str = r#"
[scenario]
name = "small"
version = "1.0.0"
language = "en"

[protected.gender]
levels = { female = 0.5, male = 0.5 }

[variables.age]
role = "background"
normal = { mean = 38, sd = 9 }
min = 21
max = 64
decimals = 0
missing = 0.1

[variables.score]
role = "proxy"
normal = { mean = { base = -1, gender = { female = 2 } }, sd = 3 }

[variables.grade]
role = "background"
categorical = { "-low" = 0.5, "=high" = 0.5 }
missing = 0.2

[variables.remote]
role = "background"
bernoulli = { p = 0.3 }

[variables.hired]
role = "background"
date = { from = 2020-01-01, to = 2024-12-31 }

[variables.note]
role = "background"
text = "{{ grade }}, {{ age }} \"years\""
missing = 0.1

[variables.suitable]
role = "outcome"
bernoulli = { p = { logit = { base = -1.0, score = 0.15 } } }

[design]
kind = "twins"
"#;

fn model() -> Model {
    Scenario::from_text("small.toml", SCENARIO).unwrap().compile().unwrap_or_else(|e| panic!("{e}"))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn batches(suite: &Suite, file: &FileEntry) -> RecordBatch {
    let batches: Vec<RecordBatch> =
        suite.read(file).unwrap().map(|b| b.unwrap_or_else(|e| panic!("{e}"))).collect();
    arrow::compute::concat_batches(&batches[0].schema(), &batches).unwrap()
}

/// The content hash of all files, recomputed from what is read.
fn recomputed(suite: &Suite) -> String {
    let mut sum = ContentSum::default();
    for file in &suite.manifest.files {
        let mut hasher = ContentHasher::new(file.arm.as_deref(), file.first_unit);
        for batch in suite.read(file).unwrap() {
            hasher.update(&batch.unwrap_or_else(|e| panic!("{e}"))).unwrap();
        }
        let one = hasher.finish().expect("types of a suite");
        assert_eq!(one.to_hex(), file.content_hash, "{}", file.path);
        sum.add(one);
    }
    sum.to_hex()
}

fn plain(array: &ArrayRef) -> ArrayRef {
    match array.data_type() {
        DataType::Dictionary(..) => cast(array, &DataType::Utf8).unwrap(),
        _ => array.clone(),
    }
}

fn file_bytes(dir: &Path, suite: &Suite) -> Vec<Vec<u8>> {
    suite.manifest.files.iter().map(|f| std::fs::read(dir.join(&f.path)).unwrap()).collect()
}

fn refused(result: Result<Suite>) -> Error {
    let error = result.expect_err("it is refused");
    assert_eq!(error.kind(), ErrorKind::Request, "{error}");
    error
}

#[test]
fn one_thread_and_four_write_the_same_bytes() {
    let (model, dir) = (model(), folder());
    let (one, four) = (dir.path().join("one"), dir.path().join("four"));
    let first = model.generate(Units(5000), Seed(7)).threads(1).write_to(&one).unwrap();
    let second = model.generate(Units(5000), Seed(7)).threads(4).write_to(&four).unwrap();
    assert_eq!(first.manifest, second.manifest);
    assert_eq!(file_bytes(&one, &first), file_bytes(&four, &second));
    let other = model.generate(Units(5000), Seed(8)).write_to(dir.path().join("other")).unwrap();
    assert_ne!(first.manifest.content_hash, other.manifest.content_hash);
}

#[test]
fn seven_parts_have_the_content_of_one() {
    let (model, dir) = (model(), folder());
    for units in [9000, 100] {
        let whole = model
            .generate(Units(units), Seed(1))
            .write_to(dir.path().join(format!("whole-{units}")))
            .unwrap();
        for format in Format::ALL {
            let place = dir.path().join(format!("{}-{units}", format.word()));
            let parts =
                model.generate(Units(units), Seed(1)).parts(7).format(format).write_to(place).unwrap();
            assert_eq!(parts.manifest.content_hash, whole.manifest.content_hash);
            assert_eq!(parts.manifest.files.len(), 3 * 7);
            assert_eq!(recomputed(&parts), whole.manifest.content_hash, "{}", format.word());
        }
    }
}

#[test]
fn parts_made_alone_combine_to_the_whole_run() {
    let (model, dir) = (model(), folder());
    let place = dir.path().join("alone");
    let whole = model.generate(Units(5000), Seed(3)).parts(3).write_to(dir.path().join("whole")).unwrap();
    for part in [2, 0, 1] {
        if part == 1 {
            assert!(refused(combine(&place)).to_string().contains("missing: 1"));
            assert!(refused(Suite::open(&place)).to_string().contains("is not a suite"));
        }
        model.generate(Units(5000), Seed(3)).parts(3).part(part).write_to(&place).unwrap();
    }
    let again = model.generate(Units(5000), Seed(3)).parts(3).part(1);
    assert!(refused(again.write_to(&place)).to_string().contains("already"));
    let combined = combine(&place).unwrap();
    assert_eq!(combined.manifest, whole.manifest);
    assert_eq!(file_bytes(&place, &combined), file_bytes(&whole.dir, &whole));
    assert_eq!(Suite::open(&place).unwrap(), combined);
    let names = |dir: &Path| {
        let mut names: Vec<_> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&place), names(&whole.dir));
    for document in ["README.md", "croissant.json", "suite.json", "scenario.toml"] {
        assert_eq!(
            std::fs::read(place.join(document)).unwrap(),
            std::fs::read(whole.dir.join(document)).unwrap()
        );
    }
}

#[test]
fn a_part_of_another_seed_or_with_other_bytes_does_not_combine() {
    let (model, dir) = (model(), folder());
    let place = dir.path().join("mixed");
    model.generate(Units(3000), Seed(1)).parts(2).part(0).write_to(&place).unwrap();
    model.generate(Units(3000), Seed(2)).parts(2).part(1).write_to(&place).unwrap();
    assert!(refused(combine(&place)).to_string().contains("different suites"));
    model.generate(Units(3000), Seed(1)).parts(2).part(1).overwrite(true).write_to(&place).unwrap();
    let file = place.join("truth/part-00001.parquet");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[100] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    assert_eq!(combine(&place).unwrap_err().kind(), ErrorKind::Unverified);
}

#[test]
fn what_is_read_is_what_was_sampled_in_every_format() {
    let (model, dir) = (model(), folder());
    let plan = model.plan();
    let sampled = Sampler::new(&model, &plan, 11).batch(0..2500).unwrap();
    let mut hashes = Vec::new();
    for format in Format::ALL {
        let place = dir.path().join(format.word());
        model.generate(Units(2500), Seed(11)).format(format).write_to(&place).unwrap();
        let suite = Suite::open(&place).unwrap();
        for (at, arm) in model.arms.iter().enumerate() {
            let file = suite.manifest.files.iter().find(|f| f.arm.as_ref() == Some(&arm.name)).unwrap();
            let read = batches(&suite, file);
            assert_eq!(read.num_rows(), 2500);
            for (column, variable) in model.shown().enumerate() {
                let place = model.protected.len() + column;
                let expected = ArrayForm::of(&variable.cell).array(sampled.cells(plan.arms[at][place]));
                assert_eq!(
                    &plain(&expected),
                    &plain(read.column(schema::LEADING + place)),
                    "{} {}",
                    variable.name,
                    format.word()
                );
            }
            let shown = plain(read.column(schema::LEADING));
            assert!(shown.as_string::<i32>().iter().all(|level| level == Some(arm.name.as_str())));
            let ids = read.column(0).as_primitive::<Int64Type>();
            let tag = i64::from_str_radix(&suite.manifest.suite_id[..3], 16).unwrap();
            assert_eq!(ids.value(2000), tag * (1 << 41) + 2000 * 2 + at as i64);
        }
        let truth = batches(&suite, suite.manifest.files.last().unwrap());
        let outcome = model.outcomes().next().unwrap();
        let expected = ArrayForm::of(&outcome.cell).array(sampled.cells(plan.truth[1]));
        assert_eq!(&plain(&expected), &plain(truth.column_by_name("suitable").unwrap()));
        assert_eq!(recomputed(&suite), suite.manifest.content_hash);
        hashes.push(suite.manifest.content_hash);
    }
    assert!(hashes.iter().all(|hash| *hash == hashes[0]));
}

#[test]
fn files_have_the_schema_and_the_words_that_are_promised() {
    let (model, dir) = (model(), folder());
    let suite = model.generate(Units(200), Seed(1)).write_to(dir.path().join("suite")).unwrap();
    let file = std::fs::File::open(suite.dir.join("data/arm=female/part-00000.parquet")).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    assert_eq!(reader.schema().fields(), arm_schema(&model).fields());
    let said = reader.metadata().file_metadata().key_value_metadata().unwrap();
    let say = |key: &str| said.iter().find(|kv| kv.key == key).and_then(|kv| kv.value.clone()).unwrap();
    assert_eq!(
        (say("synthetic"), say("arm"), say("varies")),
        ("true".into(), "female".into(), "gender,score".into())
    );
    let varies = |name: &str| suite.manifest.columns.iter().find(|c| c.name == name).unwrap().varies;
    assert!(varies("record_id") && varies("score") && !varies("unit_id") && !varies("age"));
    let card = std::fs::read_to_string(suite.dir.join("README.md")).unwrap();
    assert!(card.contains("- config_name: \"female\"\n  data_files: \"data/arm=female/*.parquet\""));
    assert_eq!(suite.model().unwrap().scenario.effective(), model.scenario.effective());
}

#[test]
fn a_folder_that_is_taken_is_refused_and_nothing_is_left_behind() {
    let (model, dir) = (model(), folder());
    let place = dir.path().join("suite");
    std::fs::create_dir(&place).unwrap();
    let first = model.generate(Units(100), Seed(1)).write_to(&place).unwrap();
    let error = refused(model.generate(Units(100), Seed(2)).write_to(&place));
    assert!(error.hint().unwrap().contains("--overwrite"));
    assert_eq!(Suite::open(&place).unwrap(), first);
    let second = model.generate(Units(100), Seed(2)).overwrite(true).write_to(&place).unwrap();
    assert_eq!(Suite::open(&place).unwrap(), second);
    let precious = dir.path().join("precious");
    std::fs::create_dir(&precious).unwrap();
    std::fs::write(precious.join("thesis.txt"), "years of work").unwrap();
    refused(model.generate(Units(100), Seed(2)).overwrite(true).write_to(&precious));
    refused(model.generate(Units(100), Seed(2)).part(0).overwrite(true).write_to(&precious));
    assert_eq!(std::fs::read_to_string(precious.join("thesis.txt")).unwrap(), "years of work");
    let mut names: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["precious", "suite"]);
}

#[test]
fn a_failure_in_the_middle_is_told_and_removes_what_was_written() {
    let text = SCENARIO.replace("sd = 3 }", "sd = \"if age < 60 then 3 else -1\" }");
    let model = Scenario::from_text("small.toml", &text).unwrap().compile().unwrap_or_else(|e| panic!("{e}"));
    let dir = folder();
    let place = dir.path().join("suite");
    let message = |threads: usize| {
        let made = model.generate(Units(20_000), Seed(1)).threads(threads).write_to(&place);
        made.expect_err("a negative deviation fails").to_string()
    };
    assert_eq!(message(1), message(4));
    model.generate(Units(20_000), Seed(1)).parts(2).part(1).write_to(&place).unwrap_err();
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn progress_counts_every_unit_once() {
    let (model, dir) = (model(), folder());
    let counted = AtomicU64::new(0);
    let count = |units| {
        counted.fetch_add(units, Ordering::Relaxed);
    };
    model
        .generate(Units(3000), Seed(1))
        .threads(3)
        .progress(&count)
        .write_to(dir.path().join("suite"))
        .unwrap();
    assert_eq!(counted.into_inner(), 3000);
}

#[test]
fn numbers_that_do_not_fit_are_refused() {
    let (model, dir) = (model(), folder());
    let place = dir.path().join("suite");
    refused(model.generate(Units(0), Seed(1)).write_to(&place));
    refused(model.generate(Units(1 << 40), Seed(1)).write_to(&place));
    refused(model.generate(Units(10), Seed(1)).parts(0).write_to(&place));
    refused(model.generate(Units(10), Seed(1)).parts(2).part(2).write_to(&place));
    assert!(!place.exists());
}

#[test]
fn parts_are_whole_leaves_without_gaps() {
    for (units, parts) in [(1, 1), (1, 3), (1000, 7), (1024 * 7, 7), (2_199_023_255_551, 100_000)] {
        let mut next = 0;
        for part in 0..parts {
            let range = part_units(units, parts, part);
            assert_eq!(range.start, next);
            assert!(range.end == units || range.end.is_multiple_of(LEAF));
            next = range.end;
        }
        assert_eq!(next, units);
    }
}

#[test]
fn sums_carry_and_survive_their_digits() {
    let all = ContentSum::from_hex(&"f".repeat(64)).unwrap();
    let one = ContentSum::from_hex(&format!("{:064x}", 1)).unwrap();
    let mut sum = all;
    sum.add(one);
    assert_eq!(sum, ContentSum::default());
    let mut carried = ContentSum::from_hex(&format!("{}{}", "0".repeat(48), "f".repeat(16))).unwrap();
    carried.add(one);
    assert_eq!(carried.to_hex(), format!("{}1{}", "0".repeat(47), "0".repeat(16)));
    assert!(ContentSum::from_hex("12").is_none() && ContentSum::from_hex(&"+".repeat(64)).is_none());
}

#[test]
fn the_empty_text_and_formulas_survive_csv() {
    let texts = arrow::array::StringArray::from(vec![
        Some(""),
        Some("'"),
        Some("=1+1"),
        Some("a,\"b\"\n"),
        None,
        Some("\tx"),
    ]);
    let batch = RecordBatch::try_from_iter([("t", std::sync::Arc::new(texts) as ArrayRef)]).unwrap();
    let escaped = escapes::escape(&batch).unwrap();
    assert_eq!(escaped.column(0).as_string::<i32>().value(2), "'=1+1");
    assert_eq!(escapes::unescape(&escaped).unwrap().column(0), batch.column(0));
    assert!(escaped.column(0).is_null(4));
}

#[test]
fn a_column_that_is_encoded_once_has_the_bytes_of_one_encoded_for_each_arm() {
    let model = model();
    let plan = model.plan();
    let records = Records::new(&model, &plan, 5);
    let encoder = RowGroups::new(Sampler::new(&model, &plan, 7), records, Format::Parquet).unwrap();
    let tasks = Tasks::new(2048, 1, vec![0]);
    for at in 0.. {
        let Some(task) = tasks.get(at) else { break };
        let together = encoder.encode(&task, &mut crate::encode::Encoder::new().unwrap()).unwrap();
        let alone = encoder.encode_arm_by_arm(&task).unwrap();
        assert_eq!(together.len(), alone.len());
        for (together, alone) in together.iter().zip(alone) {
            let RowGroup::Chunks(chunks) = &together.group else { panic!("Parquet has chunks") };
            let bytes: Vec<_> = chunks.iter().map(|chunk| chunk.bytes().clone()).collect();
            let alone: Vec<_> = alone.iter().map(|chunk| chunk.bytes().clone()).collect();
            assert_eq!(bytes, alone);
        }
    }
}
