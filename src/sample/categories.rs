//! Categories: by rank, or by Gumbel-max with shared noise.

use super::failure::Failure;
use crate::diag::code;
use crate::model::Expression;
use crate::noise::Noise;
use crate::value::Column;

/// The weights of all levels of one batch: a number or a column each.
struct Weights {
    levels: Vec<Vec<f64>>,
    constant: Option<Vec<f64>>,
}

impl Weights {
    fn of(weights: &[Expression], parents: &[&Column], rows: usize) -> Result<Self, Failure> {
        let constant: Option<Vec<f64>> = weights.iter().map(Expression::constant).collect();
        if let Some(constant) = &constant {
            check(constant, 0)?;
        }
        let levels = match &constant {
            Some(_) => Vec::new(),
            None => weights
                .iter()
                .map(|w| {
                    let mut out = Vec::new();
                    w.eval(parents, rows, &mut out);
                    out
                })
                .collect(),
        };
        Ok(Self { levels, constant })
    }

    /// The weights of one row.
    fn row<'a>(&'a self, row: usize, buffer: &'a mut Vec<f64>) -> Result<&'a [f64], Failure> {
        if let Some(constant) = &self.constant {
            return Ok(constant);
        }
        buffer.clear();
        buffer.extend(self.levels.iter().map(|level| level[row]));
        check(buffer, row)?;
        Ok(buffer)
    }
}

fn check(weights: &[f64], row: usize) -> Result<(), Failure> {
    let total: f64 = weights.iter().sum();
    if weights.iter().all(|w| *w >= 0.0) && total > 0.0 && total.is_finite() {
        return Ok(());
    }
    Err(Failure {
        row,
        part: None,
        code: code::BAD_PARAMETER,
        message: format!("shares must not be negative and must have a sum, found {weights:?}"),
    })
}

/// The level at which the cumulative share reaches the rank.
pub(super) fn by_rank(weights: &[Expression], parents: &[&Column], u: &[f64]) -> Result<Vec<u32>, Failure> {
    let weights = Weights::of(weights, parents, u.len())?;
    let mut buffer = Vec::new();
    u.iter()
        .enumerate()
        .map(|(row, u)| {
            let weights = weights.row(row, &mut buffer)?;
            let target = u * weights.iter().sum::<f64>();
            let mut sum = 0.0;
            let at = weights.iter().position(|w| {
                sum += w;
                target < sum
            });
            let last = weights.iter().rposition(|w| *w > 0.0).unwrap_or(0);
            Ok(at.unwrap_or(last) as u32)
        })
        .collect()
}

/// Gumbel-max: the level whose log weight plus shared Gumbel noise is largest, written as a race of exponential times
/// Eₖ/wₖ (the smallest wins), which is the same and needs one logarithm a level. Level k reads block k.
pub(super) fn by_gumbel(
    weights: &[Expression],
    parents: &[&Column],
    noise: &Noise,
    first: u64,
    rows: usize,
) -> Result<Vec<u32>, Failure> {
    let weights = Weights::of(weights, parents, rows)?;
    let mut buffer = Vec::new();
    (0..rows)
        .map(|row| {
            let weights = weights.row(row, &mut buffer)?;
            let unit = first + row as u64;
            let mut winner = (f64::INFINITY, 0);
            for (level, weight) in weights.iter().enumerate() {
                let time = -libm::log(noise.uniform(unit, level as u32)) / weight;
                if time < winner.0 {
                    winner = (time, level as u32);
                }
            }
            Ok(winner.1)
        })
        .collect()
}

/// The level of given cumulative shares at each rank.
pub(super) fn by_shares(cumulative: &[f64], u: &[f64]) -> Vec<u32> {
    u.iter().map(|u| cumulative.partition_point(|c| c <= u).min(cumulative.len() - 1) as u32).collect()
}
