//! Hashes of content: of values, not of bytes, so that they survive another encoder, another format, another cut in parts.
//!
//! A *leaf* is a run of [`LEAF`] units (aligned to absolute unit numbers) of one column. Its hash is BLAKE3 of the column's
//! name, the type, the first unit, the number of cells, a validity bitmap (least significant bit first), and the cells, where
//! missing ones count as zero or empty: 8 bytes little-endian for numbers, 4 for days, 1 for truth values; for texts a 32-bit
//! length and UTF-8; for categories an index of 2 bytes a cell into the distinct texts of the leaf, which follow in the order
//! in which they first appear. A file mixes its arm into each leaf and adds all of them up as 256-bit integers; sums of files add up to the
//! suite's.

use std::collections::HashMap;
use std::ops::Range;

use arrow::array::{
    Array, ArrayRef, ArrowPrimitiveType, AsArray, BooleanArray, Date32Array, Float64Array, Int32Array,
    Int64Array, PrimitiveArray, StringArray,
};
use arrow::compute::concat_batches;
use arrow::datatypes::{DataType, Date32Type, Float64Type, Int32Type, Int64Type};
use arrow::record_batch::RecordBatch;

use crate::error::{Error, Result};

/// Units of a leaf; parts are cut at multiples of it.
pub(super) const LEAF: u64 = 1024;

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

/// Whether the texts of a dictionary are known to be distinct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dictionary {
    /// Levels of a scenario are.
    Distinct,
    /// Those of a file that was read need not be.
    Any,
}

/// The leaves of a column that begins at `first`, a multiple of [`LEAF`].
pub(super) fn column_leaves(
    name: &str,
    first: u64,
    array: &ArrayRef,
    dictionary: Dictionary,
) -> Result<Vec<blake3::Hash>> {
    let mut cells = Cells::of(name, array, dictionary)?;
    let mut bytes = Vec::with_capacity(16 * LEAF as usize);
    let mut leaves = Vec::with_capacity(array.len().div_ceil(LEAF as usize));
    for start in (0..array.len()).step_by(LEAF as usize) {
        let rows = start..array.len().min(start + LEAF as usize);
        bytes.clear();
        push_text(&mut bytes, name);
        bytes.push(cells.tag());
        bytes.extend_from_slice(&(first + start as u64).to_le_bytes());
        bytes.extend_from_slice(&(rows.len() as u32).to_le_bytes());
        push_validity(&mut bytes, array, rows.clone());
        cells.push(rows, &mut bytes);
        leaves.push(blake3::hash(&bytes));
    }
    Ok(leaves)
}

/// Recomputes the content hash of a file from its record batches, whatever their sizes.
pub struct ContentHasher {
    arm: Option<String>,
    /// The unit of the first record that waits for its leaf to be full.
    first: u64,
    waiting: Vec<RecordBatch>,
    sum: ContentSum,
}

impl ContentHasher {
    /// For a file of an arm (none: of the truth) whose records begin at a unit.
    pub fn new(arm: Option<&str>, first_unit: u64) -> Self {
        Self {
            arm: arm.map(str::to_owned),
            first: first_unit,
            waiting: Vec::new(),
            sum: ContentSum::default(),
        }
    }

    /// Adds the next records of the file.
    ///
    /// # Errors
    /// A column of a type that no suite has, or columns unlike those of the batches before.
    pub fn update(&mut self, batch: &RecordBatch) -> Result<()> {
        let mut rest = batch.clone();
        while rest.num_rows() > 0 {
            let waiting = self.waiting.iter().map(RecordBatch::num_rows).sum::<usize>() as u64;
            let room = (LEAF - (self.first + waiting) % LEAF) as usize;
            if rest.num_rows() < room {
                self.waiting.push(rest);
                break;
            }
            // Whole leaves are hashed where they are; only one that is spread over batches is put together.
            let more =
                if waiting == 0 { (rest.num_rows() - room) / LEAF as usize * LEAF as usize } else { 0 };
            let (full, after) =
                (rest.slice(0, room + more), rest.slice(room + more, rest.num_rows() - room - more));
            self.waiting.push(full);
            self.close()?;
            rest = after;
        }
        Ok(())
    }

    /// The file's sum.
    ///
    /// # Errors
    /// Those of [`ContentHasher::update`].
    pub fn finish(mut self) -> Result<ContentSum> {
        self.close()?;
        Ok(self.sum)
    }

    /// Hashes what waits.
    fn close(&mut self) -> Result<()> {
        let batch = match std::mem::take(&mut self.waiting).as_slice() {
            [] => return Ok(()),
            [one] => one.clone(),
            several => concat_batches(&several[0].schema(), several)
                .map_err(|e| Error::unverified(format!("columns change from one batch to the next: {e}")))?,
        };
        for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
            let leaves = column_leaves(field.name(), self.first, array, Dictionary::Any)?;
            self.sum.add(file_sum(self.arm.as_deref(), &leaves));
        }
        self.first += batch.num_rows() as u64;
        Ok(())
    }
}

fn push_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
    bytes.extend_from_slice(text.as_bytes());
}

fn push_validity(bytes: &mut Vec<u8>, array: &ArrayRef, rows: Range<usize>) {
    let start = bytes.len();
    bytes.resize(start + rows.len().div_ceil(8), 0xff);
    let bitmap = &mut bytes[start..];
    if !rows.len().is_multiple_of(8) {
        bitmap[rows.len() / 8] = (1 << (rows.len() % 8)) - 1;
    }
    // Also a dictionary's own missing entry is a missing cell.
    let Some(nulls) = array.logical_nulls().filter(|nulls| nulls.null_count() > 0) else { return };
    for (at, row) in rows.enumerate() {
        if nulls.is_null(row) {
            bitmap[at / 8] &= !(1 << (at % 8));
        }
    }
}

