//! A finished column chunk.

use std::io::Write;
use std::sync::Arc;

use bytes::Bytes;
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedRowGroupWriter;

/// The bytes of one column of one row group with everything that a file's footer says about them. Cloning copies neither;
/// the same chunk may stand in any number of files.
#[derive(Clone)]
pub struct Chunk {
    pub(super) bytes: Bytes,
    /// Offsets count from the start of `bytes`.
    pub(super) close: Arc<ColumnCloseResult>,
}

impl Chunk {
    /// The number of rows.
    pub fn rows(&self) -> u64 {
        self.close.rows_written
    }

    /// The pages with their headers, the dictionary first.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// What the footer says, with offsets that count from the start of [`Chunk::bytes`].
    pub fn close_result(&self) -> &ColumnCloseResult {
        &self.close
    }

    /// Appends the chunk as the next column of a row group; offsets move with it.
    ///
    /// # Errors
    /// A next column of another type or name, another number of rows than in the columns before, a sink that fails.
    pub fn append_to<W: Write + Send>(
        &self,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<(), ParquetError> {
        group.append_column(&self.bytes, ColumnCloseResult::clone(&self.close))
    }
}
