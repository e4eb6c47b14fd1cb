//! What stands between a value and a spreadsheet that would run it, and between a folder and its name.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringArray};
use arrow::datatypes::DataType;
use arrow::error::ArrowError;

use crate::error::{Error, Result};

/// Texts that a spreadsheet would take for a formula get a leading apostrophe.
pub(super) fn neutralised(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let columns: Vec<ArrayRef> = batch.columns().iter().map(neutral).collect();
    let fields: Vec<_> = batch
        .schema()
        .fields()
        .iter()
        .zip(&columns)
        .map(|(f, c)| f.as_ref().clone().with_data_type(c.data_type().clone()))
        .collect();
    RecordBatch::try_new(Arc::new(arrow::datatypes::Schema::new(fields)), columns)
}

fn neutral(column: &ArrayRef) -> ArrayRef {
    let safe = |text: &str| match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    match column.data_type() {
        DataType::Utf8 => {
            Arc::new(column.as_string::<i32>().iter().map(|t| t.map(safe)).collect::<StringArray>())
        }
        DataType::Dictionary(..) => {
            let dictionary = column.as_dictionary::<arrow::datatypes::Int32Type>();
            let values: StringArray =
                dictionary.values().as_string::<i32>().iter().map(|t| t.map(safe)).collect();
            Arc::new(dictionary.with_values(Arc::new(values)))
        }
        _ => column.clone(),
    }
}

/// A folder that is filled beside its place and renamed into it at the end; dropped before, it leaves nothing behind.
pub(super) struct Building {
    pub(super) temporary: PathBuf,
    target: PathBuf,
    replaces: bool,
    done: bool,
}

impl Building {
    /// Refuses a place that is taken, unless a suite may be replaced.
    pub(super) fn at(target: &Path, overwrite: bool) -> Result<Self> {
        let taken = target.exists();
        if taken && !overwrite && !is_empty(target) {
            return Err(Error::request_hint(
                format!("`{}` is there already", target.display()),
                "choose another folder, or --overwrite",
            ));
        }
        if taken && overwrite && !target.join("suite.json").is_file() && !is_empty(target) {
            return Err(Error::request_hint(
                format!("`{}` is not a suite, so it is not overwritten", target.display()),
                "choose another folder",
            ));
        }
        let name = target.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let parent = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent).map_err(|e| Error::io("create", parent, e))?;
        let temporary = parent.join(format!(".{name}.partial-{}", std::process::id()));
        std::fs::create_dir(&temporary).map_err(|e| Error::io("create", &temporary, e))?;
        Ok(Self { temporary, target: target.to_owned(), replaces: taken, done: false })
    }

    /// Moves the folder to its place.
    pub(super) fn finish(mut self) -> Result<()> {
        // The suite that is replaced is set aside first, so that at no moment both are lost.
        let aside = self.temporary.with_extension("replaced");
        if self.replaces {
            std::fs::rename(&self.target, &aside).map_err(|e| Error::io("replace", &self.target, e))?;
        }
        if let Err(e) = std::fs::rename(&self.temporary, &self.target) {
            if self.replaces {
                let _ = std::fs::rename(&aside, &self.target);
            }
            return Err(Error::io("create", &self.target, e));
        }
        self.done = true;
        if self.replaces {
            std::fs::remove_dir_all(&aside).map_err(|e| Error::io("remove", &aside, e))?;
        }
        if let Some(parent) = self.target.parent()
            && let Ok(folder) =
                File::open(if parent.as_os_str().is_empty() { Path::new(".") } else { parent })
        {
            // Not every file system can be told to remember a folder; the files themselves are safe already.
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Drop for Building {
    fn drop(&mut self) {
        if !self.done {
            let _ = std::fs::remove_dir_all(&self.temporary);
        }
    }
}

fn is_empty(path: &Path) -> bool {
    std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}
