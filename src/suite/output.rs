//! A data file while it is written: bytes are hashed and counted on their way to the disk.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use arrow::datatypes::{Schema, SchemaRef};
use arrow::ipc::writer::FileWriter;
use arrow::record_batch::RecordBatch;
use parquet::arrow::add_encoded_arrow_schema_to_metadata;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::chunks::parquet_schema;
use super::content::ContentSum;
use super::disk::{Disk, Sheet};
use super::folder::create_folders;
use super::format::Format;
use super::manifest::FileEntry;
use super::row_groups::{Encoded, csv_header};
use super::schema::with_file_metadata;
use crate::encode::{Chunk, SharedFile};
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
    /// The arms that share the file, one after the other in every row group of units; none for the truth.
    pub arms: Vec<Option<String>>,
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
    sums: Vec<ContentSum>,
}

enum Writer {
    /// With what the footer says, and the sink, which the library does not give back.
    Parquet {
        file: Box<SharedFile<Handle>>,
        said: Vec<KeyValue>,
        sink: Handle,
    },
    Text {
        tee: Tee,
        header: bool,
    },
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
        let sums = vec![ContentSum::default(); planned.arms.len()];
        Ok(Self { planned, on_disk, schema: schema.clone(), writer, rows: 0, sums })
    }

    /// How many tables share the file.
    pub(super) fn tables(&self) -> usize {
        self.sums.len()
    }

    /// Appends a row group of every table.
    pub(super) fn append(&mut self, encoded: Vec<Encoded>, rows: u64) -> Result<()> {
        let mut groups = Vec::with_capacity(encoded.len());
        for (encoded, sum) in encoded.into_iter().zip(&mut self.sums) {
            sum.add(encoded.sum);
            groups.push(encoded.group);
        }
        self.rows += rows;
        self.writer.append(groups).map_err(|e| failed("write", &self.on_disk, e))
    }

    /// Finishes the file and hands it to the disk; an entry for each table.
    pub(super) fn finish(self) -> Result<Vec<FileEntry>> {
        let header = match &self.writer {
            Writer::Text { header: true, .. } if self.rows == 0 => csv_header(&self.schema)?,
            _ => Vec::new(),
        };
        let finished = self.writer.finish(&header);
        let (bytes, file_hash) = finished.map_err(|e| failed("write", &self.on_disk, e))?;
        let tables = self.planned.arms.into_iter().zip(self.sums);
        let entry = |(arm, sum): (Option<String>, ContentSum)| FileEntry {
            path: self.planned.path.clone(),
            arm,
            part: self.planned.part,
            first_unit: self.planned.first_unit,
            rows: self.rows,
            bytes,
            content_hash: sum.to_hex(),
            file_hash: file_hash.clone(),
        };
        Ok(tables.map(entry).collect())
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
                let mut properties = WriterProperties::builder().set_key_value_metadata(Some(said)).build();
                add_encoded_arrow_schema_to_metadata(schema, &mut properties);
                let said = properties.key_value_metadata().cloned().unwrap_or_default();
                let sink = Handle(Arc::new(Mutex::new(tee)));
                let file = SharedFile::new(sink.clone(), Arc::new(parquet_schema(schema)?))?;
                Writer::Parquet { file: Box::new(file), said, sink }
            }
            Format::Arrow => {
                Writer::Arrow(Box::new(FileWriter::try_new(tee, &with_file_metadata(schema, metadata))?))
            }
            Format::Csv | Format::Jsonl => Writer::Text { tee, header: format == Format::Csv },
        })
    }

    fn append(&mut self, groups: Vec<RowGroup>) -> Result<(), ParquetError> {
        if let Writer::Parquet { file, .. } = self {
            let chunks = |group| match group {
                RowGroup::Chunks(chunks) => chunks,
                _ => unreachable!("row groups are encoded in the format of their file"),
            };
            return file.row_groups(&groups.into_iter().map(chunks).collect::<Vec<_>>());
        }
        for group in groups {
            match (&mut *self, group) {
                (Writer::Text { tee, .. }, RowGroup::Text(bytes)) => tee.write_all(&bytes)?,
                (Writer::Arrow(writer), RowGroup::Batch(batch)) => writer.write(&batch)?,
                _ => unreachable!("row groups are encoded in the format of their file"),
            }
        }
        Ok(())
    }

    /// Ends the file after some last bytes of text; its length and hash.
    fn finish(self, last: &[u8]) -> Result<(u64, String), ParquetError> {
        let finished = match self {
            Writer::Parquet { file, said, sink } => {
                file.finish(said)?;
                sink.finish()?
            }
            Writer::Text { mut tee, .. } => {
                tee.write_all(last)?;
                tee.finish()?
            }
            Writer::Arrow(writer) => writer.into_inner()?.finish()?,
        };
        Ok(finished)
    }
}

/// A file that two hold: the library, which writes to it, and its maker, who ends it.
#[derive(Clone)]
struct Handle(Arc<Mutex<Tee>>);

impl Handle {
    fn finish(self) -> io::Result<(u64, String)> {
        let tee = Arc::into_inner(self.0)
            .ok_or_else(|| io::Error::other("a file is ended while it is written to"))?;
        tee.into_inner().map_err(|_| io::Error::other("a thread that wrote to a file has failed"))?.finish()
    }
}

impl Write for Handle {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().map_err(|_| io::Error::other("a thread that wrote to a file has failed"))?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
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
