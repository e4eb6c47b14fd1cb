//! How a variable is made: distributions, categories and the simple generators. Those that read tables are in `tables`.

use super::super::keys;
use super::super::reader::{At, Reader, Sink, number, quoted_list, shown_sum, text, wrong_type};
use super::super::shape::{DateBound, DistributionShape, Generator, Literal, Parameter};
use super::super::tree::{Entry, Node, Table, Value};
use super::header::level;
use super::parameter::{formula, parameter};
use super::tables;
use crate::diag::{Diagnostic, code, nearest};
use crate::dist::{self, Family};

const MOST_LEVELS: usize = 1000;
const MOST_COMPONENTS: usize = 8;
const LONGEST_TEMPLATE: usize = 65_536;

pub(super) fn generator(entry: &Entry, sink: &Sink) -> Option<Generator> {
    let node = &entry.node;
    match entry.key.as_str() {
        "categorical" => categorical(node, sink),
        "empirical" => tables::empirical(node, sink),
        "mixture" => mixture(node, sink),
        "formula" => formula(node, "`formula`", sink).map(Generator::Formula),
        "lookup" => tables::lookup(node, sink),
        "constant" => literal(node, "`constant`", sink).map(Generator::Constant),
        "date" => date(node, sink),
        "names" => tables::names(node, sink),
        "surnames" => tables::list_choice(node, "`surnames`", sink).map(Generator::Surnames),
        "text" => template(node, sink),
        name => {
            let family = dist::family(name).expect("every other generator is a family");
            distribution(node, family, sink).map(Generator::Distribution)
        }
    }
}

fn template(node: &Node, sink: &Sink) -> Option<Generator> {
    let found = text(node, "`text`", sink)?;
    if found.value.len() > LONGEST_TEMPLATE {
        let message = format!("a template has at most {LONGEST_TEMPLATE} bytes, found {}", found.value.len());
        sink.error(code::TOO_LARGE, &node.place, message);
        return None;
    }
    Some(Generator::Text(found))
}

fn distribution(node: &Node, family: &'static Family, sink: &Sink) -> Option<DistributionShape> {
    let Value::Table(table) = &node.value else {
        wrong_type(sink, node, &format!("`{}`", family.name), "a table of parameters", &node.value);
        return None;
    };
    let form = chosen_form(table, node, family, sink)?;
    let parameters: Option<Vec<Parameter>> = form
        .parameters
        .iter()
        .map(|name| {
            let entry = table.get(name).expect("the form was chosen by its keys");
            parameter(&entry.node, &format!("`{name}`"), sink)
        })
        .collect();
    Some(DistributionShape { family, form, parameters: parameters?, place: node.place.clone() })
}

/// The form whose parameters are the keys of the table; what is missing or too much is said against the nearest form.
fn chosen_form(
    table: &Table,
    node: &Node,
    family: &'static Family,
    sink: &Sink,
) -> Option<&'static dist::Form> {
    let has = |name: &str| table.get(name).is_some();
    let exact = family
        .forms
        .iter()
        .find(|form| form.parameters.len() == table.entries.len() && form.parameters.iter().all(|p| has(p)));
    if exact.is_some() {
        return exact;
    }
    let hint = family.forms.iter().map(|f| format!("{{ {} }}", f.parameters.join(", "))).collect::<Vec<_>>();
    let hint = format!("`{}` takes {}", family.name, hint.join(" or "));
    let all = || family.forms.iter().flat_map(|f| f.parameters.iter().copied());
    let strangers: Vec<&Entry> = table.entries.iter().filter(|e| all().all(|p| p != e.key)).collect();
    for stranger in &strangers {
        let message = format!("`{}` has no parameter `{}`", family.name, stranger.key);
        let hint = match nearest(&stranger.key, all()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => hint.clone(),
        };
        sink.push(Diagnostic::error(code::UNKNOWN_KEY, message).at(&stranger.key_place).hint(hint));
    }
    if strangers.is_empty() {
        let found = table.entries.iter().map(|e| e.key.as_str());
        let message = format!("`{}` cannot be made from {}", family.name, quoted_list(found));
        sink.push(Diagnostic::error(code::WRONG_PARAMETERS, message).at(&node.place).hint(hint));
    }
    None
}

fn mixture(node: &Node, sink: &Sink) -> Option<Generator> {
    let Value::Array(items) = &node.value else {
        wrong_type(sink, node, "`mixture`", "a list of distributions", &node.value);
        return None;
    };
    if !(2..=MOST_COMPONENTS).contains(&items.len()) {
        let message = format!("a mixture has 2 to {MOST_COMPONENTS} components, found {}", items.len());
        sink.error(code::OUT_OF_RANGE, &node.place, message);
        return None;
    }
    let components: Option<Vec<_>> = items.iter().map(|item| component(item, sink)).collect();
    let components = components?;
    let discrete = components[0].1.family.discrete;
    if let Some((_, odd)) = components.iter().find(|(_, d)| d.family.discrete != discrete) {
        sink.push(
            Diagnostic::error(
                code::WRONG_PARAMETERS,
                "a mixture cannot join counts and continuous distributions",
            )
            .at(&odd.place)
            .hint("for a share of exact zeros, use `zero = …` with a continuous distribution"),
        );
        return None;
    }
    Some(Generator::Mixture(components))
}

