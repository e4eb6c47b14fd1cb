//! How a chunk is proven: what the library reads is what was given, and what it says of its own chunk is what we say.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, PrimitiveArray, RecordBatch, StringArray};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{ArrowPrimitiveType, DataType, Field, Schema, SchemaRef};
use bytes::Bytes;
use parquet::arrow::arrow_reader::{
    ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection, RowSelector,
};
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::arrow::{ArrowSchemaConverter, ArrowWriter};
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use proptest::prelude::*;

use super::*;

/// A field of the array's type: an optional one where values are missing, and of the others every second.
pub(super) fn field(array: &ArrayRef) -> Field {
    let optional = array.logical_null_count() > 0 || array.len().is_multiple_of(2);
    Field::new("c", array.data_type().clone(), optional)
}

/// The columns of a file with these fields.
pub(super) fn columns(schema: &SchemaRef) -> parquet::schema::types::SchemaDescriptor {
    ArrowSchemaConverter::new().convert(schema).unwrap()
}

/// A file of one column whose row groups are these chunks.
pub(super) fn file(schema: &SchemaRef, chunks: &[&Chunk]) -> Bytes {
    let mut properties = WriterProperties::builder().build();
    parquet::arrow::add_encoded_arrow_schema_to_metadata(schema, &mut properties);
    let root = columns(schema).root_schema_ptr();
    let mut file = SerializedFileWriter::new(Vec::new(), root, Arc::new(properties)).unwrap();
    for chunk in chunks {
        let mut group = file.next_row_group().unwrap();
        chunk.append_to(&mut group).unwrap();
        group.close().unwrap();
    }
    file.into_inner().unwrap().into()
}

/// The values of a file and its metadata with the page index.
pub(super) fn read(file: Bytes) -> (ArrayRef, Arc<ParquetMetaData>) {
    let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Required);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).unwrap();
    let metadata = builder.metadata().clone();
    let schema = builder.schema().clone();
    let batches: Vec<RecordBatch> =
        builder.with_batch_size(1 << 20).build().unwrap().map(Result::unwrap).collect();
    let all = arrow::compute::concat_batches(&schema, &batches).unwrap();
    (all.column(0).clone(), metadata)
}

/// Values without their dictionary.
pub(super) fn plain(array: &ArrayRef) -> ArrayRef {
    match array.data_type() {
        DataType::Dictionary(_, value) => arrow::compute::cast(array, value).unwrap(),
        _ => array.clone(),
    }
}

/// The column as the library writes it, in pages of the same rows.
fn by_library(schema: &SchemaRef, array: &ArrayRef) -> Arc<ParquetMetaData> {
    let properties = WriterProperties::builder()
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_data_page_size_limit(1 << 30)
        .set_dictionary_page_size_limit(1 << 30)
        .set_max_row_group_row_count(None)
        .build();
    let options = ArrowWriterOptions::new().with_properties(properties);
    let mut writer = ArrowWriter::try_new_with_options(Vec::new(), schema.clone(), options).unwrap();
    writer.write(&RecordBatch::try_new(schema.clone(), vec![array.clone()]).unwrap()).unwrap();
    read(writer.into_inner().unwrap().into()).1
}

/// Encodes, appends to two files at different places, reads both, and compares what is said of the values.
pub(super) fn proven(array: &ArrayRef, hint: &Hint) -> Chunk {
    let schema: SchemaRef = Arc::new(Schema::new(vec![field(array)]));
    let column = columns(&schema).column(0);
    let mut encoder = Encoder::new().unwrap();
    let chunk = encoder.encode(&column, array, hint).unwrap();
    let again = encoder.encode(&column, array, hint).unwrap();
    assert_eq!(chunk.bytes(), again.bytes(), "the same input gives the same bytes");
    same(&chunk, &schema, array);
    chunk
}

