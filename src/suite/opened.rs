//! A suite on disk, opened.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use super::disk::FileSystem;
use super::folder::MANIFEST;
use super::format::Format;
use super::layout::Layout;
use super::manifest::{FORMAT_VERSION, FileEntry, Manifest};
use super::read::{Batches, Sharing, inside, read, read_some};
use super::schema::promised;
use super::settle::recover;
use super::work::unfinished;
use crate::error::{Error, Result};
use crate::model::Model;
use crate::scenario::Scenario;

/// A suite on disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Suite {
    /// Its folder.
    pub dir: PathBuf,
    /// What it says of itself.
    pub manifest: Manifest,
}

impl Suite {
    /// Opens a suite; nothing but the manifest is read. If a run that was replacing it was killed between the two renames of
    /// the replacement, that is finished first.
    ///
    /// # Errors
    /// The folder has no manifest, or one that cannot be read.
    pub fn open(dir: impl AsRef<Path>) -> Result<Suite> {
        let dir = dir.as_ref();
        let path = dir.join(MANIFEST);
        let absent = |e: &std::io::Error| {
            matches!(e.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
        };
        let text = match std::fs::read(&path) {
            Err(e) if absent(&e) && recover(&FileSystem, dir)? => std::fs::read(&path),
            read => read,
        };
        let text = match text {
            Ok(text) => text,
            Err(e) if absent(&e) => return Err(no_suite(dir)),
            Err(e) => return Err(Error::io("read", &path, e)),
        };
        let broken = |what: String| {
            Error::unverified(format!("`{}` is not the manifest of a suite: {what}", path.display()))
        };
        let value: serde_json::Value = serde_json::from_slice(&text).map_err(|e| broken(e.to_string()))?;
        if let Some(version) = value["format_version"].as_u64().filter(|v| *v != u64::from(FORMAT_VERSION)) {
            let message = format!(
                "`{}` has format version {version}; this program reads {FORMAT_VERSION}",
                path.display()
            );
            return Err(Error::request_hint(message, "use the version of jumelles that made it"));
        }
        let manifest = serde_json::from_value(value).map_err(|e| broken(e.to_string()))?;
        Ok(Suite { dir: dir.to_owned(), manifest })
    }

    /// The model of the suite, compiled again from its `scenario.toml`.
    ///
    /// # Errors
    /// The scenario is not there, or does not compile.
    pub fn model(&self) -> Result<Model> {
        Scenario::from_path(self.dir.join("scenario.toml"))?.compile()
    }

    /// BLAKE3 of the bytes of one of its files, in hex.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn hash_of(&self, file: &FileEntry) -> Result<String> {
        let path = inside(&self.dir, &file.path)?;
        let mut hasher = blake3::Hasher::new();
        let hashed = File::open(&path).and_then(|file| hasher.update_reader(file).map(|_| ()));
        hashed.map_err(|e| Error::io("read", &path, e))?;
        Ok(hasher.finalize().to_hex().to_string())
    }

    /// Files in its folder that are not its own, by their paths within it, in order; hidden ones do not count.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn strangers(&self) -> Result<Vec<PathBuf>> {
        let manifest = &self.manifest;
        let documents = [MANIFEST, "scenario.toml", "README.md", "croissant.json"].map(PathBuf::from);
        let attached = manifest.scenario.attached.iter().map(PathBuf::from);
        let data = manifest.files.iter().map(|file| PathBuf::from(&file.path));
        let own: BTreeSet<PathBuf> = documents.into_iter().chain(attached).chain(data).collect();
        let mut found = Vec::new();
        files_below(&self.dir, Path::new(""), &mut found)?;
        found.retain(|path| !own.contains(path));
        found.sort();
        Ok(found)
    }

    /// Which row groups of a file are those of its entry.
    fn sharing(&self, file: &FileEntry) -> Result<Sharing> {
        let layout = Layout::from_word(&self.manifest.layout);
        let layout = layout.ok_or_else(|| {
            Error::unverified(format!("the manifest gives the unknown layout `{}`", self.manifest.layout))
        })?;
        match (layout, &file.arm) {
            (Layout::Arms, _) | (Layout::OneFile, None) => Ok(Sharing { table: 0, tables: 1 }),
            (Layout::OneFile, Some(name)) => {
                let table = self.manifest.arms.iter().position(|arm| arm.name == *name);
                let table =
                    table.ok_or_else(|| Error::unverified(format!("the manifest has no arm `{name}`")))?;
                Ok(Sharing { table, tables: self.manifest.arms.len() })
            }
        }
    }

    /// The records of one of its files, in order, with the types that the manifest promises.
    ///
    /// # Errors
    /// The file cannot be opened, or does not have the columns that the manifest promises; later, batch by batch, cells that
    /// cannot be read.
    pub fn read(&self, file: &FileEntry) -> Result<Batches> {
        let path = inside(&self.dir, &file.path)?;
        let columns = if file.arm.is_some() { &self.manifest.columns } else { &self.manifest.truth };
        read(&path, self.format()?, &promised(columns)?, self.sharing(file)?)
    }

    /// Some columns of one of its files, in the file's order; names that it does not have are not there.
    ///
    /// # Errors
    /// Those of [`Suite::read`].
    pub fn read_columns(&self, file: &FileEntry, names: &[&str]) -> Result<Batches> {
        let path = inside(&self.dir, &file.path)?;
        let columns = if file.arm.is_some() { &self.manifest.columns } else { &self.manifest.truth };
        read_some(&path, self.format()?, &promised(columns)?, self.sharing(file)?, names)
    }

    fn format(&self) -> Result<Format> {
        Format::from_word(&self.manifest.file_format).ok_or_else(|| {
            Error::unverified(format!(
                "the manifest gives the unknown format `{}`",
                self.manifest.file_format
            ))
        })
    }
}

/// The files below a folder that are not hidden, by their paths within it.
fn files_below(root: &Path, within: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let folder = root.join(within);
    for entry in std::fs::read_dir(&folder).map_err(|e| Error::io("read", &folder, e))? {
        let entry = entry.map_err(|e| Error::io("read", &folder, e))?;
        let name = entry.file_name();
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        let path = within.join(&name);
        let kind = entry.file_type().map_err(|e| Error::io("read", root.join(&path), e))?;
        match kind.is_dir() {
            true => files_below(root, &path, found)?,
            false => found.push(path),
        }
    }
    Ok(())
}

fn no_suite(dir: &Path) -> Error {
    let message = format!("`{}` is not a suite: it has no {MANIFEST}", dir.display());
    let hint = match (dir.join("parts").is_dir(), unfinished(dir, None)) {
        (true, _) => "it holds parts of a suite: make the suite with `jumelles combine`".to_owned(),
        (false, Some(folder)) => format!(
            "an unfinished run is in `{}`: the same `jumelles generate` with --resume goes on with it",
            folder.display()
        ),
        (false, None) if !dir.exists() => {
            return Error::request_hint(
                format!("there is no folder `{}`", dir.display()),
                "name the folder of a suite, as `jumelles generate` wrote it",
            );
        }
        (false, None) => "make the suite with `jumelles generate`".to_owned(),
    };
    Error::request_hint(message, hint)
}
