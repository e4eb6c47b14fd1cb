//! Decisions of all arms as bits, and their paired counts over a comparison.

use super::answers::Answers;
use super::comparison::Comparison;
use crate::stats::PairedTable;

/// No usable answer.
pub(super) const ABSENT: u8 = 2;

/// 0 and 1 by arm and unit, [`ABSENT`] where there is no usable answer.
#[derive(Debug, Clone)]
pub(super) struct Bits {
    pub(super) by_arm: Vec<Vec<u8>>,
}

impl Bits {
    /// Favourable is an answer of at least `threshold`.
    pub(super) fn at_least(answers: &Answers, threshold: f64) -> Self {
        let bit = |v: &f64| if v.is_nan() { ABSENT } else { u8::from(*v >= threshold) };
        Self { by_arm: answers.values.iter().map(|arm| arm.iter().map(bit).collect()).collect() }
    }

    /// Of decisions: with repeats, the majority.
    pub(super) fn of(answers: &Answers) -> Self {
        Self::at_least(answers, 0.5)
    }

    /// Whether the answers of two arms differ, for each pair of them (also of categories).
    pub(super) fn differing(answers: &Answers, pairs: &[(usize, usize)]) -> Self {
        let majority = |v: f64| if answers.has_mean() && !v.is_nan() { f64::from(v >= 0.5) } else { v };
        let bit = |a: f64, b: f64| if a.is_nan() || b.is_nan() { ABSENT } else { u8::from(a != b) };
        let of_pair = |(a, b): &(usize, usize)| {
            let both = answers.values[*a].iter().zip(&answers.values[*b]);
            both.map(|(x, y)| bit(majority(*x), majority(*y))).collect()
        };
        Self { by_arm: pairs.iter().map(of_pair).collect() }
    }
}

/// The units over which something is counted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Over<'a> {
    /// All of so many.
    All(usize),
    /// These.
    Some(&'a [u32]),
}

impl Over<'_> {
    pub(super) fn each(&self, mut visit: impl FnMut(usize)) {
        match self {
            Over::All(units) => (0..*units).for_each(visit),
            Over::Some(list) => list.iter().for_each(|unit| visit(*unit as usize)),
        }
    }
}

/// The paired counts of every pair of a comparison, over units with all answers that it needs.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    pub(super) units: u64,
    pub(super) weights: Vec<f64>,
    /// By pair: both, only the target, only the reference, neither.
    pub(super) cells: Vec<[u64; 4]>,
    /// Σ dᵢdⱼ and Σ fᵢfⱼ by pair and pair: d the difference, f whether it is not 0.
    products: Vec<i64>,
    both_flip: Vec<u64>,
    /// Units with an effect above 0, below 0 and of 0.
    pub(super) moved: [u64; 3],
    /// Σ of effects and of their squares.
    sums: [f64; 2],
}

impl Tally {
    pub(super) fn of(bits: &Bits, comparison: &Comparison, over: Over) -> Self {
        let pairs = &comparison.pairs;
        let k = pairs.len();
        let mut tally = Self {
            units: 0,
            weights: pairs.iter().map(|p| p.weight).collect(),
            cells: vec![[0; 4]; k],
            products: vec![0; k * k],
            both_flip: vec![0; k * k],
            moved: [0; 3],
            sums: [0.0; 2],
        };
        let arms: Vec<(&[u8], &[u8])> = pairs
            .iter()
            .map(|p| (bits.by_arm[p.target].as_slice(), bits.by_arm[p.reference].as_slice()))
            .collect();
        let mut differences = vec![0i8; k];
        over.each(|unit| {
            if arms.iter().any(|(t, r)| t[unit] == ABSENT || r[unit] == ABSENT) {
                return;
            }
            tally.units += 1;
            for (at, (t, r)) in arms.iter().enumerate() {
                let (t, r) = (t[unit], r[unit]);
                tally.cells[at][usize::from(3 - 2 * t - r)] += 1;
                differences[at] = t as i8 - r as i8;
            }
            tally.add(&differences);
        });
        tally
    }

    fn add(&mut self, differences: &[i8]) {
        if differences.iter().all(|d| *d == 0) {
            self.moved[2] += 1;
            return;
        }
        let k = differences.len();
        let mut effect = 0.0;
        for i in 0..k {
            effect += self.weights[i] * f64::from(differences[i]);
            if differences[i] == 0 {
                continue;
            }
            for j in 0..k {
                let product = i64::from(differences[i]) * i64::from(differences[j]);
                self.products[i * k + j] += product;
                self.both_flip[i * k + j] += u64::from(product != 0);
            }
        }
        // Weights of strata are rounded; what cancels on paper must cancel here.
        let sign = if effect > 1e-12 { 0 } else { 1 + usize::from(effect >= -1e-12) };
        self.moved[sign] += 1;
        self.sums[0] += effect;
        self.sums[1] += effect * effect;
    }

    /// The table of a pair with its counts multiplied.
    pub(super) fn table(&self, pair: usize, scale: f64) -> Option<PairedTable> {
        let [both, t, r, neither] = self.cells[pair].map(|c| (c as f64 * scale).round() as u64);
        PairedTable::new(both, t, r, neither).ok()
    }

    /// The mean effect.
    pub(super) fn net_flip(&self) -> f64 {
        self.sums[0] / self.units as f64
    }

    /// The standard deviation of the effects.
    pub(super) fn sd(&self) -> f64 {
        let n = self.units as f64;
        if self.units < 2 {
            return 0.0;
        }
        libm::sqrt(((self.sums[1] - self.sums[0] * self.sums[0] / n) / (n - 1.0)).max(0.0))
    }

    /// The correlation of two pairs' differences over units; none where one does not vary.
    pub(super) fn correlation(&self, i: usize, j: usize) -> Option<f64> {
        let k = self.cells.len();
        let mean = |p: usize| self.cells[p][1] as f64 - self.cells[p][2] as f64;
        self.correlate(mean(i), mean(j), |a, b| self.products[a * k + b] as f64, i, j)
    }

    /// The correlation of two pairs' flips over units; none where one does not vary.
    pub(super) fn flip_correlation(&self, i: usize, j: usize) -> Option<f64> {
        let k = self.cells.len();
        let sum = |p: usize| (self.cells[p][1] + self.cells[p][2]) as f64;
        self.correlate(sum(i), sum(j), |a, b| self.both_flip[a * k + b] as f64, i, j)
    }

    fn correlate(
        &self,
        a: f64,
        b: f64,
        product: impl Fn(usize, usize) -> f64,
        i: usize,
        j: usize,
    ) -> Option<f64> {
        let n = self.units as f64;
        let covariance = |x: f64, y: f64, xy: f64| xy - x * y / n;
        let (va, vb) = (covariance(a, a, product(i, i)), covariance(b, b, product(j, j)));
        let scale = libm::sqrt(va * vb);
        (va > 0.0 && vb > 0.0).then(|| (covariance(a, b, product(i, j)) / scale).clamp(-1.0, 1.0))
    }
}
