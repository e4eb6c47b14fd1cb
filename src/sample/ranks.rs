//! The uniform number at which a variable's quantile function is read.

use crate::dist::{Distribution, Normal};
use crate::model::{Correlated, Model};
use crate::noise::{Noise, Purpose};

/// Where a variable's ranks come from: its own noise, or a Gaussian copula over several.
#[derive(Debug, Clone)]
pub(super) enum Ranks {
    Own(Noise),
    Copula { normal: Normal, noises: Vec<Noise>, weights: Vec<f64> },
}

impl Ranks {
    pub(super) fn of(model: &Model, variable: usize, seed: u64, purpose: Purpose) -> Self {
        let own = Noise::of(seed, &model.variables[variable].name, purpose);
        let Some(Correlated { variables, weights }) = &model.correlated[variable] else {
            return Ranks::Own(own);
        };
        // Only the variable itself is drawn again in a placebo arm; what it goes together with stays.
        let noises = variables.iter().map(|v| match *v == variable {
            true => own,
            false => Noise::of(seed, &model.variables[*v].name, Purpose::Draw),
        });
        Ranks::Copula {
            normal: Normal::new(0.0, 1.0).expect("the standard normal distribution exists"),
            noises: noises.collect(),
            weights: weights.clone(),
        }
    }

    /// The variable's own noise, for draws that need several numbers a unit.
    pub(super) fn noise(&self) -> Noise {
        match self {
            Ranks::Own(noise) => *noise,
            Ranks::Copula { noises, .. } => *noises.last().expect("a copula has a variable"),
        }
    }

    /// The ranks of consecutive units.
    pub(super) fn fill(&self, first: u64, out: &mut [f64]) {
        match self {
            Ranks::Own(noise) => noise.fill(first, 0, out),
            Ranks::Copula { normal, noises, weights } => {
                for (unit, slot) in (first..).zip(out) {
                    let score: f64 = noises
                        .iter()
                        .zip(weights)
                        .map(|(n, w)| w * normal.quantile(n.uniform(unit, 0)))
                        .sum();
                    *slot = inside(normal.cdf(score));
                }
            }
        }
    }
}

/// Quantile functions are read within (0, 1); the outermost scores round to its ends.
fn inside(u: f64) -> f64 {
    const HALF_STEP: f64 = 0.5 / 9_007_199_254_740_992.0;
    u.clamp(HALF_STEP, 1.0 - 2.0 * HALF_STEP)
}
