//! Chunks of 256 Ki rows, encoded by us and by the library's writer; sizes are printed first.

use std::sync::{Arc, LazyLock};

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int32Array, Int64Array, StringArray,
};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{Field, Schema};
use divan::counter::ItemsCount;
use jumelles::encode::{Encoder, Hint, Known};
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::arrow_writer::{ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnDescPtr;

const ROWS: usize = 1 << 18;

/// One kind of column.
struct Case {
    name: &'static str,
    column: ColumnDescPtr,
    schema: Arc<Schema>,
    array: ArrayRef,
    hint: Hint,
    /// How the library writes it best.
    plain: Option<Encoding>,
}

/// A uniform number in [0, 1) (splitmix64).
fn uniform(i: usize) -> f64 {
    let mut z = (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

/// About normal: the sum of four uniform numbers, scaled to mean 0 and deviation 1.
fn normal(i: usize) -> f64 {
    ((0..4).map(|k| uniform(4 * i + k)).sum::<f64>() - 2.0) * 3f64.sqrt()
}

fn coded(levels: usize, code: impl Fn(usize) -> usize) -> ArrayRef {
    let values = StringArray::from_iter_values((0..levels).map(|v| format!("level {v}")));
    let keys = Int32Array::from_iter_values((0..ROWS).map(|i| code(i) as i32));
    Arc::new(DictionaryArray::new(keys, Arc::new(values)))
}

fn numbers(value: impl Fn(usize) -> f64) -> ArrayRef {
    Arc::new(Float64Array::from_iter_values((0..ROWS).map(value)))
}

fn known(array: &ArrayRef) -> Hint {
    let values = arrow::array::AsArray::as_dictionary::<arrow::datatypes::Int32Type>(array).values();
    Hint::Known(Arc::new(Known::of(values).expect("texts")))
}

fn case(name: &'static str, array: ArrayRef, hint: Hint, plain: Option<Encoding>) -> Case {
    let nullable = array.null_count() > 0;
    let schema = Arc::new(Schema::new(vec![Field::new("c", array.data_type().clone(), nullable)]));
    let column = ArrowSchemaConverter::new().convert(&schema).expect("a flat schema").column(0);
    Case { name, column, schema, array, hint, plain }
}

fn with_missing(array: &ArrayRef) -> ArrayRef {
    let array = arrow::array::AsArray::as_dictionary::<arrow::datatypes::Int32Type>(array);
    let nulls: NullBuffer = (0..ROWS).map(|i| uniform(i ^ 0xabcd) > 0.05).collect();
    let keys = Int32Array::new(array.keys().values().clone(), Some(nulls));
    Arc::new(DictionaryArray::new(keys, array.values().clone()))
}

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let five = coded(5, |i| (uniform(i) * 5.0) as usize);
    let skewed = coded(5, |i| ((uniform(i) - 0.95).max(0.0) * 100.0) as usize);
    let forty = coded(40, |i| (uniform(i) * 40.0) as usize);
    let missing = with_missing(&five);
    let names = coded(30_000, |i| (uniform(i).powi(3) * 30_000.0) as usize);
    let constant = coded(5, |_| 3);
    let whole = |f: fn(usize) -> i64| Arc::new(Int64Array::from_iter_values((0..ROWS).map(f))) as ArrayRef;
    let days = Date32Array::from_iter_values((0..ROWS).map(|i| (uniform(i) * 16_000.0) as i32));
    let texts = StringArray::from_iter_values((0..ROWS).map(|i| {
        let number = (uniform(i) * 1e6) as u64;
        format!("person{number}@example{}.org", number % 7)
    }));
    let flags = BooleanArray::from_iter((0..ROWS).map(|i| Some(uniform(i) < 0.3)));
    let delta = Some(Encoding::DELTA_BINARY_PACKED);
    let split = Some(Encoding::BYTE_STREAM_SPLIT);
    vec![
        case("category of 5", five.clone(), known(&five), None),
        case("category of 5, 95 % one", skewed.clone(), known(&skewed), None),
        case("category of 5, 5 % missing", missing.clone(), known(&missing), None),
        case("category of 40", forty.clone(), known(&forty), None),
        case("names of 30000", names.clone(), known(&names), None),
        case("constant category", constant.clone(), known(&constant), None),
        case("truth values", Arc::new(flags), Hint::Nothing, None),
        case("integers below 100", whole(|i| (uniform(i) * 100.0) as i64), Hint::Nothing, None),
        case("integers below 10^9", whole(|i| (uniform(i) * 1e9) as i64), Hint::Unique, delta),
        case("ids", whole(|i| 1_000_000 + 4 * i as i64), Hint::Unique, delta),
        case("days", Arc::new(days), Hint::Nothing, None),
        case(
            "2 decimals, 0 to 20",
            numbers(|i| ((10.0 + 2.0 * normal(i)) * 100.0).round() / 100.0),
            Hint::Decimals(2),
            None,
        ),
        case(
            "0 decimals, 10^4",
            numbers(|i| (40_000.0 + 10_000.0 * normal(i)).round()),
            Hint::Decimals(0),
            split,
        ),
        case(
            "2 decimals, 10^5",
            numbers(|i| ((40_000.0 + 10_000.0 * normal(i)) * 100.0).round() / 100.0),
            Hint::Decimals(2),
            split,
        ),
        case("unrounded", numbers(normal), Hint::Nothing, split),
        case("texts", Arc::new(texts), Hint::Unique, Some(Encoding::DELTA_LENGTH_BYTE_ARRAY)),
    ]
});

fn by_library(case: &Case) -> Vec<u8> {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1).expect("a level of zstd")));
    if let Some(encoding) = case.plain {
        properties = properties.set_dictionary_enabled(false).set_encoding(encoding);
    }
    let root = ArrowSchemaConverter::new().convert(&case.schema).expect("a flat schema").root_schema_ptr();
    let mut file = SerializedFileWriter::new(Vec::new(), root, Arc::new(properties.build())).expect("a file");
    let factory = ArrowRowGroupWriterFactory::new(&file, case.schema.clone());
    let mut writer = factory.create_column_writers(0).expect("a writer").pop().expect("one writer");
    for leaf in compute_leaves(case.schema.field(0), &case.array).expect("a leaf") {
        writer.write(&leaf).expect("values");
    }
    let chunk = writer.close().expect("a chunk");
    let mut group = file.next_row_group().expect("a row group");
    chunk.append_to_row_group(&mut group).expect("the column");
    group.close().expect("one column");
    file.into_inner().expect("a finished file")
}

