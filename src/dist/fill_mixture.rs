//! Whole columns of quantiles of mixtures.

use super::column::{Bounds, constants};
use super::distribution::open;
use super::fill::{fill_one, read_row};
use super::shape::Shape;
use super::{AtRow, BadParameter, Distribution, Form, Law, Mixture, Modifiers, Param};

/// One component of a column of mixtures: weight, form, parameters in the form's order.
pub type Component<'a> = (Param<'a>, &'a Form, Vec<Param<'a>>);

/// As [`fill`](super::fill()), for mixtures: one quantile function of one uniform.
///
/// # Errors
/// The first row whose parameters, weights or modifiers are refused.
///
/// # Panics
/// When the lengths differ, or a number of parameters is not that of its form.
pub fn fill_mixture(
    components: &[Component<'_>],
    modifiers: &Modifiers,
    u: &[f64],
    out: &mut [f64],
) -> Result<(), AtRow> {
    assert_eq!(u.len(), out.len(), "one number out for each in");
    assert!(modifiers.are_long_enough(u.len()), "one parameter a row");
    for (weight, form, params) in components {
        assert_eq!(params.len(), form.parameters.len(), "one column a parameter");
        let fit = params.iter().all(|param| param.is_long_enough(u.len()));
        assert!(fit && weight.is_long_enough(u.len()), "one parameter a row");
    }
    // Weight and parameters of each component, one after the other.
    let params: Vec<Param> = components
        .iter()
        .flat_map(|(weight, _, params)| std::iter::once(*weight).chain(params.iter().copied()))
        .collect();
    match constants(&params) {
        Some(values) if modifiers.are_constant() => {
            let fail = |bad| AtRow { row: 0, bad };
            let law = mix(components, &values).map_err(fail)?;
            let bounds = if u.is_empty() { Bounds::default() } else { modifiers.at(0) };
            fill_one(&law, law.is_discrete(), &bounds, u, out).map_err(fail)
        }
        _ => fill_rows(components, &params, modifiers, u, out),
    }
}

fn fill_rows(
    components: &[Component<'_>],
    params: &[Param],
    modifiers: &Modifiers,
    u: &[f64],
    out: &mut [f64],
) -> Result<(), AtRow> {
    let mut values = vec![0.0; params.len()];
    let mut last: Option<(Mixture, Shape, Bounds)> = None;
    for (row, (out, &u)) in out.iter_mut().zip(u).enumerate() {
        let changed = read_row(params, row, &mut values);
        let bounds = modifiers.at(row);
        let (law, shape, _) = match &last {
            Some(last) if !changed && last.2.same(&bounds) => last,
            _ => {
                let made = make(components, &values, &bounds);
                let (law, shape) = made.map_err(|bad| AtRow { row, bad })?;
                last.insert((law, shape, bounds))
            }
        };
        *out = shape.quantile(open(u), |v| law.quantile(v));
    }
    Ok(())
}

fn make(
    components: &[Component<'_>],
    values: &[f64],
    bounds: &Bounds,
) -> Result<(Mixture, Shape), BadParameter> {
    let law = mix(components, values)?;
    let Bounds { min, max, zero } = *bounds;
    let shape = Shape::new(&law, law.is_discrete(), (min, max), zero)?;
    Ok((law, shape))
}

fn mix(components: &[Component<'_>], mut values: &[f64]) -> Result<Mixture, BadParameter> {
    let mut laws: Vec<(f64, Law)> = Vec::with_capacity(components.len());
    for (_, form, params) in components {
        let (own, rest) = values.split_at(1 + params.len());
        laws.push((own[0], (form.make)(&own[1..])?));
        values = rest;
    }
    Mixture::new(&laws)
}

#[cfg(test)]
mod tests {
    use super::super::{Base, Shaped, family, proof};
    use super::*;

    #[test]
    fn every_road_gives_the_bits_of_the_plain_quantile() {
        let normal = &family("normal").expect("listed").forms[0];
        let poisson = &family("poisson").expect("listed").forms[0];
        let u: Vec<f64> = proof::uniforms(300).collect();
        let shares = vec![0.4; u.len()];
        for (form, left, right) in
            [(normal, vec![-1.0, 1.0], vec![3.0, 0.5]), (poisson, vec![2.0], vec![30.0])]
        {
            let laws = [&left, &right].map(|values| (form.make)(values).expect("legal"));
            let base = Mixture::new(&[(0.4, laws[0]), (0.6, laws[1])]).expect("legal");
            let scalars = |values: &[f64]| values.iter().map(|&v| Param::Scalar(v)).collect();
            for zero in [None, Some(0.3)] {
                let law = Shaped::new(Base::Mixture(base.clone()), None, None, zero).expect("legal");
                let modifiers = Modifiers { zero: zero.map(Param::Scalar), ..Default::default() };
                for share in [Param::Scalar(0.4), Param::Each(&shares)] {
                    let components: [Component; 2] =
                        [(share, form, scalars(&left)), (Param::Scalar(0.6), form, scalars(&right))];
                    let mut out = vec![0.0; u.len()];
                    fill_mixture(&components, &modifiers, &u, &mut out).expect("legal");
                    for (&u, x) in u.iter().zip(&out) {
                        assert_eq!(x.to_bits(), law.quantile(u).to_bits(), "{u}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_bad_row_is_named() {
        let form = &family("normal").expect("listed").forms[0];
        let weights = [1.0, 0.0];
        let params = vec![Param::Scalar(0.0), Param::Scalar(1.0)];
        let components: [Component; 1] = [(Param::Each(&weights), form, params)];
        let mut out = [0.0; 2];
        let modifiers = Modifiers::default();
        let error = fill_mixture(&components, &modifiers, &[0.5; 2], &mut out).unwrap_err();
        assert_eq!(error.to_string(), "row 1: `weight` must have a positive sum, found 0");
    }
}
