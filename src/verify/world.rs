//! Where the columns of arms and of the truth come from in a sampled batch.

use crate::model::{Cell, InstanceId, Model, Plan, Variable};
use crate::sample::ArrayForm;

/// A column of a data file: its name, its instance, and how it becomes an array.
pub struct Shown<'m> {
    /// The name.
    pub name: &'m str,
    /// Its instance.
    pub instance: InstanceId,
    /// How it becomes an array.
    pub form: ArrayForm,
}

/// The columns of an arm after its ids, in the order of files.
pub fn arm_columns<'m>(model: &'m Model, plan: &Plan, arm: usize) -> Vec<Shown<'m>> {
    columns(model, model.shown(), &plan.arms[arm])
}

/// The columns of the truth after its id, in the order of files.
pub fn truth_columns<'m>(model: &'m Model, plan: &Plan) -> Vec<Shown<'m>> {
    columns(model, model.outcomes(), &plan.truth)
}

fn columns<'m>(
    model: &'m Model,
    variables: impl Iterator<Item = &'m Variable>,
    ids: &[InstanceId],
) -> Vec<Shown<'m>> {
    let protected =
        model.protected.iter().map(|p| (p.name.as_str(), ArrayForm::of(&Cell::Category(p.levels.clone()))));
    let variables = variables.map(|v| (v.name.as_str(), ArrayForm::of(&v.cell)));
    let all = protected.chain(variables).zip(ids);
    all.map(|((name, form), instance)| Shown { name, instance: *instance, form }).collect()
}
