//! The cells of a column, whatever type a file gave them, in one of four forms.

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Float64Array, Int64Array, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use arrow::error::ArrowError;

/// Cells of a run of rows.
#[derive(Debug)]
pub(super) enum Cells {
    Integers(Int64Array),
    Numbers(Float64Array),
    Booleans(BooleanArray),
    Texts(StringArray),
}

/// The form that a type takes; none for types that are no answers (dates, lists, structures, bytes).
fn form(data_type: &DataType) -> Option<DataType> {
    use DataType::*;
    Some(match data_type {
        Int8 | Int16 | Int32 | Int64 | UInt8 | UInt16 | UInt32 => Int64,
        // Numbers beyond 2^63 would become empty cells as integers.
        UInt64 | Float16 | Float32 | Float64 | Decimal32(..) | Decimal64(..) | Decimal128(..)
        | Decimal256(..) => Float64,
        Boolean => Boolean,
        Utf8 | LargeUtf8 | Utf8View | Null => Utf8,
        Dictionary(_, values) => return form(values),
        _ => return None,
    })
}

/// Whether a column of this type can be read.
pub(super) fn is_readable(data_type: &DataType) -> bool {
    form(data_type).is_some()
}

impl Cells {
    /// The cells of a column that [`is_readable`].
    pub(super) fn of(array: &ArrayRef) -> Result<Cells, ArrowError> {
        let Some(form) = form(array.data_type()) else {
            return Err(ArrowError::CastError(format!("cells of type {} are no answers", array.data_type())));
        };
        let array = if *array.data_type() == form { array.clone() } else { cast(array, &form)? };
        Ok(match form {
            DataType::Int64 => Cells::Integers(array.as_primitive::<Int64Type>().clone()),
            DataType::Float64 => Cells::Numbers(array.as_primitive::<Float64Type>().clone()),
            DataType::Boolean => Cells::Booleans(array.as_boolean().clone()),
            _ => Cells::Texts(array.as_string::<i32>().clone()),
        })
    }

    fn array(&self) -> &dyn Array {
        match self {
            Cells::Integers(cells) => cells,
            Cells::Numbers(cells) => cells,
            Cells::Booleans(cells) => cells,
            Cells::Texts(cells) => cells,
        }
    }

    pub(super) fn is_null(&self, row: usize) -> bool {
        self.array().is_null(row)
    }

    /// The cell as messages show it.
    pub(super) fn shown(&self, row: usize) -> Option<String> {
        (!self.is_null(row)).then(|| match self {
            Cells::Integers(cells) => cells.value(row).to_string(),
            Cells::Numbers(cells) => cells.value(row).to_string(),
            Cells::Booleans(cells) => cells.value(row).to_string(),
            Cells::Texts(cells) => super::fault::shortened(cells.value(row)),
        })
    }

    /// The cell as a whole number, where it is one exactly.
    pub(super) fn whole(&self, row: usize) -> Option<i64> {
        match self {
            _ if self.is_null(row) => None,
            Cells::Integers(cells) => Some(cells.value(row)),
            Cells::Numbers(cells) => whole(cells.value(row)),
            Cells::Booleans(_) => None,
            Cells::Texts(cells) => {
                let text = cells.value(row).trim();
                text.parse().ok().or_else(|| whole(text.parse().ok()?))
            }
        }
    }
}

/// A float as an integer, where floats still tell integers apart.
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < (1u64 << 53) as f64).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn ids_are_whole_numbers_in_whatever_type_they_come() {
        let arrays: [ArrayRef; 4] = [
            Arc::new(Int64Array::from(vec![(1 << 53) - 1])),
            Arc::new(arrow::array::UInt64Array::from(vec![(1u64 << 53) - 1])),
            Arc::new(Float64Array::from(vec![((1u64 << 53) - 1) as f64])),
            Arc::new(StringArray::from(vec!["9007199254740991.0"])),
        ];
        for array in arrays {
            assert_eq!(Cells::of(&array).unwrap().whole(0), Some((1 << 53) - 1), "{}", array.data_type());
        }
        let rounded: ArrayRef = Arc::new(StringArray::from(vec!["0.5", "9.1E+15", "nan", "seven"]));
        let rounded = Cells::of(&rounded).unwrap();
        assert!((0..4).all(|row| rounded.whole(row).is_none()));
    }
}
