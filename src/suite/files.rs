//! The data files of a run: row groups go to the files of their part, and a part whose files are on the disk to the journal.

use std::fs::File;
use std::path::Path;

use super::describe::Written;
use super::disk::Disk;
use super::journal::{Finished, Journal};
use super::layout::Layout;
use super::manifest::{FileEntry, Manifest};
use super::output::{Output, Planned};
use super::parts::Task;
use super::read::inside;
use super::records::Table;
use super::row_groups::{Encoded, RowGroups};
use super::run::Sink;
use crate::error::Result;

/// The files of the part that is being written.
pub(super) struct Files<'a> {
    pub disk: &'a dyn Disk,
    pub root: &'a Path,
    pub encoder: &'a RowGroups<'a>,
    pub manifest: &'a Manifest,
    pub written: Written,
    pub journal: &'a mut Journal,
    pub open: Vec<Output>,
}

impl Sink for Files<'_> {
    fn take(&mut self, task: &Task, encoded: Vec<Encoded>) -> Result<()> {
        if task.first {
            self.open = self.create_all(task)?;
        }
        let rows = task.units.end - task.units.start;
        let mut encoded = encoded.into_iter();
        for output in &mut self.open {
            let tables = output.tables();
            output.append(encoded.by_ref().take(tables).collect(), rows)?;
        }
        if task.last {
            let mut files = Vec::new();
            for output in std::mem::take(&mut self.open) {
                files.extend(output.finish()?);
            }
            self.journal.add(Finished { part: task.part, files })?;
        }
        Ok(())
    }
}

impl Files<'_> {
    /// The files of a part: one for each table, or one for all arms and one for the truth.
    fn create_all(&self, task: &Task) -> Result<Vec<Output>> {
        let tables = self.encoder.tables();
        let arms = tables.len() - 1;
        match self.written.layout {
            Layout::Arms => tables.chunks(1).map(|table| self.create(table, task)).collect(),
            Layout::OneFile => {
                [&tables[..arms], &tables[arms..]].map(|t| self.create(t, task)).into_iter().collect()
            }
        }
    }

    /// A file for some tables of the same columns.
    fn create(&self, tables: &[Table], task: &Task) -> Result<Output> {
        let name = |table: &Table| table.arm.map(|arm| self.encoder.model().arms[arm].name.clone());
        let arms: Vec<Option<String>> = tables.iter().map(name).collect();
        let (folder, arm) = match (arms.as_slice(), self.written.layout) {
            ([None], _) => ("truth".to_owned(), None),
            ([Some(arm)], Layout::Arms) => (format!("data/arm={arm}"), Some(arm.as_str())),
            _ => ("data".to_owned(), None),
        };
        let format = self.written.format;
        let path = format!("{folder}/part-{:05}.{}", task.part, format.extension());
        let metadata = self.metadata(arm, task.part);
        let planned = Planned { path, arms, part: task.part, first_unit: task.units.start, metadata };
        Output::create(self.disk, self.root, planned, self.encoder.schema(&tables[0]), format)
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