/// An array of a known type.
enum Cells<'a> {
    Integer(&'a Int64Array),
    Number(&'a Float64Array),
    Boolean(&'a BooleanArray),
    Date(&'a Date32Array),
    Text(&'a StringArray),
    Category(&'a Int32Array, Known<'a>),
}

impl<'a> Cells<'a> {
    fn of(name: &str, array: &'a ArrayRef, dictionary: Dictionary) -> Result<Self> {
        let cells = match array.data_type() {
            DataType::Int64 => Some(Cells::Integer(array.as_primitive::<Int64Type>())),
            DataType::Float64 => Some(Cells::Number(array.as_primitive::<Float64Type>())),
            DataType::Boolean => Some(Cells::Boolean(array.as_boolean())),
            DataType::Date32 => Some(Cells::Date(array.as_primitive::<Date32Type>())),
            DataType::Utf8 => Some(Cells::Text(array.as_string())),
            DataType::Dictionary(..) => array.as_dictionary_opt::<Int32Type>().and_then(|categories| {
                let names = categories.values().as_string_opt::<i32>()?;
                Some(Cells::Category(categories.keys(), Known::of(names, dictionary)))
            }),
            _ => None,
        };
        cells.ok_or_else(|| {
            Error::unverified(format!("`{name}` has the type {}, which no suite has", array.data_type()))
        })
    }

    fn tag(&self) -> u8 {
        match self {
            Cells::Integer(_) => b'i',
            Cells::Number(_) => b'n',
            Cells::Boolean(_) => b'b',
            Cells::Date(_) => b'd',
            Cells::Text(_) => b't',
            Cells::Category(..) => b'c',
        }
    }

    fn push(&mut self, rows: Range<usize>, bytes: &mut Vec<u8>) {
        match self {
            Cells::Integer(a) => push_numbers(a, rows, i64::to_le_bytes, bytes),
            Cells::Number(a) => push_numbers(a, rows, f64::to_le_bytes, bytes),
            Cells::Date(a) => push_numbers(a, rows, i32::to_le_bytes, bytes),
            Cells::Boolean(a) => bytes.extend(rows.map(|row| u8::from(a.is_valid(row) && a.value(row)))),
            Cells::Text(a) => {
                rows.for_each(|row| push_text(bytes, if a.is_valid(row) { a.value(row) } else { "" }))
            }
            Cells::Category(keys, known) => known.push(keys, rows, bytes),
        }
    }
}

fn push_numbers<T: ArrowPrimitiveType, const N: usize>(
    array: &PrimitiveArray<T>,
    rows: Range<usize>,
    to_bytes: impl Fn(T::Native) -> [u8; N],
    bytes: &mut Vec<u8>,
) {
    let cells = &array.values()[rows.clone()];
    match array.nulls().filter(|nulls| nulls.null_count() > 0) {
        None => bytes.extend(cells.iter().flat_map(|cell| to_bytes(*cell))),
        Some(nulls) => bytes.extend(cells.iter().zip(rows).flat_map(|(cell, row)| {
            to_bytes(if nulls.is_valid(row) { *cell } else { T::Native::default() })
        })),
    }
}

/// What is known of the texts of a dictionary in the leaf that is being hashed: each number is looked up once a leaf.
struct Known<'a> {
    names: &'a StringArray,
    /// By number, and last for missing cells, which count as the empty text: a number that stands for the same text.
    same: Vec<u32>,
    leaf: u32,
    /// By number: the leaf in which it was last seen, and its index there.
    seen: Vec<(u32, u16)>,
}

impl<'a> Known<'a> {
    fn of(names: &'a StringArray, dictionary: Dictionary) -> Self {
        let text = |key: usize| if names.is_valid(key) { names.value(key) } else { "" };
        let missing = names.len() as u32;
        let mut same: Vec<u32> = (0..=missing).collect();
        match dictionary {
            Dictionary::Distinct => {
                let empty = (0..names.len()).find(|key| text(*key).is_empty());
                same[names.len()] = empty.map_or(missing, |key| key as u32);
            }
            Dictionary::Any => {
                let mut first: HashMap<&str, u32> = HashMap::with_capacity(names.len());
                for key in 0..=missing {
                    let text = if key < missing { text(key as usize) } else { "" };
                    same[key as usize] = *first.entry(text).or_insert(key);
                }
            }
        }
        Self { names, same, leaf: 0, seen: vec![(0, 0); names.len() + 1] }
    }

    /// The index of each cell's text among the distinct ones, then those.
    fn push(&mut self, keys: &Int32Array, rows: Range<usize>, bytes: &mut Vec<u8>) {
        self.leaf += 1;
        let missing = self.names.len();
        let mut distinct: Vec<usize> = Vec::new();
        for row in rows {
            let key = if keys.is_valid(row) { keys.value(row) as usize } else { missing };
            let key = self.same[key] as usize;
            if self.seen[key].0 != self.leaf {
                self.seen[key] = (self.leaf, distinct.len() as u16);
                distinct.push(key);
            }
            bytes.extend_from_slice(&self.seen[key].1.to_le_bytes());
        }
        for key in distinct {
            push_text(
                bytes,
                if key < missing && self.names.is_valid(key) { self.names.value(key) } else { "" },
            );
        }
    }
}
