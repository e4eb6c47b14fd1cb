//! What the library reads is what was given, and what it would have said about it is what we say.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int16Array, Int32Array,
    Int64Array, PrimitiveArray, RecordBatch, StringArray, UInt8Array,
};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{ArrowPrimitiveType, DataType, Field, Schema, SchemaRef};
use bytes::Bytes;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::arrow::{ArrowSchemaConverter, ArrowWriter};
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use proptest::prelude::*;

use super::*;

/// A field of the array's type.
fn field(array: &ArrayRef) -> Field {
    Field::new("c", array.data_type().clone(), true)
}

/// The columns of a file with these fields.
fn columns(schema: &SchemaRef) -> parquet::schema::types::SchemaDescriptor {
    ArrowSchemaConverter::new().convert(schema).unwrap()
}

/// A file of one column whose row groups are these chunks.
fn file(schema: &SchemaRef, chunks: &[&Chunk]) -> Bytes {
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
fn read(file: Bytes) -> (ArrayRef, Arc<ParquetMetaData>) {
    let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Required);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).unwrap();
    let metadata = builder.metadata().clone();
    let schema = builder.schema().clone();
    let batches: Vec<RecordBatch> = builder.with_batch_size(1 << 20).build().unwrap().map(Result::unwrap).collect();
    let all = arrow::compute::concat_batches(&schema, &batches).unwrap();
    (all.column(0).clone(), metadata)
}

/// Values without their dictionary.
fn plain(array: &ArrayRef) -> ArrayRef {
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
fn proven(array: &ArrayRef, hint: &Hint) -> Chunk {
    let schema: SchemaRef = Arc::new(Schema::new(vec![field(array)]));
    let column = columns(&schema).column(0);
    let mut encoder = Encoder::new().unwrap();
    let chunk = encoder.encode(&column, array, hint).unwrap();
    let again = encoder.encode(&column, array, hint).unwrap();
    assert_eq!(chunk.bytes(), again.bytes(), "the same input gives the same bytes");
    same(&chunk, &schema, array);
    chunk
}

fn same(chunk: &Chunk, schema: &SchemaRef, array: &ArrayRef) {
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
    assert_eq!(format!("{:?}", ours.column_index(0)), format!("{:?}", theirs.column_index(0)));
    let rows = |index: &parquet::file::metadata::RowGroupPageIndex| -> Vec<i64> {
        let locations = index.offset_index(0).unwrap().page_locations().clone();
        locations.iter().map(|page| page.first_row_index).collect()
    };
    assert_eq!(rows(&ours), rows(&theirs));
}