pub(super) fn same(chunk: &Chunk, schema: &SchemaRef, array: &ArrayRef) {
    let (once, metadata) = read(file(schema, &[chunk]));
    assert_eq!(&plain(&once), &plain(array));
    let twice = arrow::compute::concat(&[array.as_ref(), array.as_ref()]).unwrap();
    assert_eq!(&plain(&read(file(schema, &[chunk, chunk])).0), &plain(&twice));
    let expected = by_library(schema, array);
    if array.is_empty() {
        return;
    }
    let (ours, theirs) = (metadata.row_group(0).column(0), expected.row_group(0).column(0));
    assert_eq!(ours.statistics(), theirs.statistics());
    assert_eq!(ours.num_values(), theirs.num_values());
    assert_eq!(ours.definition_level_histogram(), theirs.definition_level_histogram());
    let (ours, theirs) = (metadata.page_index_for_row_group(0), expected.page_index_for_row_group(0));
    assert!(ours.column_index(0).is_some());
    assert_eq!(format!("{:?}", ours.column_index(0)), format!("{:?}", theirs.column_index(0)));
    let rows = |index: &parquet::file::metadata::page_index::RowGroupPageIndex| -> Vec<i64> {
        let locations = index.offset_index(0).unwrap().page_locations().clone();
        locations.iter().map(|page| page.first_row_index).collect()
    };
    assert_eq!(rows(&ours), rows(&theirs));
}

/// Rows of the file by the page index: pages that hold none of them are not read.
pub(super) fn rows_of(file: Bytes, rows: std::ops::Range<usize>) -> ArrayRef {
    let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Required);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).unwrap();
    let selection = RowSelection::from(vec![RowSelector::skip(rows.start), RowSelector::select(rows.len())]);
    let schema = builder.schema().clone();
    let batches: Vec<RecordBatch> =
        builder.with_row_selection(selection).build().unwrap().map(Result::unwrap).collect();
    arrow::compute::concat_batches(&schema, &batches).unwrap().column(0).clone()
}

/// Numbers that look random, the same for the same seed (splitmix64).
fn noise(seed: u64, i: usize) -> u64 {
    let mut z = seed.wrapping_add((i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// How a random column is shaped.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub rows: usize,
    pub seed: u64,
    /// Rows that have the same value as the row before them come in stretches of about so many.
    pub stretch: usize,
    /// Of 256 rows, so many have no value; by stretches of 1000 rows, so that there are pages without any.
    pub missing: u64,
    /// Rows at the start that are cut off again, so that the array has an offset.
    pub offset: usize,
}

impl Shape {
    fn noise(&self, i: usize) -> u64 {
        noise(self.seed, i / self.stretch)
    }

    pub fn nulls(&self) -> Option<NullBuffer> {
        let absent = |i: usize| match noise(!self.seed, i / 1000) % 4 {
            0 => self.missing > 128,
            1 => false,
            _ => noise(self.seed ^ 7, i) % 256 < self.missing,
        };
        (self.missing > 0).then(|| (0..self.rows + self.offset).map(|i| !absent(i)).collect())
    }

    pub fn values<T>(&self, value: impl Fn(u64) -> T) -> Vec<T> {
        (0..self.rows + self.offset).map(|i| value(self.noise(i))).collect()
    }

    pub fn array(&self, array: impl Array + 'static) -> ArrayRef {
        (Arc::new(array) as ArrayRef).slice(self.offset, self.rows)
    }

    pub fn numbers<T: ArrowPrimitiveType>(&self, value: impl Fn(u64) -> T::Native) -> ArrayRef {
        self.array(PrimitiveArray::<T>::new(self.values(value).into(), self.nulls()))
    }
}

pub(super) fn shapes() -> impl Strategy<Value = Shape> {
    let rows = prop_oneof![
        30 => 0usize..200,
        8 => 200usize..5000,
        1 => PAGE_ROWS - 70..PAGE_ROWS + 70,
        1 => 2 * PAGE_ROWS..3 * PAGE_ROWS,
    ];
    let stretch = prop_oneof![Just(1usize), 1usize..300];
    let missing = prop_oneof![Just(0u64), 0u64..20, 0u64..=256];
    (rows, any::<u64>(), stretch, missing, 0usize..70)
        .prop_map(|(rows, seed, stretch, missing, offset)| Shape { rows, seed, stretch, missing, offset })
}

/// Texts whose order is not that of their numbers; some are empty, none is longer than a bound.
pub(super) fn text(number: u64) -> String {
    let number = number % 1_000_003;
    "é".repeat((number % 5) as usize) + &format!("{:x}", number.wrapping_mul(2_654_435_761) % 1_000_003)
}

pub(super) fn levels(count: u64) -> ArrayRef {
    Arc::new(StringArray::from_iter_values((0..count).map(text)))
}
