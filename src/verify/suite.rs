//! All checks of a suite on disk, in one pass over its records.

use std::path::Path;

use arrow::array::RecordBatch;

use super::gather::Gathered;
use super::report::{Check, Outcome, Verification};
use super::rows::Rows;
use super::world::{Shown, arm_columns, truth_columns};
use super::{arms, claims, replay};
use crate::error::{Error, Result};
use crate::model::{Model, Plan};
use crate::sample::Sampler;
use crate::scenario::{Overrides, Scenario};
use crate::suite::{FileEntry, Manifest};

/// The probability that any check of a sound suite fails by chance, all together.
pub const FALSE_ALARMS: f64 = 1e-6;
/// Units of each arm on which laws are checked at most.
pub const LAW_UNITS: u64 = 200_000;
/// Records that are looked at together.
const RUN: usize = 8_192;
/// Without `deep`, runs beyond [`LAW_UNITS`] of which every so-manieth is replayed.
const REPLAY_EVERY: u64 = 16;

/// The batches of a data file.
pub type Batches = Box<dyn Iterator<Item = Result<RecordBatch>>>;

/// What verification needs of a suite.
pub trait Opened {
    /// Its folder.
    fn dir(&self) -> &Path;
    /// Its manifest.
    fn manifest(&self) -> &Manifest;
    /// The model of its scenario.
    fn model(&self) -> Result<Model>;
    /// The records of a data file.
    fn read(&self, file: &FileEntry) -> Result<Batches>;
    /// The content hash of a data file, computed from its records; none, where this is not known.
    fn content_hash(&self, file: &FileEntry) -> Result<Option<String>> {
        let _ = file;
        Ok(None)
    }
}

/// Checks a suite; `progress` hears of records as they are done.
///
/// # Errors
/// Files that cannot be read, a scenario that cannot be compiled. What merely differs is a failed check.
pub fn verify(suite: &impl Opened, deep: bool, progress: &(dyn Fn(u64) + Sync)) -> Result<Verification> {
    let mut checks = vec![file_hashes(suite)?];
    if checks[0].outcome == Outcome::Failed {
        return Ok(Verification { checks });
    }
    checks.push(content_hashes(suite)?);
    let (model, manifest) = (suite.model()?, suite.manifest());
    let plan = model.plan();
    if plan.arms.len() != manifest.arms.len() {
        let summary = format!(
            "the scenario makes {} arms, the manifest lists {}",
            plan.arms.len(),
            manifest.arms.len()
        );
        checks.push(Check::new("structure", Outcome::Failed, summary));
        return Ok(Verification { checks });
    }
    let gathered = pass(suite, &model, &plan, deep, progress)?;
    let tests = gathered.tests() + claims::expectations(&model) + 1;
    let alpha = FALSE_ALARMS / tests as f64;
    checks.extend(gathered.checks(&model, &plan, deep, alpha));
    checks.extend(claimed(suite, alpha)?);
    Ok(Verification { checks })
}

fn file_hashes(suite: &impl Opened) -> Result<Check> {
    let mut problems = Vec::new();
    for file in &suite.manifest().files {
        let path = suite.dir().join(&file.path);
        let mut hasher = blake3::Hasher::new();
        let opened = match std::fs::File::open(&path) {
            Ok(opened) => opened,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                problems.push(format!("{}: the file is missing", file.path));
                continue;
            }
            Err(e) => return Err(Error::io("read", &path, e)),
        };
        std::io::copy(&mut std::io::BufReader::new(opened), &mut hasher)
            .map_err(|e| Error::io("read", &path, e))?;
        if hasher.finalize().to_hex().as_str() != file.file_hash {
            problems.push(format!("{}: the bytes are not those that were written", file.path));
        }
    }
    let held = format!("{} files have the bytes that were written", suite.manifest().files.len());
    Ok(Check::of_problems("file hashes", held, problems))
}

