//! What an output is, and so which statistics it allows.

use std::fmt;

/// The kind of an output.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// Two values, one of which is the favourable one. [`Output::value`](super::Output::value) is 1 for it and 0 for the other; with
    /// repeats, the share of favourable answers.
    Decision {
        /// The favourable value, as written in the file.
        favourable: String,
        /// The other one; none if it never occurs.
        other: Option<String>,
    },
    /// A number in a known range, ends included.
    Score {
        /// The lowest score.
        low: f64,
        /// The highest score.
        high: f64,
    },
    /// Any finite number.
    Number,
    /// A place in a list, counted from 1.
    Rank {
        /// The column that says which list, if there is more than one.
        list: Option<String>,
    },
    /// One of a set of labels.
    Category,
    /// A text; its value is its length in characters. An [`Extractor`](super::Extractor) makes more of it.
    Text,
}

impl Kind {
    /// The word for it in declarations and reports.
    pub fn word(&self) -> &'static str {
        match self {
            Kind::Decision { .. } => "decision",
            Kind::Score { .. } => "score",
            Kind::Number => "number",
            Kind::Rank { .. } => "rank",
            Kind::Category => "category",
            Kind::Text => "text",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Decision { favourable, .. } => write!(f, "decision (favourable: {favourable})"),
            Kind::Score { low, high } => write!(f, "score from {low} to {high}"),
            Kind::Rank { list: Some(list) } => write!(f, "rank within `{list}`"),
            other => f.write_str(other.word()),
        }
    }
}
