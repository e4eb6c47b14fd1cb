//! All checks of a suite on disk, in one pass over its records.

use arrow::array::RecordBatch;

use super::gather::Gathered;
use super::report::{Check, Outcome, Verification};
use super::rows::Rows;
use super::world::{Shown, arm_columns, truth_columns};
use super::{arms, claims, manifest, replay};
use crate::error::Result;
use crate::model::{Model, Plan};
use crate::sample::Sampler;
use crate::scenario::{Overrides, Scenario};
use crate::suite::{Manifest, Suite, record_tag};

/// The probability that any check of a sound suite fails by chance, all together.
pub const FALSE_ALARMS: f64 = 1e-6;
/// Units of each arm on which laws are checked at most.
pub const LAW_UNITS: u64 = 200_000;
/// Records that are looked at together.
const RUN: usize = 8_192;
/// Without `deep`, runs beyond [`LAW_UNITS`] of which every so-manieth is replayed.
const REPLAY_EVERY: u64 = 16;
/// Differences that are kept; a check shows the first of them.
const KEPT: usize = 100;

impl Suite {
    /// Checks the manifest, hashes, structure, replay, laws and claims; `deep` replays every record, not a sample.
    /// `progress` hears of units as they are done.
    ///
    /// # Errors
    /// Files that cannot be read, a scenario that cannot be compiled. What merely differs is a failed check.
    pub fn verify(&self, deep: bool, progress: &(dyn Fn(u64) + Sync)) -> Result<Verification> {
        let model = self.model()?;
        let plan = model.plan();
        let mut checks = vec![manifest::fits(self, &model, &plan), manifest::file_hashes(self)?];
        if checks.iter().any(|check| check.outcome == Outcome::Failed) {
            let why = "not looked at: manifest, scenario and files do not belong together";
            checks.push(Check::new("values", Outcome::NotChecked, why));
            return Ok(Verification { checks });
        }
        let gathered = pass(self, &model, &plan, deep, progress)?;
        let tests = gathered.tests() + claims::expectations(&model) + 1;
        let alpha = FALSE_ALARMS / tests as f64;
        checks.extend(gathered.checks(&model, &plan, deep, alpha));
        checks.extend(claimed(self, alpha)?);
        Ok(Verification { checks })
    }
}

/// Reads arms side by side and the truth, and gathers what checks need.
fn pass(
    suite: &Suite,
    model: &Model,
    plan: &Plan,
    deep: bool,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Gathered> {
    let manifest = &suite.manifest;
    let reading = Reading {
        manifest,
        tag: record_tag(&manifest.suite_id)?,
        sampler: Sampler::new(model, plan, manifest.seed),
        columns: (0..plan.arms.len()).map(|arm| arm_columns(model, plan, arm)).collect(),
        of_truth: truth_columns(model, plan),
    };
    let arms = manifest.arms.iter().map(|arm| Some(arm.name.as_str()));
    let mut readers: Vec<Rows> = arms.chain([None]).map(|arm| Rows::of(suite, arm)).collect();
    let mut gathered = Gathered::new(plan);
    let mut first = 0;
    while first < manifest.units {
        let wanted = RUN.min((manifest.units - first) as usize);
        let records: Result<Vec<Option<RecordBatch>>> = readers.iter_mut().map(|r| r.take(wanted)).collect();
        let records: Vec<RecordBatch> = records?.into_iter().flatten().collect();
        if records.len() < readers.len() || records.iter().any(|r| r.num_rows() != wanted) {
            let problem =
                format!("records end after unit {first}, though the suite has {} units", manifest.units);
            gathered.structure.push(problem);
            return Ok(gathered);
        }
        reading.check_structure(first, &records, &mut gathered);
        if deep || first < LAW_UNITS || (first / RUN as u64).is_multiple_of(REPLAY_EVERY) {
            reading.replay(first, &records, &mut gathered)?;
        }
        first += wanted as u64;
        progress(wanted as u64);
    }
    for reader in &mut readers {
        if reader.take(1)?.is_some() {
            let problem = format!("there are records beyond the {} units of the suite", manifest.units);
            gathered.structure.push(problem);
        }
        gathered.content.append(&mut reader.changed);
    }
    Ok(gathered)
}

/// What every run of records is held against.
struct Reading<'m> {
    manifest: &'m Manifest,
    tag: i64,
    sampler: Sampler<'m>,
    columns: Vec<Vec<Shown>>,
    of_truth: Vec<Shown>,
}

impl Reading<'_> {
    /// Looks at a run of units in all arms and, last, the truth.
    fn check_structure(&self, first: u64, records: &[RecordBatch], gathered: &mut Gathered) {
        let (arms, truth) = records.split_at(self.columns.len());
        for (arm, records) in arms.iter().enumerate() {
            gathered.structure.extend(arms::ids(self.manifest, arm, records, first, self.tag));
            gathered.structure.extend(arms::levels(self.manifest, arm, records, first));
        }
        gathered.structure.extend(truth.iter().flat_map(|truth| arms::units("the truth", truth, first)));
        gathered.structure.extend(arms::across(self.manifest, arms, first));
        gathered.structure.truncate(KEPT);
    }

    /// Makes a run of units anew and holds it against the records.
    fn replay(&self, first: u64, records: &[RecordBatch], gathered: &mut Gathered) -> Result<()> {
        let units = records[0].num_rows() as u64;
        let batch = self.sampler.batch(first..first + units)?;
        let places = self.manifest.arms.iter().map(|arm| format!("arm `{}`", arm.name));
        let columns = self.columns.iter().chain([&self.of_truth]);
        for ((place, columns), records) in places.chain(["the truth".to_owned()]).zip(columns).zip(records) {
            gathered.replay.extend(replay::differences(&place, records, columns, &batch));
        }
        gathered.replay.truncate(KEPT);
        gathered.replayed += units;
        if first < LAW_UNITS {
            gathered.add(self.sampler.model(), self.sampler.plan(), &batch);
        }
        Ok(())
    }
}

fn claimed(suite: &Suite, alpha: f64) -> Result<Vec<Check>> {
    let manifest = &suite.manifest;
    let not_checked = |why: String| vec![Check::new("claims", Outcome::NotChecked, why)];
    if manifest.scenario.overridden {
        return Ok(not_checked("overridden: values of the population were set by the command".to_owned()));
    }
    let factual = Overrides { design: Some("factual".to_owned()), ..Overrides::none() };
    let scenario = Scenario::from_path_with(suite.dir.join("scenario.toml"), &factual);
    match scenario.and_then(Scenario::compile) {
        Ok(model) => claims::claims(&model, manifest.seed, manifest.units, alpha),
        Err(error) => Ok(not_checked(format!("the scenario has no factual design: {error}"))),
    }
}
