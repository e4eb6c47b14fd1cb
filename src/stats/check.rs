//! The checks at the doors of this floor; they raise the error of `dist`, which says name, demand and value.

use crate::dist::BadParameter;

/// Refuses `value` unless it `holds`.
pub(super) fn require(
    name: &'static str,
    value: f64,
    holds: bool,
    must: &'static str,
) -> Result<f64, BadParameter> {
    if holds { Ok(value) } else { Err(BadParameter { name, value, must }) }
}

/// A number that is neither NaN nor infinite.
pub(super) fn finite(name: &'static str, value: f64) -> Result<f64, BadParameter> {
    require(name, value, value.is_finite(), "be a finite number")
}

/// A finite number above 0.
pub(super) fn positive(name: &'static str, value: f64) -> Result<f64, BadParameter> {
    finite(name, value)?;
    require(name, value, value > 0.0, "be positive")
}

/// A number in 0..=1.
pub(super) fn probability(name: &'static str, value: f64) -> Result<f64, BadParameter> {
    require(name, value, (0.0..=1.0).contains(&value), "be between 0 and 1")
}

/// All of them finite, and at least one.
pub(super) fn all_finite(name: &'static str, values: &[f64]) -> Result<(), BadParameter> {
    require(name, 0.0, !values.is_empty(), "hold at least one value")?;
    values.iter().try_for_each(|&value| finite(name, value).map(|_| ()))
}

/// Two slices of one length, read unit by unit.
pub(super) fn same_length(name: &'static str, found: usize, wanted: usize) -> Result<(), BadParameter> {
    require(name, found as f64, found == wanted, "have one entry a unit, as many as its partner").map(|_| ())
}

/// The largest count: beyond it the laws of `dist` are not proven.
pub(super) const LARGEST_COUNT: u64 = 1_000_000_000;

/// A count of units, 1 up to [`LARGEST_COUNT`].
pub(super) fn units(name: &'static str, count: u64) -> Result<u64, BadParameter> {
    let holds = (1..=LARGEST_COUNT).contains(&count);
    require(name, count as f64, holds, "be at least 1 and at most 1e9").map(|_| count)
}
