//! What each column of a file is for.

use std::path::Path;

use super::declaration::{DeclaredKind, OutputDeclaration};
use super::files::PredictionsFile;
use super::read::Ignored;
use super::source::Header;
use crate::diag::did_you_mean;
use crate::error::{Error, Result};
use crate::suite::Manifest;

/// The column that counts a stochastic model's answers to the same record.
const REPEAT: &str = "repeat";
/// A column that says whether the model refused to answer.
const REFUSED: &str = "refused";
/// A column that says what came of the question.
const STATUS: &str = "status";
/// Names under which libraries write row numbers.
const INDEXES: [&str; 4] = ["__index_level_0__", "Unnamed: 0", "index", "level_0"];
/// The longest list of names in a message.
const SHOWN: usize = 12;

/// The outputs to read, decided on the first file.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) outputs: Vec<OutputDeclaration>,
    /// Columns that name the lists of ranks.
    pub(super) lists: Vec<String>,
    /// Whether rows are counted repeats.
    pub(super) repeats: bool,
    pub(super) ignored: Vec<Ignored>,
}

/// Where the columns of a file are among those that are read of it.
#[derive(Debug)]
pub(super) struct Layout {
    /// The columns to read: places among the file's headers, in the order of the file.
    pub(super) read: Vec<usize>,
    pub(super) ids: Ids,
    pub(super) repeat: Option<usize>,
    pub(super) refused: Option<usize>,
    pub(super) status: Option<usize>,
    /// The column of each output.
    pub(super) outputs: Vec<usize>,
    /// The column of each list.
    pub(super) lists: Vec<usize>,
}

/// How rows say which record they answer.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ids {
    Record(usize),
    UnitAndArm(usize, usize),
    /// The folder is the arm's: `arm=…`.
    UnitInArm(usize, usize),
}

fn has(headers: &[Header], name: &str) -> bool {
    headers.iter().any(|h| h.name == name)
}

fn listed(headers: &[Header]) -> String {
    let names: Vec<String> = headers.iter().take(SHOWN).map(|h| format!("`{}`", h.name)).collect();
    let more = headers.len().saturating_sub(SHOWN);
    match (names.is_empty(), more) {
        (true, _) => "it has no column".to_owned(),
        (false, 0) => format!("it has {}", names.join(", ")),
        (false, more) => format!("it has {} and {more} more", names.join(", ")),
    }
}

impl Wanted {
    /// The outputs of a file with these columns: those declared, else all that are neither the suite's nor companions.
    pub(super) fn of(
        file: &PredictionsFile,
        headers: &[Header],
        manifest: &Manifest,
        declared: &[OutputDeclaration],
    ) -> Result<Wanted> {
        check_declared(declared)?;
        let mut ignored = Vec::new();
        let outputs = match declared {
            [] => undeclared(headers, manifest, &mut ignored),
            declared => declared.to_vec(),
        };
        for output in &outputs {
            check_output(file, headers, manifest, output)?;
        }
        if outputs.is_empty() {
            let message =
                format!("`{}` has no column with answers: {}", file.path.display(), listed(headers));
            let hint = "add the model's answers as a column whose name is not the suite's";
            return Err(Error::request_hint(message, hint));
        }
        let lists = outputs.iter().filter_map(|output| match &output.kind {
            Some(DeclaredKind::Rank { list: Some(list) }) => Some(list.clone()),
            _ => None,
        });
        let mut lists: Vec<String> = lists.collect();
        lists.sort();
        lists.dedup();
        let repeats = has(headers, REPEAT) && !outputs.iter().any(|o| o.column == REPEAT);
        Ok(Wanted { outputs, lists, repeats, ignored })
    }

    /// Where a file has what is wanted.
    pub(super) fn layout(
        &self,
        file: &PredictionsFile,
        headers: &[Header],
        manifest: &Manifest,
    ) -> Result<Layout> {
        if has(headers, REPEAT) != self.repeats && !self.outputs.iter().any(|o| o.column == REPEAT) {
            let message =
                format!("only some files have a `{REPEAT}` column; `{}` differs", file.path.display());
            return Err(Error::request_hint(message, "give it to all files or to none"));
        }
        let mut layout = Layout {
            read: Vec::new(),
            ids: Ids::Record(0),
            repeat: None,
            refused: None,
            status: None,
            outputs: Vec::new(),
            lists: Vec::new(),
        };
        let shown = file.path.display();
        let mut place = |name: &str| -> Result<usize> {
            let Some(at) = headers.iter().position(|h| h.name == name) else {
                let hint = did_you_mean(name, headers.iter().map(|h| h.name.as_str()));
                let hint = hint.unwrap_or_else(|| listed(headers));
                return Err(Error::request_hint(format!("`{shown}` has no column `{name}`"), hint));
            };
            if !headers[at].readable {
                let message = format!("the column `{name}` of `{shown}` holds neither numbers nor texts");
                return Err(Error::request_hint(message, "write it as numbers, true and false, or texts"));
            }
            Ok(layout.read.iter().position(|r| *r == at).unwrap_or_else(|| {
                layout.read.push(at);
                layout.read.len() - 1
            }))
        };
        let ids = match folder_arm(&file.path, manifest) {
            _ if has(headers, "record_id") => Ids::Record(place("record_id")?),
            _ if has(headers, "unit_id") && has(headers, "arm") => {
                Ids::UnitAndArm(place("unit_id")?, place("arm")?)
            }
            Some(arm) if has(headers, "unit_id") => Ids::UnitInArm(place("unit_id")?, arm),
            _ => return Err(no_ids(file, headers)),
        };
        let is_companion = |name: &str| has(headers, name) && !self.outputs.iter().any(|o| o.column == name);
        let mut companion = |name: &str| is_companion(name).then(|| place(name)).transpose();
        let (repeat, refused, status) = (companion(REPEAT)?, companion(REFUSED)?, companion(STATUS)?);
        let outputs = self.outputs.iter().map(|o| place(&o.column)).collect::<Result<_>>()?;
        let lists = self.lists.iter().map(|name| place(name)).collect::<Result<_>>()?;
        Ok(Layout { ids, repeat, refused, status, outputs, lists, ..layout })
    }
}

