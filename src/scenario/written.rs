//! Formulas and templates: texts within the scenario's text, whose parts have places of their own.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Place, code};
use crate::formula::{FUNCTIONS, Parsed, Problem, ProblemKind};

/// A formula and where it stands.
#[derive(Debug, Clone)]
pub struct FormulaText {
    /// The parsed formula.
    pub parsed: Parsed,
    /// The text.
    pub text: String,
    /// Where the text stands, within its quotes.
    pub place: Place,
    /// Whether a byte of the text is a byte of the file (no escapes), so that a caret can point into it.
    pub verbatim: bool,
}

impl FormulaText {
    /// Where a part of the formula stands.
    pub(crate) fn within(&self, part: &Range<usize>) -> Place {
        within(&self.place, self.verbatim, part)
    }

    /// A problem found when the formula is compiled, as a diagnostic within its file.
    pub(crate) fn diagnostic(&self, problem: &Problem) -> Diagnostic {
        formula_problem(problem, &self.place, self.verbatim)
    }
}

/// A template and where it stands.
#[derive(Debug, Clone)]
pub struct TemplateText {
    /// The text.
    pub text: String,
    /// Where the text stands, within its quotes.
    pub place: Place,
    /// Whether a byte of the text is a byte of the file (no escapes), so that a caret can point into it.
    pub verbatim: bool,
}

impl TemplateText {
    /// Where a part of the template stands.
    pub(crate) fn within(&self, part: &Range<usize>) -> Place {
        within(&self.place, self.verbatim, part)
    }
}

/// A part of a text that stands at `place`; the whole where escapes make the two differ.
fn within(place: &Place, verbatim: bool, part: &Range<usize>) -> Place {
    match verbatim {
        true => Place {
            source: place.source,
            range: place.range.start + part.start..place.range.start + part.end,
        },
        false => place.clone(),
    }
}

/// A problem within a formula as a diagnostic within its file.
pub(super) fn formula_problem(problem: &Problem, place: &Place, verbatim: bool) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(formula_code(problem.kind), problem.message.clone()).at(&within(
        place,
        verbatim,
        &problem.at,
    ));
    diagnostic.hint = Some(problem.hint.clone().unwrap_or_else(|| usual_hint(problem)));
    diagnostic
}

/// What to do where the problem itself has no better advice.
fn usual_hint(problem: &Problem) -> String {
    let says = |words: &str| problem.message.contains(words);
    match problem.kind {
        ProblemKind::Syntax if says("expected a value") => {
            "a number, a variable, a text in quotes or an expression in parentheses is missing here".to_owned()
        }
        ProblemKind::Syntax if says("operator is missing") => {
            "write what joins the two, such as + - * / or a comparison".to_owned()
        }
        ProblemKind::Syntax if says("closes nothing") => "leave it out, or open it before".to_owned(),
        ProblemKind::Syntax => {
            "formulas look like max(0, age - 22) * 2, or if age > 30 then 'older' else 'younger'".to_owned()
        }
        ProblemKind::UnknownFunction => {
            let names: Vec<&str> = FUNCTIONS.iter().map(|function| function.name).collect();
            format!("the functions are {}", names.join(", "))
        }
        ProblemKind::UnknownVariable => "`jumelles check` lists the variables of a scenario".to_owned(),
        ProblemKind::UnknownLevel => "levels are compared letter by letter, capitals too".to_owned(),
        ProblemKind::WrongArguments => "the reference of the language lists each function with its values".to_owned(),
        ProblemKind::Type => {
            "numbers are computed with, categories and texts are compared; `if … then … else …` makes one of the other".to_owned()
        }
        ProblemKind::TooDeep | ProblemKind::TooLong => "split it into several variables".to_owned(),
    }
}

fn formula_code(kind: ProblemKind) -> &'static Code {
    match kind {
        ProblemKind::Syntax => code::FORMULA_SYNTAX,
        ProblemKind::TooDeep | ProblemKind::TooLong => code::TOO_LARGE,
        ProblemKind::UnknownVariable => code::UNKNOWN_VARIABLE,
        ProblemKind::UnknownFunction => code::UNKNOWN_FUNCTION,
        ProblemKind::WrongArguments => code::WRONG_ARGUMENTS,
        ProblemKind::Type => code::FORMULA_TYPE,
        ProblemKind::UnknownLevel => code::UNKNOWN_LEVEL,
    }
}
