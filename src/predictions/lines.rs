//! Rows of texts: CSV with any usual delimiter, and JSON lines.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use arrow::array::StringBuilder;
use serde_json::{Map, Value};

use super::cells::Cells;
use super::source::{Header, RUN, RowNumbers, Run, Runs, broken};
use crate::error::{Error, Result};
use crate::suite::Format;

/// Columns of the widest JSON lines.
const MOST_KEYS: usize = 10_000;
/// Rows whose keys make the header of JSON lines.
const HEADER_ROWS: usize = 1000;
/// Keys that are told of where only later rows have them.
const LATE: usize = 20;
/// Bytes of the longest line that is read.
const LONGEST_LINE: u64 = 1 << 26;
/// How an empty cell is written in CSV: by pandas, by R, by databases.
const EMPTY: [&str; 4] = ["", "NA", "null", "NULL"];

/// Columns of texts as they grow.
struct Growing {
    columns: Vec<StringBuilder>,
    numbers: Vec<u64>,
    unreadable: Vec<(u64, String)>,
    late: Vec<String>,
}

impl Growing {
    fn new(columns: usize) -> Self {
        let columns = (0..columns).map(|_| StringBuilder::new()).collect();
        Growing { columns, numbers: Vec::new(), unreadable: Vec::new(), late: Vec::new() }
    }

    fn is_full(&self) -> bool {
        self.numbers.len() + self.unreadable.len() >= RUN
            || self.columns.iter().any(|c| c.values_slice().len() > 1 << 28)
    }

    fn finish(mut self) -> Option<Run> {
        if self.numbers.is_empty() && self.unreadable.is_empty() && self.late.is_empty() {
            return None;
        }
        Some(Run {
            columns: self.columns.iter_mut().map(|c| Cells::Texts(c.finish())).collect(),
            rows: self.numbers.len(),
            numbers: RowNumbers::Listed(self.numbers),
            unreadable: self.unreadable,
            late: self.late,
        })
    }
}

/// Opens a text, past its byte order mark.
fn open(path: &Path) -> Result<BufReader<File>> {
    let failed = |e| Error::io("read", path, e);
    let mut reader = BufReader::with_capacity(1 << 17, File::open(path).map_err(failed)?);
    if reader.fill_buf().map_err(failed)?.starts_with(b"\xef\xbb\xbf") {
        reader.consume(3);
    }
    Ok(reader)
}

/// A reader of CSV, and its delimiter: the one that the header has most of.
fn csv(path: &Path) -> Result<(csv::Reader<BufReader<File>>, u8)> {
    let mut line = Vec::new();
    let failed = |e| Error::io("read", path, e);
    open(path)?.take(1 << 16).read_until(b'\n', &mut line).map_err(failed)?;
    let count = |delimiter: u8| line.iter().filter(|b| **b == delimiter).count();
    let delimiter = *b",;\t".iter().rev().max_by_key(|d| count(**d)).unwrap_or(&b',');
    let reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(open(path)?);
    Ok((reader, delimiter))
}

pub(super) fn csv_headers(path: &Path) -> Result<Vec<Header>> {
    let (mut reader, _) = csv(path)?;
    let header = reader.byte_headers().map_err(|e| broken(path, Format::Csv, &e))?;
    // Row names have no name in what R and pandas write.
    let name = |(i, cell): (usize, &[u8])| match String::from_utf8_lossy(cell).trim() {
        "" => Header { name: format!("column {}", i + 1), readable: false },
        name => Header::of(name),
    };
    Ok(header.iter().enumerate().map(name).collect())
}

pub(super) fn csv_runs(path: &Path, width: usize, wanted: &[usize]) -> Result<Runs> {
    let (mut reader, delimiter) = csv(path)?;
    let (path, wanted) = (path.to_owned(), wanted.to_vec());
    let (mut row, mut record) = (0, csv::ByteRecord::new());
    Ok(Box::new(std::iter::from_fn(move || {
        let mut growing = Growing::new(wanted.len());
        while !growing.is_full() {
            match reader.read_byte_record(&mut record) {
                Ok(true) => row += 1,
                Ok(false) => break,
                Err(e) => return Some(Err(broken(&path, Format::Csv, &e))),
            }
            if record.len() != width {
                let what = format!("{} cells where the header has {width}", record.len());
                growing.unreadable.push((row, what));
                continue;
            }
            growing.numbers.push(row);
            for (column, at) in growing.columns.iter_mut().zip(&wanted) {
                let cell = String::from_utf8_lossy(&record[*at]);
                let cell = cell.trim();
                match EMPTY.contains(&cell) {
                    true => column.append_null(),
                    false => column.append_value(with_point(cell, delimiter)),
                }
            }
        }
        growing.finish().map(Ok)
    })))
}

/// A number with a decimal comma, as spreadsheets write it between semicolons, with a decimal point.
fn with_point(cell: &str, delimiter: u8) -> Cow<'_, str> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '+' | '-' | 'e' | 'E');
    match delimiter == b';' && cell.matches(',').count() == 1 && cell.chars().all(is_number) {
        true => Cow::Owned(cell.replace(',', ".")),
        false => Cow::Borrowed(cell),
    }
}

