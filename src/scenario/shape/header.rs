//! What a scenario says of itself, of its protected variables, groups and sources.

use super::super::reader::At;
use crate::diag::Language;

/// A text in one language or both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Localised {
    /// In English, or in the only language.
    pub en: Option<String>,
    /// In French, or in the only language.
    pub fr: Option<String>,
}

impl Localised {
    /// The text in a language, or else in the other.
    pub fn get(&self, language: Language) -> &str {
        let (first, second) = match language {
            Language::En => (&self.en, &self.fr),
            Language::Fr => (&self.fr, &self.en),
        };
        first.as_deref().or(second.as_deref()).unwrap_or("")
    }
}

/// `[scenario]`.
#[derive(Debug, Clone)]
pub struct Header {
    /// The short name.
    pub name: At<String>,
    /// The version.
    pub version: String,
    /// The language of texts and names.
    pub language: Language,
    /// The title.
    pub title: Localised,
    /// What it is about.
    pub about: Localised,
    /// Units, unless the command says otherwise.
    pub units: u64,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The licence of suites, where it is stated.
    pub licence: Option<String>,
}

/// `[protected.NAME]`.
#[derive(Debug, Clone)]
pub struct Protected {
    /// The name.
    pub name: At<String>,
    /// Levels and their shares, in written order.
    pub levels: Vec<(At<String>, At<f64>)>,
    /// What it is.
    pub about: Localised,
    /// Sources of the shares.
    pub sources: Vec<At<String>>,
}

/// Combinations of levels, one a protected variable in written order, each with its joint share.
pub type JointShares = Vec<(Vec<String>, f64)>;

/// `[groups.NAME]`.
#[derive(Debug, Clone)]
pub struct Group {
    /// The name.
    pub name: At<String>,
    /// The strength.
    pub strength: Option<At<f64>>,
    /// What it is.
    pub about: Localised,
}

/// `[[sources]]`.
#[derive(Debug, Clone)]
pub struct Citation {
    /// The short name.
    pub id: At<String>,
    /// The title.
    pub title: String,
    /// The publisher.
    pub publisher: Option<String>,
    /// The year.
    pub year: Option<i64>,
    /// The address.
    pub url: Option<String>,
    /// The terms.
    pub licence: Option<String>,
    /// What was read there.
    pub note: Option<String>,
}
