//! From instances to the columns of files.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, DictionaryArray, Int32Array, Int64Array, StringArray};

use super::content::{Dictionary, column_leaves};
use super::identity::record_id;
use super::schema::{arm_schema, truth_schema};
use crate::error::Result;
use crate::model::{Cell, InstanceId, Model, Plan, Protected, What};
use crate::sample::{ArrayForm, Batch};

/// What a column of a file is; columns of the same key are the same in all files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// Record ids of an arm.
    Record(usize),
    /// Unit ids.
    Unit,
    /// The name of an arm.
    Arm(usize),
    /// An instance in an arm's files.
    Shown(InstanceId),
    /// An instance in the truth, where protected variables have other names.
    Truth(InstanceId),
}

/// One kind of file: those of an arm, or those of the truth.
pub(super) struct Table {
    /// The arm; none for the truth.
    pub arm: Option<usize>,
    /// Its columns.
    pub keys: Vec<Key>,
}

/// How columns are made from a batch.
pub(super) struct Records {
    tag: i64,
    arms: usize,
    names: ArrayRef,
    forms: Vec<Option<ArrayForm>>,
    /// The tables: arms in order, then the truth.
    pub tables: Vec<Table>,
    /// Every different column with its name, in a fixed order.
    pub columns: BTreeMap<Key, String>,
}

impl Records {
    pub(super) fn new(model: &Model, plan: &Plan, tag: i64) -> Self {
        let arms = model.arms.len();
        let mut tables: Vec<Table> = (0..arms)
            .map(|arm| {
                let leading = [Key::Record(arm), Key::Unit, Key::Arm(arm)];
                let keys = leading.into_iter().chain(plan.arms[arm].iter().map(|i| Key::Shown(*i))).collect();
                Table { arm: Some(arm), keys }
            })
            .collect();
        let keys = std::iter::once(Key::Unit).chain(plan.truth.iter().map(|i| Key::Truth(*i))).collect();
        tables.push(Table { arm: None, keys });
        let (shown, truth) = (arm_schema(model), truth_schema(model));
        let mut columns = BTreeMap::new();
        for table in &tables {
            let schema = if table.arm.is_some() { &shown } else { &truth };
            for (key, field) in table.keys.iter().zip(schema.fields()) {
                columns.insert(*key, field.name().clone());
            }
        }
        let names = StringArray::from_iter_values(model.arms.iter().map(|a| a.name.as_str()));
        Self { tag, arms, names: Arc::new(names), forms: forms(model, plan), tables, columns }
    }

    /// How the column of an instance becomes an array.
    pub(super) fn form(&self, instance: InstanceId) -> &ArrayForm {
        self.forms[instance].as_ref().expect("what is shown is a variable")
    }

    /// The arms' names, the dictionary of the column `arm`.
    pub(super) fn arm_names(&self) -> &ArrayRef {
        &self.names
    }

    /// A column of a batch.
    pub(super) fn array(&self, key: Key, batch: &Batch) -> ArrayRef {
        match key {
            Key::Record(arm) => {
                let ids = batch.units.clone().map(|unit| record_id(self.tag, unit, self.arms, arm));
                Arc::new(Int64Array::from_iter_values(ids))
            }
            Key::Unit => units(&batch.units),
            Key::Arm(arm) => {
                let rows = (batch.units.end - batch.units.start) as usize;
                let keys = Int32Array::from(vec![arm as i32; rows]);
                Arc::new(DictionaryArray::new(keys, self.names.clone()))
            }
            Key::Shown(instance) | Key::Truth(instance) => self.form(instance).array(batch.cells(instance)),
        }
    }

    /// Every different column of a batch with its content's leaves.
    pub(super) fn arrays(&self, batch: &Batch) -> Result<BTreeMap<Key, (ArrayRef, Vec<blake3::Hash>)>> {
        let mut arrays = BTreeMap::new();
        for (key, name) in &self.columns {
            let array = self.array(*key, batch);
            let leaves = column_leaves(name, batch.units.start, &array, Dictionary::Distinct)?;
            arrays.insert(*key, (array, leaves));
        }
        Ok(arrays)
    }
}

fn units(range: &Range<u64>) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(range.clone().map(|unit| unit as i64)))
}

/// The forms of all instances, none for what is only read by other instances. Instances of one variable share a dictionary.
fn forms(model: &Model, plan: &Plan) -> Vec<Option<ArrayForm>> {
    let of_levels = |p: &Protected| ArrayForm::of(&Cell::Category(p.levels.clone()));
    let protected: Vec<ArrayForm> = model.protected.iter().map(of_levels).collect();
    let variables: Vec<ArrayForm> = model.variables.iter().map(|v| ArrayForm::of(&v.cell)).collect();
    let form = |what: &What| match what {
        What::Own(at) | What::Level(at, _) => Some(protected[*at].clone()),
        What::Variable { variable, .. } => Some(variables[*variable].clone()),
        What::Surrogate { .. } | What::Follow { .. } => None,
    };
    plan.instances.iter().map(|instance| form(&instance.what)).collect()
}