fn component(node: &Node, sink: &Sink) -> Option<(Parameter, DistributionShape)> {
    let Value::Table(table) = &node.value else {
        wrong_type(sink, node, "a component", "a table with a weight and a distribution", &node.value);
        return None;
    };
    let mut weight = None;
    let mut shape = None;
    for entry in &table.entries {
        match dist::family(&entry.key) {
            _ if entry.key == "weight" => weight = parameter(&entry.node, "`weight`", sink),
            Some(family) if shape.is_none() => shape = distribution(&entry.node, family, sink),
            _ => sink.push(
                Diagnostic::error(
                    code::UNKNOWN_KEY,
                    format!("a component of a mixture has no key `{}`", entry.key),
                )
                .at(&entry.key_place)
                .hint("a component is `weight` and one distribution"),
            ),
        }
    }
    if weight.is_none() && table.get("weight").is_none() {
        sink.error(code::MISSING_KEY, &node.place, "a component of a mixture needs a key `weight`");
    }
    if shape.is_none() && table.entries.iter().all(|e| dist::family(&e.key).is_none()) {
        sink.error(code::MISSING_KEY, &node.place, "a component of a mixture needs a distribution");
    }
    Some((weight?, shape?))
}

fn categorical(node: &Node, sink: &Sink) -> Option<Generator> {
    let Value::Table(table) = &node.value else {
        wrong_type(sink, node, "`categorical`", "a table of levels and shares", &node.value);
        return None;
    };
    if !(1..=MOST_LEVELS).contains(&table.entries.len()) {
        let message = format!("`categorical` has 1 to {MOST_LEVELS} levels, found {}", table.entries.len());
        sink.error(code::OUT_OF_RANGE, &node.place, message);
        return None;
    }
    let levels: Option<Vec<_>> = table
        .entries
        .iter()
        .map(|e| Some((level(e, sink)?, parameter(&e.node, &format!("the share of `{}`", e.key), sink)?)))
        .collect();
    let levels = levels?;
    let shares: Vec<f64> = levels
        .iter()
        .filter_map(|(_, p)| match p {
            Parameter::Number(n) => Some(n.value),
            _ => None,
        })
        .collect();
    if let Some((name, _)) = levels.iter().find(|(_, p)| matches!(p, Parameter::Number(n) if n.value < 0.0)) {
        sink.error(
            code::OUT_OF_RANGE,
            &name.place,
            format!("the share of `{}` must not be negative", name.value),
        );
        return None;
    }
    let total: f64 = shares.iter().sum();
    if shares.len() == levels.len() && (total - 1.0).abs() > 1e-9 {
        sink.push(
            Diagnostic::error(code::SHARES_SUM, format!("the shares sum to {}, not to 1", shown_sum(total)))
                .at(&node.place)
                .hint("shares written as formulas or effects tables are weights and need not sum to 1"),
        );
        return None;
    }
    Some(Generator::Categorical(levels))
}

/// A constant of any type.
pub(super) fn literal(node: &Node, what: &str, sink: &Sink) -> Option<At<Literal>> {
    let value = match &node.value {
        Value::Boolean(b) => Literal::Boolean(*b),
        Value::Text(t) => Literal::Text(t.clone()),
        Value::Date(_) => Literal::Date(day(node, what, sink)?.value),
        Value::Integer(_) | Value::Float(_) => Literal::Number(number(node, what, sink)?.value),
        other => {
            wrong_type(sink, node, what, "a number, a string, true, false or a date", other);
            return None;
        }
    };
    Some(At::new(value, &node.place))
}

fn date(node: &Node, sink: &Sink) -> Option<Generator> {
    let reader = Reader::of_node(node, "`date`", keys::DATE, sink)?;
    let from = reader.required("from").and_then(|n| bound(n, "`from`", sink));
    let to = reader.required("to").and_then(|n| bound(n, "`to`", sink));
    let (from, to) = (from?, to?);
    if let (DateBound::Day(first), DateBound::Day(last)) = (&from, &to)
        && first.value > last.value
    {
        sink.error(code::EMPTY_RANGE, &last.place, "`to` is before `from`");
        return None;
    }
    Some(Generator::Date { from, to })
}

fn bound(node: &Node, what: &str, sink: &Sink) -> Option<DateBound> {
    match &node.value {
        Value::Text(text) if !text.starts_with(|c: char| c.is_ascii_digit()) => {
            formula(node, what, sink).map(DateBound::Formula)
        }
        _ => day(node, what, sink).map(DateBound::Day),
    }
}

/// A calendar day, as a TOML date or as a string.
fn day(node: &Node, what: &str, sink: &Sink) -> Option<At<i32>> {
    let written = match &node.value {
        Value::Date(d) => d.to_string(),
        Value::Text(t) => t.clone(),
        other => {
            wrong_type(sink, node, what, "a date such as 2026-01-31", other);
            return None;
        }
    };
    match written.parse::<jiff::civil::Date>() {
        Ok(date) => {
            let epoch = jiff::civil::date(1970, 1, 1);
            let days = (date - epoch).get_days();
            Some(At::new(days, &node.place))
        }
        Err(_) => {
            sink.error(
                code::BAD_DATE,
                &node.place,
                format!("{what} is not a day of the calendar: {}", node.value.shown()),
            );
            None
        }
    }
}
