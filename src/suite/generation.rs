//! A suite being asked for, and made.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::counts::{Seed, Units};
use super::describe::{Written, describe};
use super::disk::{Disk, FileSystem};
use super::documents::check_attached;
use super::files::{Files, is_proven};
use super::folder::resolved;
use super::format::Format;
use super::identity::{check_units, record_tag};
use super::journal::{Finished, Journal};
use super::layout::Layout;
use super::manifest::{FileEntry, Manifest};
use super::opened::Suite;
use super::parts::{Tasks, check_parts, part_units};
use super::records::Records;
use super::row_groups::RowGroups;
use super::run::{Watch, run};
use super::schema::check_names;
use crate::error::{Error, Result};
use crate::model::Model;
use crate::sample::Sampler;

/// A suite that is asked for; [`Generation::write_to`] makes it.
#[must_use]
pub struct Generation<'a> {
    pub(super) model: &'a Model,
    pub(super) units: Units,
    pub(super) seed: Seed,
    pub(super) parts: u32,
    pub(super) part: Option<u32>,
    pub(super) written: Written,
    pub(super) overwrite: bool,
    pub(super) resume: bool,
    pub(super) disk: &'a dyn Disk,
    threads: Option<usize>,
    watch: Watch<'a>,
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
            written: Written::default(),
            overwrite: false,
            resume: false,
            disk: &FileSystem,
            threads: None,
            watch: Watch::default(),
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
        self.written.format = format;
        self
    }

    /// With another layout of arms in files; only Parquet files can be shared by arms.
    pub fn layout(mut self, layout: Layout) -> Self {
        self.written.layout = layout;
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
        self.watch.progress = Some(progress);
        self
    }

    /// Whether to go on with what a run of the same request left when it was killed or failed: parts whose files are proven
    /// by their hashes are kept, the others are made, and the suite has the bytes of a run without interruption. A suite
    /// that is whole already, and is what is asked for, is left as it is.
    pub fn resume(mut self, resume: bool) -> Self {
        self.resume = resume;
        self
    }

    /// Stops soon after this becomes true, with [`Error::Interrupted`]; finished parts are kept for
    /// [`Generation::resume`].
    pub fn cancel(mut self, cancel: &'a AtomicBool) -> Self {
        self.watch.cancel = Some(cancel);
        self
    }

    /// On another disk.
    #[cfg(test)]
    pub(super) fn on(mut self, disk: &'a dyn Disk) -> Self {
        self.disk = disk;
        self
    }

    /// Makes the suite. The folder appears whole or not at all; for one part, its files do.
    ///
    /// It is written in a folder beside its place, `<name>.partial`, which is removed in the end and which a killed run leaves:
    /// [`Generation::resume`] goes on with it, and any other run to the same place removes it.
    ///
    /// # Errors
    /// A request that cannot be met (a folder that is taken, or where another run is writing; numbers that do not fit), values
    /// that a scenario cannot give, refusals of the operating system. After an error nothing is left behind but, if the
    /// system refused or the run was cancelled, finished parts for [`Generation::resume`]: [`Error::Unfinished`] says so.
    pub fn write_to(self, dir: impl AsRef<Path>) -> Result<Suite> {
        let place = resolved(dir.as_ref())?;
        check_units(self.units.0, self.model.arms.len())?;
        check_parts(self.parts, self.part)?;
        check_names(self.model)?;
        check_layout(self.written)?;
        check_attached(self.model)?;
        let manifest = match self.part {
            None => self.write_whole(&place),
            Some(part) => self.write_part(&place, part),
        }?;
        Ok(Suite { dir: dir.as_ref().to_owned(), manifest })
    }

    /// The manifest without files.
    pub(super) fn described(&self) -> Manifest {
        describe(self.model, &self.model.plan(), self.units, self.seed, self.written)
    }

    /// Writes the data files below a folder: those of all wanted parts that the journal does not have yet.
    pub(super) fn write_files(
        &self,
        root: &Path,
        manifest: &Manifest,
        wanted: std::ops::Range<u32>,
        journal: &mut Journal,
    ) -> Result<()> {
        for part in journal.finished() {
            let units = part_units(self.units.0, self.parts, part.part);
            self.watch.advance(units.end - units.start);
        }
        let finished: BTreeSet<u32> = journal.finished().iter().map(|part| part.part).collect();
        let missing: Vec<u32> = wanted.filter(|part| !finished.contains(part)).collect();
        let plan = self.model.plan();
        let records = Records::new(self.model, &plan, record_tag(&manifest.suite_id)?);
        let encoder =
            RowGroups::new(Sampler::new(self.model, &plan, self.seed.0), records, self.written.format)?;
        let files = Files {
            disk: self.disk,
            root,
            encoder: &encoder,
            manifest,
            written: self.written,
            journal,
            open: Vec::new(),
        };
        let threads =
            self.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
        let tasks = Tasks::new(self.units.0, self.parts, missing);
        run(&encoder, &tasks, threads, files, self.watch)?;
        Ok(())
    }

    /// Whether all of some files have the bytes that were written, in one of some folders.
    pub(super) fn proven(&self, roots: &[&Path], files: &[FileEntry]) -> Result<bool> {
        for file in files {
            self.go_on()?;
            if !roots.iter().any(|root| is_proven(self.disk, root, file)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The parts of a journal whose files are proven.
    pub(super) fn proven_parts(&self, roots: &[&Path], listed: Vec<Finished>) -> Result<Vec<Finished>> {
        let mut parts = Vec::new();
        for part in listed {
            if self.proven(roots, &part.files)? {
                parts.push(part);
            }
        }
        Ok(parts)
    }

    /// Stops if the run is cancelled.
    pub(super) fn go_on(&self) -> Result<()> {
        if self.watch.cancelled() { Err(Error::Interrupted) } else { Ok(()) }
    }
}

/// All files of some parts.
pub(super) fn files_of(parts: &[Finished]) -> Vec<FileEntry> {
    parts.iter().flat_map(|part| part.files.iter().cloned()).collect()
}

/// Arms share a file in Parquet only.
fn check_layout(written: Written) -> Result<()> {
    match (written.layout, written.format) {
        (Layout::OneFile, Format::Csv | Format::Jsonl | Format::Arrow) => Err(Error::request_hint(
            format!("the layout `one-file` is for Parquet, not for `{}`", written.format.word()),
            "leave out --layout, or --format",
        )),
        _ => Ok(()),
    }
}