fn content_hashes(suite: &impl Opened) -> Result<Check> {
    let mut problems = Vec::new();
    for file in &suite.manifest().files {
        match suite.content_hash(file) {
            Ok(Some(hash)) if hash != file.content_hash => {
                problems.push(format!("{}: the values are not those that were written", file.path));
            }
            Ok(Some(_)) => {}
            Ok(None) => {
                return Ok(Check::new(
                    "content hashes",
                    Outcome::NotChecked,
                    "no content hash is known for such files",
                ));
            }
            Err(error) => problems.push(format!("{}: {error}", file.path)),
        }
    }
    Ok(Check::of_problems("content hashes", "all values are those that were written", problems))
}

/// Reads arms side by side and the truth, and gathers what checks need.
fn pass(
    suite: &impl Opened,
    model: &Model,
    plan: &Plan,
    deep: bool,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Gathered> {
    let manifest = suite.manifest();
    let sampler = Sampler::new(model, plan, manifest.seed);
    let columns: Vec<Vec<Shown>> = (0..plan.arms.len()).map(|arm| arm_columns(model, plan, arm)).collect();
    let of_truth = truth_columns(model, plan);
    let mut readers: Vec<Rows<_>> =
        manifest.arms.iter().map(|arm| Rows::of(suite, Some(&arm.name))).collect();
    let mut truth = Rows::of(suite, None);
    let mut gathered = Gathered::new(plan);
    let mut tag = None;
    let mut first = 0;
    while first < manifest.units {
        let wanted = RUN.min((manifest.units - first) as usize);
        let records: Result<Vec<RecordBatch>> =
            readers.iter_mut().filter_map(|r| r.take(wanted).transpose()).collect();
        let records = records?;
        let truths = if truth.exist() { truth.take(wanted)? } else { None };
        let short = records.len() < plan.arms.len() || records.iter().any(|r| r.num_rows() != wanted);
        if short || (truth.exist() && truths.as_ref().is_none_or(|t| t.num_rows() != wanted)) {
            gathered.structure.push(format!(
                "records end after unit {first}, though the suite has {} units",
                manifest.units
            ));
            break;
        }
        for (arm, records) in records.iter().enumerate() {
            let place = &manifest.arms[arm].name;
            gathered.structure.extend(arms::ids(place, records, first, arm, plan.arms.len(), &mut tag));
            gathered.structure.extend(arms::levels(manifest, arm, records, first));
        }
        gathered.structure.extend(arms::across(manifest, &records, first));
        let lawful = first < LAW_UNITS;
        if deep || lawful || (first / RUN as u64).is_multiple_of(REPLAY_EVERY) {
            let batch = sampler.batch(first..first + wanted as u64)?;
            for (arm, records) in records.iter().enumerate() {
                let place = format!("arm `{}`", manifest.arms[arm].name);
                gathered.replay.extend(replay::differences(&place, records, &columns[arm], &batch));
            }
            if let Some(truths) = &truths {
                gathered.replay.extend(replay::differences("truth", truths, &of_truth, &batch));
            }
            gathered.replayed += wanted as u64;
            if lawful {
                gathered.add(model, plan, &batch);
            }
        }
        gathered.structure.truncate(100);
        gathered.replay.truncate(100);
        first += wanted as u64;
        progress((wanted * records.len()) as u64);
    }
    for reader in readers.iter_mut().chain([&mut truth]) {
        if first >= manifest.units && reader.take(1)?.is_some() {
            gathered
                .structure
                .push(format!("there are records beyond the {} units of the suite", manifest.units));
        }
    }
    Ok(gathered)
}

fn claimed(suite: &impl Opened, alpha: f64) -> Result<Vec<Check>> {
    let manifest = suite.manifest();
    let not_checked = |why: String| vec![Check::new("claims", Outcome::NotChecked, why)];
    if manifest.scenario.overridden {
        return Ok(not_checked("overridden: values of the population were set by the command".to_owned()));
    }
    let factual = Overrides { design: Some("factual".to_owned()), ..Overrides::none() };
    let scenario = Scenario::from_path_with(suite.dir().join("scenario.toml"), &factual);
    match scenario.and_then(Scenario::compile) {
        Ok(model) => claims::claims(&model, manifest.seed, manifest.units, alpha),
        Err(error) => Ok(not_checked(format!("the scenario has no factual design: {error}"))),
    }
}
