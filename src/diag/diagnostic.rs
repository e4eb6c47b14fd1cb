//! One mistake, and all mistakes of one reading.

use std::sync::Arc;

use super::{Code, Language, Place, Sources, render};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing can be made from this.
    Error,
    /// It can be made, but is probably not what was meant.
    Warning,
}

/// One mistake: what, where, and what to do about it.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The kind of mistake; stable over releases.
    pub code: &'static Code,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, lower case, with the value found.
    pub message: String,
    /// Where it is, where a place makes sense.
    pub place: Option<Place>,
    /// A few words at the caret.
    pub label: String,
    /// Other places that explain the mistake.
    pub related: Vec<(Place, String)>,
    /// What to do.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error of that kind.
    pub fn error(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            place: None,
            label: String::new(),
            related: Vec::new(),
            hint: None,
        }
    }

    /// A warning of that kind.
    pub fn warning(code: &'static Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Sets the place.
    pub fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }

    /// Sets the words at the caret.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Sets the hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds another place that explains the mistake.
    pub fn related(mut self, place: &Place, label: impl Into<String>) -> Self {
        self.related.push((place.clone(), label.into()));
        self
    }
}

/// All mistakes of one reading, with the texts that they point into.
#[derive(Debug, Clone)]
pub struct Diagnostics {
    sources: Arc<Sources>,
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Sorted by place, errors and warnings together, so that one reads them as one reads the file; the same
    /// mistake at the same place is said once.
    pub fn new(sources: Arc<Sources>, mut list: Vec<Diagnostic>) -> Self {
        list.sort_by_key(|d| d.place.as_ref().map(|p| (p.source, p.range.start)));
        list.dedup_by(|a, b| a.code.id == b.code.id && a.place == b.place && a.message == b.message);
        Self { sources, list }
    }

    /// The diagnostics in the order of their places.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many of them are errors.
    pub fn errors(&self) -> usize {
        self.list.iter().filter(|d| d.severity == Severity::Error).count()
    }

    /// The texts that the places are in.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// As a terminal shows it, with excerpts and carets; `styled` adds ANSI colours.
    pub fn render(&self, styled: bool) -> String {
        self.render_in(Language::En, styled)
    }

    /// The same in a language. In French the code's title stands first; what was found and the hint follow in English.
    pub fn render_in(&self, language: Language, styled: bool) -> String {
        render::render(self, language, styled)
    }

    /// As a program reads it: a list of objects with `code`, `severity`, `message`, `file`, `line`, `column`, `hint`.
    pub fn to_json(&self) -> serde_json::Value {
        render::json(self)
    }
}

impl std::fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.render(false))
    }
}
