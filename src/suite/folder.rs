//! Folders that appear whole or not at all.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The name of the manifest.
pub(super) const MANIFEST: &str = "suite.json";

/// A folder under a temporary name; it is removed unless it is moved to its place.
pub(super) struct Partial {
    /// Where it is for now.
    pub path: PathBuf,
}

impl Partial {
    /// Creates the folder.
    pub(super) fn create(path: PathBuf) -> Result<Self> {
        if path.exists() {
            fs::remove_dir_all(&path).map_err(|e| Error::io("remove", &path, e))?;
        }
        fs::create_dir_all(&path).map_err(|e| Error::io("create", &path, e))?;
        Ok(Self { path })
    }

    /// Moves it to its place, where there is nothing, an empty folder, or a suite that is replaced.
    pub(super) fn settle(self, place: &Path) -> Result<()> {
        sync_tree(&self.path)?;
        let old = sibling(place, "replaced")?;
        let replaces = place.exists();
        if replaces {
            fs::rename(place, &old).map_err(|e| Error::io("replace", place, e))?;
        }
        if let Err(e) = fs::rename(&self.path, place) {
            if replaces {
                fs::rename(&old, place).map_err(|e| Error::io("restore", place, e))?;
            }
            return Err(Error::io("create", place, e));
        }
        sync_parent(place)?;
        if replaces {
            fs::remove_dir_all(&old).map_err(|e| Error::io("remove", &old, e))?;
        }
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // After `settle` there is nothing under this name; after an error, that error is what is told.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A name beside a folder: `<folder>.<word>-<process>`.
pub(super) fn sibling(place: &Path, word: &str) -> Result<PathBuf> {
    let name = place.file_name().ok_or_else(|| {
        let message = format!("`{}` does not name a folder that can be created", place.display());
        Error::request_hint(message, "name a new folder, for instance `suite`")
    })?;
    let mut name = name.to_os_string();
    name.push(format!(".{word}-{}", std::process::id()));
    Ok(place.with_file_name(name))
}

/// Refuses a place for a whole suite that is taken.
pub(super) fn check_vacant(place: &Path, overwrite: bool) -> Result<()> {
    if !place.exists() || is_empty_folder(place)? {
        return Ok(());
    }
    let shown = place.display();
    if !place.is_dir() {
        return Err(Error::request_hint(
            format!("`{shown}` is a file"),
            "name a folder that does not exist yet",
        ));
    }
    let suite = place.join(MANIFEST).is_file();
    match (overwrite, suite) {
        (true, true) => Ok(()),
        (true, false) => Err(Error::request_hint(
            format!("`{shown}` exists and is not a suite, so it is not replaced"),
            "name another folder, or remove this one yourself",
        )),
        (false, true) => Err(Error::request_hint(
            format!("`{shown}` exists and holds a suite"),
            "name another folder, or replace the suite with --overwrite",
        )),
        (false, false) => Err(Error::request_hint(
            format!("`{shown}` exists and is not empty"),
            "name another folder; --overwrite replaces suites only",
        )),
    }
}

fn is_empty_folder(place: &Path) -> Result<bool> {
    if !place.is_dir() {
        return Ok(false);
    }
    let mut entries = fs::read_dir(place).map_err(|e| Error::io("read", place, e))?;
    Ok(entries.next().is_none())
}

/// Writes a file below a folder, and hands it to the disk.
pub(super) fn write_file(root: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = root.join(name);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| Error::io("create", folder, e))?;
    }
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|e| Error::io("write", &path, e))
}

/// Writes a file that appears whole or not at all.
pub(super) fn write_atomically(root: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let temporary = format!("{name}.partial-{}", std::process::id());
    let (from, to) = (root.join(&temporary), root.join(name));
    let written = write_file(root, &temporary, bytes)
        .and_then(|()| fs::rename(&from, &to).map_err(|e| Error::io("write", &to, e)));
    if written.is_err() {
        // The first error is what is told.
        let _ = fs::remove_file(&from);
    }
    written?;
    sync_parent(&to)
}

/// Moves every file below a folder to the same place below another.
pub(super) fn move_files(from: &Path, to: &Path, names: &[String]) -> Result<()> {
    for name in names {
        let (source, target) = (from.join(name), to.join(name));
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(|e| Error::io("create", folder, e))?;
        }
        fs::rename(&source, &target).map_err(|e| Error::io("write", &target, e))?;
        sync_parent(&target)?;
    }
    Ok(())
}

/// Hands the names in a folder and in those below it to the disk.
fn sync_tree(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(|e| Error::io("read", folder, e))? {
        let path = entry.map_err(|e| Error::io("read", folder, e))?.path();
        if path.is_dir() {
            sync_tree(&path)?;
        }
    }
    sync_folder(folder)
}

fn sync_parent(path: &Path) -> Result<()> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync_folder(parent),
        _ => sync_folder(Path::new(".")),
    }
}

/// Hands the names in a folder to the disk, where the system can.
fn sync_folder(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(folder).and_then(|f| f.sync_all()).map_err(|e| Error::io("write", folder, e))?;
    }
    Ok(())
}
