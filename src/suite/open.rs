//! A suite on disk, opened.

use std::fs::File;
use std::path::{Path, PathBuf};

use arrow::array::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::generation::BATCH;
use super::manifest::{FORMAT_VERSION, FileEntry, Manifest};
use crate::error::{Error, Result};
use crate::model::Model;
use crate::scenario::Scenario;

/// A suite on disk.
#[derive(Debug, Clone)]
pub struct Suite {
    /// The folder.
    pub dir: PathBuf,
    /// What it is.
    pub manifest: Manifest,
}

impl Suite {
    /// Opens a suite by its manifest; nothing else is read yet.
    pub fn open(dir: impl AsRef<Path>) -> Result<Suite> {
        let dir = dir.as_ref();
        let path = dir.join("suite.json");
        let text = std::fs::read_to_string(&path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => Error::request_hint(
                format!("`{}` is not a suite: it has no suite.json", dir.display()),
                "`jumelles generate` writes one; the manifest comes last, so a run that was cut off leaves none",
            ),
            _ => Error::io("read", &path, e),
        })?;
        let manifest: Manifest = serde_json::from_str(&text)
            .map_err(|e| Error::unverified(format!("`{}` is not a manifest: {e}", path.display())))?;
        if manifest.format_version != FORMAT_VERSION {
            return Err(Error::request(format!(
                "`{}` has format version {}; this program reads {FORMAT_VERSION}",
                path.display(),
                manifest.format_version
            )));
        }
        for file in &manifest.files {
            let inside =
                Path::new(&file.path).components().all(|c| matches!(c, std::path::Component::Normal(_)));
            if !inside {
                return Err(Error::unverified(format!(
                    "the manifest names `{}`, which leads out of the suite",
                    file.path
                )));
            }
        }
        Ok(Suite { dir: dir.to_owned(), manifest })
    }

    /// The model, compiled again from the scenario in the suite.
    pub fn model(&self) -> Result<Model> {
        Scenario::from_path(self.dir.join("scenario.toml"))?.compile()
    }

    /// The batches of a Parquet file of the suite.
    pub fn read(&self, file: &FileEntry) -> Result<impl Iterator<Item = Result<RecordBatch>> + use<>> {
        if self.manifest.file_format != "parquet" {
            return Err(Error::request(format!(
                "values are read from Parquet suites, not from {}",
                self.manifest.file_format
            )));
        }
        let path = self.dir.join(&file.path);
        let opened = File::open(&path).map_err(|e| Error::io("read", &path, e))?;
        let damaged = {
            let name = file.path.clone();
            move |e: String| Error::unverified(format!("`{name}` cannot be read: {e}"))
        };
        let reader = ParquetRecordBatchReaderBuilder::try_new(opened)
            .and_then(|b| b.with_batch_size(BATCH as usize).build())
            .map_err(|e| damaged(e.to_string()))?;
        Ok(reader.map(move |batch| batch.map_err(|e| damaged(e.to_string()))))
    }
}
