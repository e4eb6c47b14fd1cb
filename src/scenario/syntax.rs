//! From a text to a tree: what is no TOML is told line by line, with what to do.

use super::reader::Sink;
use super::tree::{Table, table_from_toml};
use crate::diag::{Diagnostic, Place, SourceId, code};

/// Keys such as `a.a.a.…` are refused before they are parsed.
const DEEPEST_KEY: usize = 64;
/// After so many lines that are no TOML, the file is something else altogether.
const MOST_MISTAKES: usize = 20;
const DUPLICATE: &str = "duplicate key";

/// Parses one text; syntax errors are reported, one a line. A key written twice leaves the rest readable.
pub(crate) fn parse(source: SourceId, text: &str, sink: &Sink) -> Option<Table> {
    if let Some(range) = hostile_key(text) {
        sink.push(
            Diagnostic::error(code::TOO_DEEP, format!("a key has more than {DEEPEST_KEY} parts"))
                .at(&Place { source, range })
                .hint("the longest keys of a scenario have five, such as variables.age.normal.mean.base"),
        );
        return None;
    }
    let (document, errors) = toml::de::DeTable::parse_recoverable(text);
    let mut reported: Vec<&str> = Vec::new();
    for error in &errors {
        if reported.len() == MOST_MISTAKES {
            break;
        }
        let range = error.span().unwrap_or(0..0);
        let start = text.floor_char_boundary(range.start);
        let line = &text[text[..start].rfind('\n').map_or(0, |i| i + 1)..];
        // Lines are told apart by where they begin. What stands below a head that was written before repeats it.
        let seen = |other: &str| reported.iter().any(|seen| seen.as_ptr() == other.as_ptr());
        if !seen(line) && !head(text, start).is_some_and(seen) {
            reported.push(line);
            sink.push(mistake(source, text, range, error.message()));
        }
    }
    if errors.iter().any(|error| error.message() != DUPLICATE) {
        return None;
    }
    let table = table_from_toml(source, document.get_ref(), 0, &mut |diagnostic| sink.push(diagnostic));
    Some(table)
}

fn mistake(source: SourceId, text: &str, range: std::ops::Range<usize>, message: &str) -> Diagnostic {
    let place = Place { source, range: range.clone() };
    if message == DUPLICATE {
        let key = text.get(range.clone()).unwrap_or_default();
        let shown: String = key.chars().take(64).collect();
        let mistake = Diagnostic::error(code::TOML_SYNTAX, format!("the key `{shown}` is written twice"))
            .at(&place)
            .hint("keep one of the two; a table is opened once, with all its keys in one place");
        return match first_written(text, range) {
            Some(first) => mistake.related(&Place { source, range: first }, "first here"),
            None => mistake,
        };
    }
    if message.contains("recurs") {
        return Diagnostic::error(code::TOO_DEEP, "tables or lists are nested too deeply to be read")
            .at(&place)
            .hint("no part of a scenario nests more than a handful of tables: look for a bracket that is not closed");
    }
    Diagnostic::error(code::TOML_SYNTAX, message.to_lowercase()).at(&place).hint(hint(message))
}

fn hint(message: &str) -> &'static str {
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if says(&["inline table", "key-value pairs"]) {
        "a table in braces is written { key = value, key = value }"
    } else if says(&["array element", "in array", "unclosed array", "array opening"])
        && !says(&["array table"])
    {
        "a list is written [value, value]; check its brackets and commas"
    } else if says(&["table"]) {
        "the head of a table stands on a line of its own, such as [variables.age] or [[claims]]"
    } else if says(&["string", "quote", "escape"]) && !says(&["unquoted key"]) {
        "a text ends with the quote that it began with, on the same line; several lines go between three quotes, and in 'single' quotes nothing is escaped"
    } else if says(&["value", "assignment", "`=`"]) {
        "write key = value; texts go in quotes, numbers do not"
    } else {
        "a line is key = value, the head of a table such as [variables.age], or a comment after #"
    }
}

/// The text from the head on below which a place stands.
fn head(text: &str, place: usize) -> Option<&str> {
    let lines = text[..place].split_inclusive('\n').rev();
    let mut end = place;
    for line in lines {
        end -= line.len();
        if line.trim_start().starts_with('[') {
            return Some(&text[end..]);
        }
    }
    None
}

/// Where a key that is written twice was written first: the same head, or the same key below the same head.
fn first_written(text: &str, second: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let line_start = text.get(..second.start)?.rfind('\n').map_or(0, |i| i + 1);
    let head = text[line_start..].trim_start().starts_with('[');
    let before = &text[line_start..second.end];
    let mut end = line_start;
    for line in text[..line_start].split_inclusive('\n').rev() {
        let start = end - line.len();
        end = start;
        if line.trim_start().starts_with('[') && !head {
            return None;
        }
        if let Some(rest) = line.strip_prefix(before)
            && rest.trim_start().starts_with(if head { ']' } else { '=' })
        {
            return Some(start + (second.start - line_start)..start + before.len());
        }
    }
    None
}

/// The first run of more than [`DEEPEST_KEY`] bare key parts joined by single dots.
fn hostile_key(text: &str) -> Option<std::ops::Range<usize>> {
    let mut start = 0;
    let mut parts = 0;
    let mut last = b' ';
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'.' if last != b'.' => parts += 1,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'"' | b'\'' => {}
            _ => {
                start = at + 1;
                parts = 0;
            }
        }
        last = byte;
        if parts > DEEPEST_KEY {
            return Some(start..at + 1);
        }
    }
    None
}
