//! From an Arrow array to a chunk: which encoding it gets.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, PrimitiveArray, UInt32Array, new_null_array};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{
    ArrowDictionaryKeyType, ArrowNativeType, ArrowPrimitiveType, DataType, Date32Type, Float64Type, Int8Type,
    Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
};
use parquet::basic::Type;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescPtr;

use super::chunk::Chunk;
use super::codes::{self, Used};
use super::cut::{Cut, cuts, gather};
use super::known::Known;
use super::press::Press;
use super::{decimals, flags, library, texts, wholes};

/// What the caller knows of a column and the array does not say. A wrong hint costs size or time, never a value.
#[derive(Debug, Clone, Default)]
pub enum Hint {
    /// Nothing.
    #[default]
    Nothing,
    /// The dictionary of the arrays, prepared.
    Known(Arc<Known>),
    /// Numbers are rounded to so many decimals; to tens at −1, hundreds at −2.
    Decimals(i32),
    /// Hardly any value comes twice: ids.
    Unique,
}

/// Encodes chunks, one after another, with buffers that are used again. The same input gives the same bytes, whatever was
/// encoded before.
pub struct Encoder {
    press: Press,
    codes: Vec<u32>,
    used: Used,
    days: Vec<i32>,
    wholes: Vec<i64>,
    numbers: Vec<f64>,
}

impl Encoder {
    /// An encoder; one for each thread.
    ///
    /// # Errors
    /// No memory for a compressor.
    pub fn new() -> Result<Self, ParquetError> {
        Ok(Self {
            press: Press::new()?,
            codes: Vec::new(),
            used: Used::default(),
            days: Vec::new(),
            wholes: Vec::new(),
            numbers: Vec::new(),
        })
    }

    /// Encodes one column of one row group.
    ///
    /// # Errors
    /// A nested column, an array of another type than the column, missing values in a required column, a dictionary that
    /// is not the known one.
    pub fn encode(
        &mut self,
        column: &ColumnDescPtr,
        array: &ArrayRef,
        hint: &Hint,
    ) -> Result<Chunk, ParquetError> {
        check(column, array)?;
        if array.is_empty() {
            return library::encode(column, array, false);
        }
        let nulls = array.logical_nulls();
        let cuts = cuts(array.len(), nulls.as_ref());
        if array.len() == nulls.as_ref().map_or(0, NullBuffer::null_count) {
            return self.nothing(column, &cuts);
        }
        self.encode_values(column, &cuts, array, nulls.as_ref(), hint)
    }

    /// Encodes one value, an array of length 1, in each of so many rows; the time does not grow with them.
    ///
    /// # Errors
    /// As [`Encoder::encode`]; an array of another length.
    pub fn repeat(
        &mut self,
        column: &ColumnDescPtr,
        value: &ArrayRef,
        rows: usize,
    ) -> Result<Chunk, ParquetError> {
        check(column, value)?;
        if value.len() != 1 {
            return Err(wrong(column, format!("repeats one value, found {}", value.len())));
        }
        if rows == 0 {
            return self.encode(column, &value.slice(0, 0), &Hint::Nothing);
        }
        if value.logical_null_count() == 1 {
            return self.encode(column, &new_null_array(value.data_type(), rows), &Hint::Nothing);
        }
        let cuts = cuts(rows, None);
        let press = &mut self.press;
        match value.data_type() {
            DataType::Int32 => constant(column, &cuts, value.as_primitive::<Int32Type>().value(0), press),
            DataType::Date32 => constant(column, &cuts, value.as_primitive::<Date32Type>().value(0), press),
            DataType::Int64 => constant(column, &cuts, value.as_primitive::<Int64Type>().value(0), press),
            DataType::Utf8 => {
                constant(column, &cuts, ByteArray::from(value.as_string::<i32>().value(0)), press)
            }
            DataType::Float64 if !value.as_primitive::<Float64Type>().value(0).is_nan() => {
                constant(column, &cuts, value.as_primitive::<Float64Type>().value(0), press)
            }
            DataType::Dictionary(_, texts) if **texts == DataType::Utf8 => {
                let text = arrow::compute::cast(value, texts)?;
                constant(column, &cuts, ByteArray::from(text.as_string::<i32>().value(0)), press)
            }
            _ => {
                let all = arrow::compute::take(value, &UInt32Array::from(vec![0; rows]), None)?;
                self.encode(column, &all, &Hint::Nothing)
            }
        }
    }

