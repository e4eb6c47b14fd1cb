//! Files back to record batches.

use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use arrow::datatypes::{Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::escapes::{plain_schema, typed, unescape};
use super::format::Format;
use crate::error::{Error, Result};

/// Records a batch.
const BATCH: usize = 8192;

/// The records of a file, in order.
pub type Batches = Box<dyn Iterator<Item = Result<RecordBatch>> + Send>;

/// The path of a file of a suite; names that lead out of the suite are refused.
pub(super) fn inside(dir: &Path, name: &str) -> Result<PathBuf> {
    let plain = !name.is_empty()
        && !name.contains('\\')
        && Path::new(name).components().all(|c| matches!(c, Component::Normal(_)));
    match plain {
        true => Ok(dir.join(name)),
        false => Err(Error::unverified(format!("the manifest names `{name}`, which leads out of the suite"))),
    }
}

/// Reads some columns of a file that promises a schema, in the order of the schema: Parquet reads no others.
pub(super) fn read_some(path: &Path, format: Format, schema: &SchemaRef, names: &[&str]) -> Result<Batches> {
    let wanted: Vec<usize> =
        (0..schema.fields().len()).filter(|at| names.contains(&schema.field(*at).name().as_str())).collect();
    let cut = |e: ArrowError| broken(path)(e);
    let projected: SchemaRef = Arc::new(schema.project(&wanted).map_err(cut)?);
    if format == Format::Parquet {
        let file = File::open(path).map_err(|e| Error::io("read", path, e))?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| cut(e.into()))?;
        check_columns(path, builder.schema(), schema)?;
        let mask = ProjectionMask::roots(builder.parquet_schema(), wanted);
        let batches = builder.with_projection(mask).with_batch_size(BATCH).build();
        return Ok(finished(batches.map_err(|e| cut(e.into()))?, &projected, broken(path), typed));
    }
    let path = path.to_owned();
    let whole = read(&path, format, schema)?;
    Ok(Box::new(whole.map(move |batch| batch?.project(&wanted).map_err(broken(&path)))))
}

/// Reads a file that promises a schema.
pub(super) fn read(path: &Path, format: Format, schema: &SchemaRef) -> Result<Batches> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound => {
            return Err(Error::unverified(format!("`{}` is not there", path.display())));
        }
        Err(e) => return Err(Error::io("read", path, e)),
    };
    let broken = broken(path);
    match format {
        Format::Parquet => {
            let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| broken(e.into()))?;
            check_columns(path, builder.schema(), schema)?;
            let batches = builder.with_batch_size(BATCH).build().map_err(|e| broken(e.into()))?;
            Ok(finished(batches, schema, broken, typed))
        }
        Format::Arrow => {
            let batches = arrow::ipc::reader::FileReader::try_new_buffered(file, None).map_err(&broken)?;
            check_columns(path, &batches.schema(), schema)?;
            Ok(finished(batches, schema, broken, typed))
        }
        Format::Csv => {
            let builder = arrow::csv::ReaderBuilder::new(plain_schema(schema)).with_batch_size(BATCH);
            let batches =
                builder.with_header(true).with_header_validation(true).build(file).map_err(&broken)?;
            Ok(finished(batches, schema, broken, |batch, schema| typed(&unescape(batch)?, schema)))
        }
        Format::Jsonl => {
            let builder = arrow::json::ReaderBuilder::new(plain_schema(schema))
                .with_batch_size(BATCH)
                .with_strict_mode(true);
            let batches = builder.build(BufReader::new(file)).map_err(&broken)?;
            Ok(finished(batches, schema, broken, typed))
        }
    }
}

fn broken(path: &Path) -> impl Fn(ArrowError) -> Error + Send + Clone + use<> {
    let path = path.to_owned();
    move |error| Error::unverified(format!("`{}` cannot be read: {error}", path.display()))
}

fn finished(
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>> + Send + 'static,
    schema: &SchemaRef,
    broken: impl Fn(ArrowError) -> Error + Send + 'static,
    finish: impl Fn(&RecordBatch, &SchemaRef) -> Result<RecordBatch, ArrowError> + Send + 'static,
) -> Batches {
    let schema = Arc::clone(schema);
    Box::new(batches.map(move |batch| batch.and_then(|batch| finish(&batch, &schema)).map_err(&broken)))
}

/// The file has the columns that were promised: names, order and types.
fn check_columns(path: &Path, found: &Schema, promised: &Schema) -> Result<()> {
    let same = found.fields().len() == promised.fields().len()
        && found
            .fields()
            .iter()
            .zip(promised.fields())
            .all(|(f, p)| f.name() == p.name() && f.data_type() == p.data_type());
    match same {
        true => Ok(()),
        false => Err(Error::unverified(format!(
            "`{}` does not have the columns that the manifest promises",
            path.display()
        ))),
    }
}
