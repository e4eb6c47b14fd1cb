//! Claims: what a scenario says about its population, held against its factual records.

use super::report::{Check, Outcome};
use crate::error::Result;
use crate::formula::Formula;
use crate::model::{Claim, ClaimOf, InstanceId, Model, Parent, Plan};
use crate::sample::{Batch, Sampler};
use crate::scenario::{Language, Role};
use crate::stats::hoeffding_bound;
use crate::value::Column;

/// Units on which claims are checked at most.
pub const MOST_UNITS: u64 = 1_000_000;
/// With fewer units the mean of a sample need not be anything like normal.
const FEWEST_FOR_MEANS: u64 = 100;
/// Units in a run.
const RUN: u64 = 16_384;

/// What was seen of one expectation of a claim.
#[derive(Default, Clone)]
struct Seen {
    count: u64,
    mean: f64,
    squares: f64,
    values: Vec<f64>,
}

impl Seen {
    /// Welford's update, which does not lose digits where the mean is large.
    fn add(&mut self, value: f64, keep: bool) {
        self.count += 1;
        let off = value - self.mean;
        self.mean += off / self.count as f64;
        self.squares += off * (value - self.mean);
        if keep {
            self.values.push(value);
        }
    }
}

/// Checks all claims. `factual` is the model of the scenario under the factual design, whose first arm shows everyone as
/// they are. Each expectation fails by chance with probability at most about `alpha`.
///
/// # Errors
/// What sampling refuses.
pub fn claims(factual: &Model, seed: u64, units: u64, alpha: f64) -> Result<Vec<Check>> {
    let plan = factual.plan();
    let sampler = Sampler::new(factual, &plan, seed);
    let mut seen: Vec<Vec<Seen>> =
        factual.claims.iter().map(|c| vec![Seen::default(); c.expect.len()]).collect();
    let units = units.min(MOST_UNITS);
    if !seen.is_empty() {
        for first in (0..units).step_by(RUN as usize) {
            let batch = sampler.batch(first..(first + RUN).min(units))?;
            for (claim, seen) in factual.claims.iter().zip(&mut seen) {
                gather(claim, factual, &plan, &batch, seen);
            }
        }
    }
    Ok(factual.claims.iter().zip(&mut seen).map(|(claim, seen)| check(claim, seen, alpha)).collect())
}

/// How many expectations claims have.
pub fn expectations(model: &Model) -> usize {
    model.claims.iter().map(|c| c.expect.len()).sum()
}

/// The instance of what a claim reads, in the world as it is.
fn instance(model: &Model, plan: &Plan, parent: Parent) -> InstanceId {
    let protected = model.protected.len();
    match parent {
        Parent::Protected(p) => plan.arms[0][p],
        Parent::Variable(v) => {
            let outcome = |at: &usize| model.variables[*at].role == Role::Outcome;
            let is = outcome(&v);
            let place = (0..v).filter(|at| outcome(at) == is).count();
            if is { plan.truth[protected + place] } else { plan.arms[0][protected + place] }
        }
    }
}

fn gather(claim: &Claim, model: &Model, plan: &Plan, batch: &Batch, seen: &mut [Seen]) {
    let rows = (batch.units.end - batch.units.start) as usize;
    let reads: Vec<&Column> =
        claim.reads.iter().map(|p| &batch.cells(instance(model, plan, *p)).column).collect();
    let (ClaimOf::Share(formula, inputs) | ClaimOf::Mean(formula, inputs) | ClaimOf::Median(formula, inputs)) =
        &claim.of;
    let values = numbers(formula, inputs, &reads, rows);
    let kept = claim.condition.as_ref().map(|(formula, inputs)| numbers(formula, inputs, &reads, rows));
    let keep = matches!(claim.of, ClaimOf::Median(..));
    for row in (0..rows).filter(|row| kept.as_ref().is_none_or(|k| k[*row] != 0.0)) {
        let code = match claim.by.map(|at| reads[at]) {
            Some(Column::Category { codes, .. }) => codes[row],
            Some(Column::Boolean(values)) => u32::from(values[row]),
            _ => 0,
        };
        claim
            .expect
            .iter()
            .zip(seen.iter_mut())
            .filter(|((c, ..), _)| *c == code)
            .for_each(|(_, s)| s.add(values[row], keep));
    }
}

fn numbers(formula: &Formula, inputs: &[usize], reads: &[&Column], rows: usize) -> Vec<f64> {
    let inputs: Vec<&Column> = inputs.iter().map(|i| reads[*i]).collect();
    let mut out = Vec::new();
    formula.eval_numbers(&inputs, rows, &mut out);
    out
}

fn check(claim: &Claim, seen: &mut [Seen], alpha: f64) -> Check {
    let name = format!("claim \"{}\"", claim.text.get(Language::En));
    let (mut figures, mut worst) = (Vec::new(), Outcome::Passed);
    for ((_, level, expected), seen) in claim.expect.iter().zip(seen) {
        let label = if level.is_empty() { String::new() } else { format!("{level}: ") };
        if seen.count == 0 {
            worst = if worst == Outcome::Failed { worst } else { Outcome::NotChecked };
            figures.push(format!("{label}no such unit"));
            continue;
        }
        if matches!(claim.of, ClaimOf::Mean(..)) && (seen.count < FEWEST_FOR_MEANS || seen.squares == 0.0) {
            worst = if worst == Outcome::Failed { worst } else { Outcome::NotChecked };
            figures.push(format!("{label}{} units are too few, or too alike, for a mean", seen.count));
            continue;
        }
        let (found, tolerance, good) = held(claim, seen, *expected, alpha);
        if !good {
            worst = Outcome::Failed;
        }
        figures
            .push(format!("{label}{found:.5} (claimed {expected} ± {tolerance:.5}, {} units)", seen.count));
    }
    Check { details: figures.clone(), ..Check::new(name, worst, figures.join("; ")) }
}

/// The figure found, how far off it may be, and whether it is within: what the claim allows, and sampling error: Hoeffding's
/// bound for shares, the normal approximation for means, Hoeffding's bound on the share below for medians.
fn held(claim: &Claim, seen: &mut Seen, expected: f64, alpha: f64) -> (f64, f64, bool) {
    let n = seen.count;
    match claim.of {
        ClaimOf::Share(..) => {
            let tolerance = claim.within + hoeffding_bound(n, 1.0, alpha);
            (seen.mean, tolerance, (seen.mean - expected).abs() <= tolerance)
        }
        ClaimOf::Mean(..) => {
            let sd = (seen.squares / (n.max(2) - 1) as f64).sqrt();
            let tolerance = claim.within + normal_score(alpha) * sd / (n as f64).sqrt();
            (seen.mean, tolerance, (seen.mean - expected).abs() <= tolerance)
        }
        ClaimOf::Median(..) => {
            seen.values.sort_by(f64::total_cmp);
            let share = |count: usize| count as f64 / n as f64;
            let below = share(seen.values.partition_point(|v| *v < expected - claim.within));
            let upto = share(seen.values.partition_point(|v| *v <= expected + claim.within));
            let stray = hoeffding_bound(n, 1.0, alpha);
            (seen.values[n as usize / 2], claim.within, below <= 0.5 + stray && upto >= 0.5 - stray)
        }
    }
}

/// The number of standard deviations beyond which a normal value lies with probability `alpha`, to either side.
fn normal_score(alpha: f64) -> f64 {
    use statrs::distribution::{ContinuousCDF, Normal};
    Normal::new(0.0, 1.0).map_or(f64::INFINITY, |normal| -normal.inverse_cdf(alpha / 2.0))
}
