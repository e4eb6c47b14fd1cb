//! The whole evaluation of a suite.

use super::answers::Answers;
use super::comparison::Comparison;
use super::comparisons::Comparisons;
use super::covariates::{Covariate, covariates_that_cut, outcomes, shared_columns};
use super::cut::Cut;
use super::discovery::{PARTS, discover, is_searched};
use super::effects::{Prepared, effect, impossible};
use super::evaluation::{
    ArmSummary, EVALUATION_FORMAT_VERSION, Effect, Evaluation, OutputEvaluation, OutputKind, PredictionFacts,
};
use super::factual::Factual;
use super::options::{Options, Settings};
use super::population::{Asked, populations};
use super::verdicts::Verdicts;
use super::{curve, example, excess, facts, patterns, refusals, registered, shapley};
use crate::error::Result;
use crate::policy::Policy;
use crate::stats::{Alpha, Sample, holm};
use crate::suite::Suite;

/// Columns with more parts than this are not searched: their conjunctions would be many and small.
const MOST_PARTS: usize = 32;

impl Suite {
    /// Evaluates answers that are at hand, one entry an output.
    ///
    /// # Errors
    /// Answers of another number of arms or units, slices by columns that the suite does not have, files that cannot be
    /// read.
    pub fn evaluate_answers(
        &self,
        answers: &[Answers],
        predictions: PredictionFacts,
        policy: &Policy,
        options: &Options,
    ) -> Result<Evaluation> {
        let verdicts = Verdicts::of(self, policy)?;
        let judgement = verdicts.judge(answers)?;
        let whole = Whole::of(self, &verdicts, options)?;
        let mut outputs = Vec::with_capacity(answers.len());
        for output in answers {
            outputs.push(whole.output(&Prepared::of(output))?);
        }
        Ok(Evaluation {
            format_version: EVALUATION_FORMAT_VERSION,
            tool: format!("jumelles {}", env!("CARGO_PKG_VERSION")),
            suite: facts::suite_facts(self, &whole.model),
            predictions,
            policy: facts::policy_facts(policy),
            outputs,
            decided_by: judgement.decided_by(),
            criteria: judgement.criteria,
            not_asked: judgement.not_asked,
            verdict: judgement.verdict,
        })
    }
}

/// What all outputs share.
struct Whole<'a> {
    suite: &'a Suite,
    model: crate::model::Model,
    verdicts: &'a Verdicts<'a>,
    comparisons: &'a Comparisons,
    options: &'a Options,
    settings: Settings,
    factual: Option<Factual>,
    resolving: Vec<Covariate>,
    outcomes: Vec<Covariate>,
    /// Cuts for the search, found on the searched half.
    cuts: Vec<Cut>,
}

impl<'a> Whole<'a> {
    fn of(suite: &'a Suite, verdicts: &'a Verdicts<'a>, options: &'a Options) -> Result<Self> {
        let model = suite.model()?;
        let factual = match options.population {
            true => Factual::of(suite, &model)?,
            false => None,
        };
        let named = |wanted: bool, names: Vec<String>| match wanted {
            true => covariates_that_cut(suite, &names),
            false => Ok(Vec::new()),
        };
        let shared = |role: &str| {
            shared_columns(suite).filter(|c| c.role == role).map(|c| c.name.clone()).collect::<Vec<_>>()
        };
        let resolving = named(options.population, shared("resolving"))?;
        let truth = named(options.curves, outcomes(suite).map(|c| c.name.clone()).collect())?;
        let searched = shared_columns(suite).map(|c| c.name.clone()).collect();
        let searched = named(options.discovery, searched)?;
        let cuts = searched
            .iter()
            .map(|c| Cut::of(c, PARTS, is_searched))
            .filter(|cut| (2..=MOST_PARTS).contains(&cut.terms.len()))
            .collect();
        Ok(Self {
            settings: Settings {
                alpha: Alpha::one_sided(verdicts.policy.alpha).map_err(impossible)?,
                seed: suite.manifest.seed,
                bootstrap: options.bootstrap,
            },
            comparisons: &verdicts.comparisons,
            suite,
            model,
            verdicts,
            options,
            factual,
            resolving,
            outcomes: truth,
            cuts,
        })
    }

