//! DELTA_BINARY_PACKED: whole numbers as differences, in blocks that each have their smallest difference.
//!
//! Header: block size, miniblocks a block, count, first value. Block: smallest difference, a width for every miniblock, the
//! miniblocks' differences above the smallest (parquet-format, *Encodings*, DELTA_BINARY_PACKED = 5).

use super::hybrid::varint;
use super::pack::{LOT, pack_wide, width_of};

/// Miniblocks of a block.
const MINIBLOCKS: usize = 4;
/// Differences of a block: a miniblock is a lot of the packer.
const BLOCK: usize = MINIBLOCKS * LOT;

/// A whole number that differences are taken of, in its own width: they wrap as the reader's sums do.
pub(super) trait Whole: Copy {
    /// `self` − `before`, wrapped to the type and widened.
    fn after(self, before: Self) -> i64;
    /// The number itself, widened.
    fn wide(self) -> i64;
}

impl Whole for i32 {
    fn after(self, before: Self) -> i64 {
        i64::from(self.wrapping_sub(before))
    }

    fn wide(self) -> i64 {
        i64::from(self)
    }
}

impl Whole for i64 {
    fn after(self, before: Self) -> i64 {
        self.wrapping_sub(before)
    }

    fn wide(self) -> i64 {
        self
    }
}

fn zigzag(number: i64, out: &mut Vec<u8>) {
    varint(((number << 1) ^ (number >> 63)) as u64, out);
}

/// Appends the values.
pub(super) fn encode<T: Whole>(values: &[T], out: &mut Vec<u8>) {
    varint(BLOCK as u64, out);
    varint(MINIBLOCKS as u64, out);
    varint(values.len() as u64, out);
    zigzag(values.first().map_or(0, |v| v.wide()), out);
    let mut start = 0;
    while start + 1 < values.len() {
        let end = (start + 1 + BLOCK).min(values.len());
        block(&values[start..end], out);
        start = end - 1;
    }
}

/// A block of the differences between neighbours.
fn block<T: Whole>(values: &[T], out: &mut Vec<u8>) {
    let count = values.len() - 1;
    let mut differences = [0i64; BLOCK];
    let (mut smallest, mut largest) = (i64::MAX, i64::MIN);
    for (difference, pair) in differences.iter_mut().zip(values.windows(2)) {
        *difference = pair[1].after(pair[0]);
        smallest = smallest.min(*difference);
        largest = largest.max(*difference);
    }
    zigzag(smallest, out);
    if smallest == largest {
        return out.extend_from_slice(&[0; MINIBLOCKS]);
    }
    let above: [u64; BLOCK] =
        std::array::from_fn(|i| if i < count { differences[i].wrapping_sub(smallest) as u64 } else { 0 });
    let lots = above.as_chunks::<LOT>().0;
    let widths: [usize; MINIBLOCKS] = std::array::from_fn(|m| width_of(lots[m].iter().fold(0, |a, b| a | b)));
    out.extend(widths.map(|w| w as u8));
    for (lot, width) in lots.iter().zip(widths) {
        pack_wide(lot, width, out);
    }
}
