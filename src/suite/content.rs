//! Hashes of content: of values, not of bytes, so that they survive another encoder, another format, another cut in parts.
//!
//! A *leaf* is a run of [`LEAF`] units (aligned to absolute unit numbers) of one column. Its hash is BLAKE3 of the column's
//! name, the type, the first unit and the values: for each, a validity byte and, where valid, 8 bytes little-endian for
//! numbers, 4 for days, 1 for truth values, or a 32-bit length and UTF-8. A file mixes its arm into each leaf and adds all of
//! them up as 256-bit integers; sums of files add up to the suite's.

use arrow::array::{Array, ArrayRef, AsArray, StringArray};
use arrow::datatypes::{DataType, Date32Type, Float64Type, Int32Type, Int64Type};
use arrow::record_batch::RecordBatch;

use crate::error::{Error, Result};

/// Units of a leaf; parts are cut at multiples of it.
pub(super) const LEAF: u64 = 128;

/// A sum of hashes, modulo 2^256; the order of what was added leaves no trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ContentSum([u64; 4]);

impl ContentSum {
    /// Adds another sum.
    pub fn add(&mut self, other: ContentSum) {
        let mut carry = false;
        for (word, more) in self.0.iter_mut().zip(other.0) {
            let (sum, first) = word.overflowing_add(more);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            *word = sum;
            carry = first || second;
        }
    }

    /// The sum in 64 hexadecimal digits, the most significant first.
    pub fn to_hex(self) -> String {
        self.0.iter().rev().map(|word| format!("{word:016x}")).collect()
    }

    /// The sum that such digits say.
    pub fn from_hex(digits: &str) -> Option<ContentSum> {
        if digits.len() != 64 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let mut words = [0; 4];
        for (at, word) in words.iter_mut().rev().enumerate() {
            *word = u64::from_str_radix(&digits[at * 16..at * 16 + 16], 16).ok()?;
        }
        Some(ContentSum(words))
    }

    fn of(hash: &blake3::Hash) -> Self {
        let mut words = [0; 4];
        for (word, bytes) in words.iter_mut().zip(hash.as_bytes().chunks_exact(8)) {
            *word = bytes.iter().rev().fold(0, |sum, byte| (sum << 8) | u64::from(*byte));
        }
        ContentSum(words)
    }
}

/// Mixes the arm (none for the truth) into leaves, and adds them up.
pub(super) fn file_sum(arm: Option<&str>, leaves: &[blake3::Hash]) -> ContentSum {
    let mut label = vec![u8::from(arm.is_some())];
    label.extend_from_slice(arm.unwrap_or("").as_bytes());
    let label = blake3::hash(&label);
    let mut sum = ContentSum::default();
    for leaf in leaves {
        let mut both = [0; 64];
        both[..32].copy_from_slice(label.as_bytes());
        both[32..].copy_from_slice(leaf.as_bytes());
        sum.add(ContentSum::of(&blake3::hash(&both)));
    }
    sum
}

/// The leaves of a column that begins at `first`, a multiple of [`LEAF`].
pub(super) fn column_leaves(name: &str, first: u64, array: &ArrayRef) -> Result<Vec<blake3::Hash>> {
    let column = Values::of(name, array)?;
    let mut bytes = Vec::with_capacity(4096);
    let mut leaves = Vec::with_capacity(array.len().div_ceil(LEAF as usize));
    for start in (0..array.len()).step_by(LEAF as usize) {
        bytes.clear();
        head(&mut bytes, name, column.tag(), first + start as u64);
        for row in start..array.len().min(start + LEAF as usize) {
            column.push(row, &mut bytes);
        }
        leaves.push(blake3::hash(&bytes));
    }
    Ok(leaves)
}

/// Recomputes the content hash of a file from its record batches, whatever their sizes.
pub struct ContentHasher {
    arm: Option<String>,
    next: u64,
    columns: Vec<Pending>,
    sum: ContentSum,
}

/// The values of a leaf that is not finished.
struct Pending {
    name: String,
    tag: u8,
    first: u64,
    values: Vec<u8>,
}

impl ContentHasher {
    /// For a file of an arm (none: of the truth) whose records begin at a unit.
    pub fn new(arm: Option<&str>, first_unit: u64) -> Self {
        Self {
            arm: arm.map(str::to_owned),
            next: first_unit,
            columns: Vec::new(),
            sum: ContentSum::default(),
        }
    }

