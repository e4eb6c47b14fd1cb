//! Noise, every kind of variable, and row groups of twins: encoded once for all arms, and arm by arm.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::ArrayRef;
use arrow::datatypes::{Field, Schema};
use divan::Bencher;
use divan::counter::ItemsCount;
use jumelles::encode::{Encoder, Hint, Known};
use jumelles::model::{Model, What};
use jumelles::noise::{Noise, Purpose};
use jumelles::sample::{ArrayForm, Sampler, data_type};
use jumelles::scenario::{Overrides, Scenario};
use jumelles::suite::{Seed, Units};
use parquet::arrow::ArrowSchemaConverter;

const UNITS: u64 = 131_072;

fn main() {
    divan::main();
}

#[divan::bench]
fn noise(bencher: Bencher) {
    let noise = Noise::of(1, "age", Purpose::Draw);
    let mut out = vec![0.0; UNITS as usize];
    bencher.counter(ItemsCount::new(UNITS)).bench_local(|| noise.fill(0, 0, divan::black_box(&mut out)));
}

/// A variable and, for those that read others, what they read; the noise that it draws is in its time.
const VARIABLES: &[(&str, &str)] = &[
    ("normal", "normal = { mean = 40, sd = 10 }"),
    ("normal, truncated", "normal = { mean = 40, sd = 10 }\nmin = 18\nmax = 67\ndecimals = 0"),
    ("lognormal", "lognormal = { median = 25, sigma = 0.6 }"),
    ("logistic", "logistic = { location = 0, scale = 1 }"),
    ("uniform", "uniform = { low = 0, high = 1 }"),
    ("triangular", "triangular = { low = 0, mode = 1, high = 4 }"),
    ("exponential", "exponential = { mean = 3 }"),
    ("weibull", "weibull = { shape = 1.5, scale = 2 }"),
    ("gamma", "gamma = { shape = 2, mean = 14 }"),
    ("beta", "beta = { alpha = 2, beta = 5 }"),
    ("student_t", "student_t = { df = 5, location = 0, scale = 1 }"),
    ("poisson", "poisson = { mean = 3 }"),
    ("poisson by level", "poisson = { mean = { base = 2, gender = { female = 3 } } }"),
    ("binomial", "binomial = { n = 6, p = 0.4 }"),
    ("negative_binomial", "negative_binomial = { mean = 3, dispersion = 0.5 }"),
    ("geometric", "geometric = { p = 0.3 }"),
    ("bernoulli", "bernoulli = { p = 0.3 }"),
    ("bernoulli, logit", "bernoulli = { p = { logit = { base = -1, gender = { female = 0.5 } } } }"),
    ("categorical", "categorical = { a = 0.2, b = 0.3, c = 0.5 }"),
    (
        "categorical by level",
        "categorical = { a = 0.2, b = 0.3, c = { base = 0.5, gender = { female = 0.3 } } }",
    ),
    ("date", "date = { from = 2005-01-01, to = 2026-06-30 }"),
    (
        "first name",
        "names = { list = \"us/first-names\", born = 1980, sex = { female = \"F\", male = \"M\" } }",
    ),
    ("surname", "surnames = \"us/surnames\""),
    ("formula", "formula = \"2 * other + 3 - (if gender == \\\"female\\\" then 1 else 0)\""),
    ("lookup", "lookup = { by = [\"gender\"], table = { female = 1, male = 2 } }"),
    ("text", "text = \"{{ gender }} of {{ other }}\""),
    ("missing", "normal = { mean = 40, sd = 10 }\nmissing = 0.1"),
];

fn model(text: &str) -> Model {
    Scenario::from_text("bench.toml", text).and_then(Scenario::compile).unwrap_or_else(|e| panic!("{e}"))
}

