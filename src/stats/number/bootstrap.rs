//! The bootstrap over units, corrected for bias and skewness (BCa).

use super::super::{Alpha, Interval, check, laws};
use super::Differences;
use crate::dist::BadParameter;
use crate::noise::{Noise, Purpose};

/// Above this many units, resampled weights are independent Poisson numbers: no random reads across a large table.
const DRAWN: usize = 8192;

/// How many resamples, and which.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrap {
    replicates: u32,
    noise: Noise,
}

impl Bootstrap {
    /// `replicates` ≥ 100 resamples at the address (seed, name): the same ones whenever asked.
    pub fn new(replicates: u32, seed: u64, name: &str) -> Result<Self, BadParameter> {
        check::require("replicates", f64::from(replicates), replicates >= 100, "be at least 100")?;
        Ok(Self { replicates, noise: Noise::of(seed, name, Purpose::Resample) })
    }

    /// The mean of every resample of `values`, sorted.
    pub fn means(&self, values: &[f64]) -> Vec<f64> {
        let table = PoissonTable::new();
        let mean = |replicate| {
            if values.len() > DRAWN {
                self.weighted(values, &table, replicate)
            } else {
                self.drawn(values, replicate)
            }
        };
        let mut means: Vec<f64> = (0..self.replicates).map(mean).collect();
        means.sort_unstable_by(f64::total_cmp);
        means
    }

    /// n draws with replacement: four an address, each by the top of a 32 × 64 bit product (Lemire 2019); with at most
    /// 8,192 units its bias is below 2⁻¹⁹ of a probability.
    fn drawn(&self, values: &[f64], replicate: u32) -> f64 {
        let n = values.len();
        let mut sum = 0.0;
        for address in 0..n.div_ceil(4) {
            let [first, second] = self.noise.bits(address as u64, replicate);
            let words = [first as u32, (first >> 32) as u32, second as u32, (second >> 32) as u32];
            for word in &words[..(n - 4 * address).min(4)] {
                sum += values[(u64::from(*word) * n as u64 >> 32) as usize];
            }
        }
        sum / n as f64
    }

    /// Σ w d / Σ w with independent Poisson(1) weights, the multinomial's limit: Chamandy, Muralidharan, Najmi and Naidu
    /// (2012), "Estimating uncertainty for massive data streams". Eight weights an address.
    fn weighted(&self, values: &[f64], table: &PoissonTable, replicate: u32) -> f64 {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (address, run) in values.chunks(8).enumerate() {
            let words = self.noise.bits(address as u64, replicate);
            for (half, mut word) in run.chunks(4).zip(words) {
                for value in half {
                    let weight = table.weight(word as u16);
                    sum += weight * value;
                    weights += weight;
                    word >>= 16;
                }
            }
        }
        sum / weights
    }
}

/// Poisson(1) numbers by 16 bits: each probability is right to 2⁻¹⁶, mean and variance to 4 digits and more.
struct PoissonTable {
    /// The first number of 16 bits that means k + 1 or more.
    steps: [u32; 8],
}

impl PoissonTable {
    fn new() -> Self {
        let (mut p, mut below, mut steps) = (libm::exp(-1.0), 0.0, [0u32; 8]);
        for (k, step) in steps.iter_mut().enumerate() {
            below += p;
            p /= k as f64 + 1.0;
            *step = (65536.0 * below).round() as u32;
        }
        Self { steps }
    }

    #[inline]
    fn weight(&self, bits: u16) -> f64 {
        let bits = u32::from(bits);
        self.steps.iter().map(|&step| f64::from(u8::from(bits >= step))).sum()
    }
}

impl Differences {
    /// The BCa interval of the mean difference, resampling units. Unbounded without spread.
    ///
    /// Efron (1987), "Better bootstrap confidence intervals", JASA 82, 171–185. The jackknife's acceleration of a mean is
    /// Σu³ / (6 (Σu²)^1.5), u = d − mean.
    pub fn bca_interval(&self, bootstrap: &Bootstrap, alpha: Alpha) -> Interval {
        if self.is_constant() {
            return Interval::UNBOUNDED;
        }
        let (mut squares, mut cubes) = (0.0, 0.0);
        for d in self.values() {
            // In standard deviations, so that no power leaves the range of numbers.
            let u = (d - self.mean()) / self.sd();
            squares += u * u;
            cubes += u * u * u;
        }
        let acceleration = cubes / (6.0 * squares * libm::sqrt(squares));
        bca_interval(&bootstrap.means(self.values()), self.mean(), acceleration, alpha)
    }
}

