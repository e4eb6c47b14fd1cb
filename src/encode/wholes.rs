//! Whole numbers and days: codes above the smallest where few differ, differences otherwise.

use parquet::basic::Encoding;
use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescPtr;

use super::bound::Bound;
use super::chunk::Chunk;
use super::codes::{self, Meaning, Plain, Used, min_max};
use super::cut::Cut;
use super::delta::{self, Whole};
use super::pages::Pages;
use super::press::Press;

/// The widest range of numbers that is looked through for those that occur; its tables still fit the second cache.
const WIDEST: u64 = 1 << 18;

/// A range that may be worth a dictionary: `span` is the largest number above the smallest.
pub(super) fn narrow(span: u64, values: usize) -> bool {
    span < WIDEST.min((4 * values as u64).max(256))
}

/// Whether so few different values are worth a dictionary: each of them is then written once for four rows or more.
pub(super) fn few(different: usize, values: usize) -> bool {
    different <= (values / 4).max(64)
}

/// Numbers counted from the smallest.
struct Above<T> {
    smallest: T,
}

impl<T: Number> Meaning for Above<T> {
    type Value = T;

    fn value(&self, code: u32) -> T {
        self.smallest.plus(code)
    }

    fn extremes(&self, codes: &[u32]) -> Option<(u32, u32)> {
        min_max(codes)
    }
}

/// A whole number of a column.
pub(super) trait Number: Whole + Plain + Bound + Ord + Copy + Default {
    /// The number so far above.
    fn plus(self, code: u32) -> Self;
}

impl Number for i32 {
    fn plus(self, code: u32) -> Self {
        self.wrapping_add(code as i32)
    }
}

impl Number for i64 {
    fn plus(self, code: u32) -> Self {
        self + i64::from(code)
    }
}

/// A chunk of numbers; `values` are those that are not missing. Where they are said to be all different, no dictionary is
/// tried.
pub(super) fn encode<T: Number>(
    column: &ColumnDescPtr,
    cuts: &[Cut],
    values: &[T],
    unique: bool,
    codes: &mut Vec<u32>,
    used: &mut Used,
    press: &mut Press,
) -> Result<Chunk, ParquetError> {
    let Some((smallest, largest)) = (if unique { None } else { min_max(values) }) else {
        return differences(column, cuts, values, press);
    };
    let span = largest.wide().abs_diff(smallest.wide());
    if narrow(span, values.len()) {
        codes.clear();
        codes.extend(values.iter().map(|v| v.wide().wrapping_sub(smallest.wide()) as u32));
        let count = span as usize + 1;
        if few(used.look(codes, count), values.len()) {
            return codes::encode(column, cuts, codes, &Above { smallest }, count, Some(used), press);
        }
    }
    differences(column, cuts, values, press)
}

fn differences<T: Number>(
    column: &ColumnDescPtr,
    cuts: &[Cut],
    values: &[T],
    press: &mut Press,
) -> Result<Chunk, ParquetError> {
    let mut pages = Pages::new(column, Encoding::DELTA_BINARY_PACKED, press);
    for cut in cuts {
        let values = &values[cut.values.clone()];
        pages.page(cut, min_max(values), |out| delta::encode(values, out))?;
    }
    pages.finish()
}
