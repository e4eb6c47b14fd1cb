//! The words that a judgement ends in.

mod overall;
mod word;

pub use word::Verdict;
