//! Categories: by rank, or by Gumbel-max with shared noise.

use super::failure::Failure;
use crate::diag::code;
use crate::model::Expression;
use crate::noise::Noise;
use crate::value::Column;

/// So many shares are compared one by one faster than searched.
const FEW: usize = 16;

/// The weights of all levels of one batch, a column each.
struct Weights(Vec<Vec<f64>>);

impl Weights {
    fn of(weights: &[Expression], parents: &[&Column], rows: usize) -> Self {
        let level = |weight: &Expression| {
            let mut out = Vec::new();
            weight.eval(parents, rows, &mut out);
            out
        };
        Weights(weights.iter().map(level).collect())
    }

    /// The weights of one row.
    fn row<'a>(&self, row: usize, buffer: &'a mut Vec<f64>) -> Result<&'a [f64], Failure> {
        buffer.clear();
        buffer.extend(self.0.iter().map(|level| level[row]));
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
    let weights = Weights::of(weights, parents, u.len());
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

/// The level of every unit where the weights are the same for all: by rank, whatever the coupling, since no arm can move it.
pub(super) fn constant(weights: &[Expression]) -> Result<Option<Vec<f64>>, Failure> {
    let Some(weights) = weights.iter().map(Expression::constant).collect::<Option<Vec<f64>>>() else {
        return Ok(None);
    };
    check(&weights, 0)?;
    let total: f64 = weights.iter().sum();
    let mut sum = 0.0;
    let mut cumulative: Vec<f64> = weights
        .iter()
        .map(|w| {
            sum += w;
            sum / total
        })
        .collect();
    // Levels of no weight at the end are not reached by a last rank that rounding lets through.
    let last = weights.iter().rposition(|w| *w > 0.0).unwrap_or(0);
    cumulative.truncate(last + 1);
    Ok(Some(cumulative))
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
    let weights = Weights::of(weights, parents, rows);
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
    // The last share is 1 but for rounding, so that only those before it decide.
    let before_last = &cumulative[..cumulative.len() - 1];
    match before_last.len() {
        // Counting takes no branch that could be foreseen wrongly.
        0..=FEW => u.iter().map(|u| before_last.iter().map(|c| u32::from(c <= u)).sum()).collect(),
        _ => u.iter().map(|u| before_last.partition_point(|c| c <= u) as u32).collect(),
    }
}
