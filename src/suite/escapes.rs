//! Text cells of CSV files: what spreadsheets would run as a formula is escaped, and the empty text is told from a missing cell.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;

/// Whether a cell gets a leading `'`: those that begin with one of `= + - @ tab CR '`, and the empty text.
fn escaped(text: &str) -> bool {
    text.is_empty() || text.starts_with(['=', '+', '-', '@', '\t', '\r', '\''])
}

/// The batch with its categories and texts as escaped texts.
pub(super) fn escape(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    texts(batch, |text| match escaped(text) {
        true => format!("'{text}"),
        false => text.to_owned(),
    })
}

/// The batch as it was before [`escape`].
pub(super) fn unescape(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    texts(batch, |text| text.strip_prefix('\'').unwrap_or(text).to_owned())
}

fn texts(batch: &RecordBatch, change: impl Fn(&str) -> String) -> Result<RecordBatch, ArrowError> {
    let columns: Result<Vec<ArrayRef>, ArrowError> = batch
        .columns()
        .iter()
        .map(|column| match column.data_type() {
            DataType::Dictionary(..) | DataType::Utf8 => {
                let plain = cast(column, &DataType::Utf8)?;
                let changed: StringArray =
                    plain.as_string::<i32>().iter().map(|text| text.map(&change)).collect();
                Ok(Arc::new(changed) as ArrayRef)
            }
            _ => Ok(column.clone()),
        })
        .collect();
    RecordBatch::try_new(plain_schema(&batch.schema()), columns?)
}

/// The schema with categories as texts.
pub(super) fn plain_schema(schema: &Schema) -> SchemaRef {
    let fields: Vec<Field> = schema
        .fields()
        .iter()
        .map(|field| match field.data_type() {
            DataType::Dictionary(..) => Field::new(field.name(), DataType::Utf8, field.is_nullable()),
            _ => field.as_ref().clone(),
        })
        .collect();
    Arc::new(Schema::new(fields))
}

/// The batch with the types of a schema: texts as categories where it says so.
pub(super) fn typed(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
    let columns: Result<Vec<ArrayRef>, ArrowError> = batch
        .columns()
        .iter()
        .zip(schema.fields())
        .map(|(column, field)| cast(column, field.data_type()))
        .collect();
    RecordBatch::try_new(schema.clone(), columns?)
}
