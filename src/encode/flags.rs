//! Truth values: one bit each, as they stand in memory.

use arrow::array::BooleanArray;
use arrow::buffer::BooleanBuffer;
use parquet::basic::Encoding;
use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescPtr;

use super::chunk::Chunk;
use super::cut::{Cut, bitmap};
use super::pages::Pages;
use super::press::Press;

/// A chunk of truth values.
pub(super) fn encode(
    column: &ColumnDescPtr,
    cuts: &[Cut],
    values: &BooleanBuffer,
    press: &mut Press,
) -> Result<Chunk, ParquetError> {
    let mut pages = Pages::new(column, Encoding::PLAIN, press);
    for cut in cuts {
        let values = shown(&values.slice(cut.rows.start, cut.rows.len()), cut)?;
        let trues = values.count_set_bits();
        let bounds = (!values.is_empty()).then_some((trues == values.len(), trues > 0));
        pages.page(cut, bounds, |out| out.extend_from_slice(&bitmap(&values)))?;
    }
    pages.finish()
}

/// The values that are not missing.
fn shown(values: &BooleanBuffer, cut: &Cut) -> Result<BooleanBuffer, ParquetError> {
    let Some(present) = &cut.present else { return Ok(values.clone()) };
    let array = |bits: &BooleanBuffer| BooleanArray::new(bits.clone(), None);
    let shown = arrow::compute::filter(&array(values), &array(present.inner()))?;
    Ok(arrow::array::AsArray::as_boolean(&shown).values().clone())
}
