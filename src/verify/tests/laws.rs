//! Laws over a scenario of many families.

use crate::model::{Model, Plan};
use crate::sample::{Batch, Sampler};
use crate::scenario::Scenario;
use crate::value::Column;
use crate::verify::{Check, Outcome, evidence};

const UNITS: u64 = 20_000;
const ALPHA: f64 = 1e-6 / 50.0;

const SCENARIO: &str = r#"
[scenario]
name = "families"
version = "1.0.0"
language = "en"
units = 20000

[protected.gender]
levels = { female = 0.5, male = 0.5 }

[variables]
a_normal = { role = "background", normal = { mean = 38, sd = 9 }, min = 21, max = 64, decimals = 0 }
plain = { role = "background", normal = { mean = 0, sd = 1 } }
b_lognormal = { role = "proxy", lognormal = { median = { base = 42000, gender = { female = -2500 } }, sigma = 0.15 }, decimals = -2 }
c_uniform = { role = "background", uniform = { low = 1, high = 4 } }
d_beta = { role = "background", beta = { mean = 0.3, concentration = 5 } }
e_gamma = { role = "proxy", zero = { base = 0.9, gender = { female = -0.3 } }, gamma = { shape = 2, mean = { base = 6, gender = { female = 4 } } }, decimals = 0 }
f_exponential = { role = "background", exponential = { mean = 3 } }
g_weibull = { role = "background", weibull = { shape = 1.5, scale = 2 } }
h_student = { role = "background", student_t = { df = 4, location = 1, scale = 2 } }
i_triangular = { role = "background", triangular = { low = 0, mode = 1, high = 5 } }
j_logistic = { role = "background", logistic = { location = 3, scale = 2 } }
k_poisson = { role = "background", poisson = { mean = { base = 1, c_uniform = 0.5 } }, zero = 0.3 }
l_binomial = { role = "background", binomial = { n = 12, p = 0.3 } }
m_negative = { role = "background", negative_binomial = { mean = 4, dispersion = 2 } }
m_negative_rp = { role = "background", negative_binomial = { r = 3, p = 0.4 } }
n_geometric = { role = "background", geometric = { p = 0.25 } }
o_bernoulli = { role = "background", bernoulli = { p = { logit = { base = -1, plain = 0.5 } } } }
p_zipf = { role = "background", zipf = { exponent = 1.2, n = 50 } }
q_category = { role = "background", categorical = { low = 0.55, mid = 0.35, high = 0.10 } }
r_quantiles = { role = "background", empirical = { quantiles = [[0, 10], [0.5, 20], [1, 40]] } }
s_name = { role = "proxy", names = { list = "us/first-names", born = "2026 - a_normal" } }
"#;

fn model() -> Model {
    match Scenario::from_text("families.toml", SCENARIO).and_then(Scenario::compile) {
        Ok(model) => model,
        Err(error) => panic!("{error}"),
    }
}

fn column_check(
    model: &Model,
    plan: &Plan,
    batch: &Batch,
    name: &str,
    values: Option<&Column>,
) -> Option<Check> {
    let (at, variable) =
        model.shown().enumerate().find(|(_, v)| v.name == name).expect("the scenario has it");
    let instance = plan.arms[0][model.protected.len() + at];
    let parents: Vec<&Column> =
        plan.instances[instance].inputs.iter().map(|i| &batch.cells(*i).column).collect();
    let cells = batch.cells(instance);
    evidence(variable, &parents, values.unwrap_or(&cells.column), cells.missing.as_deref())
        .check(name.to_owned(), ALPHA)
}

fn with_batch(test: impl Fn(&Model, &Plan, &Batch)) {
    let model = model();
    let plan = model.plan();
    let batch = Sampler::new(&model, &plan, 7).batch(0..UNITS).expect("legal parameters");
    test(&model, &plan, &batch);
}

fn values<'a>(model: &Model, plan: &Plan, batch: &'a Batch, name: &str) -> &'a Column {
    let at = model.shown().position(|v| v.name == name).expect("the scenario has it");
    &batch.cells(plan.arms[0][model.protected.len() + at]).column
}

#[test]
fn every_family_follows_its_law() {
    with_batch(|model, plan, batch| {
        for variable in model.shown() {
            let check = column_check(model, plan, batch, &variable.name, None).expect("all are drawn");
            assert_eq!(check.outcome, Outcome::Passed, "{check:?}");
        }
    });
}

#[test]
fn a_mean_shifted_by_a_tenth_of_a_standard_deviation_fails() {
    with_batch(|model, plan, batch| {
        for (name, sd) in [("plain", 1.0), ("h_student", 2.8), ("j_logistic", 3.6)] {
            let Column::Number(plain) = values(model, plan, batch, name) else { panic!("numbers") };
            let shifted = Column::Number(plain.iter().map(|x| x + 0.1 * sd).collect());
            let check = column_check(model, plan, batch, name, Some(&shifted)).expect("drawn");
            assert_eq!(check.outcome, Outcome::Failed, "{check:?}");
        }
    });
}

#[test]
fn a_level_three_points_too_frequent_fails() {
    with_batch(|model, plan, batch| {
        let Column::Category { codes, levels } = values(model, plan, batch, "q_category") else {
            panic!("categories")
        };
        let mut codes = codes.clone();
        let moved = codes.iter_mut().filter(|c| **c == 0).take(UNITS as usize * 3 / 100);
        moved.for_each(|c| *c = 2);
        let tampered = Column::Category { codes, levels: levels.clone() };
        let check = column_check(model, plan, batch, "q_category", Some(&tampered)).expect("drawn");
        assert_eq!(check.outcome, Outcome::Failed, "{check:?}");
    });
}
