//! BYTE_STREAM_SPLIT: the first bytes of all numbers, then all second bytes, and so on. What is alike in rounded or bounded
//! numbers, sign and exponent, then stands together and compresses (parquet-format, *Encodings*, BYTE_STREAM_SPLIT = 9).

const BYTES: usize = 8;

/// Appends the numbers.
pub(super) fn encode(values: &[f64], out: &mut Vec<u8>) {
    let start = out.len();
    out.resize(start + values.len() * BYTES, 0);
    if values.is_empty() {
        return;
    }
    let mut streams = out[start..].chunks_exact_mut(values.len());
    let mut streams: [&mut [u8]; BYTES] =
        std::array::from_fn(|_| streams.next().expect("a stream for every byte"));
    let (eights, rest) = values.as_chunks::<BYTES>();
    for (i, eight) in eights.iter().enumerate() {
        let turned = transpose(eight.map(f64::to_bits));
        for (stream, bytes) in streams.iter_mut().zip(turned) {
            stream[BYTES * i..BYTES * (i + 1)].copy_from_slice(&bytes.to_le_bytes());
        }
    }
    for (i, value) in rest.iter().enumerate() {
        for (stream, byte) in streams.iter_mut().zip(value.to_le_bytes()) {
            stream[BYTES * eights.len() + i] = byte;
        }
    }
}

/// An 8 × 8 matrix of bytes, transposed: 4 × 4 blocks change places, then 2 × 2, then single bytes.
fn transpose(mut rows: [u64; BYTES]) -> [u64; BYTES] {
    for (step, mask) in
        [(4, 0x0000_0000_ffff_ffff), (2, 0x0000_ffff_0000_ffff), (1, 0x00ff_00ff_00ff_00ff_u64)]
    {
        for i in 0..BYTES {
            if i & step == 0 {
                let (upper, lower) = (rows[i], rows[i + step]);
                rows[i] = upper & mask | (lower & mask) << (8 * step);
                rows[i + step] = upper >> (8 * step) & mask | lower & !mask;
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_b_of_number_n_stands_at_b_times_count_plus_n() {
        for count in [0, 1, 7, 8, 9, 64, 65] {
            let values: Vec<f64> = (0..count).map(|i| f64::from(i) * 1.1 - 3.0).collect();
            let mut out = Vec::new();
            encode(&values, &mut out);
            for (n, value) in values.iter().enumerate() {
                for (b, byte) in value.to_le_bytes().into_iter().enumerate() {
                    assert_eq!(out[b * values.len() + n], byte);
                }
            }
            assert_eq!(out.len(), values.len() * BYTES);
        }
    }
}
