//! Lists of the user's own, as CSV.
//!
//! First names have the columns `name`, `sex` (`F` or `M`), `count` and, if the list knows
//! cohorts, `birth_year`; surnames have `name` and `count`. The order of columns is free, names
//! and values are trimmed, rows with count 0 are skipped, and the counts of repeated rows (the
//! départements of a national file, say) are added up.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use csv::{ErrorKind, ReaderBuilder, StringRecord, Trim};

use super::NamesError;
use super::counts::{Counts, Entry};

/// Birth years an own list may speak of.
const YEARS: RangeInclusive<i32> = 1800..=2100;
/// The birth year of every row of a list without birth years.
const UNDATED: i32 = 0;
/// Longest name, in characters.
const LONGEST: usize = 100;
/// Least likeness of a header to be taken for a misspelt one.
const LIKENESS: f64 = 0.6;

/// Reads a list of first names.
pub(super) fn first_names(text: &str) -> Result<Counts, NamesError> {
    let columns = [required("name"), required("sex"), required("count"), optional("birth_year")];
    let mut dictionary = Dictionary::default();
    // (sex, year, code by first appearance, count)
    let mut rows: Vec<(usize, i32, u32, u32)> = Vec::new();
    let mut totals = HashMap::new();
    read(text, columns, |[name, sex, count, year]| {
        let (name, sex, count) = (checked_name(name)?, checked_sex(sex)?, checked_count(count)?);
        let year = year.map_or(Ok(UNDATED), checked_year)?;
        add_up(totals.entry((sex, year)).or_insert(0), count)?;
        if count > 0 {
            rows.push((sex, year, dictionary.code(name), count));
        }
        Ok(())
    })?;
    let (names, place) = dictionary.sorted();
    for row in &mut rows {
        row.2 = place[row.2 as usize];
    }
    rows.sort_unstable();
    let first = rows.iter().map(|row| row.1).min().ok_or_else(no_rows)?;
    let last = rows.iter().map(|row| row.1).max().ok_or_else(no_rows)?;
    let width = (last - first + 1) as usize;
    let mut cells = [vec![Vec::new(); width], vec![Vec::new(); width]];
    for (sex, year, code, count) in rows {
        push_or_add(&mut cells[sex][(year - first) as usize], Entry { code, count });
    }
    Ok(Counts { names, years: (first, last), cells })
}

/// Reads a list of surnames: names in code point order, and the bearers of each.
pub(super) fn surnames(text: &str) -> Result<(Vec<String>, Vec<Entry>), NamesError> {
    let columns = [required("name"), required("count")];
    let mut dictionary = Dictionary::default();
    let (mut rows, mut total) = (Vec::new(), 0);
    read(text, columns, |[name, count]| {
        let (name, count) = (checked_name(name)?, checked_count(count)?);
        add_up(&mut total, count)?;
        if count > 0 {
            rows.push((dictionary.code(name), count));
        }
        Ok(())
    })?;
    if rows.is_empty() {
        return Err(no_rows());
    }
    let (names, place) = dictionary.sorted();
    let mut entries: Vec<Entry> =
        rows.into_iter().map(|(code, count)| Entry { code: place[code as usize], count }).collect();
    entries.sort_unstable_by_key(|entry| entry.code);
    let mut summed = Vec::with_capacity(names.len());
    for entry in entries {
        push_or_add(&mut summed, entry);
    }
    Ok((names, summed))
}

fn push_or_add(cell: &mut Vec<Entry>, entry: Entry) {
    match cell.last_mut() {
        Some(last) if last.code == entry.code => last.count += entry.count,
        _ => cell.push(entry),
    }
}

/// A column by its header.
#[derive(Clone, Copy)]
struct Column {
    header: &'static str,
    required: bool,
}

const fn required(header: &'static str) -> Column {
    Column { header, required: true }
}

const fn optional(header: &'static str) -> Column {
    Column { header, required: false }
}

/// Hands the values of every row to `row`, in the order of `columns`; a required column is never
/// absent.
fn read<const N: usize>(
    text: &str,
    columns: [Column; N],
    mut row: impl FnMut([Option<&str>; N]) -> Result<(), NamesError>,
) -> Result<(), NamesError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(text.as_bytes());
    let places = places(reader.headers().map_err(|error| malformed(&error))?, columns)?;
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| malformed(&error))? {
        let line = record.position().map_or(0, |position| position.line() as usize);
        row(places.map(|place| place.and_then(|at| record.get(at)))).map_err(|error| error.at_line(line))?;
    }
    Ok(())
}

/// Where each column stands.
fn places<const N: usize>(
    headers: &StringRecord,
    columns: [Column; N],
) -> Result<[Option<usize>; N], NamesError> {
    let expected = columns.map(|column| column.header).join(",");
    if headers.iter().all(str::is_empty) {
        return Err(NamesError::new("the list is empty").hint(format!("the first line is `{expected}`")));
    }
    let separated_otherwise = headers.len() == 1 && headers[0].contains([';', '\t', '|']);
    if separated_otherwise {
        return Err(NamesError::new(format!("the header `{}` has a single column", &headers[0]))
            .at_line(1)
            .hint("separate the columns by commas"));
    }
    let mut places = [None; N];
    for (at, header) in headers.iter().enumerate() {
        let Some(column) = columns.iter().position(|column| column.header == header) else {
            return Err(unknown_column(header, &columns, &expected));
        };
        if places[column].replace(at).is_some() {
            return Err(NamesError::new(format!("the column `{header}` stands there twice")).at_line(1));
        }
    }
    match columns.iter().zip(places).find(|(column, place)| column.required && place.is_none()) {
        Some((column, _)) => Err(NamesError::new(format!("the column `{}` is missing", column.header))
            .at_line(1)
            .hint(format!("the header is `{expected}`, in any order"))),
        None => Ok(places),
    }
}

