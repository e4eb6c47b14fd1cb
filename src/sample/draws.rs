//! Numbers: quantile functions read at ranks, and rounding.

use super::failure::Failure;
use crate::dist::{self, Param, fill, fill_mixture};
use crate::model::{Draw, Expression};
use crate::value::Column;

/// A parameter as the distribution wants it: one number, or a column in a buffer.
enum Filled {
    Scalar(f64),
    Each(Vec<f64>),
}

impl Filled {
    fn of(expression: &Expression, parents: &[&Column], rows: usize) -> Self {
        match expression.constant() {
            Some(value) => Filled::Scalar(value),
            None => {
                let mut out = Vec::new();
                expression.eval(parents, rows, &mut out);
                // An arm that shows one level to everybody has one parameter, for which laws keep tables.
                match out.split_first() {
                    Some((first, rest)) if rest.iter().all(|x| x.to_bits() == first.to_bits()) => {
                        Filled::Scalar(*first)
                    }
                    _ => Filled::Each(out),
                }
            }
        }
    }

    fn param(&self) -> Param<'_> {
        match self {
            Filled::Scalar(value) => Param::Scalar(*value),
            Filled::Each(values) => Param::Each(values),
        }
    }
}

pub(super) fn draw(draw: &Draw, parents: &[&Column], u: &[f64]) -> Result<Vec<f64>, Failure> {
    let rows = u.len();
    let of = |expression: &Expression| Filled::of(expression, parents, rows);
    let modifiers =
        [&draw.modifiers.min, &draw.modifiers.max, &draw.modifiers.zero].map(|m| m.as_ref().map(of));
    let [min, max, zero] = modifiers.each_ref().map(|m| m.as_ref().map(Filled::param));
    let modifiers = dist::Modifiers { min, max, zero };
    let parameters: Vec<(Filled, Vec<Filled>)> =
        draw.components.iter().map(|c| (of(&c.weight), c.parameters.iter().map(of).collect())).collect();
    let mut out = vec![0.0; rows];
    let filled = match (draw.components.as_slice(), parameters.as_slice()) {
        ([component], [(_, parameters)]) => {
            let params: Vec<Param> = parameters.iter().map(Filled::param).collect();
            fill(component.form, &params, &modifiers, u, &mut out)
        }
        (components, parameters) => {
            let mixed: Vec<dist::Component> = components
                .iter()
                .zip(parameters)
                .map(|(c, (weight, parameters))| {
                    (weight.param(), c.form, parameters.iter().map(Filled::param).collect())
                })
                .collect();
            fill_mixture(&mixed, &modifiers, u, &mut out)
        }
    };
    filled.map_err(|at| Failure::parameter(at.row, at.bad))?;
    Ok(out)
}

/// Points (probability, value) joined by straight lines, read at ranks.
pub(super) fn quantiles(points: &[(f64, f64)], u: &[f64]) -> Vec<f64> {
    u.iter()
        .map(|u| {
            let above = points.partition_point(|(p, _)| p <= u).clamp(1, points.len() - 1);
            let ((p0, x0), (p1, x1)) = (points[above - 1], points[above]);
            x0 + (x1 - x0) * ((u - p0) / (p1 - p0))
        })
        .collect()
}

/// Sorted values, read at ranks: the smallest whose share of values up to it reaches the rank.
pub(super) fn sorted(values: &[f64], u: &[f64]) -> Vec<f64> {
    let n = values.len() as f64;
    u.iter().map(|u| values[((u * n) as usize).min(values.len() - 1)]).collect()
}

/// Powers of ten that are exact.
const POWERS: [f64; 13] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12];

/// Rounds half away from zero to a number of decimals; negative for tens, hundreds, ….
pub(crate) fn round(values: &mut [f64], decimals: i32) {
    let power = POWERS[decimals.unsigned_abs() as usize];
    match decimals {
        0 => values.iter_mut().for_each(|x| *x = libm::round(*x)),
        1.. => values.iter_mut().for_each(|x| *x = libm::round(*x * power) / power),
        _ => values.iter_mut().for_each(|x| *x = libm::round(*x / power) * power),
    }
}

/// Refuses values that are not finite, and whole numbers that a float cannot hold.
pub(super) fn refuse_not_finite(values: &[f64], whole: bool) -> Result<(), Failure> {
    const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;
    match values.iter().position(|x| !x.is_finite() || (whole && x.abs() > LARGEST_WHOLE)) {
        None => Ok(()),
        Some(row) => Err(Failure::not_finite(row, values[row])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_goes_half_away_from_zero() {
        let mut values = [2.5, -2.5, 1.25, 1_234.0];
        round(&mut values[..2], 0);
        round(&mut values[2..3], 1);
        round(&mut values[3..], -2);
        assert_eq!(values, [3.0, -3.0, 1.3, 1_200.0]);
    }

    #[test]
    fn quantile_points_are_joined_by_lines() {
        let points = [(0.0, 10.0), (0.5, 20.0), (1.0, 40.0)];
        assert_eq!(quantiles(&points, &[0.25, 0.5, 0.75]), [15.0, 20.0, 30.0]);
    }

    #[test]
    fn sorted_values_have_equal_shares() {
        assert_eq!(sorted(&[1.0, 2.0, 3.0, 4.0], &[0.1, 0.3, 0.6, 0.99]), [1.0, 2.0, 3.0, 4.0]);
    }
}
