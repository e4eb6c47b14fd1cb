//! The whole scenario.

use std::path::PathBuf;
use std::sync::Arc;

use super::super::reader::At;
use super::claim::{Claim, Correlation};
use super::design::Design;
use super::header::{Citation, Group, Header, JointShares, Protected};
use super::variable::Variable;

/// A scenario as it was written.
#[derive(Debug, Clone)]
pub struct Scenario {
    pub(in crate::scenario) texts: Arc<crate::diag::Sources>,
    pub(in crate::scenario) effective: String,
    pub(in crate::scenario) overridden: bool,
    pub(in crate::scenario) folder: Option<PathBuf>,
    pub(in crate::scenario) mistakes: Vec<crate::diag::Diagnostic>,
    pub(in crate::scenario) unread: Vec<String>,
    pub(in crate::scenario) unread_sources: bool,
    pub(in crate::scenario) canonical: String,
    /// `[scenario]`.
    pub header: Header,
    /// `[protected.*]`, in written order.
    pub protected: Vec<Protected>,
    /// `[shares]`: levels, one a protected variable in written order, and their joint share.
    pub shares: Option<At<JointShares>>,
    /// `[variables.*]`, in written order.
    pub variables: Vec<Variable>,
    /// `[groups.*]`.
    pub groups: Vec<Group>,
    /// `[design]`.
    pub design: Design,
    /// `[[correlations]]`.
    pub correlations: Vec<Correlation>,
    /// `[[claims]]`.
    pub claims: Vec<Claim>,
    /// `[[sources]]`.
    pub sources: Vec<Citation>,
}

impl Scenario {
    /// The texts that places point into.
    pub fn texts(&self) -> &Arc<crate::diag::Sources> {
        &self.texts
    }

    /// The scenario as TOML, exactly as it is run: with what it extends and what the command overrode.
    pub fn effective(&self) -> &str {
        &self.effective
    }

    /// The scenario's content in one form: what it extends and what the command overrode laid over each other, keys in
    /// written order, one spelling of every value, no comments. Two texts of the same canonical text make the same suite.
    pub fn canonical_text(&self) -> &str {
        &self.canonical
    }

    /// Whether the command overrode values, so that claims about the population need not hold.
    pub fn overridden(&self) -> bool {
        self.overridden
    }

    /// The mistakes found while reading. A scenario with mistakes does not compile; they are kept until then so that all
    /// mistakes, those of shape and those of meaning, are told at once.
    pub fn mistakes(&self) -> &[crate::diag::Diagnostic] {
        &self.mistakes
    }

    /// Variables that are there but of which nothing could be read.
    pub(crate) fn unread(&self) -> &[String] {
        &self.unread
    }

    /// Whether a source is there whose id could not be read.
    pub(crate) fn unread_sources(&self) -> bool {
        self.unread_sources
    }

    /// The folder that files are looked up in; none for a text without a file.
    pub fn folder(&self) -> Option<&std::path::Path> {
        self.folder.as_deref()
    }
}
