//! The columns of files: schemas, and batches of one arm.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, DictionaryArray, Int32Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

use crate::model::{Cell, InstanceId, Model, Plan, Variable};
use crate::sample::{ArrayForm, Batch, data_type};

/// Bits of a record id below its tag.
const ID_BITS: u32 = 41;

/// The id of a record: 12 bits of tag, then unit · arms + arm in 41 bits, so that it stays below 2^53.
pub fn record_id(tag: u16, unit: u64, arms: u64, arm: u64) -> i64 {
    ((i64::from(tag & 0xfff)) << ID_BITS) | (unit * arms + arm) as i64
}

/// The most records that ids can count.
pub(super) const MOST_RECORDS: u64 = 1 << ID_BITS;

/// The schema of an arm's files: ids, arm, protected variables as shown, then the variables that are not outcomes.
pub fn arm_schema(model: &Model) -> SchemaRef {
    let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let mut fields = vec![
        tagged("record_id", DataType::Int64, false, "id", None),
        tagged("unit_id", DataType::Int64, false, "id", None),
        tagged("arm", dictionary.clone(), false, "arm", None),
    ];
    fields.extend(
        model.protected.iter().map(|p| tagged(&p.name, dictionary.clone(), false, "protected", None)),
    );
    fields.extend(model.shown().map(|v| variable_field(v, model)));
    Arc::new(Schema::new(fields))
}

/// The schema of the truth: unit, own levels, outcomes.
pub fn truth_schema(model: &Model) -> SchemaRef {
    let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let mut fields = vec![tagged("unit_id", DataType::Int64, false, "id", None)];
    let own = |name: &str| format!("own_{name}");
    fields.extend(
        model.protected.iter().map(|p| tagged(&own(&p.name), dictionary.clone(), false, "protected", None)),
    );
    fields.extend(model.outcomes().map(|v| variable_field(v, model)));
    Arc::new(Schema::new(fields))
}

fn variable_field(variable: &Variable, model: &Model) -> Field {
    let group = variable.group.map(|g| model.groups[g].name.as_str());
    let field = tagged(
        &variable.name,
        data_type(&variable.cell),
        variable.missing.is_some(),
        variable.role.word(),
        group,
    );
    let about = variable.about.get(model.scenario.header.language);
    let mut metadata = field.metadata().clone();
    if !about.is_empty() {
        metadata.insert("description".to_owned(), about.to_owned());
    }
    field.with_metadata(metadata)
}

fn tagged(name: &str, kind: DataType, nullable: bool, role: &str, group: Option<&str>) -> Field {
    let mut metadata = HashMap::from([("role".to_owned(), role.to_owned())]);
    if let Some(group) = group {
        metadata.insert("group".to_owned(), group.to_owned());
    }
    Field::new(name, kind, nullable).with_metadata(metadata)
}

/// Makes batches of files from batches of instances; the array of an instance is made once for all arms.
pub(super) struct Tables {
    forms: Vec<ArrayForm>,
    truth_forms: Vec<ArrayForm>,
    arm_names: ArrayRef,
    arm_schema: SchemaRef,
    truth_schema: SchemaRef,
    tag: u16,
}

impl Tables {
    pub(super) fn new(model: &Model, tag: u16) -> Self {
        let protected = || model.protected.iter().map(|p| ArrayForm::of(&Cell::Category(p.levels.clone())));
        let arm_names = StringArray::from_iter_values(model.arms.iter().map(|a| a.name.as_str()));
        Self {
            forms: protected().chain(model.shown().map(|v| ArrayForm::of(&v.cell))).collect(),
            truth_forms: protected().chain(model.outcomes().map(|v| ArrayForm::of(&v.cell))).collect(),
            arm_names: Arc::new(arm_names),
            arm_schema: arm_schema(model),
            truth_schema: truth_schema(model),
            tag,
        }
    }

    /// The arrays of all instances that arms show, by instance.
    pub(super) fn arrays(&self, plan: &Plan, batch: &Batch) -> Vec<Option<ArrayRef>> {
        let mut arrays: Vec<Option<ArrayRef>> = vec![None; plan.instances.len()];
        for arm in &plan.arms {
            for (id, form) in arm.iter().zip(&self.forms) {
                if arrays[*id].is_none() {
                    arrays[*id] = Some(form.array(batch.cells(*id)));
                }
            }
        }
        arrays
    }

    pub(super) fn arm(
        &self,
        ids: &[InstanceId],
        arm: usize,
        arms: usize,
        batch: &Batch,
        arrays: &[Option<ArrayRef>],
    ) -> RecordBatch {
        let rows = (batch.units.end - batch.units.start) as usize;
        let record = batch.units.clone().map(|unit| record_id(self.tag, unit, arms as u64, arm as u64));
        let names = DictionaryArray::new(Int32Array::from(vec![arm as i32; rows]), self.arm_names.clone());
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(Int64Array::from_iter_values(record)),
            Arc::new(Int64Array::from_iter_values(batch.units.clone().map(|u| u as i64))),
            Arc::new(names),
        ];
        columns.extend(ids.iter().map(|id| arrays[*id].clone().expect("every shown instance has an array")));
        RecordBatch::try_new(self.arm_schema.clone(), columns).expect("the schema was made for these columns")
    }

    pub(super) fn truth(&self, ids: &[InstanceId], batch: &Batch) -> RecordBatch {
        let mut columns: Vec<ArrayRef> =
            vec![Arc::new(Int64Array::from_iter_values(batch.units.clone().map(|u| u as i64)))];
        columns.extend(ids.iter().zip(&self.truth_forms).map(|(id, form)| form.array(batch.cells(*id))));
        RecordBatch::try_new(self.truth_schema.clone(), columns)
            .expect("the schema was made for these columns")
    }
}
