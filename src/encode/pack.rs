//! Bit packing: 64 values of a fixed width at a time, least significant bit first.
//!
//! Eight values of `w` bits are exactly `w` bytes. Neighbours are joined into pairs, fours and eights by the same shift in
//! every lane, which compilers vectorise, and only whole bytes are stored; there is no carry from word to word.

/// Values that are packed together.
pub(super) const LOT: usize = 64;

/// The width in bits that holds every number up to `largest`; 0 where only 0 occurs.
pub(super) fn width_of(largest: u64) -> usize {
    (u64::BITS - largest.leading_zeros()) as usize
}

/// Appends values below 2^`width`, packed; the last eight are filled up with zeros. `width` is at most 32.
pub(super) fn pack(values: &[u32], width: usize, out: &mut Vec<u8>) {
    let start = out.len();
    out.resize(start + values.len().div_ceil(8) * width, 0);
    if width == 0 {
        return;
    }
    let (lots, rest) = values.as_chunks::<LOT>();
    let (whole, tail) = out[start..].split_at_mut(lots.len() * 8 * width);
    let pack_lot = packer(width);
    for (lot, bytes) in lots.iter().zip(whole.chunks_exact_mut(8 * width)) {
        pack_lot(lot, bytes);
    }
    if !rest.is_empty() {
        let mut lot = [0; LOT];
        lot[..rest.len()].copy_from_slice(rest);
        let mut bytes = [0; 8 * 32];
        pack_lot(&lot, &mut bytes[..8 * width]);
        tail.copy_from_slice(&bytes[..tail.len()]);
    }
}

type Packer = fn(&[u32; LOT], &mut [u8]);

/// The packer of a width from 1 to 32.
fn packer(width: usize) -> Packer {
    macro_rules! widths {
        ($($w:literal)*) => { match width { $($w => pack_lot::<$w>,)* _ => unreachable!("a code has 1 to 32 bits") } };
    }
    widths!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32)
}

fn pack_lot<const W: usize>(values: &[u32; LOT], out: &mut [u8]) {
    let pairs: [u64; 32] =
        std::array::from_fn(|i| u64::from(values[2 * i]) | u64::from(values[2 * i + 1]) << W);
    let eights = out[..8 * W].chunks_exact_mut(W);
    if W <= 8 {
        let fours: [u64; 16] = std::array::from_fn(|i| pairs[2 * i] | pairs[2 * i + 1] << (2 * W));
        for (i, out) in eights.enumerate() {
            let eight = fours[2 * i] | fours[2 * i + 1] << (4 * W);
            out.copy_from_slice(&eight.to_le_bytes()[..W]);
        }
    } else if W <= 16 {
        for (four, out) in pairs.as_chunks::<4>().0.iter().zip(eights) {
            let low = u128::from(four[0] | four[1] << (2 * W));
            let high = u128::from(four[2] | four[3] << (2 * W));
            out.copy_from_slice(&(low | high << (4 * W)).to_le_bytes()[..W]);
        }
    } else {
        for (four, out) in pairs.as_chunks::<4>().0.iter().zip(eights) {
            let low = u128::from(four[0]) | u128::from(four[1]) << (2 * W);
            let high = u128::from(four[2]) | u128::from(four[3]) << (2 * W);
            // 4 · W bits are a whole number of bytes for even W only; the odd half byte goes with the upper half.
            let bytes = W / 2;
            let odd = W % 2;
            out[..bytes].copy_from_slice(&low.to_le_bytes()[..bytes]);
            let carried = if odd == 1 { low >> (8 * bytes) } else { 0 };
            let high = high << (4 * odd);
            let upper = carried | high;
            // The upper half has 4 · W + 4 · odd bits, at most 128.
            out[bytes..].copy_from_slice(&upper.to_le_bytes()[..W - bytes]);
        }
    }
}

/// Appends 64 values below 2^`width` of any width up to 64.
pub(super) fn pack_wide(values: &[u64; LOT], width: usize, out: &mut Vec<u8>) {
    if width <= 32 {
        pack(&values.map(|v| v as u32), width, out);
        return;
    }
    let (mut held, mut bits) = (0u128, 0);
    for value in values {
        held |= u128::from(*value) << bits;
        bits += width;
        while bits >= 8 {
            out.push(held as u8);
            held >>= 8;
            bits -= 8;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Bit by bit, as the format describes it.
    fn slowly(values: &[u64], width: usize) -> Vec<u8> {
        let mut bytes = vec![0; values.len().div_ceil(8) * width];
        for (i, value) in values.iter().enumerate() {
            for bit in 0..width {
                let at = i * width + bit;
                bytes[at / 8] |= ((value >> bit & 1) as u8) << (at % 8);
            }
        }
        bytes
    }

    proptest! {
        #[test]
        fn packed_bits_stand_where_the_format_wants_them(width in 0usize..=32, raw in prop::collection::vec(any::<u32>(), 0..300)) {
            let values: Vec<u32> = raw.iter().map(|v| (u64::from(*v) & ((1 << width) - 1)) as u32).collect();
            let mut out = vec![7];
            pack(&values, width, &mut out);
            prop_assert_eq!(&out[1..], slowly(&values.iter().map(|v| u64::from(*v)).collect::<Vec<_>>(), width));
        }

        #[test]
        fn wide_values_are_packed_too(width in 0usize..=64, raw in prop::collection::vec(any::<u64>(), LOT)) {
            let values: Vec<u64> = raw.iter().map(|v| if width == 0 { 0 } else { v >> (64 - width) }).collect();
            let mut out = Vec::new();
            pack_wide(&values.clone().try_into().unwrap(), width, &mut out);
            prop_assert_eq!(out, slowly(&values, width));
        }
    }

    #[test]
    fn the_width_is_the_place_of_the_highest_bit() {
        assert_eq!([0, 1, 2, 3, 4, 255, 256, u64::MAX].map(width_of), [0, 1, 2, 2, 3, 8, 9, 64]);
    }
}
