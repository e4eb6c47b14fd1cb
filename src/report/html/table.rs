//! Tables: every picture's figures, and everything else that has rows.

use minijinja::{Value, context};

use super::pen::Pen;
use crate::report::phrase::Phrase;

/// How a table fits on a telephone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// It scrolls sideways.
    Scroll,
    /// Rows become blocks.
    Rows,
    /// The same, with a picture in every row.
    Chart,
}

/// A table with a caption; the first column names the row.
pub(super) struct Table {
    fit: Fit,
    caption: Phrase,
    columns: Vec<Value>,
    rows: Vec<Value>,
}

impl Table {
    pub(super) fn new(fit: Fit, caption: Phrase) -> Self {
        Self { fit, caption, columns: Vec::new(), rows: Vec::new() }
    }

    /// A column of words.
    pub(super) fn words(self, title: Value) -> Self {
        self.column(title, "words", None)
    }

    /// A column of long words.
    pub(super) fn wide(self, title: Value) -> Self {
        self.column(title, "wide", None)
    }

    /// A column of numbers.
    pub(super) fn numbers(self, title: Value) -> Self {
        self.column(title, "num", None)
    }

    /// A column of pictures with their axis.
    pub(super) fn pictures(self, title: Value, axis: Value) -> Self {
        self.column(title, "pic", Some(axis))
    }

    fn column(mut self, text: Value, class: &str, axis: Option<Value>) -> Self {
        self.columns.push(context! { text, class, axis });
        self
    }

    pub(super) fn row(&mut self, cells: Vec<Value>) {
        self.row_of("", cells);
    }

    pub(super) fn row_of(&mut self, class: &str, cells: Vec<Value>) {
        debug_assert_eq!(cells.len(), self.columns.len(), "a cell a column");
        self.rows.push(context! { class, cells });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn render(self, pen: &Pen) -> Value {
        let kind = match self.fit {
            Fit::Scroll => "scroll",
            Fit::Rows => "rows",
            Fit::Chart => "chart",
        };
        let (caption, label) = (self.caption.html(), self.caption.plain());
        pen.render(
            "table.html",
            context! { kind, label, caption, columns => self.columns, rows => self.rows },
        )
    }
}
