//! What was evaluated: the suite, the predictions, the policy.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::suite::SourceEntry;

/// A text by language: `en`, `fr`; those that the scenario has.
pub type Localised = BTreeMap<String, String>;

/// What the suite is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SuiteFacts {
    /// The suite id.
    pub id: String,
    /// Hash of all values.
    pub content_hash: String,
    /// The seed.
    pub seed: u64,
    /// The scenario's name.
    pub scenario: String,
    /// The scenario's version.
    pub scenario_version: String,
    /// BLAKE3 of the scenario, in hex.
    pub scenario_hash: String,
    /// Whether the command overrode values of the population.
    pub overridden: bool,
    /// The scenario's language: `en` or `fr`.
    pub language: String,
    /// The title.
    pub title: Localised,
    /// What it is about.
    pub about: Localised,
    /// Who wrote the scenario.
    pub authors: Vec<String>,
    /// Units, each of which has one record in every arm.
    pub units: u64,
    /// The kind of the design.
    pub design: String,
    /// The protected variables with their levels, in order.
    pub protected: Vec<(String, Vec<String>)>,
    /// The arms.
    pub arms: Vec<ArmFacts>,
    /// What differs between twins, by group; the shown protected variables first, without a group.
    pub moved: Vec<Moved>,
    /// What is the same in all twins.
    pub held: Vec<Held>,
    /// Where the scenario's figures come from.
    pub sources: Vec<SourceEntry>,
    /// Whether the placebo arms exist, so that excess can be told.
    pub has_placebo: bool,
}

/// An arm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArmFacts {
    /// The name.
    pub name: String,
    /// The level shown, by protected variable; `own` for the unit's own.
    pub show: BTreeMap<String, String>,
    /// The levels followed, by group and protected variable.
    pub follow: BTreeMap<String, BTreeMap<String, String>>,
    /// The base arm, if it is a placebo.
    pub placebo_of: Option<String>,
}

/// Columns that differ between twins for one reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Moved {
    /// The proxy group; none for the protected variables themselves.
    pub group: Option<String>,
    /// What the group is, in words.
    pub about: Localised,
    /// Its columns.
    pub columns: Vec<MovedColumn>,
}

/// A column that differs between twins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MovedColumn {
    /// The name.
    pub name: String,
    /// Its kind: `integer`, `number`, `boolean`, `category`, `text` or `date`.
    pub kind: String,
    /// What it is, in words.
    pub about: Localised,
}

/// A column that is equal in all twins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Held {
    /// The name.
    pub name: String,
    /// `resolving`, `background`, or `protected` and `proxy` where the design does not move them.
    pub role: String,
    /// What it is, in words.
    pub about: Localised,
}

/// What was predicted, and where it was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PredictionFacts {
    /// The files, in the order given.
    pub files: Vec<FileFacts>,
    /// Rows of all files.
    pub rows: u64,
    /// The most answers that a record has, where the model was asked repeatedly; 1 otherwise.
    pub repeats: u64,
    /// Rows that are irregular as a whole.
    pub irregular_rows: Vec<RowIrregularity>,
    /// Columns that are no outputs.
    pub ignored_columns: Vec<String>,
}

/// A file of predictions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FileFacts {
    /// Its path.
    pub path: String,
    /// BLAKE3 of its bytes, in hex.
    pub hash: String,
    /// Its size.
    pub bytes: u64,
}

/// Rows that are irregular as a whole: no output can use them, or it is not known which record they are of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RowIrregularity {
    /// `duplicate`, `unknown-id`, `other-suite`, `unreadable` or `unknown-status`.
    pub kind: String,
    /// The arm, where it is known.
    pub arm: Option<String>,
    /// How many.
    pub count: u64,
    /// A few of them: file, row, id, value.
    pub examples: Vec<String>,
}

/// What the policy is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PolicyFacts {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Localised,
    /// BLAKE3 of its text, in hex.
    pub hash: String,
    /// The error probability of one bound, unless a criterion says otherwise.
    pub alpha: f64,
    /// Its text.
    pub text: String,
    /// Whether it is the one that comes with the program: defaults to be justified by the user, not law.
    pub is_default: bool,
}
