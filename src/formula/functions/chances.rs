//! Chances and their log-odds: `logistic`, `logit`.

use crate::formula::lane::{Lane, each};

/// `1 / (1 + e^-x)`, computed so that neither tail overflows and the lower one keeps its precision.
pub(in crate::formula) fn logistic(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + libm::exp(-x))
    } else {
        let e = libm::exp(x);
        e / (1.0 + e)
    }
}

pub(super) fn logistic_lane(out: &mut [f64], x: Lane) {
    each(out, x, logistic);
}

/// `log(p / (1 - p))`; infinite at 0 and 1, not a number outside.
pub(super) fn logit_lane(out: &mut [f64], p: Lane) {
    each(out, p, |p| libm::log(p) - libm::log1p(-p));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logistic_keeps_both_tails() {
        assert_eq!(logistic(0.0), 0.5);
        assert_eq!(logistic(800.0), 1.0);
        assert_eq!(logistic(-800.0), 0.0);
        assert!(logistic(-700.0) > 0.0);
        assert!(logistic(f64::NAN).is_nan());
    }

    #[test]
    fn the_logit_undoes_the_logistic() {
        for i in -300..=300 {
            let x = f64::from(i) / 10.0;
            let mut back = [0.0];
            logit_lane(&mut back, Lane::All(logistic(x)));
            // Near 1 a probability itself only holds so much of x.
            let bound = 1e-14 * x.abs().max(1.0) + 3e-16 * libm::exp(x);
            assert!((back[0] - x).abs() <= bound, "{x} came back as {}", back[0]);
        }
    }
}
