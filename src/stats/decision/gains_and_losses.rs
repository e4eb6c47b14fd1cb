//! The joint law of gains and losses among units, summed over regions of it.

use super::super::laws;

/// Numbers of flips with a smaller probability on either side do not count.
const NEGLIGIBLE: f64 = 1e-13;

/// The probability that, of `units` units which each gain with probability `gain`, lose with probability `loss` or stay, the
/// number of gains lies in the range `gains(flips)` of the number of flips d: Σ P(d) P(gains in range | d), d being
/// Binomial(units, gain + loss) and the gains Binomial(d, gain/(gain + loss)).
///
/// Within 2·10⁻¹³ from below: a sum over about 15 standard deviations of d, which for a million units are some thousands.
pub(in super::super) fn probability(
    units: u64,
    gain: f64,
    loss: f64,
    gains: impl Fn(u64) -> Option<(u64, u64)>,
) -> f64 {
    let rate = (gain + loss).min(1.0);
    let share = if rate > 0.0 { (gain / rate).min(1.0) } else { 0.5 };
    let at_most = |d: u64| laws::binomial_at_most(d, units, rate);
    let mut d = first(0, units, |d| at_most(d) > NEGLIGIBLE);
    let (mut sum, mut seen) = (0.0, 0.0);
    while seen < 1.0 - NEGLIGIBLE && d <= units {
        let now = at_most(d);
        if let Some((least, most)) = gains(d) {
            let under = if least == 0 { 0.0 } else { laws::binomial_at_most(least - 1, d, share) };
            sum += (now - seen) * (laws::binomial_at_most(most, d, share) - under);
        }
        seen = now;
        d += 1;
    }
    sum.clamp(0.0, 1.0)
}

/// The first of low..=high for which `holds`, which stays true once it is, and is at `high`.
pub(in super::super) fn first(mut low: u64, mut high: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_regions_together_have_probability_one() {
        for (units, gain, loss) in [(1, 0.5, 0.5), (40, 0.1, 0.02), (1_000_000, 0.004, 0.006), (9, 0.0, 0.0)]
        {
            assert!((probability(units, gain, loss, |d| Some((0, d))) - 1.0).abs() < 1e-12);
            assert_eq!(probability(units, gain, loss, |_| None), 0.0);
        }
    }

    /// Gains alone are Binomial(units, gain).
    #[test]
    fn the_gains_have_their_own_binomial_law() {
        let below = |most: u64| probability(50, 0.1, 0.3, move |d| Some((0, most.min(d))));
        for most in [0, 3, 5, 12] {
            assert!((below(most) - laws::binomial_at_most(most, 50, 0.1)).abs() < 1e-12);
        }
    }

    #[test]
    fn the_first_is_found_at_either_end_too() {
        for target in [0, 1, 7, 10] {
            assert_eq!(first(0, 10, |x| x >= target), target);
        }
    }
}
