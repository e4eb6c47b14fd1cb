//! The one error of this floor, and the checks that raise it.

use std::fmt;

/// A parameter that a law refuses: its name, the value found, and what it must do instead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BadParameter {
    /// The parameter's name, as a scenario writes it.
    pub name: &'static str,
    /// The value found.
    pub value: f64,
    /// The demand, as a verb phrase: "be positive".
    pub must: &'static str,
}

impl fmt::Display for BadParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, value, must } = self;
        write!(f, "`{name}` must {must}, found {value}")
    }
}

impl std::error::Error for BadParameter {}

/// `value` itself when it is finite and `holds`; NaN and the infinities are always refused.
pub(super) fn require(
    name: &'static str,
    value: f64,
    holds: bool,
    must: &'static str,
) -> Result<f64, BadParameter> {
    if !value.is_finite() {
        let must = "be a finite number";
        return Err(BadParameter { name, value, must });
    }
    if holds { Ok(value) } else { Err(BadParameter { name, value, must }) }
}

pub(super) fn finite(name: &'static str, value: f64) -> Result<f64, BadParameter> {
    require(name, value, true, "")
}

pub(super) fn positive(name: &'static str, value: f64) -> Result<f64, BadParameter> {
    require(name, value, value > 0.0, "be positive")
}

pub(super) fn not_negative(name: &'static str, value: f64) -> Result<f64, BadParameter> {
    require(name, value, value >= 0.0, "not be negative")
}

/// A probability, 0 and 1 included.
pub(super) fn probability(name: &'static str, value: f64) -> Result<f64, BadParameter> {
    let holds = (0.0..=1.0).contains(&value);
    require(name, value, holds, "be between 0 and 1")
}

/// The largest mean or count of a discrete law: whole numbers stay far below 2^53, where every
/// step of 1 is still visible in an `f64`.
pub(super) const LARGEST_COUNT: f64 = 1e9;

/// A mean or a number of trials of a discrete law: 0 up to [`LARGEST_COUNT`].
pub(super) fn countable(name: &'static str, value: f64) -> Result<f64, BadParameter> {
    not_negative(name, value)?;
    require(name, value, value <= LARGEST_COUNT, "be at most 1e9")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_the_parameter_the_demand_and_the_value() {
        let bad = positive("sd", -2.0).unwrap_err();
        assert_eq!(bad.to_string(), "`sd` must be positive, found -2");
        let nan = positive("sd", f64::NAN).unwrap_err();
        assert_eq!(nan.to_string(), "`sd` must be a finite number, found NaN");
    }
}