#[divan::bench(args = VARIABLES.iter().map(|(name, _)| *name))]
fn variable(bencher: Bencher, name: &str) {
    let (_, variable) = VARIABLES.iter().find(|(n, _)| *n == name).expect("of the list");
    let reads_gender = variable.contains("gender");
    let role = if reads_gender { "proxy" } else { "background" };
    let others = ["formula", "text"].contains(&name);
    let other =
        if others { "[variables.other]\nrole = \"background\"\nbinomial = { n = 9, p = 0.5 }\n" } else { "" };
    let text = format!(
        "[scenario]\nname = \"bench\"\n[protected.gender]\nlevels = {{ female = 0.5, male = 0.5 }}\n{other}\
         [variables.it]\nrole = \"{role}\"\n{variable}\n[design]\nkind = \"factual\"\n"
    );
    let model = model(&text);
    let plan = model.plan();
    let sampler = Sampler::new(&model, &plan, 1);
    let batch = || sampler.batch(0..UNITS).unwrap_or_else(|e| panic!("{e}"));
    bencher.counter(ItemsCount::new(UNITS)).bench_local(batch);
}

/// The table of benches/peers in 2 and in 8 arms: the columns of a row group as chunks.
#[divan::bench(args = ["2 arms, once", "2 arms, arm by arm", "8 arms, once", "8 arms, arm by arm"])]
fn row_group(bencher: Bencher, which: &str) {
    let file = if which.starts_with('2') { "hr.toml" } else { "hr8.toml" };
    let path = format!("{}/benches/peers/{file}", env!("CARGO_MANIFEST_DIR"));
    let model = Scenario::open(&path, &Overrides::none())
        .and_then(Scenario::compile)
        .unwrap_or_else(|e| panic!("{e}"));
    let plan = model.plan();
    let sampler = Sampler::new(&model, &plan, 1);
    let cells = model.protected.iter().map(|p| jumelles::model::Cell::Category(p.levels.clone()));
    let cells: Vec<_> = cells.chain(model.shown().map(|v| v.cell.clone())).collect();
    let forms: Vec<ArrayForm> = cells.iter().map(ArrayForm::of).collect();
    let fields: Vec<Field> = cells
        .iter()
        .enumerate()
        .map(|(at, cell)| Field::new(format!("c{at}"), data_type(cell), true))
        .collect();
    let columns = ArrowSchemaConverter::new().convert(&Schema::new(fields)).expect("flat columns");
    let hint = |form: &ArrayForm| match form.dictionary() {
        Some(dictionary) => Hint::Known(Arc::new(Known::of(dictionary).expect("texts"))),
        None => Hint::Nothing,
    };
    let hints: Vec<Hint> = forms.iter().map(hint).collect();
    let mut encoder = Encoder::new().expect("memory");
    let once = which.ends_with("once");
    let records = UNITS * plan.arms.len() as u64;
    bencher.counter(ItemsCount::new(records)).bench_local(|| {
        let batch = sampler.batch(0..UNITS).unwrap_or_else(|e| panic!("{e}"));
        let mut chunks = BTreeMap::new();
        for (arm, instances) in plan.arms.iter().enumerate() {
            for (at, instance) in instances.iter().enumerate() {
                let key = (*instance, if once { 0 } else { arm });
                chunks.entry(key).or_insert_with(|| {
                    let array: ArrayRef = forms[at].array(batch.cells(*instance));
                    let column = columns.column(at);
                    let constant = matches!(plan.instances[*instance].what, What::Level(..));
                    let chunk = match constant {
                        true => encoder.repeat(&column, &array.slice(0, 1), array.len()),
                        false => encoder.encode(&column, &array, &hints[at]),
                    };
                    chunk.unwrap_or_else(|e| panic!("{e}"))
                });
            }
        }
        chunks
    });
}

/// A suite on the disk, with its hashes, on all threads.
#[divan::bench(sample_count = 10, args = ["hiring", "recrutement", "credit"])]
fn suite(bencher: Bencher, name: &str) {
    let model = Scenario::open(name, &Overrides::none())
        .and_then(Scenario::compile)
        .unwrap_or_else(|e| panic!("{e}"));
    let dir = tempfile::tempdir().expect("a temporary folder");
    let units = 2 * UNITS;
    bencher.counter(ItemsCount::new(units * model.arms.len() as u64)).bench_local(|| {
        let generation = model.generate(Units(units), Seed(1)).overwrite(true);
        generation.write_to(dir.path().join("suite")).unwrap_or_else(|e| panic!("{e}"))
    });
}
