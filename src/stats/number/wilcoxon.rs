//! Wilcoxon's signed-rank test, with Pratt's zeros.

use super::super::PValue;
use super::Differences;

/// Up to here the exact law is summed where it exists: as `scipy.stats.wilcoxon` does.
const EXACT: usize = 50;

/// Sizes closer than this part of themselves are ties: 0.3 − 0.2 and 0.2 − 0.1 differ in their last digits only.
const TIED: f64 = 1e-10;

impl Differences {
    /// Are positive differences larger than negative ones?
    ///
    /// W₊ is the sum of the ranks of |d| over positive d. Zeros are ranked, then their ranks are dropped (Pratt 1959,
    /// JASA 54: leaving them out first can turn the result around). Without zeros and ties, and up to 50 units, the p-values
    /// are exact; else W₊ is normal with mean ½ Σr and variance ¼ Σr² over the kept midranks, without continuity
    /// correction. That is `scipy.stats.wilcoxon(zero_method="pratt", correction=False)`, and for the normal law
    /// `coin::wilcoxsign_test(zero.method = "Pratt")` of R. All 1 where every difference is 0.
    pub fn wilcoxon(&self) -> PValue {
        let ranks = SignedRanks::of(self.values());
        if ranks.kept == 0 {
            PValue::NONE
        } else if ranks.is_plain && ranks.kept <= EXACT {
            ranks.exact()
        } else {
            PValue::of_z(ranks.z())
        }
    }

    /// W₊, the sum of the ranks of the positive differences.
    pub fn signed_rank_sum(&self) -> f64 {
        SignedRanks::of(self.values()).positive
    }
}

struct SignedRanks {
    /// Σ of the ranks of positive differences.
    positive: f64,
    /// Σ r and Σ r² over the differences that are not 0.
    sum: f64,
    squares: f64,
    kept: usize,
    /// Neither zeros nor ties.
    is_plain: bool,
}

impl SignedRanks {
    fn of(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(|a, b| a.abs().total_cmp(&b.abs()));
        let mut ranks = Self { positive: 0.0, sum: 0.0, squares: 0.0, kept: 0, is_plain: true };
        let mut start = 0;
        for tied in sorted.chunk_by(|a, b| b.abs() - a.abs() <= TIED * b.abs()) {
            // The mean of start + 1 ..= start + len.
            let rank = start as f64 + 0.5 * (tied.len() as f64 + 1.0);
            start += tied.len();
            ranks.is_plain &= tied.len() == 1 && tied[0] != 0.0;
            if tied[0] != 0.0 {
                let above = tied.iter().filter(|&&d| d > 0.0).count() as f64;
                ranks.positive += rank * above;
                ranks.sum += rank * tied.len() as f64;
                ranks.squares += rank * rank * tied.len() as f64;
                ranks.kept += tied.len();
            }
        }
        ranks
    }

    fn z(&self) -> f64 {
        (self.positive - 0.5 * self.sum) / libm::sqrt(0.25 * self.squares)
    }

    fn exact(&self) -> PValue {
        let law = signed_rank_law(self.kept);
        let at = self.positive as usize;
        let less: f64 = law[..=at].iter().sum();
        let greater: f64 = law[at..].iter().sum();
        PValue::doubled(greater, less)
    }
}

/// P(W₊ = w) for w = 0 ..= n(n+1)/2: every subset of the ranks 1..=n is as likely. n up to about a thousand.
pub(super) fn signed_rank_law(n: usize) -> Vec<f64> {
    let mut law = vec![0.0; n * (n + 1) / 2 + 1];
    law[0] = 1.0;
    let mut largest = 0;
    for rank in 1..=n {
        largest += rank;
        // From above, so that each rank is taken once; halved as it goes, so that nothing overflows.
        for w in (0..=largest).rev() {
            let with = if w >= rank { law[w - rank] } else { 0.0 };
            law[w] = 0.5 * (law[w] + with);
        }
    }
    law
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `wilcox.test(depression$first, depression$second, paired = TRUE)`: Hollander and Wolfe (1973), p. 29, in the manual
    /// of R: V = 40, one-sided p = 0.01953.
    #[test]
    #[expect(clippy::approx_constant, reason = "3.14 is a patient's score")]
    fn hollander_and_wolfes_depression_scores_come_out() {
        let x = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
        let y = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
        let differences = Differences::of(&x, &y).unwrap();
        assert_eq!(differences.signed_rank_sum(), 40.0);
        assert!((differences.wilcoxon().greater - 10.0 / 512.0).abs() < 1e-15);
    }

    #[test]
    fn zeros_keep_the_others_in_their_ranks() {
        // Ranks of |d|: 0 0 → 1, 2; 1 → 3; −2 → 4; 3 → 5.
        let differences = Differences::new(vec![0.0, 1.0, -2.0, 0.0, 3.0]).unwrap();
        assert_eq!(differences.signed_rank_sum(), 8.0);
        assert_eq!(Differences::new(vec![0.0; 4]).unwrap().wilcoxon(), PValue::NONE);
        assert_eq!(Differences::new(vec![-0.0, 0.0]).unwrap().wilcoxon(), PValue::NONE);
    }

    #[test]
    fn tenths_that_differ_in_their_last_digits_are_ties() {
        let differences = Differences::of(&[0.3, 0.2, 0.7, 0.0], &[0.2, 0.1, 0.6, 0.2]).unwrap();
        assert!(differences.values()[0] != differences.values()[1]);
        // Three differences of rank 2, and one of rank 4 below.
        assert_eq!(differences.signed_rank_sum(), 6.0);
    }

    #[test]
    fn one_unit_is_no_surprise() {
        let p = Differences::new(vec![5.0]).unwrap().wilcoxon();
        assert_eq!((p.greater, p.less, p.two_sided), (0.5, 1.0, 1.0));
    }

    #[test]
    fn the_law_of_the_rank_sum_is_a_law() {
        let law = signed_rank_law(50);
        assert!((law.iter().sum::<f64>() - 1.0).abs() < 1e-14);
        assert_eq!(law.first(), law.last());
    }
}
