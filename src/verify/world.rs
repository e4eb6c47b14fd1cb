//! Where the columns of arms and of the truth come from in a sampled batch.

use crate::model::{Cell, InstanceId, Model, Plan, Variable};
use crate::sample::ArrayForm;

/// A column of a data file: its name, its instance, and how it becomes an array.
pub struct Shown {
    /// The name.
    pub name: String,
    /// Its instance.
    pub instance: InstanceId,
    /// How it becomes an array.
    pub form: ArrayForm,
}

/// The columns of an arm after its ids, in the order of files.
pub fn arm_columns(model: &Model, plan: &Plan, arm: usize) -> Vec<Shown> {
    columns(model, "", model.shown(), &plan.arms[arm])
}

/// The columns of the truth after its id, in the order of files; own levels are called `own_…`.
pub fn truth_columns(model: &Model, plan: &Plan) -> Vec<Shown> {
    columns(model, "own_", model.outcomes(), &plan.truth)
}

fn columns<'m>(
    model: &Model,
    before_protected: &str,
    variables: impl Iterator<Item = &'m Variable>,
    ids: &[InstanceId],
) -> Vec<Shown> {
    let protected = model
        .protected
        .iter()
        .map(|p| (format!("{before_protected}{}", p.name), ArrayForm::of(&Cell::Category(p.levels.clone()))));
    let variables = variables.map(|v| (v.name.clone(), ArrayForm::of(&v.cell)));
    let all = protected.chain(variables).zip(ids);
    all.map(|((name, form), instance)| Shown { name, instance: *instance, form }).collect()
}
