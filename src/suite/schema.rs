//! The columns of files: names, types, and what their metadata say.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

use super::manifest::ColumnEntry;
use crate::error::{Error, Result};
use crate::model::{Cell, Model, Plan, Protected, Variable};
use crate::sample::data_type;

/// Columns before the protected variables in files of an arm: record id, unit id, arm.
pub(super) const LEADING: usize = 3;

/// The schema of every arm's files: `record_id`, `unit_id`, `arm`, the protected variables, the variables that are shown.
pub fn arm_schema(model: &Model) -> SchemaRef {
    let mut fields = vec![
        field("record_id", DataType::Int64, false, "id", None, "identifies the record among all suites"),
        field(
            "unit_id",
            DataType::Int64,
            false,
            "id",
            None,
            "the unit; its records in other arms are its twins",
        ),
        field("arm", category(), false, "arm", None, "the arm"),
    ];
    fields.extend(model.protected.iter().map(|p| protected_field(&p.name, p, model)));
    fields.extend(model.shown().map(|v| variable_field(v, model)));
    Arc::new(Schema::new(fields))
}

/// The schema of the truth: `unit_id`, each protected variable at the unit's own level (`own_…`), the outcomes.
pub fn truth_schema(model: &Model) -> SchemaRef {
    let mut fields = vec![field("unit_id", DataType::Int64, false, "id", None, "the unit")];
    fields.extend(model.protected.iter().map(|p| protected_field(&format!("own_{}", p.name), p, model)));
    fields.extend(model.outcomes().map(|v| variable_field(v, model)));
    Arc::new(Schema::new(fields))
}

/// The schema with what a file says of itself.
pub(super) fn with_file_metadata(schema: &Schema, metadata: &[(String, String)]) -> SchemaRef {
    let metadata: HashMap<String, String> = metadata.iter().cloned().collect();
    Arc::new(schema.clone().with_metadata(metadata))
}

/// The schema that a manifest's columns promise; every column may have nulls.
pub(super) fn promised(columns: &[ColumnEntry]) -> Result<SchemaRef> {
    let fields: Result<Vec<Field>> = columns
        .iter()
        .map(|column| {
            let data_type = match column.kind.as_str() {
                "integer" => DataType::Int64,
                "number" => DataType::Float64,
                "boolean" => DataType::Boolean,
                "category" => category(),
                "text" => DataType::Utf8,
                "date" => DataType::Date32,
                other => {
                    return Err(Error::unverified(format!(
                        "the manifest gives `{}` the unknown kind `{other}`",
                        column.name
                    )));
                }
            };
            Ok(Field::new(&column.name, data_type, true))
        })
        .collect();
    Ok(Arc::new(Schema::new(fields?)))
}

/// What the manifest says of the columns of every arm.
pub(super) fn arm_columns(model: &Model, plan: &Plan) -> Vec<ColumnEntry> {
    let arms = plan.arms.len();
    let schema = arm_schema(model);
    let kinds = ["integer", "integer", "category"].into_iter().map(str::to_owned);
    let kinds = kinds.chain(model.protected.iter().map(|_| "category".to_owned()));
    let kinds = kinds.chain(model.shown().map(|v| v.cell.word().to_owned()));
    let instances = [(0..arms).collect(), vec![0; arms], (0..arms).collect()].into_iter();
    let columns = plan.arms.first().map_or(0, Vec::len);
    let instances =
        instances.chain((0..columns).map(|c| plan.arms.iter().map(|arm| arm[c]).collect::<Vec<usize>>()));
    entries(&schema, kinds, instances)
}

/// What the manifest says of the columns of the truth.
pub(super) fn truth_columns(model: &Model, plan: &Plan) -> Vec<ColumnEntry> {
    let schema = truth_schema(model);
    let kinds = std::iter::once("integer").chain(model.protected.iter().map(|_| "category"));
    let kinds = kinds.chain(model.outcomes().map(|v| v.cell.word())).map(str::to_owned);
    let instances = std::iter::once(vec![0]).chain(plan.truth.iter().map(|i| vec![*i]));
    entries(&schema, kinds, instances)
}

fn entries(
    schema: &Schema,
    kinds: impl Iterator<Item = String>,
    instances: impl Iterator<Item = Vec<usize>>,
) -> Vec<ColumnEntry> {
    let said = |field: &Field, key: &str| field.metadata().get(key).map(|s| s.to_string());
    let fields = schema.fields().iter().zip(kinds).zip(instances);
    fields
        .map(|((field, kind), instance_by_arm)| ColumnEntry {
            name: field.name().clone(),
            role: said(field, "role").unwrap_or_default(),
            group: said(field, "group"),
            kind,
            varies: instance_by_arm.iter().any(|i| *i != instance_by_arm[0]),
            about: said(field, "description"),
            instance_by_arm,
        })
        .collect()
}

/// Refuses names that would stand twice in one file.
pub(super) fn check_names(model: &Model) -> Result<()> {
    for schema in [arm_schema(model), truth_schema(model)] {
        let mut names: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|w| w[0] == w[1]) {
            let message = format!("two columns of one file would be called `{}`", twice[0]);
            return Err(Error::request_hint(message, "rename the variable"));
        }
    }
    Ok(())
}

fn category() -> DataType {
    data_type(&Cell::Category(Arc::new(crate::value::Levels::new(Vec::new(), false))))
}

fn protected_field(name: &str, protected: &Protected, model: &Model) -> Field {
    let about = protected.about.get(model.scenario.header.language);
    field(name, category(), false, "protected", None, about)
}

fn variable_field(variable: &Variable, model: &Model) -> Field {
    let about = variable.about.get(model.scenario.header.language);
    let group = variable.group.map(|g| model.groups[g].name.as_str());
    let nullable = variable.missing.is_some();
    field(&variable.name, data_type(&variable.cell), nullable, variable.role.word(), group, about)
}

fn field(
    name: &str,
    data_type: DataType,
    nullable: bool,
    role: &str,
    group: Option<&str>,
    about: &str,
) -> Field {
    let mut metadata = HashMap::from([("role".to_owned(), role.to_owned())]);
    if let Some(group) = group {
        metadata.insert("group".to_owned(), group.to_owned());
    }
    if !about.is_empty() {
        metadata.insert("description".to_owned(), about.to_owned());
    }
    Field::new(name, data_type, nullable).with_metadata(metadata)
}