fn unknown_column(header: &str, columns: &[Column], expected: &str) -> NamesError {
    // An unknown column is refused: a misspelt `birth_year` would silently merge all cohorts.
    let header = shortened(header);
    let near = columns
        .iter()
        .map(|column| column.header)
        .find(|known| strsim::normalized_damerau_levenshtein(&header.to_lowercase(), known) >= LIKENESS);
    NamesError::new(format!("unknown column `{header}`")).at_line(1).hint(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the columns are `{expected}`"),
    })
}

fn checked_name(text: Option<&str>) -> Result<&str, NamesError> {
    let name = text.unwrap_or_default();
    if name.is_empty() {
        return Err(NamesError::new("the name is empty").hint("give it, or drop the row"));
    }
    if name.chars().nth(LONGEST).is_some() {
        return Err(NamesError::new(format!(
            "the name `{}` is longer than {LONGEST} characters",
            shortened(name)
        )));
    }
    if let Some(odd) = name.chars().find(|c| c.is_control()) {
        return Err(NamesError::new(format!(
            "the name `{}` holds the control character {odd:?}",
            shortened(&name.replace(char::is_control, " "))
        ))
        .hint("is a quote left open?"));
    }
    if !name.chars().any(char::is_alphabetic) {
        return Err(
            NamesError::new(format!("the name `{name}` has no letter")).hint("are the columns in order?")
        );
    }
    Ok(name)
}

fn checked_sex(text: Option<&str>) -> Result<usize, NamesError> {
    match text.unwrap_or_default() {
        "F" => Ok(0),
        "M" => Ok(1),
        other => Err(NamesError::new(format!("`sex` must be F or M, found `{}`", shortened(other)))
            .hint("epicene names are found from their counts for F and M")),
    }
}

fn checked_year(text: &str) -> Result<i32, NamesError> {
    text.parse().ok().filter(|year| YEARS.contains(year)).ok_or_else(|| {
        NamesError::new(format!(
            "`birth_year` must be a year between {} and {}, found `{}`",
            YEARS.start(),
            YEARS.end(),
            shortened(text)
        ))
        .hint("leave the column out if the list has no birth years")
    })
}

fn checked_count(text: Option<&str>) -> Result<u32, NamesError> {
    let text = text.unwrap_or_default();
    text.parse().map_err(|_| {
        NamesError::new(format!(
            "`count` must be a whole number between 0 and {}, found `{}`",
            u32::MAX,
            shortened(text)
        ))
        .hint("give how many people bear the name; shares can be multiplied by a million and rounded")
    })
}

/// Adds to the total of a cell, which the ranks count in 32 bits.
fn add_up(total: &mut u32, count: u32) -> Result<(), NamesError> {
    *total = total.checked_add(count).ok_or_else(|| {
        NamesError::new(format!(
            "with this count of {count} the list holds more than {} people of one kind",
            u32::MAX
        ))
        .hint("divide all counts of the list by the same number")
    })?;
    Ok(())
}

fn no_rows() -> NamesError {
    NamesError::new("the list has no row with a count above 0")
        .hint("a row is a name and how many people bear it")
}

fn malformed(error: &csv::Error) -> NamesError {
    match error.kind() {
        ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let error =
                NamesError::new(format!("the row has {len} values where the header has {expected_len}"))
                    .hint("quote a value that holds a comma");
            match pos {
                Some(pos) => error.at_line(pos.line() as usize),
                None => error,
            }
        }
        _ => NamesError::new(format!("the list is not CSV: {error}")),
    }
}

/// A value as a message shows it.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Names by the order in which they first appear.
#[derive(Default)]
struct Dictionary {
    codes: HashMap<String, u32>,
    names: Vec<String>,
}

impl Dictionary {
    fn code(&mut self, name: &str) -> u32 {
        if let Some(&code) = self.codes.get(name) {
            return code;
        }
        let code = self.names.len() as u32;
        self.codes.insert(name.to_owned(), code);
        self.names.push(name.to_owned());
        code
    }

    /// The names in code point order, and where each code by appearance went.
    fn sorted(self) -> (Vec<String>, Vec<u32>) {
        let mut order: Vec<u32> = (0..self.names.len() as u32).collect();
        order.sort_unstable_by(|&a, &b| self.names[a as usize].cmp(&self.names[b as usize]));
        let mut place = vec![0; order.len()];
        for (to, &from) in (0..).zip(&order) {
            place[from as usize] = to;
        }
        let mut names = self.names;
        names.sort_unstable();
        (names, place)
    }
}

#[cfg(test)]
mod tests;
