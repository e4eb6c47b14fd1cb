//! What the library reads is what was given, for every kind of column.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int16Array,
    Int32Array, Int64Array, StringArray, UInt8Array,
};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use proptest::prelude::*;

use super::proof::*;
use super::*;

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
fn a_constant_page_is_no_sample_of_the_pages_behind_it() {
    let code = |i: i32| if i < PAGE_ROWS as i32 { 0 } else { i / 7 % 4 };
    let keys = Int32Array::from_iter_values((0..3 * PAGE_ROWS as i32).map(code));
    let chunk = proven(&(Arc::new(DictionaryArray::new(keys, levels(4))) as ArrayRef), &Hint::Nothing);
    assert!(chunk.bytes().len() < 2000, "{}", chunk.bytes().len());
}

#[test]
fn a_dictionary_of_many_holds_only_what_occurs() {
    let keys = Int32Array::from_iter_values((0..10_000).map(|i| i % 3 * 1000));
    let array: ArrayRef = Arc::new(DictionaryArray::new(keys, levels(5000)));
    let chunk = proven(&array, &Hint::Nothing);
    assert!(chunk.bytes().len() < 3000, "{}", chunk.bytes().len());
    assert_eq!(array.as_dictionary::<arrow::datatypes::Int32Type>().values().len(), 5000);
}

/// Pinned: a suite's files are the same bytes on every machine. Another release of zstd may change them, and then the
/// changelog says so.
#[test]
fn bytes_are_the_same_everywhere() {
    let shape = Shape { rows: PAGE_ROWS + 1000, seed: 3, stretch: 2, missing: 40, offset: 0 };
    let keys = Int32Array::new(shape.values(|n| (n % 700) as i32).into(), shape.nulls());
    let arrays = [
        shape.array(DictionaryArray::new(keys, levels(700))),
        shape.numbers::<arrow::datatypes::Int64Type>(|n| (n >> 30) as i64),
        shape.numbers::<arrow::datatypes::Float64Type>(|n| (n % 1_000_000) as f64),
        shape.array(StringArray::from(shape.values(text))),
    ];
    let mut hasher = blake3::Hasher::new();
    let mut encoder = Encoder::new().unwrap();
    for array in arrays {
        let schema: SchemaRef = Arc::new(Schema::new(vec![field(&array)]));
        hasher.update(encoder.encode(&columns(&schema).column(0), &array, &Hint::Nothing).unwrap().bytes());
    }
    assert_eq!(&hasher.finalize().to_hex()[..16], "f976fcf8a4b3ff3d");
}
