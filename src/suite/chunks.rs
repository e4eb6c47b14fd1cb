//! Parquet column chunks of a suite: what is known of each column before it is encoded, and how files of them are written.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef};
use arrow::datatypes::Schema;
use parquet::arrow::ArrowSchemaConverter;
use parquet::errors::ParquetError;
use parquet::schema::types::{ColumnDescPtr, SchemaDescriptor};

use super::records::{Key, Records};
use crate::encode::{Chunk, Encoder, Hint, Known};
use crate::model::{Model, Plan, What};

/// How every column of a suite is encoded. A column that arms share is encoded once, whatever their number.
pub(super) struct Recipes(BTreeMap<Key, Recipe>);

struct Recipe {
    column: ColumnDescPtr,
    hint: Hint,
    /// Whether all cells of the column are the same.
    constant: bool,
}

impl Recipes {
    /// # Errors
    /// A schema that Parquet does not have.
    pub(super) fn of(
        model: &Model,
        plan: &Plan,
        records: &Records,
        schemas: [&Schema; 2],
    ) -> Result<Self, ParquetError> {
        let [shown, truth] = schemas.map(parquet_schema);
        let (shown, truth) = (shown?, truth?);
        let mut known = BTreeMap::new();
        let mut recipes = BTreeMap::new();
        for table in &records.tables {
            let schema = if table.arm.is_some() { &shown } else { &truth };
            for (key, column) in table.keys.iter().zip(schema.columns()) {
                if !recipes.contains_key(key) {
                    let hint = hint(model, plan, records, *key, &mut known)?;
                    let constant = match key {
                        Key::Arm(_) => true,
                        Key::Shown(instance) => matches!(plan.instances[*instance].what, What::Level(..)),
                        Key::Record(_) | Key::Unit | Key::Truth(_) => false,
                    };
                    recipes.insert(*key, Recipe { column: column.clone(), hint, constant });
                }
            }
        }
        Ok(Self(recipes))
    }

    /// Encodes a column of a row group that is not empty.
    pub(super) fn encode(
        &self,
        key: Key,
        array: &ArrayRef,
        encoder: &mut Encoder,
    ) -> Result<Chunk, ParquetError> {
        let recipe = &self.0[&key];
        match recipe.constant {
            true => encoder.repeat(&recipe.column, &array.slice(0, 1), array.len()),
            false => encoder.encode(&recipe.column, array, &recipe.hint),
        }
    }
}

/// What is known of a column. Instances of one variable share its dictionary, which is put in order once.
fn hint(
    model: &Model,
    plan: &Plan,
    records: &Records,
    key: Key,
    known: &mut BTreeMap<usize, Arc<Known>>,
) -> Result<Hint, ParquetError> {
    let instance = match key {
        Key::Record(_) | Key::Unit => return Ok(Hint::Unique),
        Key::Arm(_) => return Ok(Hint::Known(Arc::new(Known::of(records.arm_names())?))),
        Key::Shown(instance) | Key::Truth(instance) => instance,
    };
    let decimals = match plan.instances[instance].what {
        What::Variable { variable, .. } => model.variables[variable].decimals,
        _ => None,
    };
    let Some(dictionary) = records.form(instance).dictionary() else {
        return Ok(decimals.map_or(Hint::Nothing, Hint::Decimals));
    };
    let address = Arc::as_ptr(dictionary).cast::<()>() as usize;
    let prepared = match known.get(&address) {
        Some(prepared) => prepared.clone(),
        None => known.entry(address).or_insert(Arc::new(Known::of(dictionary)?)).clone(),
    };
    Ok(Hint::Known(prepared))
}

/// The Parquet schema of an Arrow schema.
pub(super) fn parquet_schema(schema: &Schema) -> Result<SchemaDescriptor, ParquetError> {
    ArrowSchemaConverter::new().convert(schema)
}
