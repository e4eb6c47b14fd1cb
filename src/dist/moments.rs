//! Mean and sd of a law that has no closed form for them.

use super::Distribution;

/// Mean and sd of a continuous law: the integrals of Q(u) and (Q(u) − mean)² over (0, 1).
///
/// Adaptive Simpson panels that halve towards both ends, down to tails of 2^−52.
pub(super) fn continuous_moments(law: &impl Distribution) -> (f64, f64) {
    let spread = (law.quantile(0.75) - law.quantile(0.25)).max(f64::MIN_POSITIVE);
    let precision = 1e-8;
    let mean = integral(&|u| law.quantile(u), precision * spread);
    let square = |u| {
        let off = law.quantile(u) - mean;
        off * off
    };
    (mean, integral(&square, precision * spread * spread).sqrt())
}

/// The mean of `f` over (0, 1) without the last 2^−52 at each end.
fn integral(f: &impl Fn(f64) -> f64, tolerance: f64) -> f64 {
    let mut sum = 0.0;
    let mut outer = 0.5;
    for _ in 1..52 {
        let inner = outer;
        outer *= 0.5;
        sum += Panel::new(f, outer, inner).refined(f, tolerance, 40);
        sum += Panel::new(f, 1.0 - inner, 1.0 - outer).refined(f, tolerance, 40);
    }
    sum
}

/// A stretch of u with the values of the integrand at its ends and its middle.
struct Panel {
    from: f64,
    to: f64,
    values: [f64; 3],
}

impl Panel {
    fn new(f: &impl Fn(f64) -> f64, from: f64, to: f64) -> Self {
        Self { from, to, values: [f(from), f(0.5 * (from + to)), f(to)] }
    }

    /// Simpson's rule.
    fn area(&self) -> f64 {
        let [left, middle, right] = self.values;
        (self.to - self.from) * (left + 4.0 * middle + right) / 6.0
    }

    /// Halves until the halves agree with the whole.
    fn refined(&self, f: &impl Fn(f64) -> f64, tolerance: f64, depth: u32) -> f64 {
        let middle = 0.5 * (self.from + self.to);
        let [left, centre, right] = self.values;
        let half = |from: f64, to: f64, first, last| {
            let values = [first, f(0.5 * (from + to)), last];
            Self { from, to, values }
        };
        let low = half(self.from, middle, left, centre);
        let high = half(middle, self.to, centre, right);
        let both = low.area() + high.area();
        if depth == 0 || (both - self.area()).abs() <= tolerance {
            return both;
        }
        low.refined(f, tolerance, depth - 1) + high.refined(f, tolerance, depth - 1)
    }
}

/// Mean and sd of a discrete law, summed over all but 2e-13 of its probability; of a wide one,
/// where steps of 1 no longer show, as of a continuous one.
pub(super) fn discrete_moments(law: &impl Distribution) -> (f64, f64) {
    let (first, last) = (law.quantile(1e-13), law.quantile(1.0 - 1e-13));
    if last - first > 1e5 {
        return continuous_moments(law);
    }
    let (mut weight, mut sum, mut square) = (0.0, 0.0, 0.0);
    let mut below = law.cdf_below(first);
    let mut k = first;
    while k <= last {
        let up_to = law.cdf(k);
        let (share, offset) = (up_to - below, k - first);
        weight += share;
        sum += share * offset;
        square += share * offset * offset;
        below = up_to;
        k += 1.0;
    }
    let mean = sum / weight;
    let variance = square / weight - mean * mean;
    (first + mean, variance.max(0.0).sqrt())
}

#[cfg(test)]
mod tests {
    use super::super::{Exponential, Normal, Poisson};
    use super::*;

    #[test]
    fn the_integrals_agree_with_closed_forms() {
        let (mean, sd) = continuous_moments(&Normal::new(2.0, 3.0).unwrap());
        assert!((mean - 2.0).abs() < 1e-7 && (sd - 3.0).abs() < 1e-6, "{mean} {sd}");
        let (mean, sd) = continuous_moments(&Exponential::new(1.0).unwrap());
        assert!((mean - 1.0).abs() < 1e-7 && (sd - 1.0).abs() < 1e-6, "{mean} {sd}");
        let (mean, sd) = continuous_moments(&Poisson::new(4e6).unwrap());
        assert!((mean - 4e6).abs() < 0.1 && (sd - 2e3).abs() < 0.1, "{mean} {sd}");
    }
}
