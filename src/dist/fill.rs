//! Whole columns of quantiles: the hot path.

use super::column::{Bounds, constants};
use super::cumulative::Cumulative;
use super::distribution::open;
use super::law::with_law;
use super::shape::Shape;
use super::{AtRow, BadParameter, Distribution, Form, Law, Modifiers, Param};

/// Fills `out[i]` with the quantile at `u[i]` of the law with the parameters of row i.
///
/// `params` stand in the order of `form.parameters`. Constant parameters are checked once; rows
/// with the same parameters as the row before reuse its law. The bits are those of
/// [`Shaped::quantile`](super::Shaped), however the rows are cut into columns. A `u` rounded to
/// 0 or 1 counts as the nearest number inside.
///
/// # Errors
/// The first row whose parameters or modifiers the law refuses; `out` is then partly written.
///
/// # Panics
/// When the lengths differ, or the number of parameters is not that of the form.
pub fn fill(
    form: &Form,
    params: &[Param],
    modifiers: &Modifiers,
    u: &[f64],
    out: &mut [f64],
) -> Result<(), AtRow> {
    assert_eq!(params.len(), form.parameters.len(), "one column a parameter");
    assert_eq!(u.len(), out.len(), "one number out for each in");
    let fit = params.iter().all(|param| param.is_long_enough(u.len()));
    assert!(fit && modifiers.are_long_enough(u.len()), "one parameter a row");

    match constants(params) {
        Some(values) if modifiers.are_constant() => {
            let law = (form.make)(&values).map_err(|bad| AtRow { row: 0, bad })?;
            let bounds = if u.is_empty() { Bounds::default() } else { modifiers.at(0) };
            with_law!(&law, inner => fill_one(inner, law.is_discrete(), &bounds, u, out))
                .map_err(|bad| AtRow { row: 0, bad })
        }
        _ if params.len() <= MOST_PARAMETERS => fill_rows(form, params, modifiers, u, out),
        _ => unreachable!("no form has more than {MOST_PARAMETERS} parameters"),
    }
}

/// More than any form has.
const MOST_PARAMETERS: usize = 4;

/// All rows from one law.
pub(super) fn fill_one<D: Distribution>(
    law: &D,
    discrete: bool,
    bounds: &Bounds,
    u: &[f64],
    out: &mut [f64],
) -> Result<(), BadParameter> {
    let Bounds { min, max, zero } = *bounds;
    let plain = bounds.are_none();
    let shape = Shape::new(law, discrete, (min, max), zero)?;
    let table = if discrete { Cumulative::of(law, u.len()) } else { None };
    match (table, plain) {
        (Some(table), true) => each(u, out, |u| table.quantile(open(u))),
        (Some(table), false) => each(u, out, |u| shape.quantile(open(u), |v| table.quantile(v))),
        (None, true) => each(u, out, |u| law.quantile(open(u))),
        (None, false) => each(u, out, |u| shape.quantile(open(u), |v| law.quantile(v))),
    }
    Ok(())
}

fn each(u: &[f64], out: &mut [f64], quantile: impl Fn(f64) -> f64) {
    for (out, &u) in out.iter_mut().zip(u) {
        *out = quantile(u);
    }
}

/// Every row from a law of its own, built anew only where a parameter changes.
fn fill_rows(
    form: &Form,
    params: &[Param],
    modifiers: &Modifiers,
    u: &[f64],
    out: &mut [f64],
) -> Result<(), AtRow> {
    let mut values = [0.0; MOST_PARAMETERS];
    let mut last: Option<(Law, Option<Shape>, Bounds)> = None;
    for (row, (out, &u)) in out.iter_mut().zip(u).enumerate() {
        let changed = read_row(params, row, &mut values);
        let bounds = modifiers.at(row);
        let current = match &last {
            Some(last) if !changed && last.2.same(&bounds) => last,
            _ => {
                let made = make(form, &values[..params.len()], &bounds);
                let (law, shape) = made.map_err(|bad| AtRow { row, bad })?;
                last.insert((law, shape, bounds))
            }
        };
        let (law, shape, _) = current;
        *out = match shape {
            None => law.quantile(open(u)),
            Some(shape) => shape.quantile(open(u), |v| law.quantile(v)),
        };
    }
    Ok(())
}

