//! A suite takes its place by one rename. One that was there is set aside by another, and is removed when the new one is there.

use std::path::Path;
use std::time::Duration;

use super::disk::Disk;
use super::folder::{is_suite, is_vacant, remove_all, resolved, sync_folder, sync_parent, sync_tree};
use super::work::{REPLACED, Work, beside, busy};
use crate::error::{Error, Result};

/// Finishes the replacement of a suite by a run that was killed between its two renames. Whether there was one.
pub(super) fn recover(disk: &dyn Disk, dir: &Path) -> Result<bool> {
    const TRIES: u32 = 100;
    let place = resolved(dir)?;
    let Ok(path) = beside(&place) else { return Ok(false) };
    for _ in 0..TRIES {
        if is_suite(&place) {
            return Ok(true);
        }
        if !path.join(REPLACED).exists() {
            return Ok(false);
        }
        match Work::take(disk, &path, &place)? {
            Some(work) if work.suite().exists() => drop(work),
            Some(work) => work.finish()?,
            // A run is between its renames at this moment.
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    }
    Err(busy(&path))
}

impl Work<'_> {
    /// Moves the suite to its place, where there is nothing, an empty folder, or a suite that is set aside and then removed.
    pub(super) fn settle(&self) -> Result<()> {
        let (disk, place, suite) = (self.disk, &self.place, self.suite());
        sync_tree(disk, &suite)?;
        let old = self.path.join(REPLACED);
        let replaces = place.exists();
        if replaces {
            // What is set aside must be found again: the folder that it goes to is on the disk before it, and it is there
            // before the new suite takes its name.
            sync_parent(disk, &self.path)?;
            disk.rename(place, &old).map_err(|e| Error::io("replace", place, e))?;
            self.sync_names()?;
        }
        if let Err(e) = disk.rename(&suite, place) {
            if replaces {
                disk.rename(&old, place).map_err(|e| Error::io("restore", place, e))?;
            }
            return Err(Error::io("create", place, e));
        }
        sync_parent(disk, place)?;
        self.remove_replaced()
    }

    /// A suite was set aside: finishes what a killed run had begun.
    pub(super) fn finish_renames(&self) -> Result<()> {
        let (disk, place, new) = (self.disk, &self.place, self.suite());
        let old = self.path.join(REPLACED);
        if !old.exists() {
            return Ok(());
        }
        if !is_vacant(place)? && !is_suite(place) {
            return Err(Error::request_hint(
                format!(
                    "`{}` is no suite; the one that was there is in `{}`",
                    place.display(),
                    old.display()
                ),
                "move one of the two away",
            ));
        }
        if !is_suite(place) {
            // The new one has its manifest only if it was whole; the old one has lost it only if it was being removed.
            let whole = [&new, &old].into_iter().find(|folder| is_suite(folder));
            if let Some(whole) = whole {
                if place.exists() {
                    disk.remove_folder(place).map_err(|e| Error::io("replace", place, e))?;
                }
                disk.rename(whole, place).map_err(|e| Error::io("restore", place, e))?;
                self.sync_names()?;
            }
        }
        self.remove_replaced()
    }

    pub(super) fn remove_replaced(&self) -> Result<()> {
        let old = self.path.join(REPLACED);
        if old.exists() {
            remove_all(self.disk, &old)?;
            sync_folder(self.disk, &self.path)?;
        }
        Ok(())
    }

    /// Both ends of a rename.
    fn sync_names(&self) -> Result<()> {
        sync_parent(self.disk, &self.place)?;
        sync_folder(self.disk, &self.path)
    }
}
