//! Folders and files, written so that a crash at any moment leaves what was there or what is new.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use crate::error::{Error, Result};

/// The name of the manifest.
pub(super) const MANIFEST: &str = "suite.json";

/// Refuses a place for a whole suite that is taken.
pub(super) fn check_vacant(place: &Path, overwrite: bool) -> Result<()> {
    if is_vacant(place)? {
        return Ok(());
    }
    let shown = place.display();
    if !place.is_dir() {
        return Err(Error::request_hint(
            format!("`{shown}` is a file"),
            "name a folder that does not exist yet",
        ));
    }
    match (overwrite, is_suite(place)) {
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

/// Whether there is nothing, or an empty folder.
pub(super) fn is_vacant(place: &Path) -> Result<bool> {
    if !place.exists() {
        return Ok(true);
    }
    if !place.is_dir() {
        return Ok(false);
    }
    let mut entries = fs::read_dir(place).map_err(|e| Error::io("read", place, e))?;
    Ok(entries.next().is_none())
}

/// Whether a folder has a manifest.
pub(super) fn is_suite(place: &Path) -> bool {
    place.join(MANIFEST).is_file()
}

/// The place itself, where the path is a link to it.
pub(super) fn resolved(dir: &Path) -> Result<PathBuf> {
    match (dir.is_symlink(), dir.exists()) {
        (true, true) => dir.canonicalize().map_err(|e| Error::io("read", dir, e)),
        (true, false) => {
            let target = fs::read_link(dir).map_err(|e| Error::io("read", dir, e))?;
            Ok(dir.parent().map_or(target.clone(), |parent| parent.join(target)))
        }
        (false, _) => Ok(dir.to_owned()),
    }
}

/// Creates a folder and those above it; [`sync_tree`] hands their names to the disk.
pub(super) fn create_folders(disk: &dyn Disk, path: &Path) -> Result<()> {
    create(disk, path, &|_| Ok(()))
}

/// Creates a folder and those above it, and hands their names to the disk.
pub(super) fn create_lasting_folders(disk: &dyn Disk, path: &Path) -> Result<()> {
    create(disk, path, &|path| sync_parent(disk, path))
}

fn create(disk: &dyn Disk, path: &Path, created: &dyn Fn(&Path) -> Result<()>) -> Result<()> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        create(disk, parent, created)?;
    }
    match disk.create_folder(path) {
        // Another part may make the same folder.
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists && path.is_dir() => {}
        made => made.map_err(|e| Error::io("create", path, e))?,
    }
    created(path)
}

/// Writes a file below a folder, and hands it to the disk.
pub(super) fn write_file(disk: &dyn Disk, root: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = root.join(name);
    if let Some(folder) = path.parent() {
        create_folders(disk, folder)?;
    }
    let write = || -> std::io::Result<()> {
        let mut file = disk.create(&path)?;
        file.write_all(bytes)?;
        file.sync()
    };
    write().map_err(|e| Error::io("write", &path, e))
}

/// Writes a file that appears whole or not at all. Whoever writes it holds a lock.
pub(super) fn write_atomically(disk: &dyn Disk, root: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let temporary = format!("{name}.partial");
    let (from, to) = (root.join(&temporary), root.join(name));
    if let Some(folder) = to.parent() {
        create_lasting_folders(disk, folder)?;
    }
    let written = write_file(disk, root, &temporary, bytes)
        .and_then(|()| disk.rename(&from, &to).map_err(|e| Error::io("write", &to, e)));
    if written.is_err() {
        // The first error is what is told.
        let _ = disk.remove_file(&from);
    }
    written?;
    sync_parent(disk, &to)
}

/// Moves files below a folder to the same places below another. Those that a run before has moved are there already.
pub(super) fn move_files(disk: &dyn Disk, from: &Path, to: &Path, names: &[String]) -> Result<()> {
    let mut folders = BTreeSet::new();
    for name in names {
        let (source, target) = (from.join(name), to.join(name));
        if let Some(folder) = target.parent() {
            create_lasting_folders(disk, folder)?;
            folders.insert(folder.to_owned());
        }
        if source.exists() || !target.exists() {
            disk.rename(&source, &target).map_err(|e| Error::io("write", &target, e))?;
        }
    }
    folders.iter().try_for_each(|folder| sync_folder(disk, folder))
}

/// Removes a file or a folder with all that is in it, if it is there. Of a suite, the manifest goes first, so that what is
/// left by a crash is none.
pub(super) fn remove_all(disk: &dyn Disk, path: &Path) -> Result<()> {
    let failed = |e| Error::io("remove", path, e);
    if !path.is_symlink() && path.is_dir() {
        if is_suite(path) {
            disk.remove_file(&path.join(MANIFEST)).map_err(failed)?;
            sync_folder(disk, path)?;
        }
        for name in disk.names(path).map_err(failed)? {
            remove_all(disk, &path.join(name))?;
        }
        return disk.remove_folder(path).map_err(failed);
    }
    match disk.remove_file(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(failed),
    }
}

/// Removes all files below a folder but some.
pub(super) fn remove_others(disk: &dyn Disk, root: &Path, kept: &BTreeSet<PathBuf>) -> Result<()> {
    let failed = |e| Error::io("remove", root, e);
    for name in disk.names(root).map_err(failed)? {
        let path = root.join(name);
        if !path.is_symlink() && path.is_dir() {
            remove_others(disk, &path, kept)?;
        } else if !kept.contains(&path) {
            disk.remove_file(&path).map_err(|e| Error::io("remove", &path, e))?;
        }
    }
    Ok(())
}

/// Hands the names in a folder and in those below it to the disk.
pub(super) fn sync_tree(disk: &dyn Disk, folder: &Path) -> Result<()> {
    for name in disk.names(folder).map_err(|e| Error::io("read", folder, e))? {
        let path = folder.join(name);
        if path.is_dir() {
            sync_tree(disk, &path)?;
        }
    }
    sync_folder(disk, folder)
}

/// Hands the name of a file or folder to the disk.
pub(super) fn sync_parent(disk: &dyn Disk, path: &Path) -> Result<()> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync_folder(disk, parent),
        _ => sync_folder(disk, Path::new(".")),
    }
}

/// Hands the names in a folder to the disk.
pub(super) fn sync_folder(disk: &dyn Disk, folder: &Path) -> Result<()> {
    disk.sync_folder(folder).map_err(|e| Error::io("write", folder, e))
}
