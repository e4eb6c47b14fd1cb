//! The regularised incomplete beta function, both tails.

use super::stirling::{deviance, stirling_error};
use super::tails::Tails;

/// The law with density x^(a−1) (1−x)^(b−1) / B(a, b) on 0 < x < 1, seen through the odds
/// x/(1−x): they keep their relative accuracy near both ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct IncompleteBeta {
    a: f64,
    b: f64,
    /// ln of x^a (1−x)^b / B(a, b) at its maximum, x = a/(a+b).
    log_peak: f64,
}

impl IncompleteBeta {
    /// `a`, `b` > 0, checked by the caller.
    pub fn new(a: f64, b: f64) -> Self {
        let c = a + b;
        let spread = (a / c) * b / std::f64::consts::TAU;
        let errors = stirling_error(c) - stirling_error(a) - stirling_error(b);
        let log_peak = 0.5 * libm::log(spread) + errors;
        Self { a, b, log_peak }
    }

    /// [`tails`](Self::tails) at the given odds > 0.
    pub fn tails_at_odds(&self, odds: f64) -> Tails {
        if odds > 1.0 {
            let y = 1.0 / (1.0 + odds);
            self.tails(1.0 / (1.0 + 1.0 / odds), y)
        } else {
            self.tails(odds / (1.0 + odds), 1.0 / (1.0 + odds))
        }
    }

    /// I_x(a, b), its complement and the derivatives in ln(x/y), for x, y > 0 with x + y = 1.
    pub fn tails(&self, x: f64, y: f64) -> Tails {
        let Self { a, b, log_peak } = *self;
        let c = a + b;
        let slope = libm::exp(log_peak - deviance(a, c * x) - deviance(b, c * y));
        let bend = a * y - b * x;
        let (lower, upper) = if x * (c + 2.0) <= a + 1.0 {
            let lower = (slope / fraction(a, b, x, y)).min(1.0);
            (lower, 1.0 - lower)
        } else {
            let upper = (slope / fraction(b, a, y, x)).min(1.0);
            (1.0 - upper, upper)
        };
        Tails { lower, upper, slope, bend }
    }
}

/// β₀ + α₁/(β₁ + α₂/(β₂ + …)) with I_x(a, b) = x^a y^b / B(a, b) / that; by Lentz's method.
///
/// DiDonato and Morris (1992), "Algorithm 708", ACM TOMS 18, 360-373, equation (9); converges
/// fast for x ≤ (a+1)/(a+b+2), in about sqrt(min(a, b)) terms at worst.
fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let lambda = a * y - b * x + 1.0;
    let mut value = a * lambda / (a + 1.0);
    let mut c = value;
    let mut d = 0.0;
    let mut m = 1.0;
    while m < 1e6 {
        let before = a + 2.0 * m - 1.0;
        let reach = m * (b - m) * x / before;
        let alpha = (a + m - 1.0) / before * (a + b + m - 1.0) * x * reach;
        let beta = m + reach + (a + m) * (lambda + m * (1.0 + y)) / (before + 2.0);
        d = 1.0 / (beta + alpha * d);
        c = beta + alpha / c;
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
        m += 1.0;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tails_agree_with_mpmath() {
        // betainc(a, b, 0, x, regularized) and betainc(a, b, x, 1, regularized), 40 digits.
        for (a, b, x, lower, upper) in MPMATH {
            let t = IncompleteBeta::new(a, b).tails(x, 1.0 - x);
            let (low, high) = (t.lower / lower - 1.0, t.upper / upper - 1.0);
            assert!(low.abs() < 1e-12 || (t.lower - lower).abs() < 3e-16, "{a} {b} {x}: {low:e}");
            assert!(high.abs() < 1e-12 || (t.upper - upper).abs() < 3e-16, "{a} {b} {x}: {high:e}");
        }
    }

    const MPMATH: [(f64, f64, f64, f64, f64); 17] = [
        (0.01, 0.01, 0.3, 0.49582361360238203, 0.504176386397618),
        (0.01, 0.01, 0.999, 0.5332926139123089, 0.46670738608769113),
        (0.3, 5.0, 1e-06, 0.028018310328217107, 0.9719816896717829),
        (0.3, 5.0, 0.2, 0.9205300142204162, 0.07946998577958374),
        (0.5, 0.5, 0.25, 0.3333333333333333, 0.6666666666666666),
        (1.0, 1.0, 0.4, 0.4, 0.6),
        (2.0, 7.5, 0.9, 0.9999997549234814, 2.45076518663049e-07),
        (2.0, 7.5, 0.05, 0.064099373853835, 0.935900626146165),
        (50.0, 0.5, 0.999, 0.7523690199653766, 0.2476309800346233),
        (50.0, 0.5, 0.5, 9.901688984594139e-17, 0.9999999999999999),
        (40.0, 60.0, 0.4, 0.5054370011155949, 0.49456299888440514),
        (40.0, 60.0, 0.75, 0.9999999999999297, 7.028325854284172e-14),
        (900.0, 2000.0, 0.3, 0.11379992507779954, 0.8862000749222004),
        (900.0, 2000.0, 0.35, 0.9999969730922755, 3.026907724419414e-06),
        (50000.0, 0.5, 0.99999, 0.317310507857966, 0.682689492142034),
        (0.05, 30.0, 0.125, 0.9997753092691766, 0.000224690730823384),
        (400000.0, 600000.0, 0.401, 0.9793652613867334, 0.02063473861326662),
    ];
}
