//! A disk that writes down what it is asked, and fails when it is told to.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::suite::disk::{Disk, FileSystem, Lock, Sheet};

/// An operation that changes the disk, or hands a change to it; paths are relative to the root.
#[derive(Debug, Clone)]
pub(super) enum Operation {
    /// A file is created or emptied; operations on its bytes give its number.
    Create(PathBuf, usize),
    Write(usize, Vec<u8>),
    Sync(usize),
    CreateFolder(PathBuf),
    Rename(PathBuf, PathBuf),
    RemoveFile(PathBuf),
    RemoveFolder(PathBuf),
    SyncFolder(PathBuf),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Failure {
    /// No space is left; of what is being written, half is.
    Full,
    /// The device fails.
    Broken,
    /// Half is written, and no error is said. Only writes do so.
    Short,
}

/// A failure of the operation with a number, or of that and all later ones.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fault {
    pub at: usize,
    pub failure: Failure,
    pub lasting: bool,
}

#[derive(Default)]
struct Record {
    count: usize,
    files: usize,
    fault: Option<Fault>,
    log: Vec<Operation>,
}

/// The file system below a root, recorded.
pub(super) struct Recording {
    root: PathBuf,
    record: Arc<Mutex<Record>>,
}

impl Recording {
    pub(super) fn new(root: &Path, fault: Option<Fault>) -> Self {
        let record = Record { fault, ..Record::default() };
        Self { root: root.to_owned(), record: Arc::new(Mutex::new(record)) }
    }

    /// How many operations could have failed.
    pub(super) fn count(&self) -> usize {
        self.record.lock().unwrap().count
    }

    pub(super) fn log(&self) -> Vec<Operation> {
        self.record.lock().unwrap().log.clone()
    }

    fn relative(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).expect("below the root").to_owned()
    }

    fn step(&self) -> io::Result<()> {
        match self.record.lock().unwrap().next() {
            Some(Failure::Full) => Err(full()),
            Some(Failure::Broken) => Err(broken()),
            Some(Failure::Short) | None => Ok(()),
        }
    }

    fn done<T>(&self, made: io::Result<T>, operation: Operation) -> io::Result<T> {
        if made.is_ok() {
            self.record.lock().unwrap().log.push(operation);
        }
        made
    }
}

impl Record {
    /// Counts an operation, and says how it fails.
    fn next(&mut self) -> Option<Failure> {
        self.count += 1;
        let fault = self.fault?;
        let hit = if fault.lasting { self.count > fault.at } else { self.count == fault.at + 1 };
        hit.then_some(fault.failure)
    }
}

fn full() -> io::Error {
    io::Error::new(io::ErrorKind::StorageFull, "no space is left (simulated)")
}

fn broken() -> io::Error {
    io::Error::other("the device fails (simulated)")
}

impl Disk for Recording {
    fn create(&self, path: &Path) -> io::Result<Box<dyn Sheet>> {
        self.step()?;
        let file = File::create(path)?;
        let mut record = self.record.lock().unwrap();
        let number = record.files;
        record.files += 1;
        record.log.push(Operation::Create(self.relative(path), number));
        drop(record);
        Ok(Box::new(Recorded { number, file, record: self.record.clone() }))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        self.done(FileSystem.create_folder(path), Operation::CreateFolder(self.relative(path)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        self.done(FileSystem.rename(from, to), Operation::Rename(self.relative(from), self.relative(to)))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        self.done(FileSystem.remove_file(path), Operation::RemoveFile(self.relative(path)))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        self.done(FileSystem.remove_folder(path), Operation::RemoveFolder(self.relative(path)))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        // The process does not lose what is not synced: nothing to be done but to write it down.
        self.done(path.metadata().map(drop), Operation::SyncFolder(self.relative(path)))
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Lock>> {
        self.step()?;
        let new = !path.exists();
        let lock = FileSystem.lock(path);
        if new {
            let mut record = self.record.lock().unwrap();
            let number = record.files;
            record.files += 1;
            record.log.push(Operation::Create(self.relative(path), number));
        }
        lock
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.step()?;
        FileSystem.read(path)
    }

    fn open(&self, path: &Path) -> io::Result<File> {
        self.step()?;
        FileSystem.open(path)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.step()?;
        FileSystem.names(folder)
    }
}

struct Recorded {
    number: usize,
    file: File,
    record: Arc<Mutex<Record>>,
}

impl Write for Recorded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut record = self.record.lock().unwrap();
        let failure = record.next();
        let length = match failure {
            None => bytes.len(),
            Some(Failure::Broken) => return Err(broken()),
            Some(Failure::Full) => bytes.len() / 2,
            Some(Failure::Short) => bytes.len().div_ceil(2),
        };
        self.file.write_all(&bytes[..length])?;
        record.log.push(Operation::Write(self.number, bytes[..length].to_vec()));
        if failure == Some(Failure::Full) { Err(full()) } else { Ok(length) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sheet for Recorded {
    fn sync(&self) -> io::Result<()> {
        let mut record = self.record.lock().unwrap();
        match record.next() {
            Some(Failure::Full) => return Err(full()),
            Some(Failure::Broken) => return Err(broken()),
            Some(Failure::Short) | None => record.log.push(Operation::Sync(self.number)),
        }
        Ok(())
    }
}
