//! Writes random columns of every kind twice: `encoded.parquet` by this crate, `library.parquet` by the library's
//! writer. `tests/python/encoded_columns.py` reads both with other people's readers.
//!
//! `cargo run --example encoded_columns -- DIR`

use std::error::Error;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int32Array, Int64Array, RecordBatch,
    StringArray, new_null_array,
};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use jumelles::encode::{Encoder, Hint};
use parquet::arrow::{ArrowSchemaConverter, ArrowWriter, add_encoded_arrow_schema_to_metadata};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;

/// Row groups: of several pages, of one row, of none, of less than a byte of bits.
const GROUPS: [usize; 5] = [100_000, 1, 0, 70_001, 7];

/// A random 64-bit number (splitmix64).
fn noise(column: u64, row: usize) -> u64 {
    let mut z = column.wrapping_mul(0xd6e8_feb8_6659_fd93);
    z = z.wrapping_add((row as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A column: its array of the rows from `first` on, and what is known of it.
struct Column {
    name: String,
    nullable: bool,
    hint: Hint,
    array: Box<dyn Fn(usize, usize) -> ArrayRef>,
}

fn category(levels: u64, nullable: bool) -> Column {
    let texts = (0..levels).map(|v| format!("é{}", v * 7919 % 100_003));
    let values: ArrayRef = Arc::new(StringArray::from_iter_values(texts));
    let array = move |first: usize, rows: usize| -> ArrayRef {
        let keys = (first..first + rows).map(|row| (noise(levels, row) % levels) as i32).collect::<Vec<_>>();
        let keys = Int32Array::new(keys.into(), nulls(nullable, first, rows));
        Arc::new(DictionaryArray::new(keys, values.clone()))
    };
    column(&format!("category_{levels}"), nullable, Hint::Nothing, array)
}

fn named(name: &str, nullable: bool) -> String {
    format!("{name}{}", if nullable { "_or_missing" } else { "" })
}

/// Every ninth row is missing, at random.
fn nulls(nullable: bool, first: usize, rows: usize) -> Option<NullBuffer> {
    nullable.then(|| (first..first + rows).map(|row| !noise(1, row).is_multiple_of(9)).collect())
}

fn column(
    name: &str,
    nullable: bool,
    hint: Hint,
    array: impl Fn(usize, usize) -> ArrayRef + 'static,
) -> Column {
    Column { name: named(name, nullable), nullable, hint, array: Box::new(array) }
}

fn columns() -> Vec<Column> {
    let mut columns = vec![
        column("id", false, Hint::Unique, |first, rows| {
            Arc::new(Int64Array::from_iter_values(
                (first..first + rows).map(|row| (1 << 52) | (3 * row as i64)),
            ))
        }),
        column("nothing", true, Hint::Nothing, |_, rows| new_null_array(&DataType::Int64, rows)),
    ];
    for nullable in [false, true] {
        columns.extend([1, 2, 5, 256, 257, 30_000].map(|levels| category(levels, nullable)));
        let wholes = |modulus: u64| {
            move |first: usize, rows: usize| -> ArrayRef {
                let values = (first..first + rows).map(|row| (noise(2, row) % modulus) as i64 - 50);
                Arc::new(Int64Array::new(values.collect::<Vec<_>>().into(), nulls(nullable, first, rows)))
            }
        };
        columns.push(column("below_100", nullable, Hint::Nothing, wholes(100)));
        columns.push(column("wide", nullable, Hint::Unique, wholes(u64::MAX)));
        columns.push(column("truth", nullable, Hint::Nothing, move |first, rows| {
            let values = (first..first + rows).map(|row| noise(3, row).is_multiple_of(3)).collect::<Vec<_>>();
            Arc::new(BooleanArray::new(values.into(), nulls(nullable, first, rows)))
        }));
        columns.push(column("day", nullable, Hint::Nothing, move |first, rows| {
            let values =
                (first..first + rows).map(|row| (noise(4, row) % 20_000) as i32 - 5000).collect::<Vec<_>>();
            Arc::new(Date32Array::new(values.into(), nulls(nullable, first, rows)))
        }));
        let numbers = |modulus: u64, power: f64| {
            move |first: usize, rows: usize| -> ArrayRef {
                let values =
                    (first..first + rows).map(|row| ((noise(5, row) % modulus) as f64 - 300.0) / power);
                Arc::new(Float64Array::new(values.collect::<Vec<_>>().into(), nulls(nullable, first, rows)))
            }
        };
        columns.push(column("decimal", nullable, Hint::Decimals(2), numbers(2000, 100.0)));
        columns.push(column("number", nullable, Hint::Nothing, numbers(1 << 50, 1e9)));
        columns.push(column("text", nullable, Hint::Unique, move |first, rows| {
            let texts = (first..first + rows)
                .map(|row| format!("{:x}œ", noise(6, row) >> (row % 60)))
                .collect::<Vec<_>>();
            let whole = StringArray::from(texts);
            Arc::new(StringArray::new(
                whole.offsets().clone(),
                whole.values().clone(),
                nulls(nullable, first, rows),
            ))
        }));
    }
    columns
}

fn main() -> Result<(), Box<dyn Error>> {
    let dir = std::env::args().nth(1).ok_or("name the directory that the files are written to")?;
    let (dir, columns) = (Path::new(&dir), columns());
    let fields = columns.iter().map(|c| Field::new(&c.name, (c.array)(0, 0).data_type().clone(), c.nullable));
    let schema: SchemaRef = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let parquet_schema = ArrowSchemaConverter::new().convert(&schema)?;
    let mut properties = WriterProperties::builder().build();
    add_encoded_arrow_schema_to_metadata(&schema, &mut properties);
    let file = File::create(dir.join("encoded.parquet"))?;
    let mut ours = SerializedFileWriter::new(file, parquet_schema.root_schema_ptr(), Arc::new(properties))?;
    let mut theirs = ArrowWriter::try_new(File::create(dir.join("library.parquet"))?, schema.clone(), None)?;
    let mut encoder = Encoder::new()?;
    let mut first = 0;
    for rows in GROUPS {
        let arrays: Vec<ArrayRef> = columns.iter().map(|column| (column.array)(first, rows)).collect();
        let mut group = ours.next_row_group()?;
        for (i, (column, array)) in columns.iter().zip(&arrays).enumerate() {
            encoder.encode(&parquet_schema.column(i), array, &column.hint)?.append_to(&mut group)?;
        }
        group.close()?;
        theirs.write(&RecordBatch::try_new(schema.clone(), arrays)?)?;
        theirs.flush()?;
        first += rows;
    }
    ours.close()?;
    theirs.close()?;
    Ok(())
}
