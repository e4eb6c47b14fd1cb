//! All checks over a suite in memory.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, RecordBatch};

use crate::error::Result;
use crate::model::Model;
use crate::sample::Sampler;
use crate::scenario::Scenario;
use crate::suite::{FileEntry, Manifest};
use crate::verify::world::{Shown, arm_columns, truth_columns};
use crate::verify::{Batches, Opened, Outcome, Verification, verify};

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

/// A suite whose records stand in memory.
struct InMemory {
    dir: tempfile::TempDir,
    manifest: Manifest,
    batches: Vec<RecordBatch>,
}

impl Opened for InMemory {
    fn dir(&self) -> &Path {
        self.dir.path()
    }
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }
    fn model(&self) -> Result<Model> {
        Scenario::from_path(self.dir.path().join("scenario.toml"))?.compile()
    }
    fn read(&self, file: &FileEntry) -> Result<Batches> {
        // Two batches of unlike size, as row groups may be.
        let (batch, cut) = (self.batches[file.part as usize].clone(), 3_000 + file.part as usize);
        let halves = [batch.slice(0, cut), batch.slice(cut, batch.num_rows() - cut)];
        Ok(Box::new(halves.into_iter().map(Ok)))
    }
}

fn records(columns: &[Shown], batch: &crate::sample::Batch, arm: u64, arms: u64) -> RecordBatch {
    let ids = Int64Array::from_iter_values((0..UNITS).map(|u| ((77 << 41) + u * arms + arm) as i64));
    let units = Int64Array::from_iter_values(0..UNITS as i64);
    let fixed = [("record_id", Arc::new(ids) as ArrayRef), ("unit_id", Arc::new(units) as ArrayRef)];
    let made = columns.iter().map(|c| (c.name.as_str(), c.form.array(batch.cells(c.instance))));
    RecordBatch::try_from_iter_with_nullable(fixed.into_iter().chain(made).map(|(n, a)| (n, a, true)))
        .expect("equal lengths")
}

fn suite() -> InMemory {
    let dir = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(dir.path().join("scenario.toml"), SCENARIO).expect("writable");
    let model = Scenario::from_text("small.toml", SCENARIO)
        .and_then(Scenario::compile)
        .unwrap_or_else(|e| panic!("{e}"));
    let plan = model.plan();
    let batch = Sampler::new(&model, &plan, 5).batch(0..UNITS).expect("legal parameters");
    let arms = plan.arms.len();
    let mut batches: Vec<RecordBatch> = (0..arms)
        .map(|arm| records(&arm_columns(&model, &plan, arm), &batch, arm as u64, arms as u64))
        .collect();
    batches.push(records(&truth_columns(&model, &plan), &batch, 0, arms as u64));
    let hash = blake3::hash(SCENARIO.as_bytes()).to_hex().to_string();
    let level = |show: &crate::model::LevelRef| match show {
        crate::model::LevelRef::Level(code) => model.protected[0].levels.name(*code).to_owned(),
        crate::model::LevelRef::Own => "own".to_owned(),
    };
    let column = |(at, name, role): (usize, &str, &str)| {
        let by_arm: Vec<usize> = plan.arms.iter().map(|arm| arm[at]).collect();
        let varies = plan.varying().contains(&at);
        serde_json::json!({"name": name, "role": role, "kind": "number", "varies": varies, "instance_by_arm": by_arm})
    };
    let columns = [(0, "gender", "protected"), (1, "age", "background"), (2, "gap", "proxy")].map(column);
    let arm_entries: Vec<_> = model
        .arms
        .iter()
        .map(|a| serde_json::json!({"name": a.name, "show": {"gender": level(&a.show[0])}, "follow": {}, "strength": {}}))
        .collect();
    let files: Vec<_> = (0..=arms)
        .map(|at| {
            serde_json::json!({"path": "scenario.toml", "arm": model.arms.get(at).map(|a| &a.name), "part": at, "first_unit": 0,
                "rows": UNITS, "bytes": 0, "content_hash": "", "file_hash": hash})
        })
        .collect();
    let manifest = serde_json::json!({
        "format_version": 1, "tool": "", "values_version": 1, "suite_id": "", "seed": 5, "units": UNITS, "file_format": "parquet",
        "scenario": {"name": "small", "version": "1", "hash": "", "overridden": false, "attached": []}, "design": "twins",
        "arms": arm_entries, "contrasts": [], "columns": columns, "truth": [], "files": files, "content_hash": "",
        "sources": [], "synthetic": true,
    });
    InMemory { dir, manifest: serde_json::from_value(manifest).expect("a manifest"), batches }
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
    let verification = verify(&suite(), true, &|_| {}).unwrap_or_else(|e| panic!("{e}"));
    assert!(verification.passed(), "{verification}");
    for name in [
        "file hashes",
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
fn a_changed_column_fails_structure_and_replay() {
    let mut suite = suite();
    let batch = &suite.batches[1];
    let mut columns = batch.columns().to_vec();
    let at = batch.schema().index_of("age").expect("a column");
    let ages = columns[at].slice(1, UNITS as usize - 1);
    columns[at] = arrow::compute::concat(&[&ages, &columns[at].slice(0, 1)]).expect("one type");
    suite.batches[1] = RecordBatch::try_new(batch.schema(), columns).expect("equal lengths");
    let verification = verify(&suite, false, &|_| {}).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(outcome(&verification, "structure"), Outcome::Failed, "{verification}");
    assert_eq!(outcome(&verification, "replay"), Outcome::Failed, "{verification}");
}

#[test]
fn records_of_another_length_fail() {
    let mut suite = suite();
    suite.batches[0] = suite.batches[0].slice(0, 9_000);
    let verification = verify(&suite, false, &|_| {}).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(outcome(&verification, "structure"), Outcome::Failed, "{verification}");
}
