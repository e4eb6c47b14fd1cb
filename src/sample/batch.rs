//! All instances of a plan for a run of units.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cells::Cells;
use super::ranks::Ranks;
use super::texts::Phrases;
use super::variable::Source;
use crate::error::Result;
use crate::model::{Instance, InstanceId, Model, Plan, What};
use crate::noise::{Noise, Purpose};
use crate::value::Column;

/// Computes the instances of a plan under a seed, for any run of units, in any order.
pub struct Sampler<'m> {
    model: &'m Model,
    plan: &'m Plan,
    sources: Vec<Made<'m>>,
    /// For each instance, the last one of the same variable that reads the same ranks, where there are several.
    last_reader: Vec<Option<InstanceId>>,
}

/// An instance with the noise that it reads.
enum Made<'m> {
    Own { protected: usize, noise: Noise },
    Level { protected: usize, code: u32 },
    Surrogate { protected: usize, noise: Noise },
    Follow { strength: f64, noise: Noise },
    Variable { variable: usize, source: Box<Source<'m>> },
}

/// The instances of a run of units.
pub struct Batch {
    /// The units.
    pub units: Range<u64>,
    cells: Vec<Cells>,
}

impl Batch {
    /// The column of an instance.
    pub fn cells(&self, id: InstanceId) -> &Cells {
        &self.cells[id]
    }
}

impl<'m> Sampler<'m> {
    /// Derives the noise of every instance from the seed.
    pub fn new(model: &'m Model, plan: &'m Plan, seed: u64) -> Self {
        let sources = plan.instances.iter().map(|instance| source(model, instance, seed)).collect();
        Self { model, plan, sources, last_reader: last_readers(plan) }
    }

    /// The model that is sampled.
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// The plan that is sampled.
    pub fn plan(&self) -> &'m Plan {
        self.plan
    }

    /// Computes all instances for consecutive units. Whatever the run, a unit has the same values.
    ///
    /// # Errors
    /// A parameter that a distribution cannot have, or a value that is no finite number, with variable and unit.
    pub fn batch(&self, units: Range<u64>) -> Result<Batch> {
        let rows = (units.end - units.start) as usize;
        let mut cells: Vec<Cells> = Vec::with_capacity(self.sources.len());
        // Ranks that a later instance will read again, by the last that does.
        let mut kept: BTreeMap<InstanceId, Vec<f64>> = BTreeMap::new();
        for (id, (made, instance)) in self.sources.iter().zip(&self.plan.instances).enumerate() {
            let parents: Vec<&Column> = instance.inputs.iter().map(|i| &cells[*i].column).collect();
            let mut ranks = self.last_reader[id].and_then(|last| kept.remove(&last));
            let computed = self.compute(made, &parents, units.start, rows, &mut ranks)?;
            if let (Some(last), Some(ranks)) = (self.last_reader[id].filter(|last| *last != id), ranks) {
                kept.insert(last, ranks);
            }
            cells.push(computed);
        }
        Ok(Batch { units, cells })
    }

    fn compute(
        &self,
        made: &Made,
        parents: &[&Column],
        first: u64,
        rows: usize,
        ranks: &mut Option<Vec<f64>>,
    ) -> Result<Cells> {
        let protected_column = |protected: usize, codes: Vec<u32>| {
            let levels = self.model.protected[protected].levels.clone();
            Ok(Cells::whole(Column::Category { codes, levels }))
        };
        match made {
            Made::Level { protected, code } => protected_column(*protected, vec![*code; rows]),
            Made::Own { protected, noise } | Made::Surrogate { protected, noise } => {
                let earlier: Vec<&[u32]> = parents.iter().map(|p| codes(p)).collect();
                let level = |(row, u): (usize, &f64)| {
                    self.model.joint.level(*protected, earlier.iter().map(|codes| codes[row]), *u)
                };
                let u = uniforms(noise, first, rows);
                protected_column(*protected, u.iter().enumerate().map(level).collect())
            }
            Made::Follow { strength, noise } => {
                let (followed, surrogate) = (codes(parents[0]), codes(parents[1]));
                let pick = |(row, u): (usize, &f64)| match u < strength {
                    true => followed[row],
                    false => surrogate[row],
                };
                let Column::Category { levels, .. } = parents[0] else {
                    unreachable!("protected variables are categories");
                };
                let codes = uniforms(noise, first, rows).iter().enumerate().map(pick).collect();
                Ok(Cells::whole(Column::Category { codes, levels: levels.clone() }))
            }
            Made::Variable { variable, source } => source
                .cells(first, rows, parents, ranks)
                .map_err(|failure| failure.at(self.model, *variable, first)),
        }
    }
}

/// Twins of one variable, drawn or drawn again, read the same ranks.
fn last_readers(plan: &Plan) -> Vec<Option<InstanceId>> {
    let mut last: BTreeMap<(usize, bool), (InstanceId, usize)> = BTreeMap::new();
    let reader = |instance: &Instance| match instance.what {
        What::Variable { variable, redraw } => Some((variable, redraw)),
        _ => None,
    };
    for (id, instance) in plan.instances.iter().enumerate() {
        if let Some(key) = reader(instance) {
            let (last, readers) = last.entry(key).or_insert((id, 0));
            *last = id;
            *readers += 1;
        }
    }
    let of = |instance| reader(instance).map(|key| last[&key]).filter(|(_, readers)| *readers > 1);
    plan.instances.iter().map(|instance| of(instance).map(|(last, _)| last)).collect()
}

/// The uniform numbers of consecutive units.
pub(super) fn uniforms(noise: &Noise, first: u64, rows: usize) -> Vec<f64> {
    let mut u = vec![0.0; rows];
    noise.fill(first, 0, &mut u);
    u
}

fn codes(column: &Column) -> &[u32] {
    match column {
        Column::Category { codes, .. } => codes,
        _ => unreachable!("protected variables are categories"),
    }
}

fn source<'m>(model: &'m Model, instance: &Instance, seed: u64) -> Made<'m> {
    match instance.what {
        What::Level(protected, code) => Made::Level { protected, code },
        What::Own(protected) => {
            Made::Own { protected, noise: Noise::of(seed, &model.protected[protected].name, Purpose::Draw) }
        }
        What::Surrogate { group, protected } => {
            // Names hold no colon, so this address is nobody else's.
            let name = format!("{}:{}", model.groups[group].name, model.protected[protected].name);
            Made::Surrogate { protected, noise: Noise::of(seed, &name, Purpose::Surrogate) }
        }
        What::Follow { group, strength } => Made::Follow {
            strength: f64::from_bits(strength),
            noise: Noise::of(seed, &model.groups[group].name, Purpose::Strength),
        },
        What::Variable { variable, redraw } => {
            let purpose = if redraw { Purpose::Placebo } else { Purpose::Draw };
            let source = Source {
                variable: &model.variables[variable],
                ranks: Ranks::of(model, variable, seed, purpose),
                missing: Noise::of(seed, &model.variables[variable].name, Purpose::Missing),
                phrases: Phrases::of(model, variable),
            };
            Made::Variable { variable, source: Box::new(source) }
        }
    }
}
