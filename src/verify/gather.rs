//! What one pass over a suite gathers, and the checks that come of it.

use std::collections::BTreeMap;

use super::laws::{Evidence, evidence, missing};
use super::report::{Check, Outcome};
use super::suite::LAW_UNITS;
use super::world::arm_columns;
use crate::model::{InstanceId, Model, Parent, Plan, What};
use crate::sample::Batch;
use crate::value::Column;

/// What was found, and evidence about laws by instance: a column that arms share is one sample, not several.
pub(super) struct Gathered {
    /// Files whose values are not those that were written.
    pub(super) content: Vec<String>,
    pub(super) structure: Vec<String>,
    pub(super) replay: Vec<String>,
    pub(super) replayed: u64,
    laws: BTreeMap<InstanceId, (Option<Evidence>, Option<Evidence>)>,
    /// Units of each combination of own levels.
    levels: BTreeMap<Vec<u32>, u64>,
    /// By text column: characters in each arm.
    lengths: BTreeMap<InstanceId, u64>,
    units: u64,
}

impl Gathered {
    pub(super) fn new(plan: &Plan) -> Self {
        let shown = plan.arms.iter().flatten().chain(&plan.truth);
        let variables = shown.filter(|id| matches!(plan.instances[**id].what, What::Variable { .. }));
        Self {
            content: Vec::new(),
            structure: Vec::new(),
            replay: Vec::new(),
            replayed: 0,
            laws: variables.map(|id| (*id, (None, None))).collect(),
            levels: BTreeMap::new(),
            lengths: BTreeMap::new(),
            units: 0,
        }
    }

    /// How many checks may fail by chance.
    pub(super) fn tests(&self) -> usize {
        2 * self.laws.len() + 1
    }

    /// Adds the evidence of a run of units, which replay has held against the files.
    pub(super) fn add(&mut self, model: &Model, plan: &Plan, batch: &Batch) {
        let rows = (batch.units.end - batch.units.start) as usize;
        self.units += rows as u64;
        for (id, (values, gaps)) in &mut self.laws {
            let instance = &plan.instances[*id];
            let What::Variable { variable, .. } = instance.what else { continue };
            let parents: Vec<&Column> = instance.inputs.iter().map(|i| &batch.cells(*i).column).collect();
            let cells = batch.cells(*id);
            let found = match entangled(model, variable) {
                true => Evidence::Unknown("it goes together with something that it also reads".to_owned()),
                false => {
                    evidence(&model.variables[variable], &parents, &cells.column, cells.missing.as_deref())
                }
            };
            *values = Some(together(values.take(), found));
            if let Some(found) = missing(&model.variables[variable], &parents, rows, cells.missing.as_deref())
            {
                *gaps = Some(together(gaps.take(), found));
            }
            if let Column::Text(texts) = &cells.column {
                let characters: usize = texts.iter().flatten().map(|t| t.chars().count()).sum();
                *self.lengths.entry(*id).or_insert(0) += characters as u64;
            }
        }
        for row in 0..rows {
            let level = |p: usize| match &batch.cells(plan.truth[p]).column {
                Column::Category { codes, .. } => codes[row],
                _ => 0,
            };
            *self.levels.entry((0..model.protected.len()).map(level).collect()).or_insert(0) += 1;
        }
    }

