//! What the library reads is what was given, and what it would have said about it is what we say.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int16Array,
    Int32Array, Int64Array, PrimitiveArray, RecordBatch, StringArray, UInt8Array,
};
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
    let batches: Vec<RecordBatch> =
        builder.with_batch_size(1 << 20).build().unwrap().map(Result::unwrap).collect();
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
    let rows = |index: &parquet::file::metadata::page_index::RowGroupPageIndex| -> Vec<i64> {
        let locations = index.offset_index(0).unwrap().page_locations().clone();
        locations.iter().map(|page| page.first_row_index).collect()
    };
    assert_eq!(rows(&ours), rows(&theirs));
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
struct Shape {
    rows: usize,
    seed: u64,
    /// Rows that have the same value as the row before them come in stretches of about so many.
    stretch: usize,
    /// Of 256 rows, so many have no value; by stretches of 1000 rows, so that there are pages without any.
    missing: u64,
    /// Rows at the start that are cut off again, so that the array has an offset.
    offset: usize,
}

impl Shape {
    fn noise(&self, i: usize) -> u64 {
        noise(self.seed, i / self.stretch)
    }

    fn nulls(&self) -> Option<NullBuffer> {
        let absent = |i: usize| match noise(!self.seed, i / 1000) % 4 {
            0 => self.missing > 128,
            1 => false,
            _ => noise(self.seed ^ 7, i) % 256 < self.missing,
        };
        (self.missing > 0).then(|| (0..self.rows + self.offset).map(|i| !absent(i)).collect())
    }

    fn values<T>(&self, value: impl Fn(u64) -> T) -> Vec<T> {
        (0..self.rows + self.offset).map(|i| value(self.noise(i))).collect()
    }

    fn array(&self, array: impl Array + 'static) -> ArrayRef {
        (Arc::new(array) as ArrayRef).slice(self.offset, self.rows)
    }

    fn numbers<T: ArrowPrimitiveType>(&self, value: impl Fn(u64) -> T::Native) -> ArrayRef {
        self.array(PrimitiveArray::<T>::new(self.values(value).into(), self.nulls()))
    }
}

