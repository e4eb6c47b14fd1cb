//! From predictions to answers.

use super::answers::{Answers, seen};
use super::evaluation::{
    ArmIrregularity, Evaluation, FileFacts, OutputKind, PredictionFacts, Range, RowIrregularity,
};
use super::options::Options;
use crate::error::{Error, Result};
use crate::policy::Policy;
use crate::predictions::{Absence, Fault, Kind, Output, Predictions};
use crate::suite::{Manifest, Suite};

impl Suite {
    /// What a model does to the twins of this suite, and what a policy says of it.
    ///
    /// # Errors
    /// Predictions of another suite or of some units only, a policy that cuts units by columns that are not there, files that
    /// cannot be read.
    pub fn evaluate(
        &self,
        predictions: &Predictions,
        policy: &Policy,
        options: &Options,
    ) -> Result<Evaluation> {
        if predictions.suite_id != self.manifest.suite_id {
            return Err(Error::request(format!(
                "the predictions are of the suite {}, not of {}",
                predictions.suite_id, self.manifest.suite_id
            )));
        }
        let named = policy.criteria.iter().flat_map(|c| &c.outputs);
        if let Some(unknown) = named.into_iter().find(|name| predictions.output(name).is_none()) {
            let known = predictions.outputs.iter().map(|o| o.name.as_str());
            let hint = crate::diag::did_you_mean(unknown, known).unwrap_or_else(|| {
                let names: Vec<&str> = predictions.outputs.iter().map(|o| o.name.as_str()).collect();
                format!("the outputs are {}", names.join(", "))
            });
            let message =
                format!("the policy asks for the output `{unknown}`, which the predictions do not have");
            return Err(Error::request_hint(message, hint));
        }
        let answers: Vec<Answers> =
            predictions.outputs.iter().map(|output| answers(output, &self.manifest)).collect();
        self.evaluate_answers(&answers, facts(predictions), policy, options)
    }
}

fn facts(predictions: &Predictions) -> PredictionFacts {
    let files = predictions.files.iter().map(|f| FileFacts {
        path: f.path.display().to_string(),
        hash: f.hash.clone(),
        bytes: f.bytes,
    });
    let rows = predictions.irregularities.iter().filter_map(|irregularity| {
        Some(RowIrregularity {
            kind: row_word(irregularity.fault)?.to_owned(),
            arm: irregularity.arm.as_ref().map(|(_, name)| name.clone()),
            count: irregularity.count,
            examples: irregularity.examples.iter().map(ToString::to_string).collect(),
        })
    });
    PredictionFacts {
        files: files.collect(),
        rows: predictions.rows,
        repeats: predictions
            .outputs
            .iter()
            .filter_map(|o| o.repeats.as_ref())
            .map(|r| r.most)
            .max()
            .unwrap_or(1),
        irregular_rows: rows.collect(),
        ignored_columns: predictions.ignored.iter().map(|i| i.column.clone()).collect(),
    }
}

fn answers(output: &Output, manifest: &Manifest) -> Answers {
    let (kind, favourable, mut range) = match &output.kind {
        Kind::Decision { favourable, .. } => {
            (OutputKind::Decision, Some(favourable.clone()), Some(declared(0.0, 1.0)))
        }
        Kind::Score { low, high } => (OutputKind::Score, None, Some(declared(*low, *high))),
        Kind::Rank { .. } => (OutputKind::Rank, None, None),
        Kind::Category => (OutputKind::Category, None, None),
        _ => (OutputKind::Number, None, None),
    };
    let units = output.units();
    let value = |unit: u64, arm: usize| match kind {
        OutputKind::Category => output.code(unit, arm).map_or(f64::NAN, f64::from),
        _ => output.value(unit, arm).unwrap_or(f64::NAN),
    };
    let values: Vec<Vec<f64>> =
        (0..output.arms()).map(|arm| units.clone().map(|unit| value(unit, arm)).collect()).collect();
    if matches!(kind, OutputKind::Number | OutputKind::Rank) {
        range = seen(&values);
    }
    let categories = if kind == OutputKind::Category { output.labels().to_vec() } else { Vec::new() };
    Answers {
        name: output.name.clone(),
        kind,
        guessed: output.guessed.is_some(),
        favourable,
        higher_is_better: match kind {
            OutputKind::Decision => Some(true),
            OutputKind::Rank => Some(false),
            _ => None,
        },
        range,
        categories,
        irregularities: irregularities(output, manifest),
        values,
    }
}

fn declared(low: f64, high: f64) -> Range {
    Range { low, high, declared: true }
}

fn irregularities(output: &Output, manifest: &Manifest) -> Vec<ArmIrregularity> {
    let of_arm = |(arm, entry): (usize, &crate::suite::ArmEntry)| {
        let counted = Absence::ALL.into_iter().map(|a| (word(a).to_owned(), output.absent(arm, a)));
        ArmIrregularity {
            arm: entry.name.clone(),
            records: output.units().end - output.units().start,
            usable: output.present(arm),
            kinds: counted.filter(|(_, count)| *count > 0).collect(),
        }
    };
    manifest.arms.iter().enumerate().map(of_arm).collect()
}

/// The word for an absence in results.
fn word(absence: Absence) -> &'static str {
    match absence {
        Absence::Missing => "missing",
        Absence::Refused => "refused",
        Absence::NotANumber => "not-a-number",
        Absence::Nan => "nan",
        Absence::Infinite => "infinite",
        Absence::OutOfRange => "out-of-range",
        Absence::UnknownValue => "unknown-value",
        Absence::NotARank => "not-a-rank",
        Absence::NothingFound => "nothing-found",
        Absence::Conflicting => "conflicting",
    }
}

/// The word for a row's fault; none for faults of single cells, which are counted by arm.
fn row_word(fault: Fault) -> Option<&'static str> {
    match fault {
        Fault::Absent(_) => None,
        Fault::Duplicate => Some("duplicate"),
        Fault::UnknownId => Some("unknown-id"),
        Fault::OtherSuite => Some("other-suite"),
        Fault::Unreadable => Some("unreadable"),
        Fault::UnknownStatus => Some("unknown-status"),
    }
}
