//! A section of the page, filled block by block.

use minijinja::{Value, context};

use super::pen::Pen;
use super::table::Table;

/// A section with its blocks.
pub(super) struct Section<'p, 'v> {
    pen: &'p Pen<'v>,
    id: String,
    title: Value,
    blocks: Vec<Value>,
}

impl<'p, 'v> Section<'p, 'v> {
    pub(super) fn new(pen: &'p Pen<'v>, id: impl Into<String>, title: Value) -> Self {
        Self { pen, id: id.into(), title, blocks: Vec::new() }
    }

    pub(super) fn paragraph(&mut self, body: Value) {
        self.block(context! { kind => "paragraph", class => "", body });
    }

    /// A paragraph in a softer colour.
    pub(super) fn note(&mut self, body: Value) {
        self.block(context! { kind => "paragraph", class => "note", body });
    }

    /// A paragraph that is not to be missed.
    pub(super) fn alarm(&mut self, body: Value) {
        self.block(context! { kind => "paragraph", class => "alarm", body });
    }

    pub(super) fn heading(&mut self, body: Value) {
        self.block(context! { kind => "heading", level => 3, id => "", body });
    }

    pub(super) fn subheading(&mut self, body: Value) {
        self.block(context! { kind => "heading", level => 4, id => "", body });
    }

    pub(super) fn list(&mut self, items: Vec<Value>) {
        self.block(context! { kind => "list", class => "", items });
    }

    pub(super) fn facts(&mut self, facts: Vec<(Value, Value)>) {
        let facts: Vec<Value> = facts.into_iter().map(|(term, body)| context! { term, body }).collect();
        self.block(context! { kind => "facts", facts });
    }

    pub(super) fn quoted(&mut self, language: &str, body: &str) {
        self.block(context! { kind => "quoted", language, body });
    }

    pub(super) fn figure(&mut self, body: Value, caption: Value) {
        self.block(context! { kind => "figure", body, caption });
    }

    /// A table, unless it has no row.
    pub(super) fn table(&mut self, table: Table) {
        if !table.is_empty() {
            self.blocks.push(self.pen.table(table));
        }
    }

    /// A table that opens on demand, unless it has no row.
    pub(super) fn folded(&mut self, summary: Value, table: Table) {
        if !table.is_empty() {
            let body = self.pen.table(table);
            self.blocks.push(self.pen.details(summary, body));
        }
    }

    /// A text that opens on demand, as it is written.
    pub(super) fn folded_text(&mut self, summary: Value, text: &str) {
        let body = self.pen.render("block.html", context! { kind => "text", body => text });
        self.blocks.push(self.pen.details(summary, body));
    }

    fn block(&mut self, values: Value) {
        self.blocks.push(self.pen.render("block.html", values));
    }

    /// The section for the page.
    pub(super) fn finish(self) -> Value {
        let body: String = self.blocks.iter().map(|b| format!("{b}\n")).collect();
        context! { id => self.id, title => self.title, body => Value::from_safe_string(body) }
    }
}
