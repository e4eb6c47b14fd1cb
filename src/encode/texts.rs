//! Texts that are hardly ever the same: their lengths as differences, then their bytes as they stand in memory.

use arrow::array::{Array, StringArray};
use parquet::basic::Encoding;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescPtr;

use super::chunk::Chunk;
use super::cut::Cut;
use super::delta;
use super::pages::Pages;
use super::press::Press;

/// A chunk of texts, as DELTA_LENGTH_BYTE_ARRAY. `lengths` is a buffer.
pub(super) fn encode(
    column: &ColumnDescPtr,
    cuts: &[Cut],
    texts: &StringArray,
    lengths: &mut Vec<i32>,
    press: &mut Press,
) -> Result<Chunk, ParquetError> {
    let mut pages = Pages::new(column, Encoding::DELTA_LENGTH_BYTE_ARRAY, press);
    for cut in cuts {
        let shown = texts.slice(cut.rows.start, cut.rows.len());
        let offsets = shown.value_offsets();
        let present = (0..shown.len()).filter(|row| shown.is_valid(*row));
        lengths.clear();
        lengths.extend(present.clone().map(|row| offsets[row + 1] - offsets[row]));
        pages.page(cut, bounds(&shown), |out| {
            delta::encode(lengths, out);
            let (first, last) = (offsets[0] as usize, offsets[shown.len()] as usize);
            if cut.present.is_none() {
                out.extend_from_slice(&shown.value_data()[first..last]);
            } else {
                present.for_each(|row| out.extend_from_slice(shown.value(row).as_bytes()));
            }
        })?;
    }
    pages.finish()
}

/// The first and the last text in order. Most are told apart by their first eight bytes.
fn bounds(texts: &StringArray) -> Option<(ByteArray, ByteArray)> {
    let mut present = (0..texts.len()).filter(|row| texts.is_valid(*row)).map(|row| {
        let text = texts.value(row);
        (start(text.as_bytes()), text)
    });
    let first = present.next()?;
    let (low, high) = present.fold((first, first), |(low, high), text| {
        (if text < low { text } else { low }, if text > high { text } else { high })
    });
    Some((low.1.into(), high.1.into()))
}

/// The first eight bytes as a number; shorter texts are filled up with zeros, which never come before their end.
fn start(text: &[u8]) -> u64 {
    match text.first_chunk() {
        Some(eight) => u64::from_be_bytes(*eight),
        None => {
            text.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
                << (8 * (8 - text.len() as u32) % 64)
        }
    }
}
