//! Columns of parameters: what `fill` reads.

use super::BadParameter;

/// One parameter of a column of laws.
#[derive(Clone, Copy, Debug)]
pub enum Param<'a> {
    /// The same in every row.
    Scalar(f64),
    /// One value a row.
    Each(&'a [f64]),
}

impl Param<'_> {
    /// The value in row `row`.
    pub fn at(&self, row: usize) -> f64 {
        match self {
            Param::Scalar(value) => *value,
            Param::Each(values) => values[row],
        }
    }

    fn constant(&self) -> Option<f64> {
        match self {
            Param::Scalar(value) => Some(*value),
            Param::Each(_) => None,
        }
    }

    pub(super) fn is_long_enough(&self, rows: usize) -> bool {
        match self {
            Param::Scalar(_) => true,
            Param::Each(values) => values.len() == rows,
        }
    }
}

/// The modifiers of a column of laws; see [`Shaped`](super::Shaped).
#[derive(Clone, Copy, Debug, Default)]
pub struct Modifiers<'a> {
    /// The lower bound of a truncation.
    pub min: Option<Param<'a>>,
    /// The upper bound of a truncation.
    pub max: Option<Param<'a>>,
    /// The probability of 0 of a hurdle.
    pub zero: Option<Param<'a>>,
}

impl Modifiers<'_> {
    pub(super) fn at(&self, row: usize) -> Bounds {
        let at = |param: &Option<Param>| param.as_ref().map(|param| param.at(row));
        Bounds { min: at(&self.min), max: at(&self.max), zero: at(&self.zero) }
    }

    pub(super) fn are_constant(&self) -> bool {
        let all = [&self.min, &self.max, &self.zero];
        all.into_iter().flatten().all(|param| param.constant().is_some())
    }

    pub(super) fn are_long_enough(&self, rows: usize) -> bool {
        let all = [&self.min, &self.max, &self.zero];
        all.into_iter().flatten().all(|param| param.is_long_enough(rows))
    }
}

/// The modifiers of one row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bounds {
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub zero: Option<f64>,
}

impl Bounds {
    pub fn are_none(&self) -> bool {
        self.min.is_none() && self.max.is_none() && self.zero.is_none()
    }

    /// Equal to the bit: only then may a row reuse what another one built.
    pub fn same(&self, other: &Self) -> bool {
        let bits = |bounds: &Self| [bounds.min, bounds.max, bounds.zero].map(|b| b.map(f64::to_bits));
        bits(self) == bits(other)
    }
}

/// The values of all parameters, where all are constant.
pub(super) fn constants(params: &[Param]) -> Option<Vec<f64>> {
    params.iter().map(Param::constant).collect()
}

/// A parameter that a law refuses, and the row it stands in (0 for a constant one).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtRow {
    /// The row, counted from 0 within the column filled.
    pub row: usize,
    /// What was wrong.
    pub bad: BadParameter,
}

impl std::fmt::Display for AtRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "row {}: {}", self.row, self.bad)
    }
}

impl std::error::Error for AtRow {}
