//! A column with its missing cells.

use crate::value::Column;

/// A column of values, some of whose cells may be missing. What is missing hides the value only from the reader of the
/// record: variables that depend on it were computed from the value behind.
#[derive(Debug, Clone)]
pub struct Cells {
    /// The values, also behind missing cells.
    pub column: Column,
    /// Which cells are missing; none, where the variable has no missing cells.
    pub missing: Option<Vec<bool>>,
}

impl Cells {
    /// A column without missing cells.
    pub fn whole(column: Column) -> Self {
        Self { column, missing: None }
    }

    /// How many cells are missing.
    pub fn missing_count(&self) -> usize {
        self.missing.as_ref().map_or(0, |m| m.iter().filter(|missing| **missing).count())
    }
}
