//! One data file: batches in, bytes and hashes out.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::hash::ContentHash;
use crate::error::{Error, Result};

/// A format of data files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The suite proper.
    Parquet,
    /// The same records for people and old tools.
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// An Arrow IPC file.
    Arrow,
}

impl Format {
    const WORDS: [(&'static str, Format); 4] = [
        ("parquet", Format::Parquet),
        ("csv", Format::Csv),
        ("jsonl", Format::Jsonl),
        ("arrow", Format::Arrow),
    ];

    /// The format of that word.
    pub fn from_word(word: &str) -> Option<Format> {
        Self::WORDS.iter().find(|(w, _)| *w == word).map(|(_, format)| *format)
    }

    /// The word, which is also the ending of files.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, f)| *f == self).expect("every format has a word").0
    }

    /// How names of such files end, without the dot.
    pub(super) fn extension(self) -> &'static str {
        self.word()
    }

    /// The media type that Croissant names.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Format::Parquet => "application/x-parquet",
            Format::Csv => "text/csv",
            Format::Jsonl => "application/jsonlines",
            Format::Arrow => "application/vnd.apache.arrow.file",
        }
    }
}

/// Counts and hashes what passes on its way to the disk.
struct Metered {
    file: BufWriter<File>,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl Write for Metered {
    fn write(&mut self, data: &[u8]) -> std::io::Result<usize> {
        self.file.write_all(data)?;
        self.hasher.update(data);
        self.bytes += data.len() as u64;
        Ok(data.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

enum Encoder {
    Parquet(Box<ArrowWriter<Metered>>),
    Csv(Box<arrow::csv::Writer<Metered>>),
    Jsonl(Box<arrow::json::LineDelimitedWriter<Metered>>),
    Arrow(Box<arrow::ipc::writer::FileWriter<Metered>>),
}

/// A file being written.
pub(super) struct FileWriter {
    path: std::path::PathBuf,
    arm: String,
    encoder: Encoder,
    content: ContentHash,
    rows: u64,
}

/// A file that was written and is on the disk.
pub(super) struct Written {
    pub(super) rows: u64,
    pub(super) bytes: u64,
    pub(super) content: ContentHash,
    pub(super) file_hash: String,
}

impl FileWriter {
    /// `arm` names the leaves of the content hash; it is empty for the truth.
    pub(super) fn create(
        path: &Path,
        arm: &str,
        schema: SchemaRef,
        format: Format,
        metadata: &[(String, String)],
    ) -> Result<Self> {
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|e| Error::io("create", parent, e))?;
        }
        let file = File::create_new(path).map_err(|e| Error::io("create", path, e))?;
        let sink = Metered {
            file: BufWriter::with_capacity(1 << 20, file),
            hasher: blake3::Hasher::new(),
            bytes: 0,
        };
        let broken = |e: String| Error::io("write", path, std::io::Error::other(e));
        let encoder = match format {
            Format::Parquet => {
                let pairs = metadata
                    .iter()
                    .map(|(k, v)| parquet::file::metadata::KeyValue::new(k.clone(), v.clone()));
                let properties = WriterProperties::builder()
                    .set_compression(Compression::ZSTD(ZstdLevel::default()))
                    .set_created_by(format!("jumelles {}", env!("CARGO_PKG_VERSION")))
                    .set_max_row_group_row_count(Some(super::generation::BATCH as usize))
                    .set_key_value_metadata(Some(pairs.collect()))
                    .build();
                let writer = ArrowWriter::try_new(sink, schema, Some(properties))
                    .map_err(|e| broken(e.to_string()))?;
                Encoder::Parquet(Box::new(writer))
            }
            Format::Csv => {
                Encoder::Csv(Box::new(arrow::csv::WriterBuilder::new().with_header(true).build(sink)))
            }
            Format::Jsonl => {
                let builder = arrow::json::WriterBuilder::new().with_explicit_nulls(true);
                Encoder::Jsonl(Box::new(builder.build(sink)))
            }
            Format::Arrow => {
                let writer = arrow::ipc::writer::FileWriter::try_new(sink, &schema)
                    .map_err(|e| broken(e.to_string()))?;
                Encoder::Arrow(Box::new(writer))
            }
        };
        Ok(Self {
            path: path.to_owned(),
            arm: arm.to_owned(),
            encoder,
            content: ContentHash::default(),
            rows: 0,
        })
    }

    pub(super) fn write(&mut self, first_unit: u64, batch: &RecordBatch) -> Result<()> {
        self.content.add_batch(&self.arm, first_unit, batch);
        self.rows += batch.num_rows() as u64;
        let written = match &mut self.encoder {
            Encoder::Parquet(writer) => {
                writer.write(batch).and_then(|()| writer.flush()).map_err(|e| e.to_string())
            }
            Encoder::Csv(writer) => {
                super::place::neutralised(batch).and_then(|b| writer.write(&b)).map_err(|e| e.to_string())
            }
            Encoder::Jsonl(writer) => writer.write(batch).map_err(|e| e.to_string()),
            // An IPC file holds one dictionary a column for all its batches, which is what batches of one model share.
            Encoder::Arrow(writer) => writer.write(batch).map_err(|e| e.to_string()),
        };
        written.map_err(|e| Error::io("write", &self.path, std::io::Error::other(e)))
    }

    /// Finishes the file and waits until the disk has it.
    pub(super) fn finish(self) -> Result<Written> {
        let path = self.path;
        let broken = |e: String| Error::io("write", &path, std::io::Error::other(e));
        let mut sink = match self.encoder {
            Encoder::Parquet(writer) => writer.into_inner().map_err(|e| broken(e.to_string()))?,
            Encoder::Csv(writer) => writer.into_inner(),
            Encoder::Jsonl(mut writer) => {
                writer.finish().map_err(|e| broken(e.to_string()))?;
                writer.into_inner()
            }
            Encoder::Arrow(mut writer) => {
                writer.finish().map_err(|e| broken(e.to_string()))?;
                writer.into_inner().map_err(|e| broken(e.to_string()))?
            }
        };
        sink.flush().map_err(|e| Error::io("write", &path, e))?;
        sink.file.get_ref().sync_all().map_err(|e| Error::io("write", &path, e))?;
        Ok(Written {
            rows: self.rows,
            bytes: sink.bytes,
            content: self.content,
            file_hash: sink.hasher.finalize().to_hex().to_string(),
        })
    }
}
