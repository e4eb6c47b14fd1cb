//! The Hodges–Lehmann estimate: the middle of all pairwise means.

use super::super::{Alpha, Interval};
use super::Differences;
use super::wilcoxon::signed_rank_law;

/// Up to here the bounds come from the exact law of the signed-rank sum.
const EXACT: usize = 50;

impl Differences {
    /// The median of the Walsh averages (dᵢ + dⱼ)/2, i ≤ j: a location that outliers hardly move.
    ///
    /// Hodges and Lehmann (1963), Annals of Mathematical Statistics 34. Found without listing the n(n+1)/2 averages: see
    /// [`Self::hodges_lehmann_interval`].
    pub fn hodges_lehmann(&self) -> f64 {
        let walsh = Walsh::of(self.values());
        let middle = walsh.count() / 2;
        if walsh.count() % 2 == 1 {
            walsh.smallest(middle + 1)
        } else {
            0.5 * (walsh.smallest(middle) + walsh.smallest(middle + 1))
        }
    }

    /// The Walsh averages of rank k and M + 1 − k, M = n(n+1)/2, the largest k with P(W₊ < k) ≤ α: exact up to 50 units,
    /// beyond k = ⌊n(n+1)/4 − z √(n(n+1)(2n+1)/24)⌋. Unbounded where the units are too few for any k.
    ///
    /// Hollander and Wolfe (1999), Nonparametric Statistical Methods, section 3.3. Assumes symmetry; with ties it is
    /// cautious, and where most differences are one value both bounds may be that value: the middle is there, which says
    /// nothing about the mean. Selection takes O(n log n) time and O(n) memory: the answer is one of at most 2⁶⁴ doubles, and for
    /// each candidate two fingers on the sorted values count the sums below it.
    pub fn hodges_lehmann_interval(&self, alpha: Alpha) -> Interval {
        let walsh = Walsh::of(self.values());
        let k = rank_of_bound(self.values().len(), alpha);
        if k == 0 || self.is_constant() {
            return Interval::UNBOUNDED;
        }
        Interval::new(walsh.smallest(k), walsh.smallest(walsh.count() + 1 - k))
    }
}

fn rank_of_bound(n: usize, alpha: Alpha) -> u64 {
    if n <= EXACT {
        let mut below = 0.0;
        let mut is_below = |p: &f64| {
            below += p;
            below <= alpha.value()
        };
        return signed_rank_law(n).iter().take_while(|p| is_below(p)).count() as u64;
    }
    let n = n as f64;
    let middle = 0.25 * n * (n + 1.0);
    let spread = libm::sqrt(n * (n + 1.0) * (2.0 * n + 1.0) / 24.0);
    (middle - alpha.z() * spread).floor().max(0.0) as u64
}

/// The sums of all pairs i ≤ j, never listed.
struct Walsh {
    sorted: Vec<f64>,
}

impl Walsh {
    fn of(values: &[f64]) -> Self {
        // Halved first: then a sum is an average, and cannot overflow.
        let mut sorted: Vec<f64> = values.iter().map(|v| 0.5 * v).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        Self { sorted }
    }

    fn count(&self) -> u64 {
        let n = self.sorted.len() as u64;
        n * (n + 1) / 2
    }

    /// How many averages are at most `limit`. Rounded sums grow with both terms, so the fingers never turn back.
    fn at_most(&self, limit: f64) -> u64 {
        let x = &self.sorted;
        let (mut low, mut high, mut count) = (0, x.len(), 0);
        while low < high {
            if x[low] + x[high - 1] <= limit {
                // low with each of low ..= high − 1.
                count += (high - low) as u64;
                low += 1;
            } else {
                high -= 1;
            }
        }
        count
    }

    /// The average of rank `k`, from 1: the smallest double with at least k averages at most it.
    fn smallest(&self, k: u64) -> f64 {
        let ends = (self.sorted[0], self.sorted[self.sorted.len() - 1]);
        let (mut low, mut high) = (key(2.0 * ends.0), key(2.0 * ends.1));
        while low < high {
            let middle = low + (high - low) / 2;
            if self.at_most(value(middle)) >= k {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        // −0 and 0 are one average.
        value(low) + 0.0
    }
}

const SIGN: u64 = 1 << 63;

/// The doubles in their order, as whole numbers.
fn key(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits & SIGN == 0 { bits | SIGN } else { !bits }
}

fn value(key: u64) -> f64 {
    f64::from_bits(if key & SIGN == 0 { !key } else { key & !SIGN })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn listed(values: &[f64]) -> Vec<f64> {
        let mut all = Vec::new();
        for i in 0..values.len() {
            all.extend(values[i..].iter().map(|v| 0.5 * v + 0.5 * values[i]));
        }
        all.sort_by(f64::total_cmp);
        all
    }

    proptest! {
        #[test]
        fn every_rank_is_the_one_in_the_list(values in prop::collection::vec(-3i32..4, 1..12), scale in 0.1..9.0) {
            let values: Vec<f64> = values.iter().map(|&v| f64::from(v) * scale).collect();
            let walsh = Walsh::of(&values);
            for (k, expected) in listed(&values).iter().enumerate() {
                prop_assert_eq!(walsh.smallest(k as u64 + 1), *expected);
            }
        }
    }

    /// `wilcox.test(x, y, paired = TRUE, conf.int = TRUE)` in R on the depression scores.
    #[test]
    #[expect(clippy::approx_constant, reason = "3.14 is a patient's score")]
    fn hollander_and_wolfes_depression_scores_come_out() {
        let x = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
        let y = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
        let differences = Differences::of(&x, &y).unwrap();
        assert!((differences.hodges_lehmann() - 0.46).abs() < 1e-9);
        let interval = differences.hodges_lehmann_interval(Alpha::two_sided(0.05).unwrap());
        assert!((interval.low - 0.01).abs() < 1e-9 && (interval.high - 0.786).abs() < 1e-9, "{interval:?}");
    }

    #[test]
    fn few_units_and_equal_differences_bound_nothing() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        for values in [vec![1.0], vec![1.0, 2.0, 3.0], vec![0.0; 60]] {
            let differences = Differences::new(values).unwrap();
            assert_eq!(differences.hodges_lehmann_interval(alpha), Interval::UNBOUNDED);
        }
        assert_eq!(Differences::new(vec![0.0; 60]).unwrap().hodges_lehmann(), 0.0);
        // Five units: the smallest average has probability 1/32 ≤ 0.05.
        let five = Differences::new(vec![1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        assert_eq!(five.hodges_lehmann_interval(alpha), Interval::new(1.0, 5.0));
    }

    #[test]
    fn the_exact_and_the_normal_ranks_meet() {
        let alpha = Alpha::one_sided(0.025).unwrap();
        let (exact, normal) = (rank_of_bound(50, alpha), rank_of_bound(51, alpha));
        assert!(normal > exact && normal - exact < 25, "{exact} {normal}");
    }
}
