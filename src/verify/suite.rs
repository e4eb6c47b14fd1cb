//! All checks of a suite, in one reading.

use super::files::{Reading, file_hash, read};
use super::report::{Check, Outcome, Verification};
use crate::error::{Error, Result};
use crate::model::Model;
use crate::sample::Sampler;
use crate::suite::{ContentHash, FileEntry, Suite, Tables};

impl Suite {
    /// Checks hashes of files and values, the shape of the manifest, and that the records are what the scenario and the
    /// seed give, bit for bit: those of each file's first row group, or all of them if `deep`.
    ///
    /// # Errors
    /// A file that cannot be read at all, or a scenario that does not compile; what differs is a failed check, no error.
    pub fn verify(&self, deep: bool, progress: &(dyn Fn(u64) + Sync)) -> Result<Verification> {
        let mut checks = vec![self.check_files()?];
        let model = self.model()?;
        checks.push(self.check_manifest(&model));
        if self.manifest.file_format != "parquet" {
            checks.push(Check {
                name: "values",
                outcome: Outcome::NotChecked,
                summary: format!(
                    "values are replayed from Parquet suites, not from {}",
                    self.manifest.file_format
                ),
            });
        } else if checks.iter().all(|c| c.outcome == Outcome::Passed) {
            checks.extend(self.check_values(&model, deep, progress)?);
        }
        Ok(Verification { format_version: 1, checks })
    }

    fn check_files(&self) -> Result<Check> {
        let mut wrong = None;
        for entry in &self.manifest.files {
            match file_hash(self, entry) {
                Ok(hash) if hash == entry.file_hash => {}
                Ok(_) => {
                    wrong = wrong.or(Some(format!("`{}` has other bytes than the manifest says", entry.path)))
                }
                Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                    wrong = wrong.or(Some(format!("`{}` is missing", entry.path)));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Check::of("file hashes", wrong, format!("{} files", self.manifest.files.len())))
    }

    /// The manifest against one made anew from the scenario in the suite.
    fn check_manifest(&self, model: &Model) -> Check {
        let expected = crate::suite::describe_again(model, &self.manifest);
        let m = &self.manifest;
        let parts = [
            ("suite id", m.suite_id == expected.suite_id),
            ("scenario hash", m.scenario.hash == expected.scenario.hash),
            ("arms", m.arms == expected.arms),
            ("contrasts", m.contrasts == expected.contrasts),
            ("columns", m.columns == expected.columns && m.truth == expected.truth),
            ("arms' records", self.every_arm_is_whole()),
        ];
        let wrong = parts
            .iter()
            .find(|(_, good)| !good)
            .map(|(what, _)| format!("the {what} of the manifest differ from the scenario's"));
        Check::of(
            "manifest",
            wrong,
            format!("{} arms, {} contrasts, every unit in every arm", m.arms.len(), m.contrasts.len()),
        )
    }

    /// Files of each arm, and of the truth, hold the units from the first to the last without a gap.
    fn every_arm_is_whole(&self) -> bool {
        let arms = self.manifest.arms.iter().map(|a| Some(a.name.as_str())).chain([None]);
        arms.into_iter().all(|arm| {
            let mut files = self.manifest.files.iter().filter(|f| f.arm.as_deref() == arm);
            let end = files
                .try_fold(0, |next, file| (next == file.first_unit).then_some(file.first_unit + file.rows));
            end == Some(self.manifest.units)
        })
    }

    fn check_values(&self, model: &Model, deep: bool, progress: &(dyn Fn(u64) + Sync)) -> Result<Vec<Check>> {
        let plan = model.plan();
        let sampler = Sampler::new(model, &plan, self.manifest.seed);
        let tables = Tables::of(model, &self.manifest);
        let mut total = ContentHash::default();
        let (mut hash_wrong, mut value_wrong, mut replayed) = (None, None, 0);
        for entry in &self.manifest.files {
            let arm = entry.arm.as_ref().and_then(|name| model.arms.iter().position(|a| a.name == *name));
            let regenerate = |units: std::ops::Range<u64>| {
                let batch = sampler.batch(units)?;
                Ok(tables.batch(model, &plan, arm, &batch))
            };
            let reading: Reading = read(self, entry, regenerate, |first| deep || first == entry.first_unit)?;
            total.merge(&reading.content);
            hash_wrong = hash_wrong.or(wrong_content(entry, &reading));
            replayed += reading.replayed;
            value_wrong = value_wrong.or(reading.difference);
            if entry.arm.is_none() {
                progress(reading.rows);
            }
        }
        if hash_wrong.is_none() && total.to_string() != self.manifest.content_hash {
            hash_wrong = Some("the files' values do not sum to the content hash of the suite".to_owned());
        }
        let content = Check::of("content hashes", hash_wrong, self.manifest.content_hash.clone());
        let replay = Check::of(
            "replay",
            value_wrong,
            format!("{replayed} records are what the scenario and the seed give, bit for bit"),
        );
        Ok(vec![content, replay])
    }
}

fn wrong_content(entry: &FileEntry, reading: &Reading) -> Option<String> {
    if reading.rows != entry.rows {
        return Some(format!("`{}` has {} rows, not {}", entry.path, reading.rows, entry.rows));
    }
    (reading.content.to_string() != entry.content_hash)
        .then(|| format!("`{}` has other values than the manifest says", entry.path))
}
