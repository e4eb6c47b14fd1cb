//! A suite on disk, verified.

use std::path::Path;

use super::suite::{Batches, Opened, verify};
use super::{Check, Outcome, Verification};
use crate::error::Result;
use crate::model::Model;
use crate::suite::{ContentHash, FileEntry, Manifest, Suite, describe_again};

impl Opened for Suite {
    fn dir(&self) -> &Path {
        &self.dir
    }

    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn model(&self) -> Result<Model> {
        Suite::model(self)
    }

    fn read(&self, file: &FileEntry) -> Result<Batches> {
        Ok(Box::new(Suite::read(self, file)?))
    }

    fn content_hash(&self, file: &FileEntry) -> Result<Option<String>> {
        let mut hash = ContentHash::default();
        let mut first = file.first_unit;
        for batch in Suite::read(self, file)? {
            let batch = batch?;
            hash.add_batch(file.arm.as_deref().unwrap_or(""), first, &batch);
            first += batch.num_rows() as u64;
        }
        Ok(Some(hash.to_string()))
    }
}

impl Suite {
    /// Checks the manifest, hashes, structure, replay, laws and claims; `deep` replays every record, not a sample.
    /// `progress` hears of units as they are done.
    ///
    /// # Errors
    /// Files that cannot be read, a scenario that cannot be compiled. What merely differs is a failed check.
    pub fn verify(&self, deep: bool, progress: &(dyn Fn(u64) + Sync)) -> Result<Verification> {
        let manifest = self.check_manifest(&self.model()?);
        if self.manifest.file_format != "parquet" {
            let why = format!("values are read from Parquet suites, not from {}", self.manifest.file_format);
            return Ok(Verification {
                checks: vec![manifest, Check::new("values", Outcome::NotChecked, why)],
            });
        }
        let mut verification = verify(self, deep, progress)?;
        verification.checks.insert(0, manifest);
        Ok(verification)
    }

    /// The content hash that the files' hashes sum to.
    fn sum_of_files(&self) -> Option<String> {
        let mut total = ContentHash::default();
        for file in &self.manifest.files {
            total.merge(&ContentHash::from_hex(&file.content_hash)?);
        }
        Some(total.to_string())
    }

    /// Whether the files of each arm, and of the truth, list every unit once and in order.
    fn every_arm_is_whole(&self) -> bool {
        self.manifest.arms.iter().map(|a| Some(a.name.as_str())).chain([None]).all(|arm| {
            let mut files = self.manifest.files.iter().filter(|f| f.arm.as_deref() == arm);
            let end = files.try_fold(0, |next, file| (next == file.first_unit).then_some(next + file.rows));
            end == Some(self.manifest.units)
        })
    }

    /// The manifest against one made anew from the scenario in the suite.
    fn check_manifest(&self, model: &Model) -> Check {
        let expected = describe_again(model, &self.manifest);
        let m = &self.manifest;
        let parts = [
            ("suite id", m.suite_id == expected.suite_id),
            ("scenario hash", m.scenario.hash == expected.scenario.hash),
            ("arms", m.arms == expected.arms),
            ("contrasts", m.contrasts == expected.contrasts),
            ("content hash", self.sum_of_files().as_deref() == Some(m.content_hash.as_str())),
            ("files", self.every_arm_is_whole()),
            ("columns", m.columns == expected.columns && m.truth == expected.truth),
        ];
        let wrong = parts.iter().filter(|(_, good)| !good);
        let problems = wrong.map(|(what, _)| format!("the {what} of the manifest do not fit")).collect();
        Check::of_problems(
            "manifest",
            format!("{} arms and {} contrasts are the scenario's", m.arms.len(), m.contrasts.len()),
            problems,
        )
    }
}
