//! Columns as Arrow arrays, with the types that files have.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int32Array, Int64Array, StringArray,
};
use arrow::buffer::NullBuffer;
use arrow::datatypes::DataType;

use super::cells::Cells;
use crate::model::Cell;
use crate::value::Column;

/// The Arrow type of a cell: 64-bit numbers, days, strings, categories as dictionaries.
pub fn data_type(cell: &Cell) -> DataType {
    match cell {
        Cell::Number => DataType::Float64,
        Cell::Integer => DataType::Int64,
        Cell::Boolean => DataType::Boolean,
        Cell::Category(_) => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        Cell::Text => DataType::Utf8,
        Cell::Date => DataType::Date32,
    }
}

/// How a variable's columns become arrays; holds its dictionary, which all of them share.
#[derive(Debug, Clone)]
pub struct ArrayForm {
    cell: Cell,
    dictionary: Option<ArrayRef>,
}

impl ArrayForm {
    /// The form of a variable with such cells.
    pub fn of(cell: &Cell) -> Self {
        let dictionary = match cell {
            Cell::Category(levels) => {
                Some(Arc::new(StringArray::from_iter_values(levels.names())) as ArrayRef)
            }
            _ => None,
        };
        Self { cell: cell.clone(), dictionary }
    }

    /// The texts that the codes of a category mean; all its arrays share them.
    pub fn dictionary(&self) -> Option<&ArrayRef> {
        self.dictionary.as_ref()
    }

    /// A column as an array; missing cells are null.
    pub fn array(&self, cells: &Cells) -> ArrayRef {
        let nulls = cells.missing.as_ref().map(|m| NullBuffer::from_iter(m.iter().map(|missing| !missing)));
        match (&cells.column, &self.cell) {
            (Column::Number(values), Cell::Integer) => {
                let whole: Vec<i64> = values.iter().map(|x| *x as i64).collect();
                Arc::new(Int64Array::new(whole.into(), nulls))
            }
            (Column::Number(values), _) => Arc::new(Float64Array::new(values.clone().into(), nulls)),
            (Column::Boolean(values), _) => Arc::new(BooleanArray::new(values.clone().into(), nulls)),
            (Column::Date(values), _) => Arc::new(Date32Array::new(values.clone().into(), nulls)),
            (Column::Text(values), _) => match nulls {
                None => Arc::new(values.clone()),
                Some(nulls) => {
                    Arc::new(StringArray::new(values.offsets().clone(), values.values().clone(), Some(nulls)))
                }
            },
            (Column::Category { codes, .. }, _) => {
                let keys: Vec<i32> = codes.iter().map(|c| *c as i32).collect();
                let dictionary = self.dictionary.clone().expect("categories have a dictionary");
                let keys = Int32Array::new(keys.into(), nulls);
                Arc::new(DictionaryArray::new(keys, dictionary))
            }
        }
    }
}
