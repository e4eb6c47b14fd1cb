//! The report: one evaluation, several ways to read it.

use std::path::Path;

use super::voice::Voice;
use super::{html, json, junit, markdown, terminal};
use crate::diag::Language;
use crate::error::{Error, Result};
use crate::evaluate::Evaluation;
use crate::verify::Verification;

/// An evaluation to be read.
///
/// ```no_run
/// # fn read(evaluation: &jumelles::evaluate::Evaluation, checks: &jumelles::verify::Verification) -> jumelles::Result<()> {
/// use jumelles::report::{Language, Report};
///
/// let report = Report::of(evaluation).with_verification(checks).in_language(Language::Fr);
/// report.write_html("report.html")?;
/// println!("{}", report.terminal(false));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    evaluation: &'a Evaluation,
    verification: Option<&'a Verification>,
    language: Language,
}

/// A form of a report that is a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    /// One page for people, `.html`.
    Html,
    /// The evaluation itself for programs, `.json`.
    Json,
    /// Test cases for build servers, `.xml`.
    Junit,
    /// A summary for a build's page, `.md`.
    Markdown,
}

impl ReportFormat {
    /// By the end of the file's name.
    ///
    /// # Errors
    ///
    /// The name ends otherwise.
    pub fn of_path(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("html" | "htm") => Ok(ReportFormat::Html),
            Some("json") => Ok(ReportFormat::Json),
            Some("xml") => Ok(ReportFormat::Junit),
            Some("md" | "markdown") => Ok(ReportFormat::Markdown),
            _ => Err(Error::request_hint(
                format!("`{}` does not say which report is wanted", path.display()),
                "end it in `.html`, `.json`, `.xml` (JUnit) or `.md`",
            )),
        }
    }
}

impl<'a> Report<'a> {
    /// A report in English, without a verification.
    pub fn of(evaluation: &'a Evaluation) -> Self {
        Self { evaluation, verification: None, language: Language::En }
    }

    /// The same with the checks of the suite.
    pub fn with_verification(self, checks: &'a Verification) -> Self {
        Self { verification: Some(checks), ..self }
    }

    /// The same in another language.
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// One page that needs nothing else: no script, no other file, no network.
    pub fn html(&self) -> String {
        html::page(&Voice::of(self.language), self.evaluation, self.verification)
    }

    /// The evaluation itself; [`evaluation_schema`](super::evaluation_schema) describes it.
    pub fn json(&self) -> String {
        json::json(self.evaluation)
    }

    /// A test suite a criterion, a test case a comparison. What does not decide, or has no data, is skipped with a message.
    pub fn junit(&self) -> String {
        junit::junit(&Voice::of(self.language), self.evaluation, self.verification)
    }

    /// Verdict, criteria and where to look, for the summary of a build.
    pub fn markdown(&self) -> String {
        markdown::markdown(&Voice::of(self.language), self.evaluation, self.verification)
    }

    /// At most 25 lines for a terminal of 100 columns, coloured or plain.
    pub fn terminal(&self, coloured: bool) -> String {
        terminal::terminal(&Voice::of(self.language), self.evaluation, self.verification, coloured)
    }

    /// In one of the forms that are files.
    pub fn text(&self, format: ReportFormat) -> String {
        match format {
            ReportFormat::Html => self.html(),
            ReportFormat::Json => self.json(),
            ReportFormat::Junit => self.junit(),
            ReportFormat::Markdown => self.markdown(),
        }
    }

    /// Writes the form that the end of the file's name asks for.
    ///
    /// # Errors
    ///
    /// The name ends otherwise, or the file cannot be written.
    pub fn write(&self, path: impl AsRef<Path>) -> Result<()> {
        let format = ReportFormat::of_path(&path)?;
        self.write_as(format, path)
    }

    /// Writes [`html`](Self::html).
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn write_html(&self, path: impl AsRef<Path>) -> Result<()> {
        self.write_as(ReportFormat::Html, path)
    }

    /// Writes a form whatever the file is called.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn write_as(&self, format: ReportFormat, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        std::fs::write(path, self.text(format)).map_err(|error| Error::io("write", path, error))
    }
}
