//! The records of an arm, or of the truth, as one stream over its parts.

use arrow::array::RecordBatch;
use arrow::compute::concat_batches;

use super::suite::{Batches, Opened};
use crate::error::{Error, Result};
use crate::suite::FileEntry;

/// The records of an arm in the order of parts.
pub(super) struct Rows<'s, S> {
    suite: &'s S,
    files: Vec<&'s FileEntry>,
    next: usize,
    open: Option<Batches>,
    rest: Option<RecordBatch>,
}

impl<'s, S: Opened> Rows<'s, S> {
    /// The records of an arm; of the truth, where there is no name.
    pub(super) fn of(suite: &'s S, arm: Option<&str>) -> Self {
        let mut files: Vec<&FileEntry> =
            suite.manifest().files.iter().filter(|f| f.arm.as_deref() == arm).collect();
        files.sort_by_key(|f| (f.first_unit, f.part));
        Self { suite, files, next: 0, open: None, rest: None }
    }

    /// Whether it has any file.
    pub(super) fn exist(&self) -> bool {
        !self.files.is_empty()
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
            if let Some(batches) = &mut self.open
                && let Some(batch) = batches.next()
            {
                return batch.map(Some);
            }
            let Some(file) = self.files.get(self.next) else { return Ok(None) };
            self.next += 1;
            self.open = Some(self.suite.read(file)?);
        }
    }
}
