//! What a value is, before there is any.

use std::sync::Arc;

/// The levels of a categorical variable, in written order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levels {
    names: Vec<String>,
    ordered: bool,
}

impl Levels {
    /// Levels in written order; `ordered` says whether that order means something.
    pub fn new(names: Vec<String>, ordered: bool) -> Self {
        Self { names, ordered }
    }

    /// The names, in written order; a code is a place in this slice.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether the written order is an order of size (`<` is then allowed in formulas).
    pub fn ordered(&self) -> bool {
        self.ordered
    }

    /// The number of levels.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is no level at all.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name of a code.
    pub fn name(&self, code: u32) -> &str {
        &self.names[code as usize]
    }

    /// The code of a name.
    pub fn code(&self, name: &str) -> Option<u32> {
        self.names.iter().position(|n| n == name).map(|i| i as u32)
    }
}

/// The type of a variable or of a formula.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A number, held as a 64-bit float whatever its number of decimals.
    Number,
    /// True or false.
    Boolean,
    /// One of a known set of strings, held as codes.
    Category(Arc<Levels>),
    /// Any string.
    Text,
    /// A calendar day, held as days since 1970-01-01.
    Date,
}

impl Kind {
    /// The word for the type in messages: "a number", "true or false", …
    pub fn phrase(&self) -> &'static str {
        match self {
            Kind::Number => "a number",
            Kind::Boolean => "true or false",
            Kind::Category(_) => "a category",
            Kind::Text => "a text",
            Kind::Date => "a date",
        }
    }
}
