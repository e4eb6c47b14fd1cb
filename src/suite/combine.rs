//! From parts that were made alone to a suite.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::describe::{to_json, with_files};
use super::disk::{Disk, FileSystem};
use super::documents::documents;
use super::folder::{MANIFEST, is_suite, remove_all, write_atomically};
use super::format::Format;
use super::identity::scenario_hash;
use super::manifest::{FileEntry, Manifest};
use super::opened::Suite;
use super::parts::check_parts;
use super::work::Work;
use crate::error::{Error, Result};

/// What one part says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct PartRecord {
    /// The part.
    pub part: u32,
    /// How many there are.
    pub parts: u32,
    /// The manifest with the files of this part only.
    pub manifest: Manifest,
}

/// The path of a part's record within the suite.
pub(super) fn part_name(part: u32) -> String {
    format!("parts/part-{part:05}.json")
}

/// Checks the parts in a folder (all there, of one suite, files as recorded) and makes a suite of them. What was killed can
/// be done again: the manifest is written last.
///
/// # Errors
/// A part that is missing, of another suite, or being made; a file whose bytes are not those that were written.
pub fn combine(dir: impl AsRef<Path>) -> Result<Suite> {
    combine_on(&FileSystem, dir.as_ref())
}

pub(super) fn combine_on(disk: &dyn Disk, dir: &Path) -> Result<Suite> {
    let (parts, work) = (dir.join("parts"), dir.join(WORK));
    match (is_suite(dir), parts.is_dir()) {
        (true, false) if !work.exists() => {
            return Err(Error::request(format!("`{}` is a whole suite already", dir.display())));
        }
        (false, false) => return Err(no_parts(dir)),
        // A suite with records of parts or a lock: this was killed before it removed them.
        _ => {}
    }
    let work = Work::claim(disk, &work, dir)?;
    let made = if is_suite(dir) { Suite::open(dir) } else { assemble(disk, dir) };
    match made.and_then(|suite| remove_all(disk, &parts).map(|()| suite)) {
        Ok(suite) => work.finish().map(|()| suite),
        Err(error) => Err(work.give_up(error, None)),
    }
}

/// Where `combine` holds its lock.
const WORK: &str = ".partial-combine";

fn no_parts(dir: &Path) -> Error {
    Error::request_hint(
        format!("`{}` has no parts to combine", dir.display()),
        "parts are made with --parts N --part I, all into the same folder",
    )
}

/// Folders of runs that made a part and were killed before they removed them.
fn remove_unfinished(disk: &dyn Disk, dir: &Path) -> Result<()> {
    for name in disk.names(dir).map_err(|e| Error::io("read", dir, e))? {
        let shown = name.to_string_lossy();
        if shown.starts_with(".partial-") && shown != WORK {
            Work::claim(disk, &dir.join(&name), dir)?.finish()?;
        }
    }
    Ok(())
}

fn assemble(disk: &dyn Disk, dir: &Path) -> Result<Suite> {
    let records = read_records(disk, dir)?;
    let base = bare(&records[0].manifest);
    let mut files = Vec::new();
    for record in &records {
        if bare(&record.manifest) != base {
            let message = format!("parts {} and {} are of different suites", records[0].part, record.part);
            return Err(Error::request_hint(
                message,
                "make all parts with the same scenario, seed, units and format",
            ));
        }
        files.extend(record.manifest.files.iter().cloned());
    }
    check_rows(&base, &files, records.len())?;
    let suite = Suite { dir: dir.to_owned(), manifest: with_files(base, files)? };
    for file in suite.manifest.distinct_files() {
        if suite.hash_of(file)? != file.file_hash {
            let message = format!("`{}` does not have the bytes that were written", file.path);
            return Err(Error::unverified(message));
        }
    }
    let model = suite.model()?;
    if scenario_hash(model.scenario.canonical_text(), &model.attached) != suite.manifest.scenario.hash {
        return Err(Error::unverified(format!(
            "`{}` is not the scenario that the parts were made of",
            dir.join("scenario.toml").display()
        )));
    }
    let format = Format::from_word(&suite.manifest.file_format).ok_or_else(|| {
        Error::unverified(format!("the parts are in the unknown format `{}`", suite.manifest.file_format))
    })?;
    remove_unfinished(disk, dir)?;
    for (name, bytes) in documents(&model, &suite.manifest, format)? {
        write_atomically(disk, dir, &name, &bytes)?;
    }
    write_atomically(disk, dir, MANIFEST, &to_json(&suite.manifest)?)?;
    Ok(suite)
}

fn read_records(disk: &dyn Disk, dir: &Path) -> Result<Vec<PartRecord>> {
    let folder = dir.join("parts");
    let mut records: Vec<PartRecord> = Vec::new();
    for name in disk.names(&folder).map_err(|e| Error::io("read", &folder, e))? {
        let path = folder.join(name);
        if path.extension().is_some_and(|e| e == "json") {
            let text = disk.read(&path).map_err(|e| Error::io("read", &path, e))?;
            let record = serde_json::from_slice(&text).map_err(|e| {
                Error::unverified(format!("`{}` is not a record of a part: {e}", path.display()))
            })?;
            records.push(record);
        }
    }
    records.sort_by_key(|r| r.part);
    let Some(first) = records.first() else { return Err(no_parts(dir)) };
    let parts = first.parts;
    check_parts(parts, None)?;
    if let Some(other) = records.iter().find(|r| r.parts != parts) {
        return Err(Error::request(format!(
            "part {} is one of {}, part {} one of {parts}",
            other.part, other.parts, records[0].part
        )));
    }
    let missing: Vec<String> =
        (0..parts).filter(|p| records.iter().all(|r| r.part != *p)).map(|p| p.to_string()).collect();
    if !missing.is_empty() || records.len() != parts as usize {
        let some = missing.iter().take(10).cloned().collect::<Vec<_>>().join(", ");
        let message = format!("{} of {parts} parts are missing: {some}", missing.len());
        return Err(Error::request_hint(message, "make them with --part"));
    }
    Ok(records)
}

/// The manifest without what differs from part to part.
pub(super) fn bare(manifest: &Manifest) -> Manifest {
    Manifest { files: Vec::new(), content_hash: String::new(), ..manifest.clone() }
}

/// Every arm, and the truth, has one file a part and one record a unit.
fn check_rows(manifest: &Manifest, files: &[FileEntry], parts: usize) -> Result<()> {
    let arms = manifest.arms.iter().map(|a| Some(a.name.as_str())).chain([None]);
    for arm in arms {
        let of_arm = files.iter().filter(|f| f.arm.as_deref() == arm);
        let (count, rows) = of_arm.fold((0, 0), |(count, rows), f| (count + 1, rows + f.rows));
        if count != parts || rows != manifest.units {
            let name = arm.map_or("the truth".to_owned(), |arm| format!("arm `{arm}`"));
            return Err(Error::unverified(format!(
                "{name} has {rows} records in {count} files, not {} in {parts}",
                manifest.units
            )));
        }
    }
    Ok(())
}
