//! Columns whose values are known by number: a dictionary page, and pages of packed codes.

use parquet::basic::Encoding;
use parquet::data_type::{AsBytes, ByteArray};
use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescPtr;

use super::bound::Bound;
use super::chunk::Chunk;
use super::cut::Cut;
use super::hybrid;
use super::pack::width_of;
use super::pages::Pages;
use super::press::Press;

/// A value that may stand in a dictionary.
pub(super) trait Plain: Bound {
    /// Appends its PLAIN encoding.
    fn plain(&self, out: &mut Vec<u8>);
}

macro_rules! plain_number {
    ($($type:ty)*) => { $(
        impl Plain for $type {
            fn plain(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(self.as_bytes());
            }
        }
    )* };
}

plain_number!(i32 i64 f64);

impl Plain for ByteArray {
    fn plain(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&(self.len() as u32).to_le_bytes());
        out.extend_from_slice(self.data());
    }
}

/// What codes from 0 up mean.
pub(super) trait Meaning {
    /// What they stand for.
    type Value: Plain;
    /// The value of a code.
    fn value(&self, code: u32) -> Self::Value;
    /// The codes of the smallest and the largest value among these.
    fn extremes(&self, codes: &[u32]) -> Option<(u32, u32)>;
}

/// The smallest and the largest number.
pub(super) fn min_max<T: Copy + Ord>(values: &[T]) -> Option<(T, T)> {
    let first = *values.first()?;
    Some(values.iter().fold((first, first), |(low, high), v| (low.min(*v), high.max(*v))))
}

/// Which codes occur, and their new numbers: a dictionary then holds nothing that does not occur.
#[derive(Default)]
pub(super) struct Used {
    occurs: Vec<u8>,
    numbers: Vec<u32>,
    /// The codes that occur, in their order.
    codes: Vec<u32>,
}

impl Used {
    /// Looks for the codes, all below `count`; returns how many different ones there are.
    pub fn look(&mut self, codes: &[u32], count: usize) -> usize {
        self.occurs.clear();
        self.occurs.resize(count, 0);
        for code in codes {
            self.occurs[*code as usize] = 1;
        }
        self.occurs.iter().map(|occurs| usize::from(*occurs)).sum()
    }

    /// Gives the codes that were looked for their new numbers, in the same order.
    pub fn renumber(&mut self, codes: &mut [u32]) {
        self.codes.clear();
        self.numbers.clear();
        for (code, occurs) in self.occurs.iter().enumerate() {
            self.numbers.push(self.codes.len() as u32);
            if *occurs == 1 {
                self.codes.push(code as u32);
            }
        }
        if self.codes.len() < self.occurs.len() {
            codes.iter_mut().for_each(|code| *code = self.numbers[*code as usize]);
        }
    }
}

/// A chunk of codes; `used`, where only values that occur are to stand in the dictionary, has looked for them.
pub(super) fn encode<M: Meaning>(
    column: &ColumnDescPtr,
    cuts: &[Cut],
    codes: &mut [u32],
    meaning: &M,
    count: usize,
    used: Option<&mut Used>,
    press: &mut Press,
) -> Result<Chunk, ParquetError> {
    let bounds: Vec<_> = cuts
        .iter()
        .map(|cut| meaning.extremes(&codes[cut.values.clone()]))
        .map(|extremes| extremes.map(|(min, max)| (meaning.value(min), meaning.value(max))))
        .collect();
    let mut pages = Pages::new(column, Encoding::RLE_DICTIONARY, press);
    let count = match used {
        None => {
            pages.dictionary(count, |out| (0..count).for_each(|c| meaning.value(c as u32).plain(out)))?;
            count
        }
        Some(used) => {
            used.renumber(codes);
            pages.dictionary(used.codes.len(), |out| {
                used.codes.iter().for_each(|c| meaning.value(*c).plain(out));
            })?;
            used.codes.len()
        }
    };
    let width = width_of(count.saturating_sub(1) as u64);
    for (cut, bounds) in cuts.iter().zip(bounds) {
        pages.page(cut, bounds, |out| {
            out.push(width as u8);
            hybrid::codes(&codes[cut.values.clone()], width, out);
        })?;
    }
    pages.finish()
}

/// A chunk of one value in every row.
pub(super) fn constant<B: Plain>(
    column: &ColumnDescPtr,
    cuts: &[Cut],
    value: &B,
    press: &mut Press,
) -> Result<Chunk, ParquetError> {
    let mut pages = Pages::new(column, Encoding::RLE_DICTIONARY, press);
    pages.dictionary(1, |out| value.plain(out))?;
    for cut in cuts {
        pages.page(cut, Some((value.clone(), value.clone())), |out| {
            out.push(0);
            hybrid::run(0, cut.values.len(), 0, out);
        })?;
    }
    pages.finish()
}

/// A chunk without any value.
pub(super) fn nothing<B: Bound>(
    column: &ColumnDescPtr,
    cuts: &[Cut],
    press: &mut Press,
) -> Result<Chunk, ParquetError> {
    let mut pages = Pages::<B>::new(column, Encoding::PLAIN, press);
    for cut in cuts {
        pages.page(cut, None, |_| ())?;
    }
    pages.finish()
}
