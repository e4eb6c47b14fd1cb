//! A Parquet file whose row groups share column chunks: the same bytes stand in it once, and several footer entries point at
//! them.

use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

use parquet::errors::ParquetError;
use parquet::file::metadata::page_index::PageIndexBuilder;
use parquet::file::metadata::{
    ColumnChunkMetaData, FileMetaData, KeyValue, ParquetMetaDataBuilder, ParquetMetaDataWriter,
    RowGroupMetaData,
};
use parquet::file::page_index::column_index::ColumnIndexMetaData;
use parquet::file::page_index::offset_index::OffsetIndexMetaData;
use parquet::file::writer::TrackedWrite;
use parquet::schema::types::SchemaDescPtr;

use super::chunk::Chunk;

const MAGIC: &[u8] = b"PAR1";

/// A file that is being written. Readers see row groups as in any other file; programs that *copy* a file by its footer write
/// shared bytes as often as they are pointed at.
pub struct SharedFile<W: Write> {
    sink: TrackedWrite<W>,
    schema: SchemaDescPtr,
    row_groups: Vec<RowGroupMetaData>,
    indexes: Vec<Vec<Indexes>>,
    rows: i64,
}

/// What the page index says of a chunk.
#[derive(Clone)]
struct Indexes {
    column: Option<ColumnIndexMetaData>,
    offset: Option<OffsetIndexMetaData>,
}

impl<W: Write + Send> SharedFile<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// A sink that fails.
    pub fn new(sink: W, schema: SchemaDescPtr) -> Result<Self, ParquetError> {
        let mut sink = TrackedWrite::new(sink);
        sink.write_all(MAGIC)?;
        Ok(Self { sink, schema, row_groups: Vec::new(), indexes: Vec::new(), rows: 0 })
    }

    /// Writes row groups that may share chunks: a chunk that is a clone of one before it is pointed at, not written again.
    ///
    /// # Errors
    /// A sink that fails; chunks that are not those of the schema's columns, or of unequal numbers of rows.
    pub fn row_groups(&mut self, groups: &[Vec<Chunk>]) -> Result<(), ParquetError> {
        let mut written: HashMap<*const u8, i64> = HashMap::new();
        for chunks in groups {
            let rows = chunks.first().map_or(0, Chunk::rows);
            if chunks.len() != self.schema.num_columns() || chunks.iter().any(|chunk| chunk.rows() != rows) {
                let (found, wanted) = (chunks.len(), self.schema.num_columns());
                let what = format!(
                    "a row group has {found} chunks of {rows} rows or others, not {wanted} of one length"
                );
                return Err(ParquetError::General(what));
            }
            let start = self.sink.bytes_written() as i64;
            let mut columns = Vec::with_capacity(chunks.len());
            let mut indexes = Vec::with_capacity(chunks.len());
            for chunk in chunks {
                let address = chunk.bytes().as_ptr();
                let at = match written.get(&address) {
                    Some(at) => *at,
                    None => {
                        let at = self.sink.bytes_written() as i64;
                        self.sink.write_all(chunk.bytes())?;
                        written.insert(address, at);
                        at
                    }
                };
                let (column, index) = moved(chunk, at)?;
                columns.push(column);
                indexes.push(index);
            }
            let size = columns.iter().map(ColumnChunkMetaData::uncompressed_size).sum();
            let group = RowGroupMetaData::builder(self.schema.clone())
                .set_column_metadata(columns)
                .set_total_byte_size(size)
                .set_num_rows(rows as i64)
                .set_ordinal(self.row_groups.len() as i32)
                .set_file_offset(start)
                .build()?;
            self.rows += rows as i64;
            self.row_groups.push(group);
            self.indexes.push(indexes);
        }
        Ok(())
    }

    /// Writes the footer.
    ///
    /// # Errors
    /// A sink that fails.
    pub fn finish(mut self, key_values: Vec<KeyValue>) -> Result<(), ParquetError> {
        let mut pages = PageIndexBuilder::new(self.row_groups.len(), self.schema.num_columns());
        for (group, indexes) in self.indexes.into_iter().enumerate() {
            for (column, index) in indexes.into_iter().enumerate() {
                if let Some(index) = index.column {
                    pages.put_column_index(index, group, column);
                }
                if let Some(index) = index.offset {
                    pages.put_offset_index(index, group, column);
                }
            }
        }
        let created_by = format!("jumelles version {}", env!("CARGO_PKG_VERSION"));
        let file = FileMetaData::new(2, self.rows, Some(created_by), Some(key_values), self.schema, None);
        let metadata = ParquetMetaDataBuilder::new(file)
            .set_row_groups(self.row_groups)
            .set_page_index(Some(Arc::new(pages.build())))
            .build();
        self.sink.flush()?;
        ParquetMetaDataWriter::new_with_tracked(self.sink, &metadata).finish()
    }
}