fn shapes() -> impl Strategy<Value = Shape> {
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
fn text(number: u64) -> String {
    let number = number % 1_000_003;
    "é".repeat((number % 5) as usize) + &format!("{:x}", number.wrapping_mul(2_654_435_761) % 1_000_003)
}

fn levels(count: u64) -> ArrayRef {
    Arc::new(StringArray::from_iter_values((0..count).map(text)))
}

proptest! {
    #[test]
    fn known_codes_are_read_back(shape in shapes(), width in 0u32..=17, less in 0u64..3, prepared in any::<bool>()) {
        let count = (1u64 << width).saturating_sub(less).max(1);
        let values = levels(count);
        // Behind missing cells stand codes that mean nothing.
        let keys = Int32Array::new(shape.values(|n| (n % count) as i32).into(), shape.nulls());
        let hint = if prepared { Hint::Known(Arc::new(Known::of(&values).unwrap())) } else { Hint::Nothing };
        proven(&shape.array(DictionaryArray::new(keys, values)), &hint);
    }

    #[test]
    fn small_keys_are_read_back(shape in shapes(), count in 1u64..=200) {
        let keys = UInt8Array::new(shape.values(|n| (n % count) as u8).into(), shape.nulls());
        proven(&shape.array(DictionaryArray::new(keys, levels(count))), &Hint::Nothing);
        let keys = Int16Array::new(shape.values(|n| (n % count) as i16).into(), shape.nulls());
        proven(&shape.array(DictionaryArray::new(keys, levels(count))), &Hint::Nothing);
    }

    #[test]
    fn whole_numbers_are_read_back(shape in shapes(), shift in 0u32..64, base in any::<i64>(), unique in any::<bool>()) {
        let hint = if unique { Hint::Unique } else { Hint::Nothing };
        let small = |n: u64| base.wrapping_add((n >> shift) as i64);
        proven(&shape.numbers::<arrow::datatypes::Int64Type>(small), &hint);
        let smaller = |n: u64| (base as i32).wrapping_add((n as u32 >> (shift / 2)) as i32);
        proven(&shape.numbers::<arrow::datatypes::Int32Type>(smaller), &hint);
        proven(&shape.numbers::<arrow::datatypes::Date32Type>(smaller), &hint);
    }

    #[test]
    fn ids_are_read_back(rows in 0usize..5000, first in any::<i64>(), stride in -5i64..=5) {
        let ids = Int64Array::from_iter_values((0..rows as i64).map(|i| first.wrapping_add(i.wrapping_mul(stride))));
        proven(&(Arc::new(ids) as ArrayRef), &Hint::Unique);
    }

    #[test]
    fn rounded_numbers_are_read_back(shape in shapes(), decimals in -3i32..=6, spread in 1u64..1 << 40, off in -1i32..=1) {
        let power = 10f64.powi(decimals.abs());
        let value = |n: u64| {
            let step = (n % spread) as f64 - (spread / 3) as f64;
            if decimals >= 0 { step / power } else { step * power }
        };
        // A hint that is off by a decimal costs no value.
        proven(&shape.numbers::<arrow::datatypes::Float64Type>(value), &Hint::Decimals(decimals + off));
    }

    #[test]
    fn any_numbers_are_read_back(shape in shapes()) {
        let value = |n: u64| {
            let number = f64::from_bits(n);
            match n % 64 {
                0 => -0.0,
                1 => 0.0,
                2 => f64::INFINITY,
                _ if number.is_nan() => n as f64,
                _ => number,
            }
        };
        proven(&shape.numbers::<arrow::datatypes::Float64Type>(value), &Hint::Nothing);
    }

    #[test]
    fn truth_values_are_read_back(shape in shapes(), share in 0u64..=8) {
        proven(&shape.array(BooleanArray::new(shape.values(|n| n % 8 < share).into(), shape.nulls())), &Hint::Nothing);
    }

    #[test]
    fn texts_are_read_back(shape in shapes(), seeds in prop::collection::vec("\\PC{0,12}", 1..20)) {
        let texts = shape.values(|n| format!("{}{}", seeds[(n % seeds.len() as u64) as usize], text(n)));
        // Behind missing cells stand texts.
        let whole = StringArray::from(texts);
        let texts = StringArray::new(whole.offsets().clone(), whole.values().clone(), shape.nulls());
        proven(&shape.array(texts), &Hint::Unique);
    }

    #[test]
    fn a_repeated_value_is_read_back(rows in prop_oneof![0usize..300, PAGE_ROWS - 1..PAGE_ROWS + 2, Just(3 * PAGE_ROWS)], number in any::<i64>()) {
        let dictionary = DictionaryArray::new(Int32Array::from(vec![1]), levels(3));
        let values: [ArrayRef; 7] = [
            Arc::new(Int64Array::from(vec![number])),
            Arc::new(Int32Array::from(vec![number as i32])),
            Arc::new(Date32Array::from(vec![number as i32])),
            Arc::new(Float64Array::from(vec![number as f64])),
            Arc::new(BooleanArray::from(vec![number > 0])),
            Arc::new(dictionary),
            Arc::new(StringArray::from(vec![if number > 0 { Some("x") } else { None }])),
        ];
        for value in values {
            let schema: SchemaRef = Arc::new(Schema::new(vec![field(&value)]));
            let chunk = Encoder::new().unwrap().repeat(&columns(&schema).column(0), &value, rows).unwrap();
            let zeros = arrow::array::UInt32Array::from(vec![0; rows]);
            same(&chunk, &schema, &arrow::compute::take(&value, &zeros, None).unwrap());
            prop_assert!(chunk.bytes().len() < 400);
        }
    }
}

/// Rows of the file by the page index: pages that hold none of them are not read.
fn rows_of(file: Bytes, rows: std::ops::Range<usize>) -> ArrayRef {
    let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Required);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).unwrap();
    let selection = RowSelection::from(vec![RowSelector::skip(rows.start), RowSelector::select(rows.len())]);
    let schema = builder.schema().clone();
    let batches: Vec<RecordBatch> =
        builder.with_row_selection(selection).build().unwrap().map(Result::unwrap).collect();
    arrow::compute::concat_batches(&schema, &batches).unwrap().column(0).clone()
}

#[test]
fn any_rows_are_found_by_the_page_index() {
    let shape = Shape { rows: 3 * PAGE_ROWS + 100, seed: 11, stretch: 3, missing: 30, offset: 0 };
    let keys = Int32Array::new(shape.values(|n| (n % 300) as i32).into(), shape.nulls());
    let arrays = [
        shape.array(DictionaryArray::new(keys, levels(300))),
        shape.numbers::<arrow::datatypes::Int64Type>(|n| n as i64),
        shape.numbers::<arrow::datatypes::Float64Type>(|n| n as f64),
        shape.array(BooleanArray::new(shape.values(|n| n % 3 == 0).into(), shape.nulls())),
        shape.array(StringArray::from(shape.values(text))),
    ];
    for array in arrays {
        let schema: SchemaRef = Arc::new(Schema::new(vec![field(&array)]));
        let chunk =
            Encoder::new().unwrap().encode(&columns(&schema).column(0), &array, &Hint::Nothing).unwrap();
        // The second row group stands behind the first, so that its offsets were moved.
        let file = file(&schema, &[&chunk, &chunk]);
        for first in [0, 5, PAGE_ROWS - 1, PAGE_ROWS, 2 * PAGE_ROWS + 17, array.len() - 300] {
            let (once, twice) = (first..first + 300, array.len() + first..array.len() + first + 300);
            let expected = plain(&array.slice(first, 300));
            assert_eq!(&plain(&rows_of(file.clone(), once)), &expected);
            assert_eq!(&plain(&rows_of(file.clone(), twice)), &expected);
        }
    }
}

