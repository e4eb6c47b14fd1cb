//! The records of an arm, or of the truth, as one stream over its parts; their content is hashed on the way.

use arrow::array::RecordBatch;
use arrow::compute::concat_batches;

use crate::error::{Error, Result};
use crate::suite::{Batches, ContentHasher, FileEntry, Suite};

/// The records of an arm in the order of parts.
pub(super) struct Rows<'s> {
    suite: &'s Suite,
    files: Vec<&'s FileEntry>,
    next: usize,
    open: Option<Open<'s>>,
    rest: Option<RecordBatch>,
    /// Files whose values are not those that were written.
    pub(super) changed: Vec<String>,
}

/// The file that is being read.
struct Open<'s> {
    file: &'s FileEntry,
    batches: Batches,
    hasher: ContentHasher,
}

impl<'s> Rows<'s> {
    /// The records of an arm; of the truth, where there is no name.
    pub(super) fn of(suite: &'s Suite, arm: Option<&str>) -> Self {
        let mut files: Vec<&FileEntry> =
            suite.manifest.files.iter().filter(|f| f.arm.as_deref() == arm).collect();
        files.sort_by_key(|f| (f.first_unit, f.part));
        Self { suite, files, next: 0, open: None, rest: None, changed: Vec::new() }
    }

    /// The next `wanted` records; fewer at the end, none after it.
    pub(super) fn take(&mut self, wanted: usize) -> Result<Option<RecordBatch>> {
        let mut taken: Vec<RecordBatch> = Vec::new();
        let mut missing = wanted;
        while missing > 0 {
            let Some(batch) = self.batch()? else { break };
            let here = missing.min(batch.num_rows());
            taken.push(batch.slice(0, here));
            if here < batch.num_rows() {
                self.rest = Some(batch.slice(here, batch.num_rows() - here));
            }
            missing -= here;
        }
        match taken.len() {
            0 => Ok(None),
            1 => Ok(taken.pop()),
            _ => concat_batches(&taken[0].schema(), &taken)
                .map(Some)
                .map_err(|e| Error::unverified(format!("the parts of an arm do not fit together: {e}"))),
        }
    }

    /// What is left of a batch, or the next one.
    fn batch(&mut self) -> Result<Option<RecordBatch>> {
        if let Some(rest) = self.rest.take() {
            return Ok(Some(rest));
        }
        loop {
            if let Some(mut open) = self.open.take() {
                if let Some(batch) = open.batches.next() {
                    let batch = batch?;
                    open.hasher.update(&batch)?;
                    self.open = Some(open);
                    return Ok(Some(batch));
                }
                if open.hasher.finish()?.to_hex() != open.file.content_hash {
                    self.changed.push(open.file.path.clone());
                }
            }
            let Some(file) = self.files.get(self.next) else { return Ok(None) };
            self.next += 1;
            let hasher = ContentHasher::new(file.arm.as_deref(), file.first_unit);
            self.open = Some(Open { file, batches: self.suite.read(file)?, hasher });
        }
    }
}
