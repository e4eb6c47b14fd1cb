//! The journal of a run: what it makes, and which parts are finished. A line is the BLAKE3 hash of a JSON text, a blank and
//! the text, so that a line that was torn by a crash is none.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::disk::{Disk, Sheet};
use super::manifest::{FileEntry, Manifest};
use crate::error::{Error, Result};

/// The name of the journal in the folder of a run.
pub(super) const JOURNAL: &str = "jumelles.journal";
/// Its name until its first lines are on the disk.
pub(super) const NEW_JOURNAL: &str = "jumelles.journal.new";

/// What a run makes; the first line. Two runs with the same request give the same bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Request {
    tool: String,
    suite_id: String,
    seed: u64,
    units: u64,
    file_format: String,
    layout: String,
    parts: u32,
    part: Option<u32>,
}

impl Request {
    pub(super) fn new(manifest: &Manifest, parts: u32, part: Option<u32>) -> Self {
        Self {
            tool: manifest.tool.clone(),
            suite_id: manifest.suite_id.clone(),
            seed: manifest.seed,
            units: manifest.units,
            file_format: manifest.file_format.clone(),
            layout: manifest.layout.clone(),
            parts,
            part,
        }
    }
}

impl std::fmt::Display for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { tool, suite_id, seed, units, file_format, layout, parts, .. } = self;
        write!(
            f,
            "suite {suite_id}, seed {seed}, {units} units, {file_format} ({layout}), parts {parts}, by {tool}"
        )
    }
}

/// A part whose files were on the disk; every line but the first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Finished {
    /// The part.
    pub part: u32,
    /// Its files.
    pub files: Vec<FileEntry>,
}

/// A journal that is being written.
pub(super) struct Journal {
    path: PathBuf,
    sheet: Box<dyn Sheet>,
    finished: Vec<Finished>,
}

impl Journal {
    /// A new journal in the folder of a run, which replaces an old one when its first lines are on the disk.
    pub(super) fn begin(
        disk: &dyn Disk,
        folder: &Path,
        request: &Request,
        finished: Vec<Finished>,
    ) -> Result<Self> {
        let (new, path) = (folder.join(NEW_JOURNAL), folder.join(JOURNAL));
        let sheet = disk.create(&new).map_err(|e| Error::io("create", &new, e))?;
        let mut journal = Self { path, sheet, finished: Vec::new() };
        journal.write(request)?;
        finished.iter().try_for_each(|part| journal.write(part))?;
        if !finished.is_empty() {
            // What it replaces knows of these parts too.
            journal.sync()?;
        }
        journal.finished = finished;
        disk.rename(&new, &journal.path).map_err(|e| Error::io("write", &journal.path, e))?;
        Ok(journal)
    }

    /// Adds a part whose files are on the disk.
    pub(super) fn add(&mut self, part: Finished) -> Result<()> {
        self.write(&part)?;
        self.sync()?;
        self.finished.push(part);
        Ok(())
    }

    /// The parts that are finished.
    pub(super) fn finished(&self) -> &[Finished] {
        &self.finished
    }

    fn write(&mut self, line: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string(line)
            .map_err(|e| Error::request(format!("the journal cannot be written: {e}")))?;
        let line = format!("{} {text}\n", blake3::hash(text.as_bytes()).to_hex());
        self.sheet.write_all(line.as_bytes()).map_err(|e| Error::io("write", &self.path, e))
    }

    fn sync(&self) -> Result<()> {
        self.sheet.sync().map_err(|e| Error::io("write", &self.path, e))
    }
}

/// What a journal says, up to the first line that is torn; none if there is no journal, or one without a first line.
pub(super) fn read(disk: &dyn Disk, folder: &Path) -> Result<Option<(Request, Vec<Finished>)>> {
    let path = folder.join(JOURNAL);
    let bytes = match disk.read(&path) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Error::io("read", &path, e)),
    };
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let Some(request) = lines.next().and_then(line) else { return Ok(None) };
    Ok(Some((request, lines.map_while(line).collect())))
}

fn line<T: DeserializeOwned>(line: &[u8]) -> Option<T> {
    let line = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
    let (hash, text) = line.split_once(' ')?;
    (hash == blake3::hash(text.as_bytes()).to_hex().as_str())
        .then(|| serde_json::from_str(text).ok())
        .flatten()
}
