//! Texts that are known beforehand: the levels of a category, the names of a list.

use arrow::array::{Array, ArrayRef, AsArray, StringArray};
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;

use super::codes::Meaning;

/// A dictionary this small stands in every chunk as a whole: it costs little, and readers find the levels of a category
/// in declared order whichever of them occur.
const WHOLE: usize = 256;

/// The texts that codes of a column mean, with their order. Made once a column and shared by all its chunks: ordering a
/// list of names takes longer than encoding a chunk of codes.
#[derive(Debug)]
pub struct Known {
    values: StringArray,
    /// The place of each text in order.
    ranks: Vec<u32>,
    /// The text at each place.
    ordered: Vec<u32>,
}

impl Known {
    /// The values of dictionary arrays.
    ///
    /// # Errors
    /// Values that are not Utf8, or missing ones.
    pub fn of(values: &ArrayRef) -> Result<Self, ParquetError> {
        let texts = values.as_string_opt::<i32>().filter(|texts| texts.null_count() == 0);
        let Some(texts) = texts else {
            return Err(ParquetError::General(format!(
                "known values are texts without missing ones, found {} with {} missing",
                values.data_type(),
                values.null_count()
            )));
        };
        let mut ordered: Vec<u32> = (0..texts.len() as u32).collect();
        ordered.sort_by_key(|code| texts.value(*code as usize));
        let mut ranks = vec![0; ordered.len()];
        for (rank, code) in ordered.iter().enumerate() {
            ranks[*code as usize] = rank as u32;
        }
        Ok(Self { values: texts.clone(), ranks, ordered })
    }

    /// The number of texts.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Whether all texts stand in every chunk.
    pub(super) fn whole(&self) -> bool {
        self.len() <= WHOLE
    }

    /// Whether the dictionary of an array is this one.
    pub(super) fn is(&self, values: &ArrayRef) -> bool {
        values.as_string_opt::<i32>().is_some_and(|texts| {
            let same_memory =
                texts.values().ptr_eq(self.values.values()) && texts.offsets().ptr_eq(self.values.offsets());
            same_memory || *texts == self.values
        })
    }
}

impl Meaning for Known {
    type Value = ByteArray;

    fn value(&self, code: u32) -> ByteArray {
        self.values.value(code as usize).into()
    }

    fn extremes(&self, codes: &[u32]) -> Option<(u32, u32)> {
        let first = self.ranks[*codes.first()? as usize];
        let (low, high) = if self.whole() {
            let mut occurs = [false; WHOLE];
            codes.iter().for_each(|code| occurs[*code as usize] = true);
            let ranks = self.ranks.iter().zip(occurs).filter(|(_, occurs)| *occurs).map(|(rank, _)| *rank);
            ranks.fold((first, first), |(low, high), rank| (low.min(rank), high.max(rank)))
        } else {
            let ranks = codes.iter().map(|code| self.ranks[*code as usize]);
            ranks.fold((first, first), |(low, high), rank| (low.min(rank), high.max(rank)))
        };
        Some((self.ordered[low as usize], self.ordered[high as usize]))
    }
}
