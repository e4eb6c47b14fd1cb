//! Where a chunk is cut into pages, and its values without the missing ones.

use std::ops::Range;

use arrow::buffer::NullBuffer;

use super::hybrid;

/// Rows of a page, except the last. All columns are cut at the same rows, so that a reader that skips pages of one column
/// skips whole pages of the others; a multiple of 64, so that bitmaps need no shifting.
pub const PAGE_ROWS: usize = 32_768;

/// One page's part of a chunk.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    /// The rows.
    pub rows: Range<usize>,
    /// Where their values stand among the chunk's values that are not missing.
    pub values: Range<usize>,
    /// Which rows have a value; nothing where all have.
    pub present: Option<NullBuffer>,
}

impl Cut {
    /// The number of missing values.
    pub fn nulls(&self) -> usize {
        self.rows.len() - self.values.len()
    }

    /// Appends the definition levels of an optional column: 1 where there is a value.
    pub fn levels(&self, out: &mut Vec<u8>) {
        match &self.present {
            None => hybrid::run(1, self.rows.len(), 1, out),
            Some(_) if self.values.is_empty() => hybrid::run(0, self.rows.len(), 1, out),
            Some(present) => hybrid::levels(&bitmap(present.inner()), present.len(), out),
        }
    }
}

/// Bits as bytes; what stands behind the last bit is zero.
pub(super) fn bitmap(bits: &arrow::buffer::BooleanBuffer) -> Vec<u8> {
    let mut bytes = bits.sliced().as_slice()[..bits.len().div_ceil(8)].to_vec();
    if let (Some(last), over @ 1..) = (bytes.last_mut(), bits.len() % 8) {
        *last &= (1 << over) - 1;
    }
    bytes
}

/// The pages of a chunk.
pub(super) fn cuts(rows: usize, nulls: Option<&NullBuffer>) -> Vec<Cut> {
    let mut values = 0;
    (0..rows)
        .step_by(PAGE_ROWS)
        .map(|first| {
            let rows = first..(first + PAGE_ROWS).min(rows);
            let present = nulls.map(|n| n.slice(first, rows.len())).filter(|n| n.null_count() > 0);
            let start = values;
            values += rows.len() - present.as_ref().map_or(0, NullBuffer::null_count);
            Cut { rows, values: start..values, present }
        })
        .collect()
}

/// Replaces `out` by the values that are not missing, each through `map`.
pub(super) fn gather<T: Copy, U: Copy + Default>(
    values: &[T],
    nulls: Option<&NullBuffer>,
    map: impl Fn(T) -> U,
    out: &mut Vec<U>,
) {
    out.clear();
    let Some(nulls) = nulls.filter(|n| n.null_count() > 0) else {
        return out.extend(values.iter().map(|v| map(*v)));
    };
    out.resize(values.len(), U::default());
    let mut filled = 0;
    let bits = nulls.inner().bit_chunks();
    for (lot, mut word) in values.chunks(64).zip(bits.iter().chain([bits.remainder_bits()])) {
        // The slot is written whether or not there is a value, and kept only if there is: no branch to mispredict.
        for value in lot {
            out[filled] = map(*value);
            filled += (word & 1) as usize;
            word >>= 1;
        }
    }
    out.truncate(filled);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_hold_all_rows_and_all_values() {
        let rows = 2 * PAGE_ROWS + 5;
        let nulls = NullBuffer::from_iter((0..rows + 3).map(|i| i % 3 != 0)).slice(3, rows);
        let cuts = cuts(rows, Some(&nulls));
        let mut out = Vec::new();
        let values: Vec<u32> = (0..rows as u32).collect();
        gather(&values, Some(&nulls), |v| v, &mut out);
        assert_eq!(cuts.iter().map(|c| c.rows.len()).collect::<Vec<_>>(), [PAGE_ROWS, PAGE_ROWS, 5]);
        assert_eq!(cuts[2].values.end, out.len());
        assert_eq!(out, values.iter().copied().filter(|v| nulls.is_valid(*v as usize)).collect::<Vec<_>>());
    }
}