fn check_declared(declared: &[OutputDeclaration]) -> Result<()> {
    let mut names: Vec<&str> = declared.iter().map(|d| d.name.as_str()).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(twice) => Err(Error::request_hint(
            format!("two outputs are called `{}`", twice[0]),
            "give one of them another name: `NAME=COLUMN:KIND`",
        )),
        None => Ok(()),
    }
}

/// Refuses columns that cannot be an output though they are declared.
fn check_output(
    file: &PredictionsFile,
    headers: &[Header],
    manifest: &Manifest,
    output: &OutputDeclaration,
) -> Result<()> {
    let column = output.column.as_str();
    if !has(headers, column) {
        let message = format!("`{}` has no column `{column}`", file.path.display());
        let hint = did_you_mean(column, headers.iter().map(|h| h.name.as_str()));
        return Err(Error::request_hint(message, hint.unwrap_or_else(|| listed(headers))));
    }
    match is_the_suites(column, manifest) {
        true => Err(Error::request_hint(
            format!("`{column}` is a column of the suite, not an answer"),
            "if the model's answers have that name, rename them in the file",
        )),
        false => Ok(()),
    }
}

/// Whether the suite shows a column of that name to the model, or it says who somebody is.
fn is_the_suites(name: &str, manifest: &Manifest) -> bool {
    // An outcome is not: a model that predicts one likes to call its answer by the same name.
    manifest
        .columns
        .iter()
        .chain(manifest.truth.iter().filter(|c| c.role != "outcome"))
        .any(|c| c.name == name)
}

fn undeclared(headers: &[Header], manifest: &Manifest, ignored: &mut Vec<Ignored>) -> Vec<OutputDeclaration> {
    let mut ignore = |header: &Header, why: &str| {
        ignored.push(Ignored { column: header.name.clone(), why: why.to_owned() });
    };
    let mut outputs = Vec::new();
    let mut companions = Vec::new();
    for header in headers {
        let name = header.name.as_str();
        if ["record_id", "unit_id", "arm", REPEAT].contains(&name) {
            continue;
        }
        match () {
            () if is_the_suites(name, manifest) => ignore(header, "it is a column of the suite"),
            () if INDEXES.contains(&name) => ignore(header, "it looks like row numbers that a library wrote"),
            () if !header.readable => ignore(header, "it holds neither numbers nor texts, or has no name"),
            () if [REFUSED, STATUS].contains(&name) => companions.push(OutputDeclaration::plain(name)),
            () => outputs.push(OutputDeclaration::plain(name)),
        }
    }
    match outputs.is_empty() {
        // A file whose only answer is called `status` means it as the answer.
        true => companions,
        false => outputs,
    }
}

/// The arm whose folder a file is in.
fn folder_arm(path: &Path, manifest: &Manifest) -> Option<usize> {
    let mut folders = path.components().rev().filter_map(|c| c.as_os_str().to_str()?.strip_prefix("arm="));
    let name = folders.next()?;
    manifest.arms.iter().position(|arm| arm.name == name)
}

fn no_ids(file: &PredictionsFile, headers: &[Header]) -> Error {
    let shown = file.path.display();
    if has(headers, "unit_id") {
        let message =
            format!("`{shown}` has `unit_id` but no `arm`: which twin a row answers cannot be told");
        return Error::request_hint(message, "keep `record_id`, or `unit_id` and `arm`, beside the answers");
    }
    let near = did_you_mean("record_id", headers.iter().map(|h| h.name.as_str()));
    let hint = match near {
        Some(near) => format!("{near} The column must be called `record_id`"),
        None => "keep the suite's `record_id` (or `unit_id` and `arm`) beside the answers: rows are joined by id, \
                 never by position"
            .to_owned(),
    };
    Error::request_hint(format!("`{shown}` has no column `record_id`: {}", listed(headers)), hint)
}