#[test]
fn a_chunk_may_have_a_million_rows() {
    let shape = Shape { rows: 1 << 20, seed: 5, stretch: 1, missing: 9, offset: 1 };
    let keys = Int32Array::new(shape.values(|n| (n % 70_000) as i32).into(), shape.nulls());
    proven(&shape.array(DictionaryArray::new(keys, levels(70_000))), &Hint::Nothing);
    proven(&shape.numbers::<arrow::datatypes::Int64Type>(|n| (n % 1000) as i64 * 100), &Hint::Nothing);
}

#[test]
fn what_has_no_encoding_of_ours_is_read_back() {
    let arrays: [ArrayRef; 3] = [
        Arc::new(Float64Array::from(vec![Some(1.0), Some(f64::NAN), None])),
        Arc::new(arrow::array::Float32Array::from(vec![1.5; 70_000])),
        Arc::new(DictionaryArray::new(
            Int32Array::from(vec![0, 1, 0]),
            Arc::new(StringArray::from(vec![Some("a"), None])) as ArrayRef,
        )),
    ];
    for array in arrays {
        let schema: SchemaRef = Arc::new(Schema::new(vec![field(&array)]));
        let chunk =
            Encoder::new().unwrap().encode(&columns(&schema).column(0), &array, &Hint::Nothing).unwrap();
        let read = plain(&read(file(&schema, &[&chunk, &chunk])).0);
        let given = plain(&arrow::compute::concat(&[array.as_ref(), array.as_ref()]).unwrap());
        assert_eq!(format!("{read:?}"), format!("{given:?}"));
    }
}

#[test]
fn long_texts_are_bounded_by_their_beginnings() {
    let texts = StringArray::from_iter_values((0..100).map(|i| format!("{}{i}", "bœuf ".repeat(30))));
    proven(&(Arc::new(texts) as ArrayRef), &Hint::Unique);
}

#[test]
fn pages_without_any_value_have_no_bounds() {
    let rows = 3 * PAGE_ROWS;
    let present = |i: usize| i / PAGE_ROWS != 1;
    let nulls: NullBuffer = (0..rows).map(present).collect();
    let numbers = Int64Array::new((0..rows as i64).collect::<Vec<_>>().into(), Some(nulls));
    let chunk = proven(&(Arc::new(numbers) as ArrayRef), &Hint::Unique);
    assert!(chunk.close_result().column_index.as_ref().unwrap().is_null_page(1));
}

#[test]
fn a_required_column_refuses_missing_values_and_a_column_another_type() {
    let schema: SchemaRef = Arc::new(Schema::new(vec![Field::new("c", DataType::Int64, false)]));
    let column = columns(&schema).column(0);
    let mut encoder = Encoder::new().unwrap();
    let mut refused =
        |array: ArrayRef, hint: Hint| encoder.encode(&column, &array, &hint).err().unwrap().to_string();
    let missing = refused(Arc::new(Int64Array::from(vec![Some(1), None])), Hint::Nothing);
    assert_eq!(missing, "Parquet error: column `c` is required, found 1 missing values");
    let other = refused(Arc::new(Float64Array::from(vec![1.0])), Hint::Nothing);
    assert_eq!(other, "Parquet error: column `c` is stored as INT64, found values of Float64");
}

#[test]
fn another_dictionary_than_the_known_one_is_refused() {
    let array: ArrayRef = Arc::new(DictionaryArray::new(Int32Array::from(vec![0]), levels(3)));
    let schema: SchemaRef = Arc::new(Schema::new(vec![field(&array)]));
    let hint = Hint::Known(Arc::new(Known::of(&levels(4)).unwrap()));
    assert!(Encoder::new().unwrap().encode(&columns(&schema).column(0), &array, &hint).is_err());
    assert!(Known::of(&(Arc::new(Int64Array::from(vec![1])) as ArrayRef)).is_err());
}

#[test]
fn a_dictionary_of_many_holds_only_what_occurs() {
    let keys = Int32Array::from_iter_values((0..10_000).map(|i| i % 3 * 1000));
    let array: ArrayRef = Arc::new(DictionaryArray::new(keys, levels(5000)));
    let chunk = proven(&array, &Hint::Nothing);
    assert!(chunk.bytes().len() < 3000, "{}", chunk.bytes().len());
    assert_eq!(array.as_dictionary::<arrow::datatypes::Int32Type>().values().len(), 5000);
}
