//! The data files of a run: row groups go to the files of their part, and a part whose files are on the disk to the journal.

use std::fs::File;
use std::path::Path;

use super::disk::Disk;
use super::encode::{Encoded, Encoder};
use super::format::Format;
use super::journal::{Finished, Journal};
use super::manifest::{FileEntry, Manifest};
use super::output::{Output, Planned};
use super::parts::Task;
use super::read::inside;
use super::records::Table;
use super::run::Sink;
use crate::error::Result;

/// The files of the part that is being written.
pub(super) struct Files<'a> {
    pub disk: &'a dyn Disk,
    pub root: &'a Path,
    pub encoder: &'a Encoder<'a>,
    pub manifest: &'a Manifest,
    pub format: Format,
    pub journal: &'a mut Journal,
    pub open: Vec<Output>,
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
            let files: Result<Vec<FileEntry>> =
                std::mem::take(&mut self.open).into_iter().map(Output::finish).collect();
            self.journal.add(Finished { part: task.part, files: files? })?;
        }
        Ok(())
    }
}

impl Files<'_> {
    fn create(&self, table: &Table, task: &Task) -> Result<Output> {
        let arm = table.arm.map(|arm| self.encoder.model().arms[arm].name.clone());
        let folder = match &arm {
            Some(arm) => format!("data/arm={arm}"),
            None => "truth".to_owned(),
        };
        let path = format!("{folder}/part-{:05}.{}", task.part, self.format.extension());
        let metadata = self.metadata(arm.as_deref(), task.part);
        let planned = Planned { path, arm, part: task.part, first_unit: task.units.start, metadata };
        Output::create(self.disk, self.root, planned, self.encoder.schema(table), self.format)
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

/// Whether a file below a folder has the bytes that were written. One that cannot be read is as good as lost.
pub(super) fn is_proven(disk: &dyn Disk, root: &Path, file: &FileEntry) -> bool {
    let hash = |path: &Path| -> std::io::Result<blake3::Hash> {
        let opened: File = disk.open(path)?;
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(opened)?;
        Ok(hasher.finalize())
    };
    let found = inside(root, &file.path).ok().and_then(|path| hash(&path).ok());
    found.is_some_and(|hash| hash.to_hex().as_str() == file.file_hash)
}