    /// Adds the next records of the file.
    ///
    /// # Errors
    /// A column of a type that no suite has, or columns unlike those of the batches before.
    pub fn update(&mut self, batch: &RecordBatch) -> Result<()> {
        let schema = batch.schema();
        let values: Result<Vec<Values>> = schema
            .fields()
            .iter()
            .zip(batch.columns())
            .map(|(field, array)| Values::of(field.name(), array))
            .collect();
        let values = values?;
        if self.columns.is_empty() {
            let pending = schema.fields().iter().zip(&values).map(|(field, values)| Pending {
                name: field.name().clone(),
                tag: values.tag(),
                first: self.next,
                values: Vec::new(),
            });
            self.columns = pending.collect();
        }
        let same = self.columns.len() == values.len()
            && self
                .columns
                .iter()
                .zip(&values)
                .zip(schema.fields())
                .all(|((p, v), f)| p.name == *f.name() && p.tag == v.tag());
        if !same {
            return Err(Error::unverified("the columns of one file change from one batch to the next"));
        }
        let mut start = 0;
        while start < batch.num_rows() {
            let room = (LEAF - self.next % LEAF) as usize;
            let end = batch.num_rows().min(start + room);
            for (pending, values) in self.columns.iter_mut().zip(&values) {
                (start..end).for_each(|row| values.push(row, &mut pending.values));
            }
            self.next += (end - start) as u64;
            if self.next.is_multiple_of(LEAF) {
                self.close_leaves();
            }
            start = end;
        }
        Ok(())
    }

    /// The unit after the last one added.
    pub fn next_unit(&self) -> u64 {
        self.next
    }

    /// The file's sum.
    pub fn finish(mut self) -> ContentSum {
        self.close_leaves();
        self.sum
    }

    fn close_leaves(&mut self) {
        let mut leaves = Vec::with_capacity(self.columns.len());
        for pending in &mut self.columns {
            if !pending.values.is_empty() {
                let mut bytes = Vec::with_capacity(pending.values.len() + pending.name.len() + 16);
                head(&mut bytes, &pending.name, pending.tag, pending.first);
                bytes.append(&mut pending.values);
                leaves.push(blake3::hash(&bytes));
            }
            pending.first = self.next;
        }
        self.sum.add(file_sum(self.arm.as_deref(), &leaves));
    }
}

fn head(bytes: &mut Vec<u8>, name: &str, tag: u8, first: u64) {
    push_text(bytes, name);
    bytes.push(tag);
    bytes.extend_from_slice(&first.to_le_bytes());
}

fn push_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
    bytes.extend_from_slice(text.as_bytes());
}

/// An array of a known type.
enum Values<'a> {
    Integer(&'a arrow::array::Int64Array),
    Number(&'a arrow::array::Float64Array),
    Boolean(&'a arrow::array::BooleanArray),
    Date(&'a arrow::array::Date32Array),
    Text(&'a StringArray),
    Category(&'a arrow::array::Int32Array, &'a StringArray),
}

impl<'a> Values<'a> {
    fn of(name: &str, array: &'a ArrayRef) -> Result<Self> {
        let values = match array.data_type() {
            DataType::Int64 => Some(Values::Integer(array.as_primitive::<Int64Type>())),
            DataType::Float64 => Some(Values::Number(array.as_primitive::<Float64Type>())),
            DataType::Boolean => Some(Values::Boolean(array.as_boolean())),
            DataType::Date32 => Some(Values::Date(array.as_primitive::<Date32Type>())),
            DataType::Utf8 => Some(Values::Text(array.as_string())),
            DataType::Dictionary(..) => array.as_dictionary_opt::<Int32Type>().and_then(|dictionary| {
                Some(Values::Category(dictionary.keys(), dictionary.values().as_string_opt::<i32>()?))
            }),
            _ => None,
        };
        values.ok_or_else(|| {
            Error::unverified(format!("`{name}` has the type {}, which no suite has", array.data_type()))
        })
    }

    /// Categories and texts are the same values.
    fn tag(&self) -> u8 {
        match self {
            Values::Integer(_) => b'i',
            Values::Number(_) => b'n',
            Values::Boolean(_) => b'b',
            Values::Date(_) => b'd',
            Values::Text(_) | Values::Category(..) => b't',
        }
    }

    fn push(&self, row: usize, bytes: &mut Vec<u8>) {
        let valid = match self {
            Values::Integer(a) => a.is_valid(row),
            Values::Number(a) => a.is_valid(row),
            Values::Boolean(a) => a.is_valid(row),
            Values::Date(a) => a.is_valid(row),
            Values::Text(a) => a.is_valid(row),
            Values::Category(keys, names) => keys.is_valid(row) && names.is_valid(keys.value(row) as usize),
        };
        bytes.push(u8::from(valid));
        if !valid {
            return;
        }
        match self {
            Values::Integer(a) => bytes.extend_from_slice(&a.value(row).to_le_bytes()),
            Values::Number(a) => bytes.extend_from_slice(&a.value(row).to_le_bytes()),
            Values::Boolean(a) => bytes.push(u8::from(a.value(row))),
            Values::Date(a) => bytes.extend_from_slice(&a.value(row).to_le_bytes()),
            Values::Text(a) => push_text(bytes, a.value(row)),
            Values::Category(keys, names) => push_text(bytes, names.value(keys.value(row) as usize)),
        }
    }
}
