//! What is the same for everyone is refused before anything is drawn, at the parameter's place.

use super::expression::Expression;
use super::generators::{Draw, Modifiers};
use super::parents::Scope;
use crate::diag::{Diagnostic, Place, code};
use crate::dist::{BadParameter, Base, Form, Law, Mixture, Shaped};
use crate::scenario::{DistributionShape, Parameter, Variable as Shape};

/// Values that stand for parameters that are not known yet; some of them are legal in every place of every family.
const STAND_INS: [f64; 6] = [0.5, 1.0, 2.0, 10.0, 0.0, -1.0];

/// Reports what is wrong with the parameters of one distribution that are constants, whatever the others may be. `parameters`
/// are those of the form, none where one could not be compiled.
pub(super) fn refuse_parameters(
    law: &DistributionShape,
    parameters: &[Option<Expression>],
    scope: &mut Scope,
) -> bool {
    let values: Vec<Option<f64>> =
        parameters.iter().map(|p| p.as_ref().and_then(Expression::constant)).collect();
    let mut refused: Vec<(usize, BadParameter)> =
        (0..values.len()).filter_map(|at| Some((at, hopeless(law.form, &values, at)?))).collect();
    if let (true, Some(known)) = (refused.is_empty(), values.iter().copied().collect::<Option<Vec<f64>>>())
        && let Err(bad) = (law.form.make)(&known)
    {
        let at = law.form.parameters.iter().position(|p| *p == bad.name);
        match at {
            Some(at) => refused.push((at, bad)),
            None => scope.report(refusal(&bad, &law.place)),
        }
        if at.is_none() {
            return false;
        }
    }
    for (at, bad) in &refused {
        scope.report(refusal(bad, law.parameters[*at].place()));
    }
    refused.is_empty()
}

/// Why a constant makes no law whatever the other parameters are.
fn hopeless(form: &Form, values: &[Option<f64>], at: usize) -> Option<BadParameter> {
    let value = values[at]?;
    let near = [value - 1.0, value + 1.0, 2.0 * value + 1.0];
    let stand_ins: Vec<f64> = STAND_INS.iter().copied().chain(near).collect();
    let mut tried = vec![0; values.len()];
    let mut found = None;
    loop {
        let mut candidate: Vec<f64> = tried.iter().map(|i| stand_ins[*i]).collect();
        candidate[at] = value;
        match (form.make)(&candidate) {
            Ok(_) => return None,
            Err(bad) if bad.name == form.parameters[at] => found = found.or(Some(bad)),
            Err(_) => {}
        }
        let Some(next) = (0..tried.len()).find(|i| *i != at && tried[*i] + 1 < stand_ins.len()) else {
            return found;
        };
        tried[next] += 1;
        tried[..next].fill(0);
    }
}

/// Reports constant modifiers that make no sense for the distribution, or for any where that is not constant.
pub(super) fn refuse_modifiers(draw: &Draw, shape: &Shape, scope: &mut Scope) -> bool {
    let constant = |m: &Option<Expression>| m.as_ref().map(|e| e.constant().unwrap_or(f64::NAN));
    let Modifiers { min, max, zero } = &draw.modifiers;
    let (min, max, zero) = (constant(min), constant(max), constant(zero));
    let refused = match base(draw) {
        Some(base) if ![min, max, zero].into_iter().flatten().any(f64::is_nan) => {
            base.and_then(|base| Shaped::new(base, min, max, zero)).err()
        }
        _ => alone(min, max, zero),
    };
    if let Some(bad) = &refused {
        let place = [("min", &shape.min), ("max", &shape.max), ("zero", &shape.zero)]
            .into_iter()
            .find(|(name, p)| *name == bad.name && p.is_some())
            .and_then(|(_, p)| p.as_ref())
            .map_or(&shape.generator.place, Parameter::place);
        scope.report(refusal(bad, place));
    }
    refused.is_none()
}

/// The law of constant parameters; none where they are not, or where they have been refused.
fn base(draw: &Draw) -> Option<Result<Base, BadParameter>> {
    let mut made: Vec<(f64, Law)> = Vec::new();
    for component in &draw.components {
        let values: Option<Vec<f64>> = component.parameters.iter().map(Expression::constant).collect();
        made.push((
            component.weight.constant().filter(|weight| *weight >= 0.0)?,
            (component.form.make)(&values?).ok()?,
        ));
    }
    Some(match made.as_slice() {
        [(_, law)] => Ok(Base::Law(*law)),
        _ => Mixture::new(&made).map(Base::Mixture),
    })
}

/// What is wrong with constant modifiers whatever they modify.
fn alone(min: Option<f64>, max: Option<f64>, zero: Option<f64>) -> Option<BadParameter> {
    if let Some(value) = zero.filter(|zero| *zero < 0.0 || *zero > 1.0) {
        return Some(BadParameter { name: "zero", value, must: "be between 0 and 1" });
    }
    let value = min.zip(max).filter(|(min, max)| min > max)?.0;
    Some(BadParameter { name: "min", value, must: "be below `max`" })
}

fn refusal(bad: &BadParameter, place: &Place) -> Diagnostic {
    Diagnostic::error(code::BAD_PARAMETER, bad.to_string()).at(place).hint(hint(bad))
}

/// What to do, by what the law demands.
fn hint(bad: &BadParameter) -> String {
    let says = |words: &str| bad.must.contains(words);
    let name = bad.name;
    if says("1e-9 of the law") {
        "`min` and `max` cut (almost) all of the distribution away: move them to where it lies".to_owned()
    } else if says("`max`") || says("`low`") || says("`high`") {
        "the smaller of the two comes first: exchange them, or move one".to_owned()
    } else if says("always 0") {
        "the distribution is itself always 0: leave `zero` out, or change the distribution".to_owned()
    } else if says("be positive") || says("not be negative") {
        format!("write a number above 0; {name} = {{ log = {{ base = …, … }} }} keeps a computed one there")
    } else if says("between 0 and 1") || says("at most 1") && !says("1e") {
        format!(
            "write a share such as 0.25; {name} = {{ logit = {{ base = …, … }} }} keeps a computed one there"
        )
    } else if says("positive sum") {
        "give one component at least a weight above 0; weights are divided by their sum".to_owned()
    } else if says("whole number") {
        "write it without a fraction, for instance 10".to_owned()
    } else {
        "beyond this, values could not be computed exactly; most populations are described far within it"
            .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_constants_are_never_hopeless() {
        for family in crate::dist::families() {
            for form in family.forms {
                for scale in [1e-3, 0.1, 0.5, 1.0, 3.0, 40.0, 1e5] {
                    for shift in [0.0, 1.0, 2.0] {
                        let values: Vec<f64> =
                            (0..form.parameters.len()).map(|i| scale + shift * i as f64).collect();
                        if (form.make)(&values).is_err() {
                            continue;
                        }
                        for at in 0..values.len() {
                            let alone: Vec<Option<f64>> =
                                (0..values.len()).map(|i| (i == at).then_some(values[i])).collect();
                            let refused = hopeless(form, &alone, at);
                            assert_eq!(refused, None, "{} {values:?}", family.name);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_negative_spread_is_hopeless_whatever_the_mean() {
        let form = &crate::dist::family("normal").expect("a family").forms[0];
        let bad = hopeless(form, &[None, Some(-2.0)], 1).expect("refused");
        assert_eq!(bad.to_string(), "`sd` must be positive, found -2");
    }
}
