//! The smallest number of units that reaches a power.

use super::super::check::LARGEST_COUNT;

/// The n found by doubling and halving with power(n) ≥ `target`; none up to 1e9.
///
/// Where power grows with n this is the smallest. For counts it grows in steps with small relapses: n then reaches the power
/// and n − 1 does not, but some smaller n may.
pub(super) fn smallest(target: f64, first: u64, power: impl Fn(u64) -> f64) -> Option<u64> {
    let mut enough = first;
    while power(enough) < target {
        if enough >= LARGEST_COUNT {
            return None;
        }
        enough = (2 * enough).min(LARGEST_COUNT);
    }
    let mut short = if enough == first { first - 1 } else { enough / 2 };
    while enough - short > 1 {
        let middle = short + (enough - short) / 2;
        if power(middle) < target {
            short = middle;
        } else {
            enough = middle;
        }
    }
    Some(enough)
}