/// BCa bounds from sorted replicates of an estimate: their quantiles at Φ(z₀ + (z₀ ± z)/(1 − a(z₀ ± z))), z₀ = Φ⁻¹ of the
/// share of replicates below the estimate (ties half), interpolated between order statistics on (B + 1)-ths.
///
/// Unbounded on a side whose quantile lies beyond the replicates, or where the estimate lies beyond all of them.
pub fn bca_interval(sorted: &[f64], estimate: f64, acceleration: f64, alpha: Alpha) -> Interval {
    let below = sorted.partition_point(|&r| r < estimate);
    let up_to = sorted.partition_point(|&r| r <= estimate);
    let share = 0.5 * (below + up_to) as f64 / sorted.len() as f64;
    if !(share > 0.0 && share < 1.0) {
        return Interval::UNBOUNDED;
    }
    let z0 = laws::normal_quantile(share);
    let level = |z: f64| {
        let shifted = z0 + z;
        let narrowed = 1.0 - acceleration * shifted;
        // The transformation turns back beyond its pole.
        if narrowed > 0.0 {
            laws::normal_below(z0 + shifted / narrowed)
        } else {
            f64::from(u8::from(z > 0.0))
        }
    };
    let low = quantile(sorted, level(-alpha.z()));
    let high = quantile(sorted, level(alpha.z()));
    Interval { low: low.unwrap_or(f64::NEG_INFINITY), high: high.unwrap_or(f64::INFINITY) }
}

/// The quantile at `level`, linear between order statistics; none beyond the first and the last.
fn quantile(sorted: &[f64], level: f64) -> Option<f64> {
    let at = level * (sorted.len() + 1) as f64;
    let rank = at.floor();
    if rank < 1.0 || rank >= sorted.len() as f64 {
        return None;
    }
    let (here, next) = (sorted[rank as usize - 1], sorted[rank as usize]);
    Some(here + (at - rank) * (next - here))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exponential(n: u64) -> Vec<f64> {
        let noise = Noise::of(1, "exponential", Purpose::Draw);
        (0..n).map(|unit| -libm::log(noise.uniform(unit, 0))).collect()
    }

    #[test]
    fn equal_differences_and_one_unit_bound_nothing() {
        let bootstrap = Bootstrap::new(200, 1, "x").unwrap();
        for values in [vec![0.0; 40], vec![0.1; 40], vec![2.0]] {
            let interval =
                Differences::new(values).unwrap().bca_interval(&bootstrap, Alpha::one_sided(0.05).unwrap());
            assert_eq!(interval, Interval::UNBOUNDED);
        }
        assert!(Bootstrap::new(99, 1, "x").is_err());
    }

    /// The bootstrap distribution of a mean has the sample's mean and its variance over n, both for drawn units and for weights.
    #[test]
    fn resampled_means_spread_as_they_must() {
        for n in [500, DRAWN as u64 + 3] {
            let values = exponential(n);
            let differences = Differences::new(values.clone()).unwrap();
            let means = Bootstrap::new(1000, 5, "spread").unwrap().means(&values);
            let spread = Differences::new(means).unwrap();
            let error = differences.sd() / (n as f64).sqrt();
            assert!((spread.mean() - differences.mean()).abs() < 4.0 * error / 1000f64.sqrt(), "{n}");
            assert!((spread.sd() / error - 1.0).abs() < 0.1, "{n}");
        }
    }

    #[test]
    fn a_skewed_sample_moves_the_interval_towards_its_tail() {
        let differences = Differences::new(exponential(60)).unwrap();
        let bootstrap = Bootstrap::new(4000, 5, "skewed").unwrap();
        let interval = differences.bca_interval(&bootstrap, Alpha::two_sided(0.1).unwrap());
        assert!(interval.high - differences.mean() > differences.mean() - interval.low, "{interval:?}");
        assert_eq!(interval, differences.bca_interval(&bootstrap, Alpha::two_sided(0.1).unwrap()));
    }

    #[test]
    fn the_weights_are_poisson_numbers_of_mean_one() {
        let table = PoissonTable::new();
        let weights: Vec<f64> = (0..=u16::MAX).map(|bits| table.weight(bits)).collect();
        let mean = weights.iter().sum::<f64>() / 65536.0;
        let variance = weights.iter().map(|w| w * w).sum::<f64>() / 65536.0 - mean * mean;
        assert!((mean - 1.0).abs() < 2e-5 && (variance - 1.0).abs() < 2e-4, "{mean} {variance}");
    }

    #[test]
    fn a_bound_beyond_the_replicates_is_none() {
        let sorted: Vec<f64> = (0..100).map(f64::from).collect();
        let interval = bca_interval(&sorted, 49.5, 0.0, Alpha::one_sided(0.001).unwrap());
        assert_eq!(interval, Interval::UNBOUNDED);
        assert_eq!(bca_interval(&sorted, -1.0, 0.0, Alpha::one_sided(0.1).unwrap()), Interval::UNBOUNDED);
        // Without bias and skewness: the plain percentiles, 10.1th and 90.9th of 100.
        let plain = bca_interval(&sorted, 49.5, 0.0, Alpha::one_sided(0.1).unwrap());
        assert!((plain.low - 9.1).abs() < 1e-9 && (plain.high - 89.9).abs() < 1e-9, "{plain:?}");
    }
}
