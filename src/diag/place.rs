//! Places in source texts.

use std::ops::Range;

/// Which of the [`Sources`] a place is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A range of bytes in one source text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The text.
    pub source: SourceId,
    /// The bytes.
    pub range: Range<usize>,
}

/// A text that was read: a file, or an argument of the command line.
#[derive(Debug, Clone)]
pub struct Source {
    /// What it is called in messages: a path, or `--set`.
    pub name: String,
    /// The text itself.
    pub text: String,
}

/// All texts that one reading looked at.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    list: Vec<Source>,
}

impl Sources {
    /// Adds a text and gives its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.list.push(Source { name: name.into(), text: text.into() });
        SourceId(self.list.len() as u32 - 1)
    }

    /// The text with that id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.list[id.0 as usize]
    }

    /// The content of a quoted string within its quotes, where every byte of it is a byte of the text: nothing is escaped.
    pub fn within_quotes(&self, string: &Place, content: &str) -> Option<Place> {
        let text = self.get(string.source).text.get(string.range.clone())?;
        let quotes = match text.as_bytes() {
            [a, b, c, ..] if a == b && b == c && text.len() >= 6 => 3,
            _ => 1,
        };
        let inner = text.get(quotes..text.len().checked_sub(quotes)?)?;
        // A line break right after three quotes is no part of the string.
        let kept = match quotes {
            3 => inner.strip_prefix("\r\n").or(inner.strip_prefix('\n')).unwrap_or(inner),
            _ => inner,
        };
        let start = string.range.start + quotes + (inner.len() - kept.len());
        (kept == content).then(|| Place { source: string.source, range: start..start + kept.len() })
    }

    /// Line and column (from 1, in characters) of the start of a place.
    pub fn line_column(&self, place: &Place) -> (usize, usize) {
        let text = &self.get(place.source).text;
        let before = &text[..text.floor_char_boundary(place.range.start)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }
}
