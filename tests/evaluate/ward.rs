//! A small scenario, its suites, and models that are rules over records.

use std::collections::BTreeMap;

use arrow::array::{Array, AsArray};
use arrow::datatypes::{DataType, Float64Type, Int32Type, Int64Type};
use jumelles::evaluate::evaluation::{Effect, OutputEvaluation, PredictionFacts};
use jumelles::evaluate::{Answers, Evaluation, Options};
use jumelles::policy::Policy;
use jumelles::scenario::{Overrides, Scenario};
use jumelles::suite::{Seed, Suite, Units};

pub const SCENARIO: &str = r#"
[scenario]
name = "ward"
units = 1000
title = "A ward"

[protected.gender]
levels = { female = 0.5, male = 0.5 }

[variables.merit]
role = "background"
uniform = { low = 0, high = 1 }

[variables.region]
role = "background"
categorical = { north = 0.5, south = 0.3, west = 0.2 }

[variables.alias]
role = "proxy"
group = "identity"
placebo = true
normal = { mean = { base = 0, gender = { female = 1 } }, sd = 1 }

[variables.title]
role = "proxy"
group = "identity"
formula = "if gender == \"female\" then 1 else 0"

[variables.gap]
role = "proxy"
group = "career"
bernoulli = { p = { base = 0.1, gender = { female = 0.3 } } }

[variables.certificates]
role = "resolving"
poisson = { mean = { base = 1, gender = { female = 0.5 } } }

[variables.suitable]
role = "outcome"
formula = "merit"

[design]
kind = "paths"
placebo = true
"#;

/// A suite in a folder that is removed with it.
pub struct Ward {
    pub suite: Suite,
    _folder: tempfile::TempDir,
}

/// A record, as a rule sees it.
pub struct Record {
    pub arm: usize,
    pub unit: usize,
    pub numbers: BTreeMap<String, f64>,
    pub words: BTreeMap<String, String>,
}

impl Record {
    pub fn number(&self, name: &str) -> f64 {
        self.numbers[name]
    }

    pub fn is(&self, name: &str, word: &str) -> bool {
        self.words[name] == word
    }

    pub fn female(&self) -> bool {
        self.is("gender", "female")
    }

    /// A number between 0 and 1 that this record alone has, as a model that rolls dice would.
    pub fn dice(&self, seed: u64) -> f64 {
        let mut z = (self.arm as u64) << 40 ^ self.unit as u64 ^ seed << 52;
        for _ in 0..2 {
            z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^= z >> 31;
        }
        (z >> 11) as f64 / (1u64 << 53) as f64
    }
}

impl Ward {
    pub fn new(design: &str, units: u64) -> Self {
        Self::of(SCENARIO, design, units)
    }

    pub fn of(text: &str, design: &str, units: u64) -> Self {
        let overrides = Overrides { design: Some(design.to_owned()), ..Overrides::none() };
        let scenario = Scenario::from_text_with("ward.toml", text, &overrides);
        let model = scenario.and_then(Scenario::compile).unwrap_or_else(|e| panic!("{e}"));
        let folder = tempfile::tempdir().unwrap();
        let suite = model.generate(Units(units), Seed(11)).write_to(folder.path().join("suite")).unwrap();
        Self { suite, _folder: folder }
    }

    /// Every record, arm by arm.
    pub fn records(&self) -> Vec<Vec<Record>> {
        let manifest = &self.suite.manifest;
        (0..manifest.arms.len()).map(|arm| self.records_of(arm)).collect()
    }

    fn records_of(&self, arm: usize) -> Vec<Record> {
        let manifest = &self.suite.manifest;
        let mut records = Vec::new();
        for file in manifest.files.iter().filter(|f| f.arm.as_ref() == Some(&manifest.arms[arm].name)) {
            for batch in self.suite.read(file).unwrap() {
                let batch = batch.unwrap();
                let first = records.len();
                records.extend((0..batch.num_rows()).map(|row| Record {
                    arm,
                    unit: first + row,
                    numbers: BTreeMap::new(),
                    words: BTreeMap::new(),
                }));
                for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
                    for row in (0..batch.num_rows()).filter(|row| column.is_valid(*row)) {
                        let record = &mut records[first + row];
                        let number = match column.data_type() {
                            DataType::Float64 => column.as_primitive::<Float64Type>().value(row),
                            DataType::Int64 => column.as_primitive::<Int64Type>().value(row) as f64,
                            DataType::Boolean => f64::from(column.as_boolean().value(row)),
                            DataType::Dictionary(..) => {
                                let d = column.as_dictionary::<Int32Type>();
                                let word = d.values().as_string::<i32>().value(d.keys().value(row) as usize);
                                record.words.insert(field.name().clone(), word.to_owned());
                                continue;
                            }
                            _ => continue,
                        };
                        record.numbers.insert(field.name().clone(), number);
                    }
                }
            }
        }
        records
    }

    pub fn decisions(&self, rule: impl Fn(&Record) -> bool) -> Answers {
        let by_arm = self.records().iter().map(|arm| arm.iter().map(&rule).collect()).collect();
        Answers::decisions("hired", by_arm)
    }

    pub fn scores(&self, rule: impl Fn(&Record) -> f64) -> Answers {
        let by_arm = self.records().iter().map(|arm| arm.iter().map(&rule).collect()).collect();
        Answers::scores("score", 0.0, 1.0, by_arm)
    }

    pub fn evaluate(&self, answers: Answers) -> Evaluation {
        self.evaluate_with(answers, &Policy::default(), &Options::verdict_only())
    }

    pub fn evaluate_with(&self, answers: Answers, policy: &Policy, options: &Options) -> Evaluation {
        let facts = PredictionFacts::default();
        self.suite.evaluate_answers(&[answers], facts, policy, options).unwrap()
    }
}

/// The effect of a kind; of the first levels where there are several.
pub fn effect<'a>(output: &'a OutputEvaluation, kind: &str) -> &'a Effect {
    let found = output.effects.iter().find(|e| e.contrast.kind == kind);
    found.unwrap_or_else(|| panic!("no effect `{kind}`"))
}

pub fn estimate(output: &OutputEvaluation, kind: &str) -> f64 {
    effect(output, kind).estimate.unwrap()
}

pub fn policy(text: &str) -> Policy {
    Policy::from_text("policy.toml", text).unwrap_or_else(|e| panic!("{e}"))
}
