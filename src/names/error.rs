//! What can be wrong with a list of names.

use std::fmt;

/// Why a list was refused: what, where in the list, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamesError {
    /// What is wrong, in lower case, with the value found.
    pub message: String,
    /// The line of an own list, counted from 1 (the header).
    pub line: Option<usize>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl NamesError {
    pub(super) fn new(message: impl Into<String>) -> NamesError {
        NamesError { message: message.into(), line: None, hint: None }
    }

    pub(super) fn at_line(mut self, line: usize) -> NamesError {
        self.line = Some(line);
        self
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> NamesError {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for NamesError {
    /// `line 3: message (hint)`, without the parts that are absent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for NamesError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_reads_line_message_hint() {
        let error = NamesError::new("`count` must be positive, found -2").at_line(3).hint("drop the row");
        assert_eq!(error.to_string(), "line 3: `count` must be positive, found -2 (drop the row)");
        assert_eq!(NamesError::new("the list is empty").to_string(), "the list is empty");
    }
}