fn names() -> Vec<&'static str> {
    CASES.iter().map(|case| case.name).collect()
}

fn find(name: &str) -> &'static Case {
    CASES.iter().find(|case| case.name == name).expect("a case of that name")
}

#[divan::bench(args = names())]
fn ours(bencher: divan::Bencher, name: &str) {
    let case = find(name);
    let mut encoder = Encoder::new().expect("an encoder");
    bencher
        .counter(ItemsCount::new(ROWS))
        .bench_local(|| encoder.encode(&case.column, &case.array, &case.hint).expect("a chunk"));
}

#[divan::bench(args = names())]
fn library(bencher: divan::Bencher, name: &str) {
    let case = find(name);
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| by_library(case));
}

#[divan::bench]
fn repeat(bencher: divan::Bencher) {
    let case = find("constant category");
    let mut encoder = Encoder::new().expect("an encoder");
    let value = case.array.slice(0, 1);
    bencher
        .counter(ItemsCount::new(ROWS))
        .bench_local(|| encoder.repeat(&case.column, &value, ROWS).expect("a chunk"));
}

fn main() {
    let mut encoder = Encoder::new().expect("an encoder");
    println!("{:<28} {:>10} {:>10}  bytes of {ROWS} rows", "", "ours", "library");
    for case in CASES.iter() {
        let ours = encoder.encode(&case.column, &case.array, &case.hint).expect("a chunk");
        println!("{:<28} {:>10} {:>10}", case.name, ours.bytes().len(), by_library(case).len());
    }
    divan::main();
}
