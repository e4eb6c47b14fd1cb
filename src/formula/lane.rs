//! The loops: one operation over a block of values.
//!
//! Within a formula everything but texts is a number: truth values are 0 and 1, categories their codes, dates their days since
//! 1970-01-01. All of these are exact in a double, so one kind of buffer and one kind of loop serve them all.

/// Values of a block: one each, or one for all of them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lane<'a> {
    /// One value a row.
    Each(&'a [f64]),
    /// The same value for all rows.
    All(f64),
}

/// An operation on one operand, over a block.
pub(super) type Unary = fn(&mut [f64], Lane);

/// An operation on two operands, over a block.
pub(super) type Binary = fn(&mut [f64], Lane, Lane);

/// 1 for true, 0 for false.
#[inline(always)]
pub(super) fn truth(b: bool) -> f64 {
    if b { 1.0 } else { 0.0 }
}

/// Writes `f(a)` for every row.
#[inline(always)]
pub(super) fn each(out: &mut [f64], a: Lane, f: impl Fn(f64) -> f64) {
    match a {
        Lane::Each(a) => {
            for (o, &a) in out.iter_mut().zip(a) {
                *o = f(a);
            }
        }
        Lane::All(a) => out.fill(f(a)),
    }
}

/// Writes `f(a, b)` for every row.
#[inline(always)]
pub(super) fn pair(out: &mut [f64], a: Lane, b: Lane, f: impl Fn(f64, f64) -> f64) {
    match (a, b) {
        (Lane::Each(a), Lane::Each(b)) => {
            for ((o, &a), &b) in out.iter_mut().zip(a).zip(b) {
                *o = f(a, b);
            }
        }
        (Lane::Each(a), Lane::All(b)) => {
            for (o, &a) in out.iter_mut().zip(a) {
                *o = f(a, b);
            }
        }
        (Lane::All(a), Lane::Each(b)) => {
            for (o, &b) in out.iter_mut().zip(b) {
                *o = f(a, b);
            }
        }
        (Lane::All(a), Lane::All(b)) => out.fill(f(a, b)),
    }
}

/// Writes `a` where the condition holds and `b` elsewhere.
pub(super) fn select(out: &mut [f64], condition: &[f64], a: Lane, b: Lane) {
    let rows = out.iter_mut().zip(condition);
    match (a, b) {
        (Lane::Each(a), Lane::Each(b)) => {
            for (((o, &c), &a), &b) in rows.zip(a).zip(b) {
                *o = if c != 0.0 { a } else { b };
            }
        }
        (Lane::Each(a), Lane::All(b)) => {
            for ((o, &c), &a) in rows.zip(a) {
                *o = if c != 0.0 { a } else { b };
            }
        }
        (Lane::All(a), Lane::Each(b)) => {
            for ((o, &c), &b) in rows.zip(b) {
                *o = if c != 0.0 { a } else { b };
            }
        }
        (Lane::All(a), Lane::All(b)) => {
            for (o, &c) in rows {
                *o = if c != 0.0 { a } else { b };
            }
        }
    }
}

pub(super) fn add(out: &mut [f64], a: Lane, b: Lane) {
    pair(out, a, b, |a, b| a + b);
}

pub(super) fn subtract(out: &mut [f64], a: Lane, b: Lane) {
    pair(out, a, b, |a, b| a - b);
}

pub(super) fn multiply(out: &mut [f64], a: Lane, b: Lane) {
    pair(out, a, b, |a, b| a * b);
}

pub(super) fn divide(out: &mut [f64], a: Lane, b: Lane) {
    pair(out, a, b, |a, b| a / b);
}

/// The remainder of floored division: it has the sign of the divisor.
pub(super) fn remainder(out: &mut [f64], a: Lane, b: Lane) {
    pair(out, a, b, |a, b| {
        let r = a % b;
        if r != 0.0 && (r < 0.0) != (b < 0.0) { r + b } else { r }
    });
}

pub(super) fn negate(out: &mut [f64], a: Lane) {
    each(out, a, |a| -a);
}

pub(super) fn not(out: &mut [f64], a: Lane) {
    each(out, a, |a| 1.0 - a);
}

pub(super) fn and(out: &mut [f64], a: Lane, b: Lane) {
    pair(out, a, b, |a, b| truth((a != 0.0) & (b != 0.0)));
}

pub(super) fn or(out: &mut [f64], a: Lane, b: Lane) {
    pair(out, a, b, |a, b| truth((a != 0.0) | (b != 0.0)));
}

pub(super) fn equal(out: &mut [f64], a: Lane, b: Lane) {
    pair(out, a, b, |a, b| truth(a == b));
}

pub(super) fn unequal(out: &mut [f64], a: Lane, b: Lane) {
    pair(out, a, b, |a, b| truth(a != b));
}

pub(super) fn less(out: &mut [f64], a: Lane, b: Lane) {
    pair(out, a, b, |a, b| truth(a < b));
}

pub(super) fn at_most(out: &mut [f64], a: Lane, b: Lane) {
    pair(out, a, b, |a, b| truth(a <= b));
}

pub(super) fn more(out: &mut [f64], a: Lane, b: Lane) {
    pair(out, a, b, |a, b| truth(a > b));
}

pub(super) fn at_least(out: &mut [f64], a: Lane, b: Lane) {
    pair(out, a, b, |a, b| truth(a >= b));
}

/// The day that `days` after (or before, when negative) a date fall on.
pub(super) fn shift_forth(out: &mut [f64], date: Lane, days: Lane) {
    pair(out, date, days, |date, days| (date + days).floor());
}

/// The day that lies `days` before a date.
pub(super) fn shift_back(out: &mut [f64], date: Lane, days: Lane) {
    pair(out, date, days, |date, days| (date - days).floor());
}
