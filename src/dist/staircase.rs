//! Quantiles of laws on the whole numbers: a search around a guess, and a climb from 0.
//!
//! Both give the smallest whole k with cdf(k) ≥ u for a cdf that never decreases, so the answer
//! does not depend on the road, and a table of the same cdf gives the same bits.

use super::standard_normal;

/// The smallest whole k in `lowest..=highest` with cdf(k) ≥ `u`; `highest` if there is none.
///
/// Strides double away from the guess until the answer is enclosed, then halve: a good guess
/// costs two calls of `cdf`, the worst one about twice the number of binary digits.
pub(super) fn search(u: f64, guess: f64, (lowest, highest): (f64, f64), cdf: impl Fn(f64) -> f64) -> f64 {
    // A guess that is not a number starts at the bottom.
    let start = guess.floor().max(lowest).min(highest);
    let (mut low, mut high) = (start, start);
    let mut stride = 1.0;
    if cdf(start) >= u {
        loop {
            if high <= lowest {
                return lowest;
            }
            low = (high - stride).max(lowest);
            if cdf(low) < u {
                break;
            }
            high = low;
            stride *= 2.0;
        }
    } else {
        loop {
            if low >= highest {
                return highest;
            }
            high = (low + stride).min(highest);
            if cdf(high) >= u {
                break;
            }
            low = high;
            stride *= 2.0;
        }
    }
    while high - low > 1.0 {
        let middle = (low + 0.5 * (high - low)).floor();
        if middle <= low || middle >= high {
            // Beyond 2^53 whole numbers have gaps.
            break;
        }
        if cdf(middle) >= u {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Cornish and Fisher's guess of a quantile from the mean, the sd and the skewness.
pub(super) fn guess(u: f64, mean: f64, sd: f64, skewness: f64) -> f64 {
    let z = standard_normal::quantile(u);
    mean - 0.5 + sd * (z + skewness * (z * z - 1.0) / 6.0)
}

/// A law on 0, 1, 2, … given by P(0) and the ratios P(k+1)/P(k), summed from below: the road for
/// small means. Once a term past the mean no longer changes the sum, the cdf counts as 1.
pub(super) struct Climb<R> {
    /// P(0), not so small that it loses its accuracy.
    pub first: f64,
    /// The mean of the law: beyond it the terms fall.
    pub mean: f64,
    /// k ↦ P(k+1)/P(k); 0 at the last value.
    pub ratio: R,
}

impl<R: Fn(f64) -> f64> Climb<R> {
    /// The smallest k with cdf(k) ≥ `u`.
    pub fn quantile(&self, u: f64) -> f64 {
        self.walk(|_, sum| sum >= u).0
    }

    /// P(X ≤ k), for whole k ≥ 0.
    pub fn cdf(&self, k: f64) -> f64 {
        self.walk(|at, _| at >= k).1
    }

    /// Climbs until `stop(k, cdf(k))`, or until the cdf is 1; gives both.
    fn walk(&self, stop: impl Fn(f64, f64) -> bool) -> (f64, f64) {
        let (mut k, mut term, mut sum) = (0.0, self.first, self.first);
        loop {
            term *= (self.ratio)(k);
            let next = sum + term;
            if next == sum && k >= self.mean {
                return (k, 1.0);
            }
            if stop(k, sum) {
                return (k, sum);
            }
            // Rounding must not carry the sum to 1 before the end.
            sum = next.min(1.0);
            k += 1.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_guess_leads_to_the_same_step() {
        let cdf = |k: f64| (k / 1000.0).clamp(0.0, 1.0);
        for guess in [-5.0, 0.0, 17.3, 250.0, 251.0, 999.0, 1e12, f64::NAN] {
            assert_eq!(search(0.2501, guess, (0.0, f64::INFINITY), cdf), 251.0);
            assert_eq!(search(0.25, guess, (0.0, 1e6), cdf), 250.0);
        }
        assert_eq!(search(0.5, 3.0, (0.0, 100.0), cdf), 100.0);
    }

    #[test]
    fn a_climb_ends_even_at_the_last_number_below_one() {
        let law = Climb { first: libm::exp(-3.0), mean: 3.0, ratio: |k| 3.0 / (k + 1.0) };
        let top = law.quantile(1.0 - f64::EPSILON / 2.0);
        assert!((15.0..40.0).contains(&top));
        assert_eq!(law.cdf(1e9), 1.0);
        let one = Climb { first: 1.0, mean: 0.0, ratio: |_| 0.0 };
        assert_eq!(one.quantile(0.999), 0.0);
    }
}
