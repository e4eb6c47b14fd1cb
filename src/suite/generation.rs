//! A suite being asked for, and made.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::card::card;
use super::combine::{PartRecord, part_name};
use super::counts::{Seed, Units};
use super::croissant::croissant;
use super::describe::{describe, to_json, with_files};
use super::encode::{Encoded, Encoder};
use super::folder::{MANIFEST, Partial, check_vacant, move_files, sibling, write_atomically, write_file};
use super::format::Format;
use super::identity::{check_units, record_tag};
use super::manifest::{FileEntry, Manifest};
use super::opened::Suite;
use super::output::{Output, Planned};
use super::parts::{Task, Tasks, check_parts};
use super::records::Records;
use super::run::{Sink, run};
use super::schema::check_names;
use crate::error::{Error, Result};
use crate::model::Model;
use crate::sample::Sampler;

/// A suite that is asked for; [`Generation::write_to`] makes it.
#[must_use]
pub struct Generation<'a> {
    model: &'a Model,
    units: Units,
    seed: Seed,
    parts: u32,
    part: Option<u32>,
    format: Format,
    overwrite: bool,
    threads: Option<usize>,
    progress: Option<&'a (dyn Fn(u64) + Sync)>,
}

impl Model {
    /// A suite of so many units under a seed: one Parquet file an arm unless more is said.
    pub fn generate(&self, units: Units, seed: Seed) -> Generation<'_> {
        Generation {
            model: self,
            units,
            seed,
            parts: 1,
            part: None,
            format: Format::default(),
            overwrite: false,
            threads: None,
            progress: None,
        }
    }
}

impl<'a> Generation<'a> {
    /// Cut in so many parts; the values are the same however it is cut.
    pub fn parts(mut self, parts: u32) -> Self {
        self.parts = parts;
        self
    }

    /// Only one of the parts, counted from 0. [`super::combine`] makes a suite of all of them.
    pub fn part(mut self, part: u32) -> Self {
        self.part = Some(part);
        self
    }

    /// In another format.
    pub fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// Whether a suite (or this part of one) that is already there is replaced.
    pub fn overwrite(mut self, overwrite: bool) -> Self {
        self.overwrite = overwrite;
        self
    }

    /// With so many threads; as many as the machine runs at once, unless said. The files are the same.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Told of units as they are finished: how many since the last call.
    pub fn progress(mut self, progress: &'a (dyn Fn(u64) + Sync)) -> Self {
        self.progress = Some(progress);
        self
    }

    /// Makes the suite. The folder appears whole or not at all; for one part, its files do.
    ///
    /// # Errors
    /// A request that cannot be met (a folder that is taken, numbers that do not fit), values that a scenario cannot give,
    /// refusals of the operating system. After an error nothing is left behind.
    pub fn write_to(self, dir: impl AsRef<Path>) -> Result<Suite> {
        let place = resolved(dir.as_ref())?;
        check_units(self.units.0, self.model.arms.len())?;
        check_parts(self.parts, self.part)?;
        check_names(self.model)?;
        check_attached(self.model)?;
        let manifest = match self.part {
            None => self.write_whole(&place),
            Some(part) => self.write_part(&place, part),
        }?;
        Ok(Suite { dir: dir.as_ref().to_owned(), manifest })
    }

    fn write_whole(&self, place: &Path) -> Result<Manifest> {
        check_vacant(place, self.overwrite)?;
        let partial = Partial::create(sibling(place, "partial")?)?;
        let manifest = self.write_files(&partial.path, 0..self.parts)?;
        write_documents(&partial.path, self.model, &manifest, self.format)?;
        write_file(&partial.path, MANIFEST, &to_json(&manifest)?)?;
        partial.settle(place)?;
        Ok(manifest)
    }

    fn write_part(&self, place: &Path, part: u32) -> Result<Manifest> {
        self.check_part_place(place, part)?;
        let created = !place.exists();
        let made = self.write_part_files(place, part);
        if made.is_err() && created {
            // Only goes if empty: another part may have come in the meantime.
            let _ = fs::remove_dir(place);
        }
        made
    }

    fn write_part_files(&self, place: &Path, part: u32) -> Result<Manifest> {
        let partial = Partial::create(place.join(format!(".partial-{part:05}-{}", std::process::id())))?;
        let manifest = self.write_files(&partial.path, part..part + 1)?;
        let names: Vec<String> = manifest.files.iter().map(|f| f.path.clone()).collect();
        write_scenario(&partial.path, self.model)?;
        let mut moved = vec!["scenario.toml".to_owned()];
        moved.extend(self.model.attached.iter().map(|a| a.name.clone()));
        move_files(&partial.path, place, &moved)?;
        move_files(&partial.path, place, &names)?;
        let record = PartRecord { part, parts: self.parts, manifest: manifest.clone() };
        write_atomically(place, &part_name(part), &to_json(&record)?)?;
        Ok(manifest)
    }

    /// A part goes to a new folder, or beside other parts of the same suite.
    fn check_part_place(&self, place: &Path, part: u32) -> Result<()> {
        let shown = place.display();
        if place.join(MANIFEST).exists() {
            return Err(Error::request_hint(
                format!("`{shown}` is a whole suite already"),
                "name another folder for the parts",
            ));
        }
        if place.join(part_name(part)).exists() && !self.overwrite {
            let message = format!("part {part} is in `{shown}` already");
            return Err(Error::request_hint(message, "replace it with --overwrite"));
        }
        let scenario = place.join("scenario.toml");
        match fs::read(&scenario) {
            Ok(text) if text == self.model.scenario.effective().as_bytes() => Ok(()),
            Ok(_) => Err(Error::request_hint(
                format!("`{shown}` holds parts of another scenario"),
                "name another folder for these parts",
            )),
            // Another part that is being made leaves only names that begin with a dot.
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => match only_hidden(place)? {
                true => Ok(()),
                false => check_vacant(place, false),
            },
            Err(e) => Err(Error::io("read", &scenario, e)),
        }
    }