    fn asked<'b>(&'b self, factual: &'b Factual, effects: &'b [Effect]) -> Asked<'b> {
        let (comparisons, alpha) = (self.comparisons, self.settings.alpha);
        Asked { factual, comparisons, effects, resolving: &self.resolving, alpha }
    }

    /// Contrasts that are told in detail: total and direct, over strata where there are several.
    fn principal(&self) -> impl Iterator<Item = &Comparison> {
        let told =
            |c: &&Comparison| matches!(c.id.kind.as_str(), "total" | "direct") && c.id.stratum.is_empty();
        self.comparisons.effects.iter().filter(told)
    }

    fn output(&self, prepared: &Prepared) -> Result<OutputEvaluation> {
        let answers = prepared.answers;
        let arms = &self.comparisons.arms;
        let mut effects = Vec::new();
        for comparison in &self.comparisons.effects {
            effects.push(effect(prepared, comparison, arms, &self.settings)?);
        }
        let mut placebos = Vec::new();
        for comparison in &self.comparisons.placebos {
            placebos.push(effect(prepared, comparison, arms, &self.settings)?);
        }
        let mut excesses = Vec::new();
        for comparison in &self.comparisons.effects {
            excesses.extend(excess::excess(prepared, comparison, self.settings.alpha)?);
        }
        let faulty_placebos = faulty(&placebos, self.settings.alpha.value())?;
        let bits = prepared.bits.as_ref();
        let mut output = OutputEvaluation {
            name: answers.name.clone(),
            kind: answers.kind,
            guessed: answers.guessed,
            favourable: answers.favourable.clone(),
            higher_is_better: answers.higher_is_better,
            range: answers.range,
            categories: answers.categories.clone(),
            irregularities: answers.irregularities.clone(),
            refusals: refusals::refusals(answers, self.comparisons, self.verdicts.policy.alpha)?,
            units: self.suite.manifest.units,
            complete_units: 0,
            arms: Vec::new(),
            patterns: bits.map_or(Vec::new(), |bits| patterns::patterns(self.comparisons, bits)),
            shapley: shapley::shapley(&self.suite.manifest, self.comparisons, prepared, self.settings.alpha)?,
            effects,
            placebos,
            faulty_placebos,
            excesses,
            population: Vec::new(),
            registered: Vec::new(),
            discovery: Vec::new(),
            curves: Vec::new(),
            thresholds: Vec::new(),
            examples: Vec::new(),
        };
        (output.complete_units, output.arms) = summaries(answers, arms);
        self.details(prepared, &mut output)?;
        Ok(output)
    }

    fn details(&self, prepared: &Prepared, output: &mut OutputEvaluation) -> Result<()> {
        let answers = prepared.answers;
        if let (true, Some(factual)) = (self.options.population, &self.factual) {
            output.population = populations(prepared, &self.asked(factual, &output.effects))?;
        }
        for comparison in self.principal() {
            for (columns, slices) in self.verdicts.slices.iter().filter(|_| answers.has_mean()) {
                let one = registered::registered(prepared, comparison, columns, slices, &self.settings)?;
                output.registered.push(one);
            }
            output.discovery.extend(discover(prepared, comparison, &self.cuts, &self.settings)?);
            if self.options.curves && answers.has_mean() {
                for truth in &self.outcomes {
                    output.curves.extend(curve::by_truth(prepared, comparison, truth, &self.settings)?);
                }
                if matches!(answers.kind, OutputKind::Score | OutputKind::Number) {
                    output.curves.push(curve::by_score(prepared, comparison, &self.settings)?);
                    output.thresholds.extend(curve::thresholds(prepared, comparison, &self.settings));
                }
            }
            if self.options.examples {
                let shown = example::example(self.suite, answers, comparison, self.comparisons)?;
                output.examples.extend(shown);
            }
        }
        Ok(())
    }
}

/// Placebos that move answers in one direction, by their principal tests, adjusted for how many there are.
fn faulty(placebos: &[Effect], alpha: f64) -> Result<Vec<usize>> {
    let tested: Vec<(usize, f64)> = placebos
        .iter()
        .enumerate()
        .filter_map(|(at, e)| e.tests.first().map(|t| (at, t.two_sided)))
        .collect();
    if tested.is_empty() {
        return Ok(Vec::new());
    }
    let p: Vec<f64> = tested.iter().map(|(_, p)| *p).collect();
    let adjusted = holm(&p).map_err(impossible)?;
    Ok(tested.iter().zip(adjusted).filter(|(_, p)| *p <= alpha).map(|((at, _), _)| *at).collect())
}

/// The complete units, and every arm over them.
fn summaries(answers: &Answers, arms: &[String]) -> (u64, Vec<ArmSummary>) {
    let complete: Vec<usize> =
        (0..answers.units()).filter(|unit| answers.values.iter().all(|arm| !arm[*unit].is_nan())).collect();
    let summary = |(at, arm): (usize, &String)| {
        let values = &answers.values[at];
        let mut counts = vec![0u64; answers.categories.len()];
        let (mut sum, mut squares) = (0.0, 0.0);
        // Around the first value, so that squares of large numbers keep their digits.
        let centre = complete.first().map_or(0.0, |unit| values[*unit]);
        for unit in &complete {
            let value = values[*unit];
            (sum, squares) = (sum + value - centre, squares + (value - centre) * (value - centre));
            if let Some(count) = counts.get_mut(value as usize).filter(|_| !answers.has_mean()) {
                *count += 1;
            }
        }
        let sample = Sample::of_sums(complete.len() as u64, sum, squares).filter(|_| answers.has_mean());
        ArmSummary {
            arm: arm.clone(),
            units: complete.len() as u64,
            mean: sample.map(|s| s.mean + centre),
            sd: sample.map(|s| s.sd),
            counts: if answers.has_mean() { Vec::new() } else { counts },
        }
    };
    (complete.len() as u64, arms.iter().enumerate().map(summary).collect())
}
