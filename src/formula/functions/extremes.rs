//! Size and sign: `abs`, `sign`, `min`, `max`; `clamp` is made of the latter two.

use crate::formula::lane::{Lane, each, pair};

pub(super) fn abs(out: &mut [f64], x: Lane) {
    each(out, x, f64::abs);
}

/// -1, 0 or 1.
pub(super) fn sign(out: &mut [f64], x: Lane) {
    each(out, x, |x| {
        if x > 0.0 {
            1.0
        } else if x < 0.0 {
            -1.0
        } else {
            // Zero is 0 whatever its sign, and what is not a number stays so.
            x + 0.0
        }
    });
}

/// The lesser of two; the first of equals, and NaN when either is.
pub(super) fn min(out: &mut [f64], a: Lane, b: Lane) {
    // The standard library's `min` drops NaN, which would hide a mistake from whoever refuses it in the end.
    pair(out, a, b, |a, b| if (a <= b) | a.is_nan() { a } else { b });
}

/// The greater of two; the first of equals, and NaN when either is.
pub(super) fn max(out: &mut [f64], a: Lane, b: Lane) {
    pair(out, a, b, |a, b| if (a >= b) | a.is_nan() { a } else { b });
}
