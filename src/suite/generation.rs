//! From a model to a suite on disk.

use std::path::Path;

use super::card;
use super::columns::{MOST_RECORDS, Tables, arm_schema, truth_schema};
use super::croissant::croissant;
use super::describe;
use super::hash::{ContentHash, LEAF};
use super::manifest::{FileEntry, Manifest};
use super::open::Suite;
use super::place::Building;
use super::writer::{FileWriter, Format};
use crate::error::{Error, Result};
use crate::model::{Model, Plan};
use crate::sample::Sampler;

/// How many units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Units(pub u64);

/// What makes a suite this one and no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed(pub u64);

/// Units that are computed and written together: a row group.
pub(super) const BATCH: u64 = 131_072;

/// A suite about to be written.
pub struct Generation<'a> {
    model: &'a Model,
    units: u64,
    seed: u64,
    parts: u32,
    format: Format,
    overwrite: bool,
    progress: Option<&'a (dyn Fn(u64) + Sync)>,
}

impl Model {
    /// A suite of so many units under a seed.
    pub fn generate(&self, units: Units, seed: Seed) -> Generation<'_> {
        Generation {
            model: self,
            units: units.0,
            seed: seed.0,
            parts: 1,
            format: Format::Parquet,
            overwrite: false,
            progress: None,
        }
    }
}

impl<'a> Generation<'a> {
    /// In how many parts each arm is cut.
    pub fn parts(self, parts: u32) -> Self {
        Self { parts, ..self }
    }

    /// The format of the data files.
    pub fn format(self, format: Format) -> Self {
        Self { format, ..self }
    }

    /// Whether a suite that is there is replaced.
    pub fn overwrite(self, overwrite: bool) -> Self {
        Self { overwrite, ..self }
    }

    /// Who is told how many more units are finished.
    pub fn progress(self, progress: &'a (dyn Fn(u64) + Sync)) -> Self {
        Self { progress: Some(progress), ..self }
    }

    /// Writes the suite. It appears whole, by a rename at the end, or not at all.
    ///
    /// # Errors
    /// A folder that is there already, a value that cannot be, a disk that fails; nothing is left behind.
    pub fn write_to(self, dir: impl AsRef<Path>) -> Result<Suite> {
        let dir = dir.as_ref();
        self.refuse_bad_counts()?;
        let building = Building::at(dir, self.overwrite)?;
        let folder = &building.temporary;
        let plan = self.model.plan();
        let mut manifest = describe::manifest(self.model, &plan, self.units, self.seed, self.format);
        let mut total = ContentHash::default();
        for part in 0..self.parts {
            self.write_part(folder, part, &plan, &mut manifest, &mut total)?;
        }
        manifest.content_hash = total.to_string();
        put(folder, "scenario.toml", self.model.scenario.effective().as_bytes())?;
        for attached in &self.model.attached {
            put(folder, &attached.name, &attached.bytes)?;
        }
        put(folder, "README.md", card::card(self.model, &manifest).as_bytes())?;
        let description = croissant(self.model, &manifest, self.format)?;
        put(folder, "croissant.json", &describe::to_json(&description)?)?;
        put(folder, "suite.json", &describe::to_json(&manifest)?)?;
        building.finish()?;
        Ok(Suite { dir: dir.to_owned(), manifest })
    }

    fn refuse_bad_counts(&self) -> Result<()> {
        let arms = self.model.arms.len() as u64;
        if self.units == 0 || self.parts == 0 {
            return Err(Error::request("a suite has at least one unit and one part"));
        }
        if self.units.checked_mul(arms).is_none_or(|records| records >= MOST_RECORDS) {
            return Err(Error::request_hint(
                format!("{} units in {arms} arms are too many records", self.units),
                format!("a suite has fewer than {MOST_RECORDS} records"),
            ));
        }
        Ok(())
    }

    /// The units of a part; parts are cut at multiples of a leaf of the content hash.
    fn units_of(&self, part: u32) -> std::ops::Range<u64> {
        let leaves = self.units.div_ceil(LEAF);
        let at = |part: u64| (leaves * part / u64::from(self.parts) * LEAF).min(self.units);
        at(u64::from(part))..at(u64::from(part) + 1)
    }

    fn write_part(
        &self,
        folder: &Path,
        part: u32,
        plan: &Plan,
        manifest: &mut Manifest,
        total: &mut ContentHash,
    ) -> Result<()> {
        let units = self.units_of(part);
        let tables = Tables::new(self.model, describe::tag(&manifest.suite_id));
        let sampler = Sampler::new(self.model, plan, self.seed);
        let file = format!("part-{part:05}.{}", self.format.word());
        let arms = self.model.arms.len();
        let (arm_schema, truth_schema) = (arm_schema(self.model), truth_schema(self.model));
        let mut paths: Vec<(String, Option<String>)> = self
            .model
            .arms
            .iter()
            .map(|a| (format!("data/arm={}/{file}", a.name), Some(a.name.clone())))
            .collect();
        paths.push((format!("truth/{file}"), None));
        let mut writers = Vec::with_capacity(paths.len());
        for (path, arm) in &paths {
            let schema = if arm.is_some() { &arm_schema } else { &truth_schema };
            let metadata = describe::file_metadata(manifest, arm.as_deref(), part);
            let name = arm.as_deref().unwrap_or("");
            writers.push(FileWriter::create(
                &folder.join(path),
                name,
                schema.clone(),
                self.format,
                &metadata,
            )?);
        }
        let mut first = units.start;
        while first < units.end {
            let batch = sampler.batch(first..(first + BATCH).min(units.end))?;
            let arrays = tables.arrays(plan, &batch);
            // Every file is its own, so they are encoded side by side; the order of rows within each does not change.
            std::thread::scope(|scope| {
                let (tables, batch, arrays) = (&tables, &batch, &arrays);
                let jobs: Vec<_> = writers
                    .iter_mut()
                    .enumerate()
                    .map(|(at, writer)| {
                        scope.spawn(move || {
                            let table = match plan.arms.get(at) {
                                Some(ids) => tables.arm(ids, at, arms, batch, arrays),
                                None => tables.truth(&plan.truth, batch),
                            };
                            writer.write(batch.units.start, &table)
                        })
                    })
                    .collect();
                jobs.into_iter().try_for_each(|job| job.join().expect("a writer does not panic"))
            })?;
            if let Some(progress) = self.progress {
                progress(batch.units.end - batch.units.start);
            }
            first = batch.units.end;
        }
        for ((path, arm), writer) in paths.into_iter().zip(writers) {
            let written = writer.finish()?;
            total.merge(&written.content);
            manifest.files.push(FileEntry {
                path,
                arm,
                part,
                first_unit: units.start,
                rows: written.rows,
                bytes: written.bytes,
                content_hash: written.content.to_string(),
                file_hash: written.file_hash,
            });
        }
        Ok(())
    }
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(|e| Error::io("create", parent, e))?;
    }
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::File::create_new(&path)?;
        std::io::Write::write_all(&mut file, bytes)?;
        file.sync_all()
    };
    write().map_err(|e| Error::io("write", &path, e))
}
