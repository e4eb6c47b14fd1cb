//! Powers and logarithms: `sqrt`, `exp`, `expm1`, `log`, `log1p`, `log10`, `pow` (also written `^`).
//!
//! The square root is exact by IEEE 754; the others come from `libm`, whose bits are the same everywhere.

use crate::formula::lane::{Lane, each, pair};

pub(super) fn sqrt(out: &mut [f64], x: Lane) {
    each(out, x, f64::sqrt);
}

pub(super) fn exp(out: &mut [f64], x: Lane) {
    each(out, x, libm::exp);
}

pub(super) fn expm1(out: &mut [f64], x: Lane) {
    each(out, x, libm::expm1);
}

pub(super) fn log(out: &mut [f64], x: Lane) {
    each(out, x, libm::log);
}

pub(super) fn log1p(out: &mut [f64], x: Lane) {
    each(out, x, libm::log1p);
}

pub(super) fn log10(out: &mut [f64], x: Lane) {
    each(out, x, libm::log10);
}

/// `base ^ exponent`; an exponent of 2 always multiplies, whether it is written or computed.
pub(in crate::formula) fn power(out: &mut [f64], base: Lane, exponent: Lane) {
    pair(
        out,
        base,
        exponent,
        |base, exponent| {
            if exponent == 2.0 { base * base } else { libm::pow(base, exponent) }
        },
    );
}

/// What [`power`] gives for an exponent of 2, without a question for each row.
pub(in crate::formula) fn square(out: &mut [f64], x: Lane) {
    each(out, x, |x| x * x);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(f: fn(&mut [f64], Lane), x: f64) -> f64 {
        let mut out = [0.0];
        f(&mut out, Lane::All(x));
        out[0]
    }

    #[test]
    fn the_bits_of_libm_are_near_those_of_the_platform() {
        for i in 1..4_000 {
            let x = f64::from(i) / 97.0;
            for (ours, platform) in [
                (one(exp, x), x.exp()),
                (one(exp, -x), (-x).exp()),
                (one(expm1, -x / 50.0), (-x / 50.0).exp_m1()),
                (one(log, x), x.ln()),
                (one(log1p, x), x.ln_1p()),
                (one(log10, x), x.log10()),
                (libm::pow(x, 1.7), x.powf(1.7)),
            ] {
                assert!((ours - platform).abs() <= 4e-16 * platform.abs(), "{x}: {ours} for {platform}");
            }
        }
    }
}
