//! Parameters: a number, a formula, an effects table, or one of these under a link.

use super::super::reader::{At, Sink, number, wrong_type};
use super::super::shape::{EffectsTable, EffectsTerm, FormulaText, Parameter};
use super::super::tree::{Node, Table, Value};
use crate::diag::{Code, Diagnostic, Place, code};
use crate::formula::{Link, Parsed, Problem, ProblemKind};

const LINKS: &[(&str, Link)] = &[("logit", Link::Logit), ("log", Link::Log)];
const BASE: &str = "base";

pub(super) fn parameter(node: &Node, what: &str, sink: &Sink) -> Option<Parameter> {
    if let Value::Table(table) = &node.value
        && let [entry] = table.entries.as_slice()
        && let Some((_, link)) = LINKS.iter().find(|(word, _)| *word == entry.key)
    {
        return under_link(&entry.node, what, *link, sink);
    }
    under_link(node, what, Link::Identity, sink)
}

fn under_link(node: &Node, what: &str, link: Link, sink: &Sink) -> Option<Parameter> {
    match &node.value {
        Value::Text(text) => formula_at(text, &node.place, sink).map(|f| Parameter::Formula(f, link)),
        Value::Table(table) => effects(table, node, what, link, sink).map(Parameter::Effects),
        Value::Integer(_) | Value::Float(_) if matches!(link, Link::Identity) => {
            number(node, what, sink).map(Parameter::Number)
        }
        Value::Integer(_) | Value::Float(_) => number(node, what, sink).map(|base| {
            Parameter::Effects(EffectsTable { base: base.value, terms: Vec::new(), link, place: base.place })
        }),
        other => {
            wrong_type(sink, node, what, "a number, a formula or an effects table", other);
            None
        }
    }
}

fn effects(table: &Table, node: &Node, what: &str, link: Link, sink: &Sink) -> Option<EffectsTable> {
    let mut base = None;
    let mut terms = Vec::new();
    for entry in &table.entries {
        if entry.key == BASE {
            base = number(&entry.node, "`base`", sink).map(|n| n.value);
            continue;
        }
        if LINKS.iter().any(|(word, _)| *word == entry.key) {
            sink.push(
                Diagnostic::error(
                    code::BAD_LINK,
                    format!("a link stands alone: `{}` has other keys beside it", entry.key),
                )
                .at(&entry.key_place)
                .hint(format!("write {{ {} = {{ base = …, … }} }}", entry.key)),
            );
            continue;
        }
        if let Some(term) = term(&entry.node, &entry.key, sink) {
            terms.push((At::new(entry.key.clone(), &entry.key_place), term));
        }
    }
    if base.is_none() && table.get(BASE).is_none() {
        sink.push(
            Diagnostic::error(code::MISSING_KEY, format!("the effects table of {what} needs a key `base`"))
                .at(&node.place)
                .hint("the value where every effect is zero"),
        );
    }
    Some(EffectsTable { base: base?, terms, link, place: node.place.clone() })
}

fn term(node: &Node, parent: &str, sink: &Sink) -> Option<EffectsTerm> {
    match &node.value {
        Value::Table(table) => {
            let levels = table.entries.iter().filter_map(|entry| {
                let effect = number(&entry.node, &format!("the effect of `{}`", entry.key), sink)?;
                Some((At::new(entry.key.clone(), &entry.key_place), effect.value))
            });
            Some(EffectsTerm::Levels(levels.collect()))
        }
        _ => number(node, &format!("the effect of `{parent}`"), sink).map(EffectsTerm::Coefficient),
    }
}

/// A node that must be a formula.
pub(super) fn formula(node: &Node, what: &str, sink: &Sink) -> Option<FormulaText> {
    match &node.value {
        Value::Text(text) => formula_at(text, &node.place, sink),
        Value::Boolean(b) => formula_at(&b.to_string(), &node.place, sink),
        other => {
            wrong_type(sink, node, what, "a formula in quotes", other);
            None
        }
    }
}

fn formula_at(text: &str, place: &Place, sink: &Sink) -> Option<FormulaText> {
    // The value's range includes its quotes: without escapes, the text fills it but for one, or three, at each end.
    let width = place.range.len();
    let quotes = (width.saturating_sub(text.len())) / 2;
    let verbatim = matches!(quotes, 1 | 3) && width == text.len() + 2 * quotes;
    let inner = if verbatim {
        Place { source: place.source, range: place.range.start + quotes..place.range.end - quotes }
    } else {
        place.clone()
    };
    match Parsed::parse(text) {
        Ok(parsed) => Some(FormulaText { parsed, text: text.to_owned(), place: inner, verbatim }),
        Err(problems) => {
            for problem in problems {
                sink.push(formula_problem(&problem, &inner, verbatim));
            }
            None
        }
    }
}

/// A problem within a formula as a diagnostic within its file.
pub(in crate::scenario) fn formula_problem(problem: &Problem, place: &Place, verbatim: bool) -> Diagnostic {
    let at = if verbatim {
        Place {
            source: place.source,
            range: place.range.start + problem.at.start..place.range.start + problem.at.end,
        }
    } else {
        place.clone()
    };
    let mut diagnostic = Diagnostic::error(formula_code(problem.kind), problem.message.clone()).at(&at);
    diagnostic.hint = problem.hint.clone();
    diagnostic
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

impl FormulaText {
    /// A problem found when the formula is compiled, as a diagnostic within its file.
    pub(crate) fn diagnostic(&self, problem: &Problem) -> Diagnostic {
        formula_problem(problem, &self.place, self.verbatim)
    }
}
