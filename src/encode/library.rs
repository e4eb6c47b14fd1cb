//! What has no encoding of our own, through the library's writer.

use std::sync::Arc;

use arrow::array::ArrayRef;
use arrow::datatypes::{Field, Schema};
use bytes::Bytes;
use parquet::arrow::arrow_writer::{ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnDescPtr, Type};

use super::chunk::Chunk;
use super::cut::PAGE_ROWS;

/// A chunk as the library encodes it; with `dictionary`, values are looked up in one.
pub(super) fn encode(
    column: &ColumnDescPtr,
    array: &ArrayRef,
    dictionary: bool,
) -> Result<Chunk, ParquetError> {
    let optional = column.max_def_level() > 0;
    let field = Field::new(column.name(), array.data_type().clone(), optional);
    let root = Type::group_type_builder("schema").with_fields(vec![column.self_type_ptr()]).build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_writer_version(WriterVersion::PARQUET_2_0)
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_dictionary_enabled(dictionary)
        .build();
    // The chunk is laid out by a file of its own in memory, so that its offsets are those of a written file.
    let mut file = SerializedFileWriter::new(Vec::new(), Arc::new(root), Arc::new(properties))?;
    let schema = Arc::new(Schema::new(vec![field.clone()]));
    let mut writers = ArrowRowGroupWriterFactory::new(&file, schema).create_column_writers(0)?;
    let mut writer =
        writers.pop().ok_or_else(|| ParquetError::General("a column has no writer".to_owned()))?;
    for leaf in compute_leaves(&field, array)? {
        writer.write(&leaf)?;
    }
    let chunk = writer.close()?;
    let mut close = chunk.close().clone();
    let mut group = file.next_row_group()?;
    chunk.append_to_row_group(&mut group)?;
    close.metadata = group.close()?.column(0).clone();
    if let Some(offsets) = &mut close.offset_index {
        let mut offset = close.metadata.data_page_offset();
        for page in &mut offsets.page_locations {
            page.offset = offset;
            offset += i64::from(page.compressed_page_size);
        }
    }
    Ok(Chunk { bytes: Bytes::from(file.into_inner()?), close: Arc::new(close) })
}
