//! A suite on disk, opened.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::folder::MANIFEST;
use super::format::Format;
use super::manifest::{FORMAT_VERSION, FileEntry, Manifest};
use super::read::{Batches, inside, read, read_some};
use super::schema::promised;
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
    /// Opens a suite; nothing but the manifest is read.
    ///
    /// # Errors
    /// The folder has no manifest, or one that cannot be read.
    pub fn open(dir: impl AsRef<Path>) -> Result<Suite> {
        let dir = dir.as_ref();
        let path = dir.join(MANIFEST);
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(e)
                if matches!(e.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) =>
            {
                let message = format!("`{}` is not a suite: it has no {MANIFEST}", dir.display());
                let hint = match dir.join("parts").is_dir() {
                    true => "it holds parts of a suite: make the suite with `jumelles combine`",
                    false => {
                        "a run that was cut off leaves none; make the suite again with `jumelles generate`"
                    }
                };
                return Err(Error::request_hint(message, hint));
            }
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

    /// The records of one of its files, in order, with the types that the manifest promises.
    ///
    /// # Errors
    /// The file cannot be opened, or does not have the columns that the manifest promises; later, batch by batch, cells that
    /// cannot be read.
    pub fn read(&self, file: &FileEntry) -> Result<Batches> {
        let path = inside(&self.dir, &file.path)?;
        let columns = if file.arm.is_some() { &self.manifest.columns } else { &self.manifest.truth };
        read(&path, self.format()?, &promised(columns)?)
    }

    /// Some columns of one of its files, in the file's order; names that it does not have are not there.
    ///
    /// # Errors
    /// Those of [`Suite::read`].
    pub fn read_columns(&self, file: &FileEntry, names: &[&str]) -> Result<Batches> {
        let path = inside(&self.dir, &file.path)?;
        let columns = if file.arm.is_some() { &self.manifest.columns } else { &self.manifest.truth };
        read_some(&path, self.format()?, &promised(columns)?, names)
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
