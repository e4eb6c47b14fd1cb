//! Parameters: a number, a formula, an effects table, or one of these under a link.

use super::super::reader::{At, Sink, number, wrong_type};
use super::super::shape::{EffectsTable, EffectsTerm, Parameter};
use super::super::tree::{Node, Table, Value};
use super::super::written::{FormulaText, formula_problem};
use crate::diag::{Diagnostic, Place, code};
use crate::formula::{Link, Parsed};

const LINKS: &[(&str, Link)] = &[("logit", Link::Logit), ("log", Link::Log)];
const BASE: &str = "base";

/// A parameter; what cannot be read of it is reported.
pub(super) fn parameter(node: &Node, what: &str, sink: &Sink) -> Parameter {
    if let Value::Table(table) = &node.value
        && let [entry] = table.entries.as_slice()
        && let Some((_, link)) = LINKS.iter().find(|(word, _)| *word == entry.key)
    {
        return under_link(&entry.node, what, *link, sink);
    }
    under_link(node, what, Link::Identity, sink)
}

fn under_link(node: &Node, what: &str, link: Link, sink: &Sink) -> Parameter {
    let read = match &node.value {
        Value::Text(text) => formula_at(text, &node.place, sink).map(|f| Parameter::Formula(f, link)),
        Value::Table(table) => Some(Parameter::Effects(effects(table, node, what, link, sink))),
        Value::Integer(_) | Value::Float(_) if matches!(link, Link::Identity) => {
            number(node, what, sink).map(Parameter::Number)
        }
        Value::Integer(_) | Value::Float(_) => number(node, what, sink).map(|base| {
            let (base, place) = (base.value, base.place);
            Parameter::Effects(EffectsTable { base, terms: Vec::new(), link, whole: true, place })
        }),
        other => {
            wrong_type(sink, node, what, "a number, a formula or an effects table", other);
            None
        }
    };
    read.unwrap_or_else(|| Parameter::Unread(node.place.clone()))
}

fn effects(table: &Table, node: &Node, what: &str, link: Link, sink: &Sink) -> EffectsTable {
    let mut base = None;
    let mut terms = Vec::new();
    let mut whole = true;
    for entry in &table.entries {
        if entry.key == BASE {
            base = number(&entry.node, "`base`", sink).map(|n| n.value);
            continue;
        }
        if LINKS.iter().any(|(word, _)| *word == entry.key) {
            whole = false;
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
        let (term, read) = term(&entry.node, &entry.key, sink);
        whole &= read;
        terms.extend(term.map(|term| (At::new(entry.key.clone(), &entry.key_place), term)));
    }
    if table.get(BASE).is_none() {
        sink.push(
            Diagnostic::error(code::MISSING_KEY, format!("the effects table of {what} needs a key `base`"))
                .at(&node.place)
                .hint("the value where every effect is zero, for instance base = 0"),
        );
    }
    whole &= base.is_some();
    EffectsTable { base: base.unwrap_or(f64::NAN), terms, link, whole, place: node.place.clone() }
}

/// What one parent adds, and whether all of it could be read. A parent stays one where its effect could not be read.
fn term(node: &Node, parent: &str, sink: &Sink) -> (Option<EffectsTerm>, bool) {
    let Value::Table(table) = &node.value else {
        let read = number(node, &format!("the effect of `{parent}`"), sink);
        let whole = read.is_some();
        return (read.map(EffectsTerm::Coefficient), whole);
    };
    let levels: Vec<(At<String>, f64)> = table
        .entries
        .iter()
        .map(|entry| {
            let effect = number(&entry.node, &format!("the effect of `{}`", entry.key), sink);
            (At::new(entry.key.clone(), &entry.key_place), effect.map_or(f64::NAN, |e| e.value))
        })
        .collect();
    let whole = levels.iter().all(|(_, effect)| !effect.is_nan());
    (Some(EffectsTerm::Levels(levels)), whole)
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
    let inner = sink.within_quotes(place, text);
    let verbatim = inner.is_some();
    let inner = inner.unwrap_or_else(|| place.clone());
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
