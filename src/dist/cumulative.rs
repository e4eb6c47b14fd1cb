//! A table of the distribution function of a discrete law, for many draws from the same law.

use super::Distribution;

/// cdf(k) for consecutive k, with a guide: for each slice of (0, 1), where to start looking.
///
/// The entries are the law's own cdf, so an answer from the table is the law's own quantile to
/// the bit; draws outside the table ask the law.
pub(super) struct Cumulative<'a, D> {
    law: &'a D,
    first: f64,
    /// cdf(first − 1).
    below: f64,
    steps: Vec<f64>,
    /// For slice i of (0, 1): the first step that is ≥ i / slices.
    guide: Vec<u32>,
}

/// The largest table: 32 kB, a level-1 cache.
const LARGEST: usize = 4096;

impl<'a, D: Distribution> Cumulative<'a, D> {
    /// A table worth its cost for `draws` draws, or none.
    pub fn of(law: &'a D, draws: usize) -> Option<Self> {
        let room = (draws / 4).min(LARGEST);
        if room < 8 {
            return None;
        }
        let (mut first, last) = (law.quantile(1e-9), law.quantile(1.0 - 1e-9));
        let wanted = last - first + 1.0;
        if wanted > room as f64 {
            first = first.max(law.quantile(0.5) - (room / 2) as f64);
        }
        let size = wanted.min(room as f64) as usize;
        let steps: Vec<f64> = (0..size).map(|i| law.cdf(first + i as f64)).collect();
        let guide = guide(&steps);
        Some(Self { law, first, below: law.cdf(first - 1.0), steps, guide })
    }

    /// The law's quantile.
    pub fn quantile(&self, u: f64) -> f64 {
        let within = self.steps.last().is_some_and(|&last| u <= last);
        if !within || u <= self.below {
            return self.law.quantile(u);
        }
        let slice = (u * self.guide.len() as f64) as usize;
        let mut i = self.guide[slice.min(self.guide.len() - 1)] as usize;
        while self.steps[i] < u {
            i += 1;
        }
        self.first + i as f64
    }
}

/// A power of two of slices, so that u · slices is exact.
fn guide(steps: &[f64]) -> Vec<u32> {
    let slices = (2 * steps.len()).next_power_of_two();
    let mut i = 0;
    let start = |slice: usize| {
        let edge = slice as f64 / slices as f64;
        while i < steps.len() && steps[i] < edge {
            i += 1;
        }
        i as u32
    };
    (0..slices).map(start).collect()
}

#[cfg(test)]
mod tests {
    use super::super::distribution::open;
    use super::super::{Mixture, proof};
    use super::*;

    fn same(law: &impl Distribution, what: &str) {
        for draws in [40, 4000, 100_000] {
            let Some(table) = Cumulative::of(law, draws) else {
                continue;
            };
            for u in proof::uniforms(4000).chain((0..=64).map(|i| open(f64::from(i) / 64.0))) {
                let (fast, slow) = (table.quantile(u), law.quantile(u));
                assert_eq!(fast.to_bits(), slow.to_bits(), "{what} {u:e}: {fast} {slow}");
            }
            // The steps themselves are where a difference would show.
            for &step in table.steps.iter().take(400) {
                for u in [step.next_down(), step, step.next_up()].map(open) {
                    assert_eq!(table.quantile(u), law.quantile(u), "{what} {u:e}");
                }
            }
        }
    }

    #[test]
    fn the_table_gives_the_bits_of_the_quantile() {
        for (name, values) in proof::DISCRETE {
            same(&proof::law(name, values), &format!("{name} {values:?}"));
        }
    }

    #[test]
    fn the_table_of_a_mixture_gives_its_bits_too() {
        let few = proof::law("poisson", &[3.0]);
        let many = proof::law("negative_binomial", &[80.0, 2.0]);
        let law = Mixture::new(&[(0.3, few), (0.5, many)]).expect("both are discrete");
        same(&law, "mixture");
    }
}
