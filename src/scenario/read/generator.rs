//! How a variable is made: distributions, categories and the simple generators. Those that read tables are in `tables`.

use super::super::keys;
use super::super::reader::{At, Reader, Sink, number, quoted_list, shown_sum, text, wrong_type};
use super::super::shape::{DateBound, DistributionShape, Generator, Literal, Parameter};
use super::super::tree::{Entry, Node, Table, Value};
use super::super::written::TemplateText;
use super::header::level;
use super::parameter::{formula, parameter};
use super::tables;
use crate::diag::{Diagnostic, code, nearest};
use crate::dist::{self, Family};

const MOST_LEVELS: usize = 1000;
const MOST_COMPONENTS: usize = 8;
const LONGEST_TEMPLATE: usize = 65_536;

/// How a variable is made; what cannot be read of it is reported.
pub(super) fn generator(entry: &Entry, sink: &Sink) -> Generator {
    let node = &entry.node;
    let read = match entry.key.as_str() {
        "categorical" => categorical(node, sink),
        "empirical" => tables::empirical(node, sink),
        "mixture" => mixture(node, sink),
        "formula" => formula(node, "`formula`", sink).map(Generator::Formula),
        "lookup" => tables::lookup(node, sink),
        "constant" => literal(node, "`constant`", sink).map(Generator::Constant),
        "date" => date(node, sink),
        "names" => tables::names(node, sink),
        "surnames" => Some(Generator::Surnames(tables::list_choice(node, "`surnames`", sink))),
        "text" => template(node, sink),
        name => {
            let family = dist::family(name).expect("every other generator is a family");
            Some(match distribution(node, family, sink) {
                Ok(shape) => Generator::Distribution(shape),
                Err(parameters) => Generator::Unread { parameters, laws: Vec::new(), names: Vec::new() },
            })
        }
    };
    read.unwrap_or_else(Generator::unread)
}

fn template(node: &Node, sink: &Sink) -> Option<Generator> {
    let text = text(node, "`text`", sink)?.value;
    if text.len() > LONGEST_TEMPLATE {
        let message = format!("a template has at most {LONGEST_TEMPLATE} bytes, found {}", text.len());
        sink.push(
            Diagnostic::error(code::TOO_LARGE, message)
                .at(&node.place)
                .hint("split it into several texts, which a template can join"),
        );
        return None;
    }
    let inner = sink.within_quotes(&node.place, &text);
    let verbatim = inner.is_some();
    Some(Generator::Text(TemplateText { text, place: inner.unwrap_or_else(|| node.place.clone()), verbatim }))
}

/// A distribution, or those of its parameters that could be read where they do not make one.
fn distribution(
    node: &Node,
    family: &'static Family,
    sink: &Sink,
) -> Result<DistributionShape, Vec<Parameter>> {
    let Value::Table(table) = &node.value else {
        wrong_type(sink, node, &format!("`{}`", family.name), "a table of parameters", &node.value);
        return Err(Vec::new());
    };
    let form = chosen_form(table, node, family, sink);
    let read = |entry: &Entry| parameter(&entry.node, &format!("`{}`", entry.key), sink);
    let Some(form) = form else {
        // What is no parameter of the family, and like none of them, may be anything.
        let meant = |entry: &&Entry| nearest(&entry.key, parameters_of(family)).is_some();
        return Err(table.entries.iter().filter(meant).map(read).collect());
    };
    let of_form = form.parameters.iter().filter_map(|name| table.get(name));
    Ok(DistributionShape { family, form, parameters: of_form.map(read).collect(), place: node.place.clone() })
}