/// What the footer says of a chunk whose bytes begin at `at`.
fn moved(chunk: &Chunk, at: i64) -> Result<(ColumnChunkMetaData, Indexes), ParquetError> {
    let close = chunk.close_result();
    let metadata = &close.metadata;
    let column = metadata
        .clone()
        .into_builder()
        .set_data_page_offset(metadata.data_page_offset() + at)
        .set_dictionary_page_offset(metadata.dictionary_page_offset().map(|offset| offset + at))
        .build()?;
    let mut offset = close.offset_index.clone();
    for location in offset.iter_mut().flat_map(|index| &mut index.page_locations) {
        location.offset += at;
    }
    Ok((column, Indexes { column: close.column_index.clone(), offset }))
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use arrow::array::{ArrayRef, Float64Array, Int64Array};
    use arrow::datatypes::{DataType, Field, Schema};
    use parquet::arrow::ArrowSchemaConverter;
    use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
    use parquet::file::metadata::PageIndexPolicy;

    use super::super::{Encoder, Hint};
    use super::*;

    #[test]
    fn row_groups_that_share_a_chunk_are_read_back_and_its_bytes_stand_in_the_file_once() {
        const ROWS: i64 = 40_000;
        let schema = Schema::new(vec![
            Field::new("shared", DataType::Float64, false),
            Field::new("own", DataType::Int64, false),
        ]);
        let columns = Arc::new(ArrowSchemaConverter::new().convert(&schema).unwrap());
        let mut encoder = Encoder::new().unwrap();
        // No two numbers have a bit pattern in common, so that the shared column is most of the file.
        let shared: ArrayRef =
            Arc::new(Float64Array::from_iter_values((0..ROWS).map(|i| (i as f64).sqrt().sin())));
        let own =
            |arm: i64| Arc::new(Int64Array::from_iter_values((0..ROWS).map(|i| i * 3 + arm))) as ArrayRef;
        let chunk = encoder.encode(&columns.column(0), &shared, &Hint::Nothing).unwrap();
        let groups: Vec<Vec<Chunk>> = (0..3)
            .map(|arm| {
                vec![chunk.clone(), encoder.encode(&columns.column(1), &own(arm), &Hint::Unique).unwrap()]
            })
            .collect();
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("shared.parquet");
        let mut file = SharedFile::new(File::create(&path).unwrap(), columns).unwrap();
        file.row_groups(&groups).unwrap();
        file.row_groups(&groups[..1]).unwrap();
        file.finish(vec![KeyValue::new("who".to_owned(), "shares".to_owned())]).unwrap();

        // Two calls write the shared chunk twice, three groups of one call do not.
        let length = std::fs::metadata(&path).unwrap().len() as usize;
        assert!(length < 2 * chunk.bytes().len() + 10_000, "{length}");
        let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Required);
        for (group, arm) in [0, 1, 2, 0].into_iter().enumerate() {
            let opened = File::open(&path).unwrap();
            let reader =
                ParquetRecordBatchReaderBuilder::try_new_with_options(opened, options.clone()).unwrap();
            assert_eq!(reader.metadata().file_metadata().num_rows(), 4 * ROWS);
            let mut batches =
                reader.with_row_groups(vec![group]).with_batch_size(ROWS as usize).build().unwrap();
            let batch = batches.next().unwrap().unwrap();
            assert_eq!((batch.column(0), batch.column(1)), (&shared, &own(arm)), "row group {group}");
        }
    }
}
