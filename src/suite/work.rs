//! The folder in which a run works, and which survives it if it is killed: a lock, the journal, the suite as far as it is
//! written, and the suite that is being replaced.
//!
//! ```text
//! out/hiring.partial/                 (a part made alone: out/hiring/.partial-00003/)
//!   jumelles.lock                     held by the run, free again when it ends in whatever way
//!   jumelles.journal                  what is made, and which parts are finished
//!   suite/                            becomes out/hiring by one rename
//!   replaced/                         what was out/hiring before that rename
//! ```

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::disk::{Disk, FileSystem, Lock};
use super::folder::{create_folders, create_lasting_folders, remove_all, remove_others, resolved};
use super::journal::{self, Finished, JOURNAL, Journal, NEW_JOURNAL, Request};
use crate::error::{Error, ErrorKind, Result};

const LOCK: &str = "jumelles.lock";
const SUITE: &str = "suite";
pub(super) const REPLACED: &str = "replaced";

/// The folder of a run, and the lock on it.
pub(super) struct Work<'d> {
    pub(super) disk: &'d dyn Disk,
    pub(super) path: PathBuf,
    pub(super) place: PathBuf,
    /// Whether a run before has left its journal.
    taken_over: bool,
    _lock: Lock,
}

/// The folder of a run that makes a whole suite.
pub(super) fn beside(place: &Path) -> Result<PathBuf> {
    let name = place.file_name().ok_or_else(|| {
        let message = format!("`{}` does not name a folder that can be created", place.display());
        Error::request_hint(message, "name a new folder, for instance `suite`")
    })?;
    let mut name = name.to_os_string();
    name.push(".partial");
    Ok(place.with_file_name(name))
}

/// The folder of a run that makes one part.
pub(super) fn within(place: &Path, part: u32) -> PathBuf {
    place.join(format!(".partial-{part:05}"))
}

/// The folder that a run left when it was killed or failed, for a suite (or one part of it) that is to be written to `dir`;
/// none if a run is at work in it.
pub fn unfinished(dir: impl AsRef<Path>, part: Option<u32>) -> Option<PathBuf> {
    let place = resolved(dir.as_ref()).ok()?;
    let path = match part {
        None => beside(&place).ok()?,
        Some(part) => within(&place, part),
    };
    let lock = path.join(LOCK);
    let free = lock.exists() && !matches!(FileSystem.lock(&lock), Ok(None));
    free.then_some(path)
}

pub(super) fn busy(path: &Path) -> Error {
    Error::request_hint(
        format!("another run is writing in `{}`", path.display()),
        "wait until it has ended, or name another folder",
    )
}

impl<'d> Work<'d> {
    /// Creates the folder or takes over that of a killed run, whose renames it finishes.
    pub(super) fn claim(disk: &'d dyn Disk, path: &Path, place: &Path) -> Result<Self> {
        Self::take(disk, path, place)?.ok_or_else(|| busy(path))
    }

    /// The same; none if another run has the lock.
    pub(super) fn take(disk: &'d dyn Disk, path: &Path, place: &Path) -> Result<Option<Self>> {
        const TRIES: u32 = 10;
        let mut tries = 0;
        let lock = loop {
            if let Some(parent) = path.parent() {
                create_lasting_folders(disk, parent)?;
            }
            if let Err(error) = create_folders(disk, path).and_then(|()| check_own(disk, path)) {
                // Only goes if empty.
                let _ = disk.remove_folder(path);
                return Err(error);
            }
            let name = path.join(LOCK);
            match disk.lock(&name) {
                Ok(Some(lock)) => break lock,
                Ok(None) => return Ok(None),
                // A run that ended at this moment has removed its folder.
                Err(e) if e.kind() == std::io::ErrorKind::NotFound && tries < TRIES => tries += 1,
                Err(e) => {
                    // Only goes if empty.
                    let _ = disk.remove_folder(path);
                    return Err(Error::io("lock", &name, e));
                }
            }
        };
        let work = Self {
            disk,
            path: path.to_owned(),
            place: place.to_owned(),
            taken_over: path.join(JOURNAL).exists(),
            _lock: lock,
        };
        work.finish_renames()?;
        Ok(Some(work))
    }

    /// Where the suite is until it is moved to its place.
    pub(super) fn suite(&self) -> PathBuf {
        self.path.join(SUITE)
    }

