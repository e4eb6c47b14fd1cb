//! Files to runs of rows; only the columns that are asked for are read.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use arrow::ipc::reader::{FileReader, StreamReader};
use arrow::record_batch::RecordBatch;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::cells::{Cells, is_readable};
use super::files::PredictionsFile;
use super::lines;
use crate::error::{Error, Result};
use crate::suite::Format;

/// Rows that are read together: large enough to be quick, small enough for the cache.
pub(super) const RUN: usize = 1 << 15;

/// A column of a file.
#[derive(Debug, Clone)]
pub(super) struct Header {
    pub(super) name: String,
    /// Whether its cells can be answers.
    pub(super) readable: bool,
}

impl Header {
    pub(super) fn of(name: &str) -> Self {
        Header { name: name.to_owned(), readable: true }
    }
}

/// A run of rows.
#[derive(Debug)]
pub(super) struct Run {
    /// The columns that were asked for, in that order.
    pub(super) columns: Vec<Cells>,
    pub(super) rows: usize,
    /// The number of each row in the file, from 1.
    pub(super) numbers: RowNumbers,
    /// Rows that cannot be read: their number and what is wrong.
    pub(super) unreadable: Vec<(u64, String)>,
    /// Columns that the first rows did not have.
    pub(super) late: Vec<String>,
}

/// The numbers of rows in a file, from 1.
#[derive(Debug)]
pub(super) enum RowNumbers {
    From(u64),
    Listed(Vec<u64>),
}

impl RowNumbers {
    pub(super) fn of(&self, row: usize) -> u64 {
        match self {
            RowNumbers::From(first) => first + row as u64,
            RowNumbers::Listed(numbers) => numbers[row],
        }
    }
}

/// Runs of rows in the order of the file.
pub(super) type Runs = Box<dyn Iterator<Item = Result<Run>> + Send>;

/// The columns of a file.
pub(super) fn headers(file: &PredictionsFile) -> Result<Vec<Header>> {
    let headers = match file.format {
        Format::Parquet => of_schema(parquet(&file.path)?.schema()),
        Format::Arrow => of_schema(&arrow(&file.path, None)?.0),
        Format::Csv => lines::csv_headers(&file.path)?,
        Format::Jsonl => lines::json_headers(&file.path)?,
    };
    let mut names: Vec<&str> = headers.iter().map(|h| h.name.as_str()).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(twice) => Err(Error::request_hint(
            format!("`{}` has two columns called `{}`", file.path.display(), twice[0]),
            "give every column a name of its own",
        )),
        None => Ok(headers),
    }
}

fn of_schema(schema: &SchemaRef) -> Vec<Header> {
    schema
        .fields()
        .iter()
        .map(|field| Header { name: field.name().clone(), readable: is_readable(field.data_type()) })
        .collect()
}

/// The rows of a file, with the columns at these places among its headers.
pub(super) fn runs(file: &PredictionsFile, headers: &[Header], wanted: &[usize]) -> Result<Runs> {
    match file.format {
        Format::Csv => lines::csv_runs(&file.path, headers.len(), wanted),
        Format::Jsonl => lines::json_runs(&file.path, headers, wanted),
        Format::Parquet => {
            let builder = parquet(&file.path)?;
            let mask = ProjectionMask::roots(builder.parquet_schema(), wanted.iter().copied());
            let batches = builder.with_projection(mask).with_batch_size(RUN).build();
            let batches = batches.map_err(|e| broken(&file.path, Format::Parquet, &e))?;
            Ok(of_batches(file, headers, wanted, batches))
        }
        Format::Arrow => {
            let mut sorted = wanted.to_vec();
            sorted.sort_unstable();
            let (_, batches) = arrow(&file.path, Some(sorted))?;
            Ok(of_batches(file, headers, wanted, batches))
        }
    }
}

fn of_batches(
    file: &PredictionsFile,
    headers: &[Header],
    wanted: &[usize],
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>> + Send + 'static,
) -> Runs {
    let names: Vec<String> = wanted.iter().map(|i| headers[*i].name.clone()).collect();
    let (path, format) = (file.path.clone(), file.format);
    let mut first = 1;
    Box::new(batches.map(move |batch| {
        let run = batch.and_then(|batch| run_of(&batch, &names, first));
        let run = run.map_err(|e| broken(&path, format, &e))?;
        first += run.rows as u64;
        Ok(run)
    }))
}

fn run_of(batch: &RecordBatch, names: &[String], first: u64) -> Result<Run, ArrowError> {
    let columns = names.iter().map(|name| {
        let column = batch.column_by_name(name);
        Cells::of(column.ok_or_else(|| ArrowError::SchemaError(format!("the column `{name}` is gone")))?)
    });
    Ok(Run {
        columns: columns.collect::<Result<_, _>>()?,
        rows: batch.num_rows(),
        numbers: RowNumbers::From(first),
        unreadable: Vec::new(),
        late: Vec::new(),
    })
}

fn parquet(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>> {
    let file = File::open(path).map_err(|e| Error::io("read", path, e))?;
    ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| broken(path, Format::Parquet, &e))
}

type ArrowBatches = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>;

/// The batches of an Arrow IPC file or stream.
fn arrow(path: &Path, wanted: Option<Vec<usize>>) -> Result<(SchemaRef, ArrowBatches)> {
    let failed = |e| Error::io("read", path, e);
    let mut file = File::open(path).map_err(failed)?;
    let mut magic = [0; 4];
    let is_stream = file.read_exact(&mut magic).is_ok() && magic == [0xff; 4];
    file.rewind().map_err(failed)?;
    let broken = |e| broken(path, Format::Arrow, &e);
    if is_stream {
        let reader = StreamReader::try_new(BufReader::new(file), wanted).map_err(broken)?;
        return Ok((reader.schema(), Box::new(reader)));
    }
    let reader = FileReader::try_new_buffered(file, wanted).map_err(broken)?;
    Ok((reader.schema(), Box::new(reader)))
}

/// A file that is not what its first bytes say.
pub(super) fn broken(path: &Path, format: Format, error: &dyn std::fmt::Display) -> Error {
    let what: String = error.to_string().chars().take(300).collect();
    let message = format!("`{}` cannot be read as {}: {what}", path.display(), format.word());
    Error::request_hint(message, "it may be cut off or damaged: write it again")
}
