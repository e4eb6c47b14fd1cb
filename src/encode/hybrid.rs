//! Parquet's hybrid of runs and packed bits, which holds codes and definition levels.
//!
//! A run is a header 2·n and the value once; packed values are a header 2·⌈n/8⌉+1 and their bits
//! (parquet-format, *Encodings*, RLE = 3).

use super::pack::{LOT, pack};

/// Appends an unsigned number, seven bits a byte, lowest first.
pub(super) fn varint(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Appends `count` times the same value.
pub(super) fn run(value: u32, count: usize, width: usize, out: &mut Vec<u8>) {
    varint((count as u64) << 1, out);
    out.extend_from_slice(&value.to_le_bytes()[..width.div_ceil(8)]);
}

fn packed(values: &[u32], width: usize, out: &mut Vec<u8>) {
    varint((values.len().div_ceil(8) as u64) << 1 | 1, out);
    pack(values, width, out);
}

/// Appends codes below 2^`width`. Runs are looked for in whole lots of 64 only: shorter ones cost more time to find than
/// bytes to keep, and compression finds them as well.
pub(super) fn codes(codes: &[u32], width: usize, out: &mut Vec<u8>) {
    if codes.is_empty() {
        return;
    }
    if width == 0 {
        return run(0, codes.len(), 0, out);
    }
    let mut start = 0;
    while start < codes.len() {
        let same = lots_of(&codes[start..], codes[start]);
        if same > 0 {
            run(codes[start], same, width, out);
            start += same;
        } else {
            let lots = codes[start..].chunks(LOT).take_while(|lot| !is_run(lot, lot[0]));
            let mixed: usize = lots.map(<[u32]>::len).sum();
            packed(&codes[start..start + mixed], width, out);
            start += mixed;
        }
    }
}

/// A whole lot, or a tail that is worth a run of its own.
fn is_run(lot: &[u32], value: u32) -> bool {
    lot.len() >= 8 && lot.iter().fold(0, |differs, code| differs | (code ^ value)) == 0
}

/// How many leading values, in lots, are `value`.
fn lots_of(codes: &[u32], value: u32) -> usize {
    codes.chunks(LOT).take_while(|lot| is_run(lot, value)).map(<[u32]>::len).sum()
}

/// Bytes of eight equal levels that are worth a run: the headers of a run and of the bits behind it have about four bytes.
const LEVEL_RUN: usize = 6;

/// Appends `count` bits, as levels of width 1. `bits` is their bitmap, padded with zeros to whole bytes.
pub(super) fn levels(bits: &[u8], count: usize, out: &mut Vec<u8>) {
    let full = count / 8;
    let mut start = 0;
    let mut at = 0;
    while at < full {
        let byte = bits[at];
        let alike = if byte == 0 || byte == 0xff {
            bits[at..full].iter().take_while(|b| **b == byte).count()
        } else {
            1
        };
        if alike >= LEVEL_RUN {
            level_bits(&bits[start..at], out);
            run(u32::from(byte & 1), 8 * alike, 1, out);
            start = at + alike;
        }
        at += alike;
    }
    level_bits(&bits[start..count.div_ceil(8)], out);
}

fn level_bits(bits: &[u8], out: &mut Vec<u8>) {
    if !bits.is_empty() {
        varint((bits.len() as u64) << 1 | 1, out);
        out.extend_from_slice(bits);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads the hybrid, as the format describes it.
    fn read(bytes: &[u8], width: usize, count: usize) -> Vec<u32> {
        let mut values = Vec::new();
        let mut at = 0;
        while values.len() < count {
            let (mut header, mut shift) = (0usize, 0);
            loop {
                header |= ((bytes[at] & 0x7f) as usize) << shift;
                shift += 7;
                at += 1;
                if bytes[at - 1] < 0x80 {
                    break;
                }
            }
            if header & 1 == 0 {
                let size = width.div_ceil(8);
                let value = bytes[at..at + size].iter().rev().fold(0, |v, b| v << 8 | u32::from(*b));
                values.extend(std::iter::repeat_n(value, header >> 1));
                at += size;
            } else {
                for i in 0..(header >> 1) * 8 {
                    let bit = |b: usize| u32::from(bytes[at + b / 8] >> (b % 8) & 1);
                    values.push((0..width).map(|b| bit(i * width + b) << b).sum());
                }
                at += (header >> 1) * width;
            }
        }
        assert_eq!(at, bytes.len(), "nothing stands behind the values");
        assert!(values.len() < count + 8);
        values.truncate(count);
        values
    }

    /// Stretches of equal values and of mixed ones.
    fn stretches() -> impl Strategy<Value = Vec<u32>> {
        let stretch = (any::<u32>(), 0usize..300, any::<bool>());
        prop::collection::vec(stretch, 0..8).prop_map(|stretches| {
            let mut values = Vec::new();
            for (seed, length, mixed) in stretches {
                values
                    .extend((0..length as u32).map(|i| if mixed { seed.wrapping_mul(i | 1) } else { seed }));
            }
            values
        })
    }

    proptest! {
        #[test]
        fn codes_are_read_back(width in 0usize..=20, raw in stretches()) {
            let values: Vec<u32> = raw.iter().map(|v| v >> (31 - width.min(31)) & ((1 << width) - 1)).collect();
            let mut out = Vec::new();
            codes(&values, width, &mut out);
            prop_assert_eq!(read(&out, width, values.len()), values);
        }

        #[test]
        fn levels_are_read_back(raw in stretches()) {
            let mut bits = vec![0u8; raw.len().div_ceil(8)];
            let values: Vec<u32> = raw.iter().map(|v| v >> 31).collect();
            values.iter().enumerate().for_each(|(i, v)| bits[i / 8] |= (*v as u8) << (i % 8));
            let mut out = Vec::new();
            levels(&bits, values.len(), &mut out);
            prop_assert_eq!(read(&out, 1, values.len()), values);
        }
    }

    #[test]
    fn a_constant_page_is_one_run() {
        let mut out = Vec::new();
        codes(&[5; 30_001], 3, &mut out);
        assert_eq!(out.len(), 4);
    }
}
