//! A variable: its role, what it goes with, and how it is made.

use super::super::reader::At;
use super::generator::Generator;
use super::header::Localised;
use super::parameter::Parameter;

/// The role of a variable (`words.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Descends from a protected variable and moves with the arm.
    Proxy,
    /// Descends from a protected variable and stays at the unit's own value.
    Resolving,
    /// Does not descend from a protected variable.
    Background,
    /// Ground truth, kept from the model under test.
    Outcome,
}

impl Role {
    /// The word in the language.
    pub fn word(self) -> &'static str {
        match self {
            Role::Proxy => "proxy",
            Role::Resolving => "resolving",
            Role::Background => "background",
            Role::Outcome => "outcome",
        }
    }
}

/// How twins' draws of one unit are tied together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coupling {
    /// They keep the rank.
    Rank,
    /// Gumbel-max with shared noise: a category changes only if its odds moved against it.
    Gumbel,
}

/// `[variables.NAME]`.
#[derive(Debug, Clone)]
pub struct Variable {
    /// The name.
    pub name: At<String>,
    /// The role, where it is stated.
    pub role: Option<At<Role>>,
    /// The proxy group, where it is stated.
    pub group: Option<At<String>>,
    /// What it is.
    pub about: Localised,
    /// Sources of its figures.
    pub sources: Vec<At<String>>,
    /// How it is made.
    pub generator: At<Generator>,
    /// Whether the order of categories means something.
    pub ordered: Option<At<bool>>,
    /// Truncation from below.
    pub min: Option<Parameter>,
    /// Truncation from above.
    pub max: Option<Parameter>,
    /// Decimals kept.
    pub decimals: Option<At<i32>>,
    /// Share of exact zeros.
    pub zero: Option<Parameter>,
    /// Share of missing cells.
    pub missing: Option<Parameter>,
    /// How twins' draws are tied, where it is stated.
    pub coupling: Option<At<Coupling>>,
    /// Whether placebo arms draw it again.
    pub placebo: Option<At<bool>>,
    /// Whether a contradiction with proxies is accepted.
    pub incoherent: bool,
    /// Whether a role or a group stands there but could not be read.
    pub unread_role: bool,
}

impl Variable {
    /// Whether the order of categories means something.
    pub fn is_ordered(&self) -> bool {
        self.ordered.as_ref().is_some_and(|ordered| ordered.value)
    }
}
