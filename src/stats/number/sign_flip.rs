//! The sign-flip test: would another assignment of the two labels within units give such a mean?

use super::super::{PValue, check};
use super::Differences;
use super::ties::{OFTEN_ADDRESS, Ties};
use crate::dist::{BadParameter, Binomial, Distribution};
use crate::noise::{Noise, Purpose};

/// Up to this many differences other than 0, every assignment of signs is looked at.
const EXACT: usize = 14;

/// Sums that differ by rounding alone count as equal, as they would on paper.
const TIED: f64 = 1e-12;

/// How many random assignments, and which.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignFlip {
    replicates: u32,
    noise: Noise,
}

impl SignFlip {
    /// `replicates` ≥ 1 assignments at the address (seed, name): the same ones whenever asked, others for another name.
    pub fn new(replicates: u32, seed: u64, name: &str) -> Result<Self, BadParameter> {
        check::require("replicates", f64::from(replicates), replicates > 0, "be at least 1")?;
        Ok(Self { replicates, noise: Noise::of(seed, name, Purpose::Resample) })
    }

    /// The sum of the sizes under the signs of one replicate: 128 signs an address, and one number for all equal sizes,
    /// of which Binomial(m, ½) get a plus.
    fn sum(&self, sizes: &Ties, laws: &[Binomial], replicate: u32) -> f64 {
        let mut sum = 0.0;
        for (block, run) in sizes.seldom.chunks(128).enumerate() {
            let words = self.noise.bits(block as u64, replicate);
            for (half, word) in run.chunks(64).zip(words) {
                sum += signed_sum(half, word);
            }
        }
        for (index, (&(size, count), law)) in (OFTEN_ADDRESS..).zip(sizes.often.iter().zip(laws)) {
            let plus = law.quantile(self.noise.uniform(index, replicate));
            sum += size * (2.0 * plus - count as f64);
        }
        sum
    }
}

