//! A data file while it is written: bytes are hashed and counted on their way to the disk.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::datatypes::{Schema, SchemaRef};
use arrow::ipc::writer::FileWriter;
use arrow::record_batch::RecordBatch;
use parquet::arrow::add_encoded_arrow_schema_to_metadata;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::writer::SerializedFileWriter;

use super::chunks::{parquet_schema, properties};
use super::content::ContentSum;
use super::disk::{Disk, Sheet};
use super::encode::{Encoded, csv_header};
use super::folder::create_folders;
use super::format::Format;
use super::manifest::FileEntry;
use super::schema::with_file_metadata;
use crate::encode::Chunk;
use crate::error::{Error, Result};

/// A row group as a file takes it.
pub(super) enum RowGroup {
    /// Parquet column chunks, in the order of the schema.
    Chunks(Vec<Chunk>),
    /// Lines.
    Text(Vec<u8>),
    /// An Arrow batch.
    Batch(RecordBatch),
}

/// What is known of a file before it is written.
pub(super) struct Planned {
    /// The path within the suite, with `/`.
    pub path: String,
    /// The arm; none for the truth.
    pub arm: Option<String>,
    /// The part.
    pub part: u32,
    /// The first unit.
    pub first_unit: u64,
    /// What the file says of itself.
    pub metadata: Vec<(String, String)>,
}

/// A file that is being written.
pub(super) struct Output {
    planned: Planned,
    on_disk: PathBuf,
    schema: SchemaRef,
    writer: Writer,
    rows: u64,
    sum: ContentSum,
}

enum Writer {
    Parquet(Box<SerializedFileWriter<Tee>>),
    Text { tee: Tee, header: bool },
    Arrow(Box<FileWriter<Tee>>),
}

impl Output {
    /// Creates the file and its folders below `root`.
    pub(super) fn create(
        disk: &dyn Disk,
        root: &Path,
        planned: Planned,
        schema: &SchemaRef,
        format: Format,
    ) -> Result<Self> {
        let on_disk = root.join(&planned.path);
        if let Some(folder) = on_disk.parent() {
            create_folders(disk, folder)?;
        }
        let file = disk.create(&on_disk).map_err(|e| Error::io("create", &on_disk, e))?;
        let writer = Writer::new(Tee::new(file), &planned.metadata, schema, format)
            .map_err(|e| failed("write", &on_disk, e))?;
        Ok(Self { planned, on_disk, schema: schema.clone(), writer, rows: 0, sum: ContentSum::default() })
    }

    /// Appends a row group.
    pub(super) fn append(&mut self, encoded: Encoded, rows: u64) -> Result<()> {
        self.writer.append(encoded.group).map_err(|e| failed("write", &self.on_disk, e))?;
        self.sum.add(encoded.sum);
        self.rows += rows;
        Ok(())
    }

    /// Finishes the file and hands it to the disk.
    pub(super) fn finish(self) -> Result<FileEntry> {
        let tee = match self.writer {
            Writer::Text { mut tee, header: true } if self.rows == 0 => {
                tee.write_all(&csv_header(&self.schema)?)
                    .map_err(|e| Error::io("write", &self.on_disk, e))?;
                Ok(tee)
            }
            Writer::Text { tee, .. } => Ok(tee),
            Writer::Parquet(writer) => writer.into_inner().map_err(|e| failed("write", &self.on_disk, e)),
            Writer::Arrow(writer) => writer.into_inner().map_err(|e| failed("write", &self.on_disk, e)),
        }?;
        let (bytes, file_hash) = tee.finish().map_err(|e| Error::io("write", &self.on_disk, e))?;
        Ok(FileEntry {
            path: self.planned.path,
            arm: self.planned.arm,
            part: self.planned.part,
            first_unit: self.planned.first_unit,
            rows: self.rows,
            bytes,
            content_hash: self.sum.to_hex(),
            file_hash,
        })
    }
}

impl Writer {
    fn new(
        tee: Tee,
        metadata: &[(String, String)],
        schema: &Schema,
        format: Format,
    ) -> Result<Self, ParquetError> {
        Ok(match format {
            Format::Parquet => {
                let said =
                    metadata.iter().map(|(key, value)| KeyValue::new(key.clone(), value.clone())).collect();
                let mut properties = properties().set_key_value_metadata(Some(said)).build();
                add_encoded_arrow_schema_to_metadata(schema, &mut properties);
                let root = parquet_schema(schema)?.root_schema_ptr();
                Writer::Parquet(Box::new(SerializedFileWriter::new(tee, root, Arc::new(properties))?))
            }
            Format::Arrow => {
                Writer::Arrow(Box::new(FileWriter::try_new(tee, &with_file_metadata(schema, metadata))?))
            }
            Format::Csv | Format::Jsonl => Writer::Text { tee, header: format == Format::Csv },
        })
    }

    fn append(&mut self, group: RowGroup) -> Result<(), ParquetError> {
        match (self, group) {
            (Writer::Parquet(writer), RowGroup::Chunks(chunks)) => {
                let mut group = writer.next_row_group()?;
                for chunk in chunks {
                    chunk.append_to(&mut group)?;
                }
                group.close()?;
            }
            (Writer::Text { tee, .. }, RowGroup::Text(bytes)) => tee.write_all(&bytes)?,
            (Writer::Arrow(writer), RowGroup::Batch(batch)) => writer.write(&batch)?,
            _ => unreachable!("row groups are encoded in the format of their file"),
        }
        Ok(())
    }
}

/// A file that hashes and counts what it is given.
struct Tee {
    file: BufWriter<Box<dyn Sheet>>,
    hasher: Box<blake3::Hasher>,
    bytes: u64,
}

impl Tee {
    fn new(file: Box<dyn Sheet>) -> Self {
        Self {
            file: BufWriter::with_capacity(1 << 18, file),
            hasher: Box::new(blake3::Hasher::new()),
            bytes: 0,
        }
    }

    fn finish(self) -> io::Result<(u64, String)> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync()?;
        Ok((self.bytes, self.hasher.finalize().to_hex().to_string()))
    }
}

impl Write for Tee {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The refusal of the operating system behind an error of a format's library, or else that error in words.
pub(super) fn failed(
    action: &'static str,
    path: impl AsRef<Path>,
    error: impl std::error::Error + Send + Sync + 'static,
) -> Error {
    let mut inner: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    let mut system = None;
    while let Some(e) = inner {
        if let Some(io) = e.downcast_ref::<io::Error>() {
            system = Some(match io.raw_os_error() {
                Some(code) => io::Error::from_raw_os_error(code),
                None => io::Error::new(io.kind(), io.to_string()),
            });
        }
        inner = e.source();
    }
    Error::io(action, path, system.unwrap_or_else(|| io::Error::other(error.to_string())))
}
