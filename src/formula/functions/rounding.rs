//! Rounding: `floor`, `ceil`, `int`, `round`. None of them gives a negative zero, which would print as `-0`.

use crate::formula::lane::{Lane, each, pair};

/// The powers of ten that a double holds exactly.
const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

pub(super) fn floor(out: &mut [f64], x: Lane) {
    each(out, x, |x| x.floor() + 0.0);
}

pub(super) fn ceil(out: &mut [f64], x: Lane) {
    each(out, x, |x| x.ceil() + 0.0);
}

pub(super) fn int(out: &mut [f64], x: Lane) {
    each(out, x, |x| x.trunc() + 0.0);
}

pub(super) fn round(out: &mut [f64], x: Lane) {
    each(out, x, |x| x.round() + 0.0);
}

pub(super) fn round_to(out: &mut [f64], x: Lane, decimals: Lane) {
    pair(out, x, decimals, rounded);
}

/// `x` to so many decimals (truncated to a whole number between -22 and 22), half away from zero.
///
/// The half is judged on the product `x · 10^decimals` as a double: 1.005 is stored a little below itself, yet a
/// product may round up to the half, so the last digit of such ties follows the stored values.
fn rounded(x: f64, decimals: f64) -> f64 {
    if decimals.is_nan() {
        return f64::NAN;
    }
    // The cast saturates, so any number of decimals is within the bounds afterwards.
    let decimals = (decimals as i64).clamp(-22, 22);
    let ten = TENS[decimals.unsigned_abs() as usize];
    if decimals < 0 {
        return (x / ten).round() * ten + 0.0;
    }
    let scaled = x * ten;
    if scaled.is_finite() {
        scaled.round() / ten + 0.0
    } else {
        // So large a number has no decimals.
        x
    }
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn halves_go_away_from_zero_on_either_side_of_the_point() {
        assert_eq!(rounded(2.5, 0.0), 3.0);
        assert_eq!(rounded(-2.5, 0.0), -3.0);
        assert_eq!(rounded(0.125, 2.0), 0.13);
        assert_eq!(rounded(-0.125, 2.0), -0.13);
        assert_eq!(rounded(1_250.0, -2.0), 1_300.0);
        assert_eq!(rounded(41_237.0, -3.0), 41_000.0);
    }

    #[test]
    fn extreme_numbers_and_decimals_are_survived() {
        assert_eq!(rounded(f64::MAX, 22.0), f64::MAX);
        assert_eq!(rounded(f64::MAX, f64::NEG_INFINITY), 1.797_693_134_862_315_7e308);
        assert_eq!(rounded(1.5, f64::INFINITY), 1.5);
        assert!(rounded(1.5, f64::NAN).is_nan());
        assert!(rounded(f64::NAN, 1.0).is_nan());
        assert_eq!(rounded(f64::NEG_INFINITY, 1.0), f64::NEG_INFINITY);
        assert!(rounded(-0.4, 0.0).is_sign_positive());
    }
}