    fn write_files(&self, root: &Path, parts: std::ops::Range<u32>) -> Result<Manifest> {
        let plan = self.model.plan();
        let manifest = describe(self.model, &plan, self.units, self.seed, self.format);
        let records = Records::new(self.model, &plan, record_tag(&manifest.suite_id)?);
        let encoder = Encoder::new(Sampler::new(self.model, &plan, self.seed.0), records, self.format)?;
        let files = Files {
            root,
            encoder: &encoder,
            manifest: &manifest,
            format: self.format,
            open: Vec::new(),
            done: Vec::new(),
        };
        let threads =
            self.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
        let tasks = Tasks::new(self.units.0, self.parts, parts);
        let done = run(&encoder, &tasks, threads, files, self.progress)?.done;
        with_files(manifest, done)
    }
}

/// The files of the part that is being written.
struct Files<'a> {
    root: &'a Path,
    encoder: &'a Encoder<'a>,
    manifest: &'a Manifest,
    format: Format,
    open: Vec<Output>,
    done: Vec<FileEntry>,
}

impl Sink for Files<'_> {
    fn take(&mut self, task: &Task, encoded: Vec<Encoded>) -> Result<()> {
        if task.first {
            let outputs: Result<Vec<Output>> =
                self.encoder.tables().iter().map(|table| self.create(table, task)).collect();
            self.open = outputs?;
        }
        let rows = task.units.end - task.units.start;
        for (output, encoded) in self.open.iter_mut().zip(encoded) {
            output.append(encoded, rows)?;
        }
        if task.last {
            for output in std::mem::take(&mut self.open) {
                self.done.push(output.finish()?);
            }
        }
        Ok(())
    }
}

impl Files<'_> {
    fn create(&self, table: &super::records::Table, task: &Task) -> Result<Output> {
        let arm = table.arm.map(|arm| self.encoder.model().arms[arm].name.clone());
        let folder = match &arm {
            Some(arm) => format!("data/arm={arm}"),
            None => "truth".to_owned(),
        };
        let path = format!("{folder}/part-{:05}.{}", task.part, self.format.extension());
        let metadata = self.metadata(arm.as_deref(), task.part);
        let planned = Planned { path, arm, part: task.part, first_unit: task.units.start, metadata };
        Output::create(self.root, planned, self.encoder.schema(table), self.format)
    }

    /// What a file says of itself; `varies` lists the protected variables and variables that differ between arms.
    fn metadata(&self, arm: Option<&str>, part: u32) -> Vec<(String, String)> {
        let manifest = self.manifest;
        let leading = super::schema::LEADING;
        let varies = manifest.columns.iter().skip(leading).filter(|c| c.varies).map(|c| c.name.as_str());
        let varies: Vec<&str> = varies.collect();
        let said = [
            ("suite", manifest.suite_id.clone()),
            ("scenario", format!("{} {}", manifest.scenario.name, manifest.scenario.version)),
            ("scenario_hash", manifest.scenario.hash.clone()),
            ("arm", arm.unwrap_or("").to_owned()),
            ("part", part.to_string()),
            ("varies", varies.join(",")),
            ("synthetic", "true".to_owned()),
        ];
        said.into_iter()
            .filter(|(key, _)| *key != "arm" || arm.is_some())
            .map(|(k, v)| (k.to_owned(), v))
            .collect()
    }
}

/// Writes everything beside the data except the manifest.
pub(super) fn write_documents(root: &Path, model: &Model, manifest: &Manifest, format: Format) -> Result<()> {
    write_scenario(root, model)?;
    write_file(root, "README.md", card(model, manifest).as_bytes())?;
    write_file(root, "croissant.json", &to_json(&croissant(model, manifest, format)?)?)
}

fn write_scenario(root: &Path, model: &Model) -> Result<()> {
    write_file(root, "scenario.toml", model.scenario.effective().as_bytes())?;
    model.attached.iter().try_for_each(|file| write_file(root, &file.name, &file.bytes))
}

/// Files of the scenario stand beside it in the suite, so they cannot have names of the suite's own files.
fn check_attached(model: &Model) -> Result<()> {
    const OWN: [&str; 7] =
        ["data", "truth", "parts", "scenario.toml", "readme.md", "croissant.json", MANIFEST];
    for file in &model.attached {
        let mut parts = Path::new(&file.name).components().filter(|c| *c != Component::CurDir);
        let first = parts.next().map(|c| c.as_os_str().to_string_lossy().to_lowercase());
        if first.is_some_and(|first| OWN.contains(&first.as_str())) {
            return Err(Error::request_hint(
                format!("the scenario reads `{}`, which is a name of the suite's own", file.name),
                "rename the file",
            ));
        }
    }
    Ok(())
}

/// Whether nothing is in a folder but names that begin with a dot.
fn only_hidden(place: &Path) -> Result<bool> {
    if !place.is_dir() {
        return Ok(false);
    }
    for entry in fs::read_dir(place).map_err(|e| Error::io("read", place, e))? {
        let name = entry.map_err(|e| Error::io("read", place, e))?.file_name();
        if !name.to_string_lossy().starts_with(".partial-") {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The place itself, where the path is a link to it.
fn resolved(dir: &Path) -> Result<PathBuf> {
    match dir.is_symlink() && dir.exists() {
        true => dir.canonicalize().map_err(|e| Error::io("read", dir, e)),
        false => Ok(dir.to_owned()),
    }
}
