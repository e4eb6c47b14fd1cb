//! The plan: which columns are computed, each once, and which arms show them. Data, testable without sampling.

use std::collections::HashMap;

use super::arms::LevelRef;
use super::compile::Model;
use super::generators::Made;
use super::variable::Parent;
use crate::scenario::Role;

/// The place of an instance in [`Plan::instances`]. Instances stand after those that they read.
pub type InstanceId = usize;

/// What an instance is a column of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum What {
    /// A protected variable at the unit's own level.
    Own(usize),
    /// A protected variable at one level for everyone.
    Level(usize, u32),
    /// A protected variable as a group's surrogate has it.
    Surrogate {
        /// The group.
        group: usize,
        /// The protected variable.
        protected: usize,
    },
    /// A protected variable as a group sees it: the first input where W < strength, otherwise the second.
    Follow {
        /// The group.
        group: usize,
        /// The strength, as bits.
        strength: u64,
    },
    /// A variable; its inputs are its parents. `redraw` reads the placebo noise.
    Variable {
        /// The variable.
        variable: usize,
        /// Whether the placebo noise is read.
        redraw: bool,
    },
}

/// A column that is computed once, however many arms share it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Instance {
    /// What it is a column of.
    pub what: What,
    /// The instances that it reads.
    pub inputs: Vec<InstanceId>,
}

/// What is computed, and where it is shown.
#[derive(Debug, Clone)]
pub struct Plan {
    /// All instances, in an order in which they can be computed.
    pub instances: Vec<Instance>,
    /// For each arm: the instances of the protected variables as shown, then of the variables that are not outcomes.
    pub arms: Vec<Vec<InstanceId>>,
    /// For the truth: the instances of the own levels, then of the outcomes.
    pub truth: Vec<InstanceId>,
}

/// In which world a variable is computed.
#[derive(Clone, Copy)]
enum World {
    Arm(usize),
    Own,
}

impl Plan {
    /// The plan of a model.
    pub(super) fn of(model: &Model) -> Plan {
        let mut planner = Planner { model, instances: Vec::new(), known: HashMap::new() };
        let shown: Vec<usize> =
            (0..model.variables.len()).filter(|v| model.variables[*v].role != Role::Outcome).collect();
        let arms = (0..model.arms.len())
            .map(|arm| {
                let protected = (0..model.protected.len()).map(|p| planner.level(p, model.arms[arm].show[p]));
                let protected: Vec<InstanceId> = protected.collect();
                let variables = planner.variables(World::Arm(arm));
                [protected, shown.iter().map(|v| variables[*v]).collect()].concat()
            })
            .collect();
        let own = planner.variables(World::Own);
        let levels: Vec<InstanceId> = (0..model.protected.len()).map(|p| planner.own(p)).collect();
        let outcomes =
            (0..model.variables.len()).filter(|v| model.variables[*v].role == Role::Outcome).map(|v| own[v]);
        let truth = levels.into_iter().chain(outcomes).collect();
        Plan { instances: planner.instances, arms, truth }.pruned()
    }

    /// How many arms show each instance.
    pub fn uses(&self) -> Vec<usize> {
        let mut uses = vec![0; self.instances.len()];
        for arm in &self.arms {
            arm.iter().for_each(|i| uses[*i] += 1);
        }
        uses
    }

    /// The columns of an arm, counted as in [`Plan::arms`], that are not the same instance in all arms.
    pub fn varying(&self) -> Vec<usize> {
        let columns = self.arms.first().map_or(0, Vec::len);
        (0..columns).filter(|c| self.arms.iter().any(|arm| arm[*c] != self.arms[0][*c])).collect()
    }

    /// Without instances that nothing shown reads.
    fn pruned(self) -> Plan {
        let mut needed = vec![false; self.instances.len()];
        self.arms.iter().flatten().chain(&self.truth).for_each(|i| needed[*i] = true);
        for at in (0..self.instances.len()).rev() {
            if needed[at] {
                self.instances[at].inputs.iter().for_each(|i| needed[*i] = true);
            }
        }
        let mut place = vec![0; needed.len()];
        let mut instances = Vec::new();
        for (at, instance) in self.instances.into_iter().enumerate() {
            if needed[at] {
                place[at] = instances.len();
                let inputs = instance.inputs.iter().map(|i| place[*i]).collect();
                instances.push(Instance { inputs, ..instance });
            }
        }
        let moved = |ids: Vec<InstanceId>| ids.into_iter().map(|i| place[i]).collect();
        Plan { instances, arms: self.arms.into_iter().map(moved).collect(), truth: moved(self.truth) }
    }
}