    /// The checks, each of which fails by chance with probability at most `alpha`.
    pub(super) fn checks(mut self, model: &Model, plan: &Plan, deep: bool, alpha: f64) -> Vec<Check> {
        let held = "units, ids, levels and shared columns agree in all arms";
        let how = if deep { "all" } else { "a sample of runs; `--deep` replays all" };
        let replayed =
            format!("{} units of every arm are what scenario and seed make ({how})", self.replayed);
        let mut checks = vec![
            Check::of_problems(
                "content hashes",
                "all values are those that were written",
                std::mem::take(&mut self.content),
            ),
            Check::of_problems("structure", held, std::mem::take(&mut self.structure)),
            Check::of_problems("replay", replayed, std::mem::take(&mut self.replay)),
        ];
        let scope = format!("on the first {} units of each arm (at most {LAW_UNITS})", self.units);
        checks.push(Check::new("laws", Outcome::Information, format!("laws are checked {scope}")));
        checks.extend(self.own_levels(model, alpha));
        checks.extend(self.text_lengths(model, plan));
        for (id, (values, gaps)) in self.laws {
            let What::Variable { variable, .. } = plan.instances[id].what else { continue };
            let (name, arm) = (&model.variables[variable].name, first_arm(model, plan, id));
            checks.extend(values.and_then(|e| e.check(format!("law of `{name}` in {arm}"), alpha)));
            checks.extend(gaps.and_then(|e| e.check(format!("missing cells of `{name}` in {arm}"), alpha)));
        }
        checks
    }

    /// Shares of the combinations of own levels.
    fn own_levels(&self, model: &Model, alpha: f64) -> Option<Check> {
        let mut combinations: Vec<Vec<u32>> = vec![Vec::new()];
        for protected in &model.protected {
            let longer = |c: &Vec<u32>| {
                (0..protected.levels.len() as u32).map(|l| [c.as_slice(), &[l]].concat()).collect::<Vec<_>>()
            };
            combinations = combinations.iter().flat_map(longer).collect();
        }
        let observed = combinations.iter().map(|c| self.levels.get(c).copied().unwrap_or(0)).collect();
        let expected = combinations.iter().map(|c| model.joint.share(c) * self.units as f64).collect();
        Evidence::Counts { observed, expected }.check("shares of own levels".to_owned(), alpha)
    }

    /// Mean lengths of texts by arm: a gap is a cue that a model may read.
    fn text_lengths(&self, model: &Model, plan: &Plan) -> Vec<Check> {
        let columns = plan.arms.first().map_or(0, Vec::len);
        let mut checks = Vec::new();
        for at in 0..columns {
            let length = |arm: usize| {
                self.lengths.get(&plan.arms[arm][at]).map(|sum| *sum as f64 / self.units.max(1) as f64)
            };
            let by_arm: Option<Vec<f64>> = (0..plan.arms.len()).map(length).collect();
            let Some(by_arm) = by_arm else { continue };
            let gap = by_arm.iter().copied().fold(f64::MIN, f64::max)
                - by_arm.iter().copied().fold(f64::MAX, f64::min);
            let figures: Vec<String> =
                by_arm.iter().zip(&model.arms).map(|(l, arm)| format!("{} {l:.2}", arm.name)).collect();
            let summary = format!("{gap:.2} characters between arms on average: {}", figures.join(", "));
            let name = arm_columns(model, plan, 0)[at].name.to_owned();
            checks.push(Check::new(format!("length of `{name}`"), Outcome::Information, summary));
        }
        checks
    }
}

fn together(known: Option<Evidence>, more: Evidence) -> Evidence {
    match known {
        None => more,
        Some(known) => known.and(more),
    }
}

/// Whether a variable's rank goes together with something upstream of it, so that it is not uniform given its parents.
fn entangled(model: &Model, variable: usize) -> bool {
    let mut open: Vec<Parent> = model.variables[variable].parents.clone();
    let mut upstream = vec![false; model.variables.len()];
    while let Some(parent) = open.pop() {
        if let Parent::Variable(v) = parent
            && !std::mem::replace(&mut upstream[v], true)
        {
            open.extend(&model.variables[v].parents);
        }
    }
    let correlated = |v: usize| model.correlated.get(v).is_some_and(Option::is_some);
    // A first variable of a copula reads its own noise, but later ones read it too: any upstream one counts.
    correlated(variable) && upstream.iter().enumerate().any(|(v, up)| *up && v != variable && correlated(v))
}

fn first_arm(model: &Model, plan: &Plan, id: InstanceId) -> String {
    let arm = plan.arms.iter().position(|arm| arm.contains(&id));
    arm.map_or_else(|| "the truth".to_owned(), |arm| format!("arm `{}`", model.arms[arm].name))
}
