//! Hashes: of files' bytes, and of values.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Date32Type, Float64Type, Int32Type, Int64Type};

/// Units that are hashed together; parts are cut at multiples of it.
pub(super) const LEAF: u64 = 128;

/// A hash of values that does not depend on how they are cut into files: the sum, modulo 2^256, of the BLAKE3 hashes of
/// leaves (a column of 128 units under the name of its arm). Sums merge by addition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ContentHash([u64; 4]);

impl ContentHash {
    /// Adds the values of a batch of one arm, whose first row is a unit at a multiple of 128.
    pub fn add_batch(&mut self, arm: &str, first_unit: u64, batch: &RecordBatch) {
        for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
            let mut bytes = Vec::new();
            for start in (0..column.len()).step_by(LEAF as usize) {
                let leaf = column.slice(start, (column.len() - start).min(LEAF as usize));
                bytes.clear();
                canonical(leaf.as_ref(), &mut bytes);
                let mut hasher = blake3::Hasher::new();
                hasher.update(format!("{arm}\0{}\0{}\0", field.name(), first_unit + start as u64).as_bytes());
                hasher.update(&bytes);
                self.add(hasher.finalize().as_bytes());
            }
        }
    }

    /// The sum that was written as 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let mut words = [0; 4];
        for (at, word) in words.iter_mut().rev().enumerate() {
            *word = u64::from_str_radix(&text[at * 16..at * 16 + 16], 16).ok()?;
        }
        Some(ContentHash(words))
    }

    /// Adds another sum.
    pub fn merge(&mut self, other: &ContentHash) {
        let mut carry = false;
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            let (sum, first) = mine.overflowing_add(theirs);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            *mine = sum;
            carry = first | second;
        }
    }

    fn add(&mut self, hash: &[u8; 32]) {
        let mut words = [0u64; 4];
        for (word, bytes) in words.iter_mut().zip(hash.chunks_exact(8)) {
            *word = bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b));
        }
        self.merge(&ContentHash(words));
    }
}

impl std::fmt::Display for ContentHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().rev().try_for_each(|word| write!(f, "{word:016x}"))
    }
}

/// A validity byte and, where valid, the value: eight bytes of a number, four of a day, the length and bytes of a text.
fn canonical(array: &dyn Array, out: &mut Vec<u8>) {
    if let DataType::Dictionary(..) = array.data_type() {
        let dictionary = array.as_dictionary::<Int32Type>();
        let values = dictionary.values().as_string::<i32>();
        for row in 0..array.len() {
            push(out, dictionary.key(row).map(|key| values.value(key)), text);
        }
        return;
    }
    for row in 0..array.len() {
        let valid = array.is_valid(row).then_some(row);
        match array.data_type() {
            DataType::Float64 => {
                push(out, valid.map(|r| array.as_primitive::<Float64Type>().value(r)), |x, o| {
                    o.extend(x.to_bits().to_le_bytes());
                });
            }
            DataType::Int64 => {
                push(out, valid.map(|r| array.as_primitive::<Int64Type>().value(r)), |x, o| {
                    o.extend(x.to_le_bytes())
                });
            }
            DataType::Date32 => {
                push(out, valid.map(|r| array.as_primitive::<Date32Type>().value(r)), |x, o| {
                    o.extend(x.to_le_bytes())
                });
            }
            DataType::Boolean => {
                push(out, valid.map(|r| array.as_boolean().value(r)), |x, o| o.push(u8::from(x)))
            }
            _ => push(out, valid.map(|r| array.as_string::<i32>().value(r)), text),
        }
    }
}

fn text(value: &str, out: &mut Vec<u8>) {
    out.extend((value.len() as u64).to_le_bytes());
    out.extend(value.as_bytes());
}

fn push<T>(out: &mut Vec<u8>, value: Option<T>, write: impl Fn(T, &mut Vec<u8>)) {
    out.push(u8::from(value.is_some()));
    if let Some(value) = value {
        write(value, out);
    }
}
