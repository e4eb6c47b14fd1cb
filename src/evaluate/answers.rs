//! The answers of a model to every record, as numbers.

use super::evaluation::{ArmIrregularity, OutputKind, Range};
use crate::error::{Error, Result};
use crate::suite::Suite;

/// One output over a suite: a number for each arm and unit, NaN where there is no usable answer.
#[derive(Debug, Clone)]
pub struct Answers {
    /// The name of the output.
    pub name: String,
    /// What it is.
    pub kind: OutputKind,
    /// Whether the kind was guessed.
    pub guessed: bool,
    /// The favourable value of a decision, as written.
    pub favourable: Option<String>,
    /// Whether larger numbers are better for the person.
    pub higher_is_better: Option<bool>,
    /// The range of numbers.
    pub range: Option<Range>,
    /// The categories, by code.
    pub categories: Vec<String>,
    /// What is missing or unusable, by arm.
    pub irregularities: Vec<ArmIrregularity>,
    /// By arm in the manifest's order, then by unit: 0 or 1 for a decision (a share where the model was asked
    /// repeatedly), a number, or the code of a category.
    pub values: Vec<Vec<f64>>,
}

impl Answers {
    /// Decisions by arm and unit; true is the favourable one.
    pub fn decisions(name: &str, by_arm: Vec<Vec<bool>>) -> Self {
        let numbers = |arm: Vec<bool>| arm.into_iter().map(f64::from).collect();
        Self {
            favourable: Some("1".to_owned()),
            higher_is_better: Some(true),
            range: Some(Range { low: 0.0, high: 1.0, declared: true }),
            ..Self::plain(name, OutputKind::Decision, by_arm.into_iter().map(numbers).collect())
        }
    }

    /// Scores between `low` and `high` by arm and unit; what lies outside or is NaN counts as no answer.
    pub fn scores(name: &str, low: f64, high: f64, mut by_arm: Vec<Vec<f64>>) -> Self {
        for value in by_arm.iter_mut().flatten() {
            if !(low..=high).contains(value) {
                *value = f64::NAN;
            }
        }
        Self {
            range: Some(Range { low, high, declared: true }),
            ..Self::plain(name, OutputKind::Score, by_arm)
        }
    }

    /// Any numbers by arm and unit; what is not finite counts as no answer.
    pub fn numbers(name: &str, mut by_arm: Vec<Vec<f64>>) -> Self {
        by_arm.iter_mut().flatten().filter(|v| !v.is_finite()).for_each(|v| *v = f64::NAN);
        let range = seen(&by_arm);
        Self { range, ..Self::plain(name, OutputKind::Number, by_arm) }
    }

    /// Codes of categories by arm and unit.
    pub fn categories(name: &str, categories: Vec<String>, by_arm: Vec<Vec<f64>>) -> Self {
        Self { categories, ..Self::plain(name, OutputKind::Category, by_arm) }
    }

    fn plain(name: &str, kind: OutputKind, values: Vec<Vec<f64>>) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            guessed: false,
            favourable: None,
            higher_is_better: None,
            range: None,
            categories: Vec::new(),
            irregularities: Vec::new(),
            values,
        }
    }

    /// The door: as many arms and units as the suite, and values that the kind can have.
    pub(super) fn check(&self, suite: &Suite) -> Result<()> {
        let (arms, units) = (suite.manifest.arms.len(), suite.manifest.units as usize);
        if self.values.len() != arms || self.values.iter().any(|arm| arm.len() != units) {
            let found = self.values.iter().map(Vec::len).max().unwrap_or(0);
            return Err(Error::request(format!(
                "`{}` has {} arms of up to {found} units; the suite has {arms} arms of {units} units",
                self.name,
                self.values.len()
            )));
        }
        let levels = self.categories.len() as f64;
        let fits = |v: f64| match self.kind {
            OutputKind::Decision => (0.0..=1.0).contains(&v),
            OutputKind::Category => v >= 0.0 && v < levels && v.fract() == 0.0,
            _ => v.is_finite() && self.range.is_none_or(|r| (r.low..=r.high).contains(&v)),
        };
        match self.values.iter().flatten().find(|v| !v.is_nan() && !fits(**v)) {
            None => Ok(()),
            Some(value) => Err(Error::request_hint(
                format!("`{}` has the answer {value}, which its kind cannot have", self.name),
                "decisions are 0 to 1, categories codes from 0, numbers finite and within their range",
            )),
        }
    }

    /// Units.
    pub(super) fn units(&self) -> usize {
        self.values.first().map_or(0, Vec::len)
    }

    /// Whether it is a decision without repeats: every answer is 0 or 1.
    pub(super) fn is_binary(&self) -> bool {
        let whole = |v: &f64| v.is_nan() || *v == 0.0 || *v == 1.0;
        self.kind == OutputKind::Decision && self.values.iter().flatten().all(whole)
    }

    /// Whether twins can be said to get the same or another answer: decisions and categories.
    pub(super) fn has_flips(&self) -> bool {
        matches!(self.kind, OutputKind::Decision | OutputKind::Category)
    }

    /// Whether differences have a size.
    pub(super) fn has_mean(&self) -> bool {
        self.kind != OutputKind::Category
    }

    /// How far apart two answers can be.
    pub(super) fn span(&self) -> Option<f64> {
        self.range.map(|r| r.high - r.low).filter(|span| *span > 0.0)
    }
}

/// The range of the answers seen.
pub(super) fn seen(by_arm: &[Vec<f64>]) -> Option<Range> {
    let usable = || by_arm.iter().flatten().copied().filter(|v| !v.is_nan());
    let low = usable().fold(f64::INFINITY, f64::min);
    let high = usable().fold(f64::NEG_INFINITY, f64::max);
    (low <= high).then_some(Range { low, high, declared: false })
}
