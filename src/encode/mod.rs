//! Parquet column chunks, encoded from what is known of a column: its codes, its grid, its order.
//!
//! The library's writer looks every value up in a hash table to find its code again. Here the codes are those of the
//! array, whole numbers are their own codes, bits and texts are copied as they stand in memory; pages, their headers and
//! the footer stay the library's. A [`Chunk`] is encoded once and appended to any number of files.

mod bound;
mod chunk;
mod codes;
mod cut;
mod decimals;
mod delta;
mod encoder;
mod flags;
mod hybrid;
mod known;
mod library;
mod pack;
mod pages;
mod press;
mod shared_file;
mod split;
mod texts;
mod truncate;
mod wholes;

#[cfg(test)]
mod proof;
#[cfg(test)]
mod tests;

pub use chunk::Chunk;
pub use cut::PAGE_ROWS;
pub use encoder::{Encoder, Hint};
pub use known::Known;
pub use shared_file::SharedFile;
