//! A linear model whose path effects are known by algebra.

use jumelles::model::{ContrastKind, Model, Parent};
use jumelles::sample::Sampler;
use jumelles::scenario::{Overrides, Scenario};
use jumelles::value::Column;

const LINEAR: &str = r#"
[scenario]
name = "linear"
[protected.gender]
levels = { one = 0.5, zero = 0.5 }
[variables.gap]
role = "proxy"
normal = { mean = { base = 0, gender = { one = 0.8 } }, sd = 1 }
[variables.salary]
role = "proxy"
normal = { mean = { base = 1, gap = -0.6, gender = { one = -0.5 } }, sd = 1 }
[design]
kind = "each-proxy"
"#;

fn model(design: &str) -> Model {
    let overrides = Overrides { design: Some(design.to_owned()), ..Overrides::none() };
    Scenario::from_text_with("linear.toml", LINEAR, &overrides).unwrap().compile().unwrap()
}

fn numbers(column: &Column) -> &[f64] {
    match column {
        Column::Number(values) => values,
        other => panic!("a number, not {}", other.kind().phrase()),
    }
}

/// score = 2 − 0.3·A − 0.4·gap + 0.7·salary, from what each record shows.
fn scores(units: u64) -> (Model, Vec<Vec<f64>>) {
    let model = model("each-proxy");
    let plan = model.plan();
    let batch = Sampler::new(&model, &plan, 11).batch(0..units).unwrap();
    let scores = plan.arms.iter().map(|arm| {
        let Column::Category { codes, .. } = &batch.cells(arm[0]).column else {
            panic!("gender is a category")
        };
        let (gap, salary) = (numbers(&batch.cells(arm[1]).column), numbers(&batch.cells(arm[2]).column));
        (0..units as usize)
            .map(|i| 2.0 - 0.3 * f64::from(1 - codes[i]) - 0.4 * gap[i] + 0.7 * salary[i])
            .collect()
    });
    let scores = scores.collect();
    (model, scores)
}

#[test]
fn every_unit_has_the_effects_that_algebra_gives() {
    let (model, scores) = scores(500);
    let mut found = 0;
    for contrast in &model.contrasts {
        let expected = match contrast.kind {
            ContrastKind::Direct => -0.300,
            ContrastKind::Group(g) if model.groups[g].name == "gap" => -0.656,
            ContrastKind::Group(_) => -0.350,
            ContrastKind::Total => -1.306,
            _ => continue,
        };
        found += 1;
        (0..500).for_each(|unit: usize| {
            let score = |arm: usize| scores[arm][unit];
            let effects = contrast.pairs.iter().map(|(t, r)| score(*t) - score(*r));
            let effect: f64 = effects.sum::<f64>() / contrast.pairs.len() as f64;
            assert!((effect - expected).abs() < 1e-12, "{:?} of unit {unit} is {effect}", contrast.kind);
        });
    }
    assert_eq!(found, 4, "direct, two groups and the total");
}

#[test]
fn any_batch_gives_the_same_values() {
    let model = model("paths");
    let plan = model.plan();
    let sampler = Sampler::new(&model, &plan, 3);
    let whole = sampler.batch(0..300).unwrap();
    for (at, _) in plan.instances.iter().enumerate() {
        if let Column::Number(all) = &whole.cells(at).column {
            let part = sampler.batch(123..200).unwrap();
            assert_eq!(&all[123..200], numbers(&part.cells(at).column));
        }
    }
}

#[test]
fn the_arm_of_the_own_level_is_the_factual_record() {
    let (twins, factual) = (model("twins"), model("factual"));
    let (plan, factual_plan) = (twins.plan(), factual.plan());
    let batch = Sampler::new(&twins, &plan, 5).batch(0..400).unwrap();
    let own = Sampler::new(&factual, &factual_plan, 5).batch(0..400).unwrap();
    let Column::Category { codes, .. } = &own.cells(factual_plan.arms[0][0]).column else {
        panic!("a category")
    };
    for column in 1..3 {
        for (unit, code) in codes.iter().enumerate() {
            let arm = numbers(&batch.cells(plan.arms[*code as usize][column]).column)[unit];
            assert_eq!(arm, numbers(&own.cells(factual_plan.arms[0][column]).column)[unit]);
        }
    }
}

#[test]
fn at_strength_zero_all_proxies_are_one_instance() {
    let overrides = Overrides { strength: vec!["gap=0".into(), "salary=0".into()], ..Overrides::none() };
    let model = Scenario::from_text_with("linear.toml", LINEAR, &overrides).unwrap().compile().unwrap();
    let plan = model.plan();
    for arm in &plan.arms {
        assert_eq!(arm[1..], plan.arms[0][1..]);
    }
    assert!(model.variables.iter().all(|v| v.parents.contains(&Parent::Protected(0))));
}