/// At most 64 values, each with the sign of its bit. Four sums side by side do not wait for each other.
fn signed_sum(values: &[f64], mut word: u64) -> f64 {
    let mut sums = [0.0; 4];
    for four in values.chunks(4) {
        for (sum, value) in sums.iter_mut().zip(four) {
            // The lowest bit moved onto the sign: no branch to mispredict.
            *sum += f64::from_bits(value.to_bits() ^ (word << 63));
            word >>= 1;
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}

impl Differences {
    /// The p-values of the mean difference under all 2ⁿ assignments of signs (n ≤ 14, zeros left out), else
    /// (k + 1)/(replicates + 1), k of the random assignments being as far out as the data.
    ///
    /// Fisher (1935), The Design of Experiments, chapter III; Phipson and Smyth (2010), "Permutation p-values should
    /// never be zero", Statistical Applications in Genetics and Molecular Biology 9. Two-sided by the absolute mean. Asks
    /// only that a unit's labels could have been exchanged. All 1 where every difference is 0.
    pub fn sign_flip(&self, flips: &SignFlip) -> PValue {
        let moved: Vec<f64> = self.values().iter().copied().filter(|&d| d != 0.0).collect();
        if moved.is_empty() {
            return PValue::NONE;
        }
        let observed: f64 = moved.iter().sum();
        let slack = TIED * moved.iter().map(|d| d.abs()).sum::<f64>();
        let mut count = Count { observed, slack, greater: 0, less: 0, both: 0 };
        if moved.len() <= EXACT {
            let all = 1u32 << moved.len();
            (0..all).for_each(|signs| count.see(assigned(&moved, signs)));
            count.p(0, all)
        } else {
            let sizes = Ties::of(moved.iter().map(|d| d.abs()));
            let fair = |&(_, count): &(f64, u64)| Binomial::new(count as f64, 0.5).expect("a count of units");
            let laws: Vec<Binomial> = sizes.often.iter().map(fair).collect();
            (0..flips.replicates).for_each(|replicate| count.see(flips.sum(&sizes, &laws, replicate)));
            count.p(1, flips.replicates)
        }
    }
}

/// The sum with the signs of the set bits turned.
fn assigned(values: &[f64], signs: u32) -> f64 {
    values.iter().enumerate().map(|(i, d)| if signs >> i & 1 == 1 { -d } else { *d }).sum()
}

struct Count {
    observed: f64,
    slack: f64,
    greater: u32,
    less: u32,
    both: u32,
}

impl Count {
    fn see(&mut self, sum: f64) {
        self.greater += u32::from(sum >= self.observed - self.slack);
        self.less += u32::from(sum <= self.observed + self.slack);
        self.both += u32::from(sum.abs() >= self.observed.abs() - self.slack);
    }

    /// `own` is 1 where the data themselves are one more assignment.
    fn p(&self, own: u32, all: u32) -> PValue {
        let share = |k: u32| f64::from(k + own) / (f64::from(all) + f64::from(own));
        PValue { greater: share(self.greater), less: share(self.less), two_sided: share(self.both) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIZE: [f64; 15] = [49., -67., 8., 16., 6., 23., 28., 41., 14., 29., 56., 24., 75., 60., -48.];

    /// Fisher (1935), section 21: of the 32,768 assignments of Darwin's maize, 863 give a total as large, either way 1,726.
    #[test]
    fn fishers_count_for_darwins_maize_comes_out() {
        let observed: f64 = MAIZE.iter().sum();
        let all = 1u32 << 15;
        let mut count = Count { observed, slack: 0.0, greater: 0, less: 0, both: 0 };
        (0..all).for_each(|signs| count.see(assigned(&MAIZE, signs)));
        assert_eq!((count.greater, count.both), (863, 1726));
        // And by chance, within four standard errors.
        let flips = SignFlip::new(20_000, 7, "maize").unwrap();
        let p = Differences::new(MAIZE.to_vec()).unwrap().sign_flip(&flips);
        let exact = 1726.0 / 32768.0;
        assert!((p.two_sided - exact).abs() < 4.0 * f64::sqrt(exact / 20_000.0), "{p:?}");
    }

    #[test]
    fn the_same_address_gives_the_same_p_and_it_is_never_zero() {
        let differences = Differences::new((1..=200).map(f64::from).collect()).unwrap();
        let flips = SignFlip::new(99, 1, "x").unwrap();
        assert_eq!(differences.sign_flip(&flips), differences.sign_flip(&flips));
        assert_eq!(differences.sign_flip(&flips).two_sided, 0.01);
        assert!(SignFlip::new(0, 1, "x").is_err());
    }

    #[test]
    fn zeros_alone_are_no_surprise_and_do_not_change_the_others() {
        let flips = SignFlip::new(99, 1, "x").unwrap();
        assert_eq!(Differences::new(vec![0.0; 30]).unwrap().sign_flip(&flips), PValue::NONE);
        let mut values = vec![0.0; 30];
        values.extend([1.0, 2.0, 3.0]);
        assert_eq!(Differences::new(values).unwrap().sign_flip(&flips).two_sided, 0.25);
    }

    /// The sum has mean 0 and variance Σd², for values of which each occurs once and for one value that occurs often.
    #[test]
    fn signs_are_fair_in_every_word() {
        let flips = SignFlip::new(4000, 3, "fair").unwrap();
        for values in [(0..130).map(|i| 1.0 + 1e-3 * f64::from(i)).collect(), vec![1.0; 130]] {
            let sizes = Ties::of(Vec::into_iter(values));
            let laws: Vec<Binomial> =
                sizes.often.iter().map(|&(_, m)| Binomial::new(m as f64, 0.5).unwrap()).collect();
            let sums: Vec<f64> = (0..4000).map(|r| flips.sum(&sizes, &laws, r)).collect();
            let squares = sizes.seldom.iter().map(|d| d * d).sum::<f64>() + 130.0 * laws.len() as f64;
            let mean = sums.iter().sum::<f64>() / 4000.0;
            let variance = sums.iter().map(|s| s * s).sum::<f64>() / 4000.0;
            assert!(mean.abs() < 0.9 && (variance / squares - 1.0).abs() < 0.12, "{mean} {variance}");
        }
    }
}
