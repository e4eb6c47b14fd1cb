//! Parquet column chunks, encoded once and appended to the file of every arm that shows the column.

use std::sync::Arc;

use arrow::array::ArrayRef;
use arrow::datatypes::{DataType, Field, Schema};
use bytes::Bytes;
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::arrow_writer::{ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnPath, SchemaDescriptor};

/// A finished column chunk.
pub(super) struct Chunk {
    bytes: Bytes,
    close: ColumnCloseResult,
}

impl Chunk {
    /// Encodes one column of one row group. The chunk is laid out by a file of its own in memory, so that its offsets are
    /// those of a written file; appending moves them.
    pub(super) fn encode(field: &Field, array: &ArrayRef) -> Result<Chunk, ParquetError> {
        let schema = Arc::new(Schema::new(vec![field.clone()]));
        let properties = Arc::new(properties(&schema)?.build());
        let mut scratch =
            SerializedFileWriter::new(Vec::new(), parquet_schema(&schema)?.root_schema_ptr(), properties)?;
        let mut writers = ArrowRowGroupWriterFactory::new(&scratch, schema).create_column_writers(0)?;
        let mut writer =
            writers.pop().ok_or_else(|| ParquetError::General("a column has no writer".to_owned()))?;
        for leaf in compute_leaves(field, array)? {
            writer.write(&leaf)?;
        }
        let chunk = writer.close()?;
        let mut close = chunk.close().clone();
        let mut group = scratch.next_row_group()?;
        chunk.append_to_row_group(&mut group)?;
        close.metadata = group.close()?.column(0).clone();
        // Offsets of pages are not kept: `properties` says so.
        close.offset_index = None;
        close.column_index = None;
        let bytes = Bytes::from(scratch.into_inner()?);
        Ok(Chunk { bytes, close })
    }

    /// Appends the chunk as the next column of a row group.
    pub(super) fn append<W: std::io::Write + Send>(
        &self,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<(), ParquetError> {
        group.append_column(&self.bytes, self.close.clone())
    }
}

/// The Parquet schema of an Arrow schema.
pub(super) fn parquet_schema(schema: &Schema) -> Result<SchemaDescriptor, ParquetError> {
    ArrowSchemaConverter::new().convert(schema)
}

/// How files of these columns are written: zstd at level 1, statistics by column chunk; ids are consecutive, so they are
/// written as differences.
pub(super) fn properties(schema: &Schema) -> Result<WriterPropertiesBuilder, ParquetError> {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true);
    for field in schema.fields() {
        if field.data_type() == &DataType::Int64 && matches!(field.name().as_str(), "record_id" | "unit_id") {
            let path = ColumnPath::from(field.name().as_str());
            properties = properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
        }
    }
    Ok(properties)
}