fn parameters_of(family: &'static Family) -> impl Iterator<Item = &'static str> {
    family.forms.iter().flat_map(|form| form.parameters.iter().copied())
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
    let strangers: Vec<&Entry> =
        table.entries.iter().filter(|e| parameters_of(family).all(|p| p != e.key)).collect();
    for stranger in &strangers {
        let message = format!("`{}` has no parameter `{}`", family.name, stranger.key);
        let hint = match nearest(&stranger.key, parameters_of(family)) {
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
        sink.push(
            Diagnostic::error(code::OUT_OF_RANGE, message)
                .at(&node.place)
                .hint("each is a table such as { weight = 0.3, normal = { mean = 0, sd = 1 } }"),
        );
        return None;
    }
    let read: Vec<_> = items.iter().map(|item| component(item, sink)).collect();
    let mut parts = Vec::with_capacity(read.len());
    let mut parameters = Vec::new();
    for component in read {
        match component {
            Ok(component) => parts.push(component),
            Err(rest) => parameters.extend(rest),
        }
    }
    let discrete = parts.first().map(|(_, shape)| shape.family.discrete);
    let odd = parts.iter().find(|(_, shape)| Some(shape.family.discrete) != discrete);
    if let Some((_, odd)) = odd {
        sink.push(
            Diagnostic::error(
                code::WRONG_PARAMETERS,
                "a mixture cannot join counts and continuous distributions",
            )
            .at(&odd.place)
            .hint("for a share of exact zeros, use `zero = …` with a continuous distribution"),
        );
    }
    if odd.is_none() && parts.len() == items.len() {
        return Some(Generator::Mixture(parts));
    }
    let (weights, laws): (Vec<Parameter>, Vec<DistributionShape>) = parts.into_iter().unzip();
    parameters.extend(weights);
    Some(Generator::Unread { parameters, laws, names: Vec::new() })
}

/// A component of a mixture, or those of its parameters that could be read where there is no whole one.
fn component(node: &Node, sink: &Sink) -> Result<(Parameter, DistributionShape), Vec<Parameter>> {
    let Value::Table(table) = &node.value else {
        wrong_type(sink, node, "a component", "a table with a weight and a distribution", &node.value);
        return Err(Vec::new());
    };
    let mut weight = None;
    let mut shape = None;
    for entry in &table.entries {
        match dist::family(&entry.key) {
            _ if entry.key == "weight" => {
                let read = parameter(&entry.node, "`weight`", sink);
                negative(&read, "`weight`", sink);
                weight = Some(read);
            }
            Some(family) if shape.is_none() => shape = Some(distribution(&entry.node, family, sink)),
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
    let missing = |message: &str, hint: &str| {
        sink.push(Diagnostic::error(code::MISSING_KEY, message).at(&node.place).hint(hint));
    };
    if weight.is_none() {
        missing(
            "a component of a mixture needs a key `weight`",
            "for instance weight = 0.3; weights are divided by their sum",
        );
    }
    if shape.is_none() {
        missing(
            "a component of a mixture needs a distribution",
            "for instance normal = { mean = 0, sd = 1 }",
        );
    }
    match (weight, shape) {
        (Some(weight), Some(Ok(shape))) => Ok((weight, shape)),
        (weight, Some(Err(parameters))) => Err(weight.into_iter().chain(parameters).collect()),
        (weight, Some(Ok(shape))) => Err(weight.into_iter().chain(shape.parameters).collect()),
        (weight, None) => Err(weight.into_iter().collect()),
    }
}

fn categorical(node: &Node, sink: &Sink) -> Option<Generator> {
    let Value::Table(table) = &node.value else {
        wrong_type(sink, node, "`categorical`", "a table of levels and shares", &node.value);
        return None;
    };
    if !(1..=MOST_LEVELS).contains(&table.entries.len()) {
        let message = format!("`categorical` has 1 to {MOST_LEVELS} levels, found {}", table.entries.len());
        sink.push(
            Diagnostic::error(code::OUT_OF_RANGE, message)
                .at(&node.place)
                .hint("for instance { low = 0.5, high = 0.5 }; more come from a file by `empirical`"),
        );
        return None;
    }
    let levels: Vec<(At<String>, Parameter)> = table
        .entries
        .iter()
        .map(|e| (level(e, sink), parameter(&e.node, &format!("the share of `{}`", e.key), sink)))
        .collect();
    let refused = |(name, share): &(At<String>, Parameter)| {
        negative(share, &format!("the share of `{}`", name.value), sink)
    };
    let negative = levels.iter().filter(|level| refused(level)).count() > 0;
    let numbers: Option<Vec<f64>> = levels
        .iter()
        .map(|(_, share)| if let Parameter::Number(n) = share { Some(n.value) } else { None })
        .collect();
    let total: Option<f64> = numbers.map(|numbers| numbers.iter().sum());
    if let Some(total) = total.filter(|total| !negative && (total - 1.0).abs() > 1e-9) {
        sink.push(
            Diagnostic::error(code::SHARES_SUM, format!("the shares sum to {}, not to 1", shown_sum(total)))
                .at(&node.place)
                .hint("shares written as formulas or effects tables are weights and need not sum to 1"),
        );
    }
    Some(Generator::Categorical(levels))
}

/// Reports a share or weight that is written as a negative number.
fn negative(share: &Parameter, what: &str, sink: &Sink) -> bool {
    let Parameter::Number(share) = share else { return false };
    if share.value < 0.0 {
        let message = format!("{what} must not be negative, found {}", share.value);
        sink.push(
            Diagnostic::error(code::OUT_OF_RANGE, message)
                .at(&share.place)
                .hint("shares and weights say how many of the units: 0 for none"),
        );
    }
    share.value < 0.0
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
    let end = |key: &str| {
        let read = reader.required(key).and_then(|n| bound(n, &format!("`{key}`"), sink));
        read.unwrap_or(DateBound::Unread)
    };
    let (from, to) = (end("from"), end("to"));
    if let (DateBound::Day(first), DateBound::Day(last)) = (&from, &to)
        && first.value > last.value
    {
        sink.push(
            Diagnostic::error(code::EMPTY_RANGE, "`to` is before `from`")
                .at(&last.place)
                .related(&first.place, "the range begins here")
                .hint("exchange the two; both days are included"),
        );
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
            let message = format!("{what} is not a day of the calendar: {}", node.value.shown());
            sink.push(Diagnostic::error(code::BAD_DATE, message).at(&node.place).hint(day_hint(&written)));
            None
        }
    }
}

/// What is wrong with a day: its form, its month, or that its month is shorter.
fn day_hint(written: &str) -> String {
    let mut parts = written.splitn(3, '-');
    let mut number = || parts.next().and_then(|part| part.parse::<i16>().ok());
    if let (Some(year), Some(month), Some(_)) = (number(), number(), number()) {
        let first = i8::try_from(month).ok().and_then(|month| jiff::civil::Date::new(year, month, 1).ok());
        return match first {
            Some(first) => format!("that month has {} days", first.days_in_month()),
            None => "a day is written year-month-day, and months go from 01 to 12".to_owned(),
        };
    }
    "a day is written year-month-day, such as 2026-01-31, without a time; a formula begins with a word, such as date(\"2026-01-31\") - 7".to_owned()
}
