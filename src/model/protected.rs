//! Protected variables and their joint shares.

use std::sync::Arc;

use crate::scenario::{Localised, Scenario};
use crate::value::Levels;

/// A protected variable, compiled.
#[derive(Debug, Clone)]
pub struct Protected {
    /// The name.
    pub name: String,
    /// The levels, in written order.
    pub levels: Arc<Levels>,
    /// Their shares.
    pub shares: Vec<f64>,
    /// What it is.
    pub about: Localised,
    /// Ids of the sources of the shares.
    pub sources: Vec<String>,
}

/// The joint shares of all protected variables, read one variable after the other.
#[derive(Debug, Clone)]
pub struct Joint {
    /// For each variable: cumulative shares of its levels, given the levels of those before it (or once, where independent).
    conditional: Vec<Vec<Vec<f64>>>,
    sizes: Vec<usize>,
    independent: bool,
}

impl Joint {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let sizes: Vec<usize> = scenario.protected.iter().map(|p| p.levels.len()).collect();
        let conditional = match &scenario.shares {
            None => scenario
                .protected
                .iter()
                .map(|p| vec![cumulative(p.levels.iter().map(|(_, share)| share.value))])
                .collect(),
            Some(joint) => (0..sizes.len()).map(|i| given_earlier(scenario, &joint.value, i)).collect(),
        };
        Self { conditional, sizes, independent: scenario.shares.is_none() }
    }

    /// Whether a variable's level is drawn without looking at the others'.
    pub fn independent(&self) -> bool {
        self.independent
    }

    /// The level of variable `which` at rank `u`, given the codes of the variables before it.
    pub fn level(&self, which: usize, earlier: impl Iterator<Item = u32>, u: f64) -> u32 {
        let row = if self.independent {
            0
        } else {
            earlier.zip(&self.sizes).fold(0, |row, (code, size)| row * size + code as usize)
        };
        let shares = &self.conditional[which][row];
        let code = shares.iter().position(|c| u < *c).unwrap_or(shares.len() - 1);
        code as u32
    }

    /// The share of a combination of levels, one a protected variable.
    pub fn share(&self, codes: &[u32]) -> f64 {
        let mut share = 1.0;
        for which in 0..codes.len() {
            let row = if self.independent {
                0
            } else {
                codes[..which]
                    .iter()
                    .zip(&self.sizes)
                    .fold(0, |row, (code, size)| row * size + *code as usize)
            };
            let cumulative = &self.conditional[which][row];
            let code = codes[which] as usize;
            let below = if code == 0 { 0.0 } else { cumulative[code - 1] };
            share *= cumulative[code] - below;
        }
        share
    }
}

/// Running sums; the last is 1 whatever rounding did, so that every rank finds a level.
fn cumulative(shares: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sum = 0.0;
    let mut sums: Vec<f64> = shares
        .map(|share| {
            sum += share;
            sum
        })
        .collect();
    if let Some(last) = sums.last_mut() {
        *last = 1.0;
    }
    sums
}

fn given_earlier(scenario: &Scenario, joint: &[(Vec<String>, f64)], which: usize) -> Vec<Vec<f64>> {
    let levels = |i: usize| scenario.protected[i].levels.iter().map(|(l, _)| l.value.as_str());
    let mut prefixes: Vec<Vec<&str>> = vec![Vec::new()];
    for i in 0..which {
        prefixes = prefixes
            .iter()
            .flat_map(|prefix| levels(i).map(move |level| [prefix.as_slice(), &[level]].concat()))
            .collect();
    }
    let mass = |prefix: &[&str]| -> f64 {
        joint
            .iter()
            .filter(|(path, _)| path.iter().zip(prefix).all(|(a, b)| a == b))
            .map(|(_, share)| share)
            .sum()
    };
    prefixes
        .iter()
        .map(|prefix| {
            let whole = mass(prefix);
            cumulative(levels(which).map(|level| {
                // A combination that never occurs is never asked for; any shares will do.
                if whole > 0.0 { mass(&[prefix.as_slice(), &[level]].concat()) / whole } else { 0.0 }
            }))
        })
        .collect()
}

impl Protected {
    pub(super) fn of(shape: &crate::scenario::Protected) -> Self {
        let names = shape.levels.iter().map(|(level, _)| level.value.clone()).collect();
        Self {
            name: shape.name.value.clone(),
            levels: Arc::new(Levels::new(names, false)),
            shares: shape.levels.iter().map(|(_, share)| share.value).collect(),
            about: shape.about.clone(),
            sources: shape.sources.iter().map(|s| s.value.clone()).collect(),
        }
    }
}