    /// Encodes an array that has a value.
    fn encode_values(
        &mut self,
        column: &ColumnDescPtr,
        cuts: &[Cut],
        array: &ArrayRef,
        nulls: Option<&NullBuffer>,
        hint: &Hint,
    ) -> Result<Chunk, ParquetError> {
        let unique = matches!(hint, Hint::Unique);
        let Self { press, codes, used, .. } = self;
        match array.data_type() {
            DataType::Dictionary(key, value) if **value == DataType::Utf8 => match key.as_ref() {
                DataType::Int8 => self.coded::<Int8Type>(column, cuts, array, hint),
                DataType::Int16 => self.coded::<Int16Type>(column, cuts, array, hint),
                DataType::Int32 => self.coded::<Int32Type>(column, cuts, array, hint),
                DataType::UInt8 => self.coded::<UInt8Type>(column, cuts, array, hint),
                DataType::UInt16 => self.coded::<UInt16Type>(column, cuts, array, hint),
                DataType::UInt32 => self.coded::<UInt32Type>(column, cuts, array, hint),
                _ => library::encode(column, array, true),
            },
            DataType::Boolean => flags::encode(column, cuts, array.as_boolean().values(), press),
            DataType::Int32 => {
                let values = present::<Int32Type>(array.as_primitive(), nulls, &mut self.days);
                wholes::encode(column, cuts, values, unique, codes, used, press)
            }
            DataType::Date32 => {
                let values = present::<Date32Type>(array.as_primitive(), nulls, &mut self.days);
                wholes::encode(column, cuts, values, unique, codes, used, press)
            }
            DataType::Int64 => {
                let values = present::<Int64Type>(array.as_primitive(), nulls, &mut self.wholes);
                wholes::encode(column, cuts, values, unique, codes, used, press)
            }
            DataType::Float64 => {
                let values = present::<Float64Type>(array.as_primitive(), nulls, &mut self.numbers);
                if values.iter().fold(false, |any, v| any | v.is_nan()) {
                    return library::encode(column, array, false);
                }
                let decimals = if let Hint::Decimals(decimals) = hint { Some(*decimals) } else { None };
                decimals::encode(column, cuts, values, decimals, codes, used, press)
            }
            DataType::Utf8 => texts::encode(column, cuts, array.as_string(), &mut self.days, press),
            _ => library::encode(column, array, !unique),
        }
    }

    fn coded<K: ArrowDictionaryKeyType>(
        &mut self,
        column: &ColumnDescPtr,
        cuts: &[Cut],
        array: &ArrayRef,
        hint: &Hint,
    ) -> Result<Chunk, ParquetError> {
        let array = array.as_dictionary::<K>();
        let known = match hint {
            Hint::Known(known) if !known.is(array.values()) => {
                return Err(wrong(column, "has another dictionary than the known one".to_owned()));
            }
            Hint::Known(known) => known.clone(),
            _ if array.values().null_count() > 0 => {
                return library::encode(column, &(Arc::new(array.clone()) as ArrayRef), true);
            }
            _ => Arc::new(Known::of(array.values())?),
        };
        let Self { press, codes, used, .. } = self;
        gather(array.keys().values(), array.nulls(), |key| key.as_usize() as u32, codes);
        let used = (!known.whole()).then(|| {
            used.look(codes, known.len());
            used
        });
        codes::encode(column, cuts, codes, known.as_ref(), known.len(), used, press)
    }

    fn nothing(&mut self, column: &ColumnDescPtr, cuts: &[Cut]) -> Result<Chunk, ParquetError> {
        let press = &mut self.press;
        match column.physical_type() {
            Type::BOOLEAN => codes::nothing::<bool>(column, cuts, press),
            Type::INT32 => codes::nothing::<i32>(column, cuts, press),
            Type::INT64 => codes::nothing::<i64>(column, cuts, press),
            Type::DOUBLE => codes::nothing::<f64>(column, cuts, press),
            Type::BYTE_ARRAY => codes::nothing::<ByteArray>(column, cuts, press),
            other => Err(wrong(column, format!("of {other} has no missing values of ours"))),
        }
    }
}

/// The values that are not missing: the array's own where none is, gathered into the buffer otherwise.
fn present<'a, T: ArrowPrimitiveType>(
    array: &'a PrimitiveArray<T>,
    nulls: Option<&NullBuffer>,
    buffer: &'a mut Vec<T::Native>,
) -> &'a [T::Native] {
    if nulls.is_none_or(|n| n.null_count() == 0) {
        return array.values();
    }
    gather(array.values(), nulls, |v| v, buffer);
    buffer
}

fn constant<B: codes::Plain>(
    column: &ColumnDescPtr,
    cuts: &[Cut],
    value: B,
    press: &mut Press,
) -> Result<Chunk, ParquetError> {
    codes::constant(column, cuts, &value, press)
}

fn wrong(column: &ColumnDescPtr, what: String) -> ParquetError {
    ParquetError::General(format!("column `{}` {what}", column.path().string()))
}

/// The physical type of an array's values, for the types that are encoded here.
fn physical(kind: &DataType) -> Option<Type> {
    match kind {
        DataType::Boolean => Some(Type::BOOLEAN),
        DataType::Int32 | DataType::Date32 => Some(Type::INT32),
        DataType::Int64 => Some(Type::INT64),
        DataType::Float64 => Some(Type::DOUBLE),
        DataType::Utf8 => Some(Type::BYTE_ARRAY),
        DataType::Dictionary(_, value) => physical(value),
        _ => None,
    }
}

fn check(column: &ColumnDescPtr, array: &ArrayRef) -> Result<(), ParquetError> {
    if column.path().parts().len() != 1 || column.max_rep_level() > 0 || column.max_def_level() > 1 {
        return Err(wrong(column, "is nested; only flat columns are encoded".to_owned()));
    }
    if let Some(physical) = physical(array.data_type())
        && physical != column.physical_type()
    {
        let (kind, stored) = (array.data_type(), column.physical_type());
        return Err(wrong(column, format!("is stored as {stored}, found values of {kind}")));
    }
    if column.max_def_level() == 0 && array.logical_null_count() > 0 {
        let missing = array.logical_null_count();
        return Err(wrong(column, format!("is required, found {missing} missing values")));
    }
    Ok(())
}