struct Planner<'m> {
    model: &'m Model,
    instances: Vec<Instance>,
    known: HashMap<Instance, InstanceId>,
}

impl Planner<'_> {
    /// The place of an instance; the same instance is never listed twice, which is what makes twins share columns.
    fn intern(&mut self, what: What, inputs: Vec<InstanceId>) -> InstanceId {
        let instance = Instance { what, inputs };
        if let Some(id) = self.known.get(&instance) {
            return *id;
        }
        self.instances.push(instance.clone());
        self.known.insert(instance, self.instances.len() - 1);
        self.instances.len() - 1
    }

    fn own(&mut self, protected: usize) -> InstanceId {
        let earlier = match self.model.joint.independent() {
            true => Vec::new(),
            false => (0..protected).map(|p| self.own(p)).collect(),
        };
        self.intern(What::Own(protected), earlier)
    }

    fn level(&mut self, protected: usize, level: LevelRef) -> InstanceId {
        match level {
            LevelRef::Level(code) => self.intern(What::Level(protected, code), Vec::new()),
            LevelRef::Own => self.own(protected),
        }
    }

    fn surrogate(&mut self, group: usize, protected: usize) -> InstanceId {
        let earlier = match self.model.joint.independent() {
            true => Vec::new(),
            false => (0..protected).map(|p| self.surrogate(group, p)).collect(),
        };
        self.intern(What::Surrogate { group, protected }, earlier)
    }

    /// A protected variable as a proxy of a group reads it.
    fn followed(&mut self, group: usize, protected: usize, level: LevelRef, strength: f64) -> InstanceId {
        if strength >= 1.0 {
            return self.level(protected, level);
        }
        let surrogate = self.surrogate(group, protected);
        if strength <= 0.0 {
            return surrogate;
        }
        let level = self.level(protected, level);
        let strength = strength.to_bits();
        self.intern(What::Follow { group, strength }, vec![level, surrogate])
    }

    /// The instances of all variables in a world, by variable.
    fn variables(&mut self, world: World) -> Vec<InstanceId> {
        let model = self.model;
        let own = match world {
            World::Arm(_) => self.variables(World::Own),
            World::Own => Vec::new(),
        };
        let mut ids = vec![usize::MAX; model.variables.len()];
        for &at in &model.order {
            let variable = &model.variables[at];
            let held = matches!(variable.role, Role::Resolving | Role::Outcome);
            if let (World::Arm(_), true) = (world, held) {
                ids[at] = own[at];
                continue;
            }
            let inputs = variable.parents.iter().map(|parent| match parent {
                Parent::Variable(v) => ids[*v],
                Parent::Protected(p) => self.protected_parent(variable.group, *p, world),
            });
            let inputs = inputs.collect();
            let redraw = matches!(world, World::Arm(arm) if model.arms[arm].placebo_of.is_some())
                && variable.redrawn();
            ids[at] = self.intern(What::Variable { variable: at, redraw }, inputs);
        }
        ids
    }

    fn protected_parent(&mut self, group: Option<usize>, protected: usize, world: World) -> InstanceId {
        let Some(group) = group else {
            return self.own(protected);
        };
        let (level, strength) = match world {
            World::Arm(arm) => {
                let arm = &self.model.arms[arm];
                (arm.follow[group][protected], arm.strengths[group])
            }
            World::Own => (LevelRef::Own, self.model.groups[group].strength),
        };
        self.followed(group, protected, level, strength)
    }
}

impl super::Variable {
    /// Whether placebo arms draw it again: names, surnames, and whatever says so.
    pub fn redrawn(&self) -> bool {
        self.placebo || matches!(self.made, Made::FirstName(_) | Made::Surname(_))
    }
}