/// The lines of a file that are not blank, with their numbers among those lines.
struct Lines {
    reader: BufReader<File>,
    path: PathBuf,
    row: u64,
    line: Vec<u8>,
}

impl Lines {
    fn open(path: &Path) -> Result<Self> {
        Ok(Lines { reader: open(path)?, path: path.to_owned(), row: 0, line: Vec::new() })
    }

    /// The next object, or what is wrong with the line; none at the end.
    fn next(&mut self) -> Result<Option<Result<Map<String, Value>, String>>> {
        loop {
            self.line.clear();
            let read = (&mut self.reader).take(LONGEST_LINE).read_until(b'\n', &mut self.line);
            match read.map_err(|e| Error::io("read", &self.path, e))? as u64 {
                0 => return Ok(None),
                LONGEST_LINE => {
                    let what = format!("a line is longer than {LONGEST_LINE} bytes");
                    return Err(broken(&self.path, Format::Jsonl, &what));
                }
                _ => {}
            }
            if !self.line.iter().all(u8::is_ascii_whitespace) {
                self.row += 1;
                return Ok(Some(object(&self.line)));
            }
        }
    }
}

/// The object on a line. Python writes `NaN` and `Infinity`, which JSON does not know.
fn object(line: &[u8]) -> Result<Map<String, Value>, String> {
    match serde_json::from_slice(line) {
        Ok(object) => Ok(object),
        Err(error) => {
            let text = String::from_utf8_lossy(line);
            let mut quoted = text.clone().into_owned();
            for word in ["NaN", "-Infinity", "Infinity"] {
                for after in [",", "}", " "] {
                    quoted = quoted.replace(&format!(": {word}{after}"), &format!(": \"{word}\"{after}"));
                    quoted = quoted.replace(&format!(":{word}{after}"), &format!(":\"{word}\"{after}"));
                }
            }
            serde_json::from_str(&quoted).map_err(|_| format!("not a JSON object: {error}"))
        }
    }
}

pub(super) fn json_headers(path: &Path) -> Result<Vec<Header>> {
    let mut lines = Lines::open(path)?;
    let mut headers: Vec<Header> = Vec::new();
    let mut wrong = None;
    for _ in 0..HEADER_ROWS {
        match lines.next()? {
            None => break,
            Some(Err(what)) => wrong = wrong.or(Some((lines.row, what))),
            Some(Ok(object)) => {
                for key in object.keys() {
                    if !headers.iter().any(|h| h.name == *key) {
                        headers.push(Header::of(key));
                    }
                    if headers.len() > MOST_KEYS {
                        let what = format!("its first rows have more than {MOST_KEYS} different keys");
                        return Err(broken(path, Format::Jsonl, &what));
                    }
                }
            }
        }
    }
    match (headers.is_empty(), wrong) {
        (true, Some((row, what))) => {
            let message = format!("`{}` is not JSON lines: row {row} is {what}", path.display());
            Err(Error::request_hint(message, "write one object a line, `{\"record_id\": …, \"score\": …}`"))
        }
        _ => Ok(headers),
    }
}

pub(super) fn json_runs(path: &Path, headers: &[Header], wanted: &[usize]) -> Result<Runs> {
    let mut lines = Lines::open(path)?;
    let mut known: Vec<String> = headers.iter().map(|h| h.name.clone()).collect();
    let most = known.len() + LATE;
    let wanted: Vec<String> = wanted.iter().map(|i| headers[*i].name.clone()).collect();
    Ok(Box::new(std::iter::from_fn(move || {
        let mut growing = Growing::new(wanted.len());
        while !growing.is_full() {
            let object = match lines.next() {
                Ok(None) => break,
                Err(e) => return Some(Err(e)),
                Ok(Some(Err(what))) => {
                    growing.unreadable.push((lines.row, what));
                    continue;
                }
                Ok(Some(Ok(object))) => object,
            };
            growing.numbers.push(lines.row);
            for (column, name) in growing.columns.iter_mut().zip(&wanted) {
                match object.get(name) {
                    None | Some(Value::Null) => column.append_null(),
                    Some(Value::String(text)) => column.append_value(text),
                    Some(other) => column.append_value(other.to_string()),
                }
            }
            for key in object.keys() {
                if known.len() < most && !known.contains(key) {
                    growing.late.push(key.clone());
                    known.push(key.clone());
                }
            }
        }
        growing.finish().map(Ok)
    })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_python_writes_for_nan_is_read() {
        let object = object(br#"{"record_id": 1, "a": NaN, "b": -Infinity}"#).unwrap();
        assert_eq!((&object["a"], &object["b"]), (&Value::from("NaN"), &Value::from("-Infinity")));
        assert!(super::object(b"{\"a\": 1").unwrap_err().contains("not a JSON object"));
        assert!(super::object(b"[1]").is_err());
    }

    #[test]
    fn a_decimal_comma_counts_only_between_semicolons() {
        assert_eq!(with_point("0,75", b';'), "0.75");
        assert_eq!(with_point("-1,5e3", b';'), "-1.5e3");
        assert_eq!(with_point("1,000,000", b';'), "1,000,000");
        assert_eq!(with_point("yes, sir", b';'), "yes, sir");
        assert_eq!(with_point("0,75", b','), "0,75");
    }
}
