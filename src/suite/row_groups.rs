//! A row group as the bytes of every file that holds it; done by any thread, in any order.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::ArrayRef;
use arrow::datatypes::{Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;

use super::chunks::Recipes;
use super::content::{ContentSum, file_sum};
use super::escapes::escape;
use super::format::Format;
use super::output::{RowGroup, failed};
use super::parts::Task;
use super::records::{Key, Records, Table};
use super::schema::{arm_schema, truth_schema};
use crate::encode::{self, Chunk};
use crate::error::Result;
use crate::model::Model;
use crate::sample::Sampler;

/// A row group of one file, encoded.
pub(super) struct Encoded {
    /// What the file is given.
    pub group: RowGroup,
    /// The content's sum.
    pub sum: ContentSum,
}

/// Columns of a row group with the leaves of their content.
type Columns = BTreeMap<Key, (ArrayRef, Vec<blake3::Hash>)>;

/// Makes row groups.
pub(super) struct RowGroups<'m> {
    sampler: Sampler<'m>,
    records: Records,
    recipes: Option<Recipes>,
    format: Format,
    shown: SchemaRef,
    truth: SchemaRef,
}

impl<'m> RowGroups<'m> {
    pub(super) fn new(sampler: Sampler<'m>, records: Records, format: Format) -> Result<Self> {
        let model = sampler.model();
        let (shown, truth) = (arm_schema(model), truth_schema(model));
        let recipes = match format {
            Format::Parquet => Some(
                Recipes::of(model, sampler.plan(), &records, [&shown, &truth])
                    .map_err(|e| failed("encode", "columns", e))?,
            ),
            _ => None,
        };
        Ok(Self { shown, truth, sampler, records, recipes, format })
    }

    pub(super) fn model(&self) -> &'m Model {
        self.sampler.model()
    }

    pub(super) fn tables(&self) -> &[Table] {
        &self.records.tables
    }

    pub(super) fn schema(&self, table: &Table) -> &SchemaRef {
        if table.arm.is_some() { &self.shown } else { &self.truth }
    }

    /// A row group of every table; nothing for an empty part.
    pub(super) fn encode(&self, task: &Task, scratch: &mut encode::Encoder) -> Result<Vec<Encoded>> {
        if task.units.is_empty() {
            return Ok(Vec::new());
        }
        let columns = self.records.arrays(&self.sampler.batch(task.units.clone())?)?;
        let chunks = match &self.recipes {
            Some(recipes) => self.chunks(recipes, &columns, scratch)?,
            None => BTreeMap::new(),
        };
        self.tables().iter().map(|table| self.table(table, &columns, &chunks, task.first)).collect()
    }

    fn chunks(
        &self,
        recipes: &Recipes,
        columns: &Columns,
        scratch: &mut encode::Encoder,
    ) -> Result<BTreeMap<Key, Chunk>> {
        let mut encode = |(key, (array, _)): (&Key, &(ArrayRef, _))| {
            let chunk = recipes.encode(*key, array, scratch);
            chunk.map(|chunk| (*key, chunk)).map_err(|e| failed("encode", &self.records.columns[key], e))
        };
        columns.iter().map(&mut encode).collect()
    }

    /// The chunks of every table, each encoded for its table alone by an encoder of its own.
    #[cfg(test)]
    pub(super) fn encode_arm_by_arm(&self, task: &Task) -> Result<Vec<Vec<Chunk>>> {
        let batch = self.sampler.batch(task.units.clone())?;
        let recipes = self.recipes.as_ref().expect("Parquet has recipes");
        let chunk = |key: &Key| {
            let mut scratch = encode::Encoder::new().map_err(|e| failed("encode", "columns", e))?;
            let array = self.records.array(*key, &batch);
            recipes.encode(*key, &array, &mut scratch).map_err(|e| failed("encode", "columns", e))
        };
        self.tables().iter().map(|table| table.keys.iter().map(chunk).collect()).collect()
    }

    fn table(
        &self,
        table: &Table,
        columns: &Columns,
        chunks: &BTreeMap<Key, Chunk>,
        first: bool,
    ) -> Result<Encoded> {
        let arm = table.arm.map(|arm| self.model().arms[arm].name.as_str());
        let mut sum = ContentSum::default();
        for key in &table.keys {
            sum.add(file_sum(arm, &columns[key].1));
        }
        let group = match self.format {
            Format::Parquet => RowGroup::Chunks(table.keys.iter().map(|key| chunks[key].clone()).collect()),
            format => {
                let arrays = table.keys.iter().map(|key| columns[key].0.clone()).collect();
                let batch = RecordBatch::try_new(self.schema(table).clone(), arrays);
                let group = batch.and_then(|batch| match format {
                    Format::Csv => csv(&batch, first).map(RowGroup::Text),
                    Format::Jsonl => jsonl(&batch).map(RowGroup::Text),
                    Format::Arrow | Format::Parquet => Ok(RowGroup::Batch(batch)),
                });
                group.map_err(|e| failed("encode", "records", e))?
            }
        };
        Ok(Encoded { group, sum })
    }
}

fn csv(batch: &RecordBatch, header: bool) -> Result<Vec<u8>, ArrowError> {
    let mut bytes = Vec::new();
    let mut writer = arrow::csv::WriterBuilder::new().with_header(header).build(&mut bytes);
    writer.write(&escape(batch)?)?;
    drop(writer);
    Ok(bytes)
}

fn jsonl(batch: &RecordBatch) -> Result<Vec<u8>, ArrowError> {
    let mut bytes = Vec::new();
    let builder = arrow::json::WriterBuilder::new().with_explicit_nulls(true);
    let mut writer = builder.build::<_, arrow::json::writer::LineDelimited>(&mut bytes);
    writer.write(batch)?;
    writer.finish()?;
    drop(writer);
    Ok(bytes)
}

/// The header line of a CSV file without records.
pub(super) fn csv_header(schema: &Schema) -> Result<Vec<u8>> {
    csv(&RecordBatch::new_empty(Arc::new(schema.clone())), true).map_err(|e| failed("encode", "header", e))
}