/// Reads the parameters of one row; whether a bit differs from the row before.
pub(super) fn read_row(params: &[Param], row: usize, values: &mut [f64]) -> bool {
    let mut changed = false;
    for (value, param) in values.iter_mut().zip(params) {
        let new = param.at(row);
        changed |= new.to_bits() != value.to_bits();
        *value = new;
    }
    changed
}

fn make(form: &Form, values: &[f64], bounds: &Bounds) -> Result<(Law, Option<Shape>), BadParameter> {
    let law = (form.make)(values)?;
    if bounds.are_none() {
        return Ok((law, None));
    }
    let Bounds { min, max, zero } = *bounds;
    let shape = Shape::new(&law, law.is_discrete(), (min, max), zero)?;
    Ok((law, Some(shape)))
}

#[cfg(test)]
mod tests {
    use super::super::{Base, Shaped, families, family, proof};
    use super::*;

    /// All ways to fill from one law, against the plain quantile.
    fn check(form: &Form, values: &[f64], modifiers: &Modifiers, what: &str) {
        let law = (form.make)(values).expect("examples are legal");
        let Bounds { min, max, zero } = modifiers.at(0);
        let law = Shaped::new(Base::Law(law), min, max, zero).expect("examples are legal");
        let u: Vec<f64> = proof::uniforms(700).collect();
        let (mut constant, mut varying) = (vec![0.0; u.len()], vec![0.0; u.len()]);
        let scalars: Vec<Param> = values.iter().map(|&value| Param::Scalar(value)).collect();
        fill(form, &scalars, modifiers, &u, &mut constant).expect("legal");
        let columns: Vec<Vec<f64>> = values.iter().map(|&value| vec![value; u.len()]).collect();
        let columns: Vec<Param> = columns.iter().map(|column| Param::Each(column)).collect();
        fill(form, &columns, modifiers, &u, &mut varying).expect("legal");
        for (i, &u) in u.iter().enumerate() {
            let expected = law.quantile(u).to_bits();
            assert_eq!(constant[i].to_bits(), expected, "{what} {u}");
            assert_eq!(varying[i].to_bits(), expected, "{what} {u}");
        }
    }

    #[test]
    fn every_road_gives_the_bits_of_the_plain_quantile() {
        let half = Some(Param::Scalar(0.5));
        for (name, values) in proof::EXAMPLES {
            let form = &family(name).expect("listed").forms[0];
            check(form, values, &Modifiers::default(), name);
            check(form, values, &Modifiers { zero: half, ..Default::default() }, name);
            let law = (form.make)(values).expect("examples are legal");
            let (min, max) = (law.quantile(0.2), law.quantile(0.9));
            let max = if min < max { max } else { min + 1.0 };
            let (min, max) = (Some(Param::Scalar(min)), Some(Param::Scalar(max)));
            check(form, values, &Modifiers { min, max, zero: None }, name);
            check(form, values, &Modifiers { min, max, zero: half }, name);
        }
    }

    #[test]
    fn there_is_an_example_of_every_family() {
        for listed in families() {
            assert!(proof::EXAMPLES.iter().any(|(name, _)| *name == listed.name));
        }
    }

    #[test]
    fn a_bad_row_is_named() {
        let form = &family("normal").expect("listed").forms[0];
        let sds = [1.0, 1.0, -2.0, 1.0];
        let params = [Param::Scalar(0.0), Param::Each(&sds)];
        let mut out = [0.0; 4];
        let error = fill(form, &params, &Modifiers::default(), &[0.5; 4], &mut out).unwrap_err();
        assert_eq!(error.to_string(), "row 2: `sd` must be positive, found -2");
        let zero = Modifiers { zero: Some(Param::Each(&sds)), ..Default::default() };
        let params = [Param::Scalar(0.0), Param::Scalar(1.0)];
        let error = fill(form, &params, &zero, &[0.5; 4], &mut out).unwrap_err();
        assert_eq!((error.row, error.bad.name), (2, "zero"));
    }

    #[test]
    fn uniforms_rounded_to_an_edge_give_finite_values() {
        for (name, values) in proof::EXAMPLES {
            let form = &family(name).expect("listed").forms[0];
            let params: Vec<Param> = values.iter().map(|&value| Param::Scalar(value)).collect();
            let mut out = [0.0; 3];
            fill(form, &params, &Modifiers::default(), &[0.0, 0.5, 1.0], &mut out).expect("legal");
            assert!(out.iter().all(|x| x.is_finite()), "{name}: {out:?}");
            assert!(out[0] <= out[1] && out[1] <= out[2], "{name}: {out:?}");
        }
    }
}