    /// What a killed run of the same request says that it has finished. Another request is refused, since going on would
    /// remove what was made for it.
    pub(super) fn listed(&self, request: &Request) -> Result<Vec<Finished>> {
        match journal::read(self.disk, &self.path)? {
            None => Ok(Vec::new()),
            Some((found, listed)) if found == *request => Ok(listed),
            Some((found, _)) => Err(Error::request_hint(
                format!("`{}` is an unfinished run of another request: {found}", self.path.display()),
                format!("this is {request}; without --resume what is unfinished is removed"),
            )),
        }
    }

    /// Begins a run with finished parts that are proven; what else there is goes.
    pub(super) fn begin(&self, request: &Request, finished: Vec<Finished>) -> Result<Journal> {
        let suite = self.suite();
        if finished.is_empty() {
            remove_all(self.disk, &suite)?;
        } else if suite.exists() {
            remove_others(self.disk, &suite, &self.files(&finished))?;
        }
        let journal = Journal::begin(self.disk, &self.path, request, finished)?;
        create_folders(self.disk, &suite)?;
        Ok(journal)
    }

    fn files(&self, finished: &[Finished]) -> BTreeSet<PathBuf> {
        let suite = self.suite();
        finished.iter().flat_map(|part| &part.files).map(|file| suite.join(&file.path)).collect()
    }

    /// Ends a run that has succeeded.
    pub(super) fn finish(self) -> Result<()> {
        self.remove_replaced()?;
        self.remove()
    }

    /// Ends a run that has failed. Finished parts are kept if the same request can go on with them later; what else there is
    /// goes. The first error is what is told, not one of cleaning up.
    pub(super) fn give_up(self, cause: Error, journal: Option<&Journal>) -> Error {
        let Some(journal) = journal else {
            // Nothing was begun; what a run before has left is not this one's to remove.
            if !self.taken_over && !self.path.join(REPLACED).exists() {
                let _ = self.remove();
            }
            return cause;
        };
        let finished = journal.finished();
        let lasting = matches!(cause.kind(), ErrorKind::World | ErrorKind::Interrupted);
        if self.path.join(REPLACED).exists() && self.finish_renames().is_err() {
            let hint = format!(
                "the suite that was there is in `{}`, and comes back with the next `jumelles generate` or `verify`",
                self.path.join(REPLACED).display()
            );
            return Error::Unfinished { cause: Box::new(cause), hint };
        }
        if !lasting || finished.is_empty() || !self.suite().exists() {
            let _ = self.remove();
            return cause;
        }
        let _ = remove_others(self.disk, &self.suite(), &self.files(finished));
        let count = finished.len();
        let parts = if count == 1 { "1 finished part is" } else { &format!("{count} finished parts are") };
        let first = cause.hint().filter(|_| cause.kind() == ErrorKind::World);
        let first = first.map(|hint| format!("{hint}; ")).unwrap_or_default();
        let hint = format!(
            "{first}{parts} kept in `{}`: the same command with --resume makes the rest",
            self.path.display()
        );
        Error::Unfinished { cause: Box::new(cause), hint }
    }

    /// Removes everything but a suite that was set aside, and the folder, the lock last.
    fn remove(self) -> Result<()> {
        use std::io::ErrorKind::{DirectoryNotEmpty, NotFound};
        remove_all(self.disk, &self.suite())?;
        remove_all(self.disk, &self.path.join(NEW_JOURNAL))?;
        remove_all(self.disk, &self.path.join(JOURNAL))?;
        remove_all(self.disk, &self.path.join(LOCK))?;
        match self.disk.remove_folder(&self.path) {
            // Another run has come in the meantime; the folder is its own.
            Err(e) if matches!(e.kind(), NotFound | DirectoryNotEmpty) => Ok(()),
            removed => removed.map_err(|e| Error::io("remove", &self.path, e)),
        }
    }
}

/// Refuses a folder that happens to have the name but is somebody's own.
fn check_own(disk: &dyn Disk, path: &Path) -> Result<()> {
    let names = disk.names(path).or_else(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Ok(Vec::new()),
        _ => Err(Error::io("read", path, e)),
    })?;
    let own = [LOCK, JOURNAL, NEW_JOURNAL, SUITE, REPLACED];
    match names.iter().find(|name| own.iter().all(|own| name != own)) {
        None => Ok(()),
        Some(other) => Err(Error::request_hint(
            format!(
                "`{}` is not a folder of jumelles: it holds `{}`",
                path.display(),
                Path::new(other).display()
            ),
            "a suite is written there before it takes its name: move that folder away, or name another suite",
        )),
    }
}
