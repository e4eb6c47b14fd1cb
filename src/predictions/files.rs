//! Which files there are, and what they are: by their first bytes, then by their names.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::suite::{Format, Suite};

/// A file that predictions were read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PredictionsFile {
    /// Its path, as given or found in a folder.
    pub path: PathBuf,
    /// What it holds.
    pub format: Format,
    /// Its size.
    pub bytes: u64,
    /// BLAKE3 of its bytes, in hex.
    pub hash: String,
}

impl PredictionsFile {
    /// How examples name it.
    pub fn name(&self) -> String {
        self.path
            .file_name()
            .map_or_else(|| self.path.display().to_string(), |n| n.to_string_lossy().into_owned())
    }
}

const FORMATS: &str = "predictions are Parquet, CSV, JSON lines or Arrow IPC files";
/// Bytes that tell formats apart, and in which the header of a CSV file is looked for.
const HEAD: usize = 4096;

/// The files behind paths; a folder stands for the parts in it, in the order of their names.
pub(super) fn files(paths: &[PathBuf], suite: &Suite) -> Result<Vec<PredictionsFile>> {
    if paths.is_empty() {
        return Err(Error::request_hint("no predictions file is named", FORMATS));
    }
    let mut found = Vec::new();
    for path in paths {
        let metadata = std::fs::metadata(path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Error::request_hint(
                format!("`{}` is not there", path.display()),
                "name a file of predictions",
            ),
            _ => Error::io("read", path, e),
        })?;
        match metadata.is_dir() {
            true => found.extend(parts(path, suite)?),
            false => found.push(path.clone()),
        }
    }
    let mut seen: Vec<PathBuf> = Vec::new();
    for path in &found {
        let resolved = path.canonicalize().map_err(|e| Error::io("read", path, e))?;
        if seen.contains(&resolved) {
            let message = format!("`{}` is named twice", path.display());
            return Err(Error::request_hint(message, "name every file once"));
        }
        seen.push(resolved);
    }
    found.into_iter().map(describe).collect()
}

/// The files of a folder and its folders that have the name of a format.
fn parts(folder: &Path, suite: &Suite) -> Result<Vec<PathBuf>> {
    if folder.join("suite.json").exists() {
        let whose = if same(folder, &suite.dir) { "the suite itself" } else { "a suite" };
        let message = format!("`{}` is {whose}, not predictions", folder.display());
        return Err(Error::request_hint(message, "name the file that the model's answers were written to"));
    }
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|e| Error::io("read", &folder, e))?;
        for entry in entries {
            let entry = entry.map_err(|e| Error::io("read", &folder, e))?;
            let (path, name) = (entry.path(), entry.file_name());
            let hidden = name.to_string_lossy().starts_with(['.', '_']);
            let kind = entry.file_type().map_err(|e| Error::io("read", &path, e))?;
            match (hidden, kind.is_dir()) {
                (true, _) => {}
                (false, true) => open.push(path),
                (false, false) if of_extension(&path).is_some() => found.push(path),
                (false, false) => {}
            }
        }
    }
    found.sort();
    match found.is_empty() {
        true => Err(Error::request_hint(format!("`{}` holds no predictions", folder.display()), FORMATS)),
        false => Ok(found),
    }
}

fn same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

fn describe(path: PathBuf) -> Result<PredictionsFile> {
    let failed = |e| Error::io("read", &path, e);
    let mut file = File::open(&path).map_err(failed)?;
    let mut head = Vec::with_capacity(HEAD);
    (&mut file).take(HEAD as u64).read_to_end(&mut head).map_err(failed)?;
    let format = format_of(&path, &head)?;
    let mut hasher = blake3::Hasher::new();
    hasher.update(&head).update_reader(file).map_err(failed)?;
    Ok(PredictionsFile { format, bytes: hasher.count(), hash: hasher.finalize().to_hex().to_string(), path })
}

fn of_extension(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_lowercase().as_str() {
        "parquet" | "pq" => Some(Format::Parquet),
        "csv" | "tsv" | "txt" => Some(Format::Csv),
        "jsonl" | "ndjson" | "json" => Some(Format::Jsonl),
        "arrow" | "feather" | "ipc" | "arrows" => Some(Format::Arrow),
        _ => None,
    }
}

/// The format of a file, from its first bytes.
fn format_of(path: &Path, head: &[u8]) -> Result<Format> {
    let shown = path.display();
    let refused = |what: &str, hint: &str| Err(Error::request_hint(format!("`{shown}` {what}"), hint));
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let first = text.iter().copied().find(|b| !b.is_ascii_whitespace());
    match first {
        None => return refused("is empty", "the run that should have written it may have failed"),
        Some(b'{') => return Ok(Format::Jsonl),
        Some(b'[') => {
            let hint =
                "write one object a line; with pandas: `to_json(path, orient=\"records\", lines=True)`";
            return refused("is one JSON array, not JSON lines", hint);
        }
        _ => {}
    }
    match head {
        [b'P', b'A', b'R', b'1', ..] => Ok(Format::Parquet),
        [b'P', b'A', b'R', b'E', ..] => {
            refused("is an encrypted Parquet file", "write it without encryption")
        }
        [b'A', b'R', b'R', b'O', b'W', b'1', ..] | [0xff, 0xff, 0xff, 0xff, ..] => Ok(Format::Arrow),
        [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd, ..] => refused("is compressed", "unpack it first"),
        [b'P', b'K', 3, 4, ..] => {
            refused("is a zip archive or a spreadsheet", "unpack it, or save the sheet as CSV (UTF-8)")
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => refused("is a text in UTF-16", "save it as UTF-8"),
        _ if head.contains(&0) => refused("is of no known format", FORMATS),
        _ if of_extension(path) == Some(Format::Csv) => Ok(Format::Csv),
        _ => {
            let header = text.split(|b| *b == b'\n').next().unwrap_or(text);
            let names = String::from_utf8_lossy(header);
            match (names.contains("record_id") || names.contains("unit_id"), of_extension(path)) {
                (true, _) => Ok(Format::Csv),
                (false, Some(format)) => {
                    let what = format!("is not the {} file that its name says", format.word());
                    refused(&what, "the run that should have written it may have been cut off")
                }
                (false, None) => refused("is of no known format", FORMATS),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_say_what_a_file_is_whatever_its_name() {
        let of = |name: &str, head: &[u8]| format_of(Path::new(name), head);
        assert_eq!(of("a.csv", b"PAR1....").unwrap(), Format::Parquet);
        assert_eq!(of("a.parquet", b"record_id,score\n").unwrap(), Format::Csv);
        assert_eq!(of("a", b"\xef\xbb\xbf{\"record_id\": 1}").unwrap(), Format::Jsonl);
        assert_eq!(of("a.feather", b"ARROW1\0\0").unwrap(), Format::Arrow);
        for (name, head, said) in [
            ("a.csv", &b""[..], "is empty"),
            ("a.csv", b" \n\n", "is empty"),
            ("a.json", b"[{\"record_id\": 1}]", "JSON array"),
            ("a.csv.gz", b"\x1f\x8b\x08", "compressed"),
            ("a.xlsx", b"PK\x03\x04", "spreadsheet"),
            ("a.csv", b"\xff\xfer\0e\0", "UTF-16"),
            ("a.parquet", b"half a file", "not the parquet file"),
            ("a.png", b"\x89PNG\0\0", "no known format"),
            ("notes", b"hello\n", "no known format"),
        ] {
            let error = of(name, head).expect_err(name);
            assert!(error.to_string().contains(said), "{error}");
            assert!(error.hint().is_some(), "{name}");
        }
    }
}
