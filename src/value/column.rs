//! A column of values, the unit in which everything is computed.

use std::sync::Arc;

use arrow::array::{Array, StringArray};

use super::{Kind, Levels};

/// Values of one variable for a run of consecutive units.
#[derive(Debug, Clone)]
pub enum Column {
    /// Numbers.
    Number(Vec<f64>),
    /// Truth values.
    Boolean(Vec<bool>),
    /// Codes into `levels`.
    Category {
        /// One code a unit.
        codes: Vec<u32>,
        /// What the codes mean.
        levels: Arc<Levels>,
    },
    /// Strings.
    Text(StringArray),
    /// Days since 1970-01-01.
    Date(Vec<i32>),
}

impl Column {
    /// The number of values.
    pub fn len(&self) -> usize {
        match self {
            Column::Number(v) => v.len(),
            Column::Boolean(v) => v.len(),
            Column::Category { codes, .. } => codes.len(),
            Column::Text(v) => v.len(),
            Column::Date(v) => v.len(),
        }
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The type of the values.
    pub fn kind(&self) -> Kind {
        match self {
            Column::Number(_) => Kind::Number,
            Column::Boolean(_) => Kind::Boolean,
            Column::Category { levels, .. } => Kind::Category(levels.clone()),
            Column::Text(_) => Kind::Text,
            Column::Date(_) => Kind::Date,
        }
    }
}
