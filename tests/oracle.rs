//! A world whose answer is known on paper: a linear model on linear paths, where every effect is a sum of products of
//! coefficients (Wright 1921), the same for every unit, so that what the engine makes must give it exactly.
//!
//! gap = 0.8·A + U₁, salary = 1 − 0.5·A − 0.6·gap + U₂, score = 2 − 0.3·A − 0.4·gap + 0.7·salary, with A = 1 for female.

use jumelles::model::{ContrastKind, Model, Plan};
use jumelles::sample::{Batch, Sampler};
use jumelles::scenario::{Overrides, Scenario};
use jumelles::value::Column;

const UNITS: usize = 500;

const LINEAR: &str = r#"
[scenario]
name = "linear"

[protected.gender]
levels = { female = 0.5, male = 0.5 }

[variables.gap]
role = "proxy"
normal = { mean = { base = 0, gender = { female = 0.8 } }, sd = 1 }

[variables.salary]
role = "proxy"
normal = { mean = { base = 1, gender = { female = -0.5 }, gap = -0.6 }, sd = 1 }

[design]
kind = "each-proxy"
"#;

/// The model under test: what it answers to each record of an arm.
fn scores(batch: &Batch, plan: &Plan, arm: usize) -> Vec<f64> {
    let [gender, gap, salary] = plan.arms[arm][..] else {
        panic!("a record has the protected variable and two proxies");
    };
    let (gap, salary) = (numbers(batch, gap), numbers(batch, salary));
    let Column::Category { codes, levels } = &batch.cells(gender).column else {
        panic!("gender is a category");
    };
    (0..UNITS)
        .map(|unit| {
            let a = f64::from(levels.name(codes[unit]) == "female");
            2.0 - 0.3 * a - 0.4 * gap[unit] + 0.7 * salary[unit]
        })
        .collect()
}

fn numbers(batch: &Batch, instance: usize) -> &[f64] {
    match &batch.cells(instance).column {
        Column::Number(values) => values,
        other => panic!("a number is expected, not {other:?}"),
    }
}

/// The effect on every unit of the contrast of a kind: the mean over its pairs of target minus reference.
fn effects(model: &Model, scores: &[Vec<f64>], kind: ContrastKind) -> Vec<f64> {
    let mut of_kind = model.contrasts.iter().filter(|contrast| contrast.kind == kind);
    let contrast = of_kind.next().expect("the design has the contrast");
    assert!(of_kind.next().is_none(), "two levels make one contrast of a kind");
    let levels = model.protected[0].levels.names();
    assert_eq!(levels[contrast.target as usize], "female");
    assert_eq!(levels[contrast.reference as usize], "male");
    let difference = |unit: usize| {
        let differences =
            contrast.pairs.iter().map(|(target, reference)| scores[*target][unit] - scores[*reference][unit]);
        differences.sum::<f64>() / contrast.pairs.len() as f64
    };
    (0..UNITS).map(difference).collect()
}

#[test]
fn every_unit_of_a_linear_world_has_the_effects_that_its_paths_multiply_to() {
    let scenario =
        Scenario::from_text_with("linear.toml", LINEAR, &Overrides::none()).expect("the scenario is read");
    let model = scenario.compile().expect("the scenario has a meaning");
    let plan = model.plan();
    let sampler = Sampler::new(&model, &plan, 20_260_101);
    let batch = sampler.batch(0..UNITS as u64).expect("normal numbers can be drawn");
    let scores: Vec<Vec<f64>> = (0..model.arms.len()).map(|arm| scores(&batch, &plan, arm)).collect();

    let group =
        |name: &str| model.groups.iter().position(|g| g.name == name).expect("a proxy is a group of its own");
    for (kind, pairs, expected) in [
        (ContrastKind::Direct, 2, -0.3),
        // The gap itself, and what salary makes of the gap that is shown: 0.8 · (−0.4 + 0.7 · −0.6).
        (ContrastKind::Group(group("gap")), 2, -0.656),
        (ContrastKind::Group(group("salary")), 2, -0.35),
        // Nothing interacts in a linear world, so the parts sum to the whole.
        (ContrastKind::Proxy, 2, -1.006),
        (ContrastKind::Total, 1, -1.306),
    ] {
        let contrast = model
            .contrasts
            .iter()
            .find(|contrast| contrast.kind == kind)
            .expect("the design has the contrast");
        assert_eq!(contrast.pairs.len(), pairs, "{kind:?}");
        for (unit, effect) in effects(&model, &scores, kind).into_iter().enumerate() {
            assert!((effect - expected).abs() <= 1e-12, "{kind:?} of unit {unit}: {effect}, not {expected}");
        }
    }
}
