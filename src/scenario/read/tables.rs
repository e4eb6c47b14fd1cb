//! Generators that read tables: empirical distributions, lookups, names.

use super::super::keys;
use super::super::reader::{At, Reader, Sink, number, text, texts, wrong_type};
use super::super::shape::{Generator, ListChoice, LookupShape, LookupTable, NamesShape, SexChoice};
use super::super::tree::{Node, Table, Value};
use super::generator::literal;
use super::parameter::parameter;
use crate::diag::{Diagnostic, Place, code};
use crate::names::{Epicene, Sex};

pub(super) fn empirical(node: &Node, sink: &Sink) -> Option<Generator> {
    let reader = Reader::of_node(node, "`empirical`", keys::EMPIRICAL, sink)?;
    if let Some(points) = reader.node("quantiles") {
        if let Some(file) = reader.entry("file") {
            sink.push(
                Diagnostic::error(code::TWO_GENERATORS, "`empirical` takes either `quantiles` or `file`")
                    .at(&file.key_place)
                    .hint("keep one of the two"),
            );
        }
        return quantiles(points, sink);
    }
    if reader.entry("file").is_none() {
        sink.push(
            Diagnostic::error(code::MISSING_KEY, "`empirical` needs `quantiles`, or `file` and `column`")
                .at(&node.place)
                .hint("for instance { file = \"incomes.csv\", column = \"income\" } or { quantiles = [[0, 18], [1, 70]] }"),
        );
        return None;
    }
    let (file, column) = (reader.text("file"), reader.required_text("column"));
    Some(Generator::EmpiricalFile { file: file?, column: column? })
}

fn quantiles(node: &Node, sink: &Sink) -> Option<Generator> {
    let Value::Array(items) = &node.value else {
        wrong_type(sink, node, "`quantiles`", "a list of pairs", &node.value);
        return None;
    };
    let read: Vec<Option<(f64, f64)>> = items.iter().map(|item| quantile(item, sink)).collect();
    let points: Vec<(f64, f64)> = read.into_iter().collect::<Option<_>>()?;
    let rising = points.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 <= w[1].1);
    let whole = points.first().is_some_and(|p| p.0 == 0.0) && points.last().is_some_and(|p| p.0 == 1.0);
    if !rising || !whole {
        sink.push(
            Diagnostic::error(
                code::OUT_OF_RANGE,
                "probabilities must rise from 0 to 1 and values must not fall",
            )
            .at(&node.place)
            .hint("for instance [[0, 18], [0.5, 35], [1, 70]]"),
        );
        return None;
    }
    Some(Generator::Quantiles(points))
}

fn quantile(item: &Node, sink: &Sink) -> Option<(f64, f64)> {
    let Value::Array(pair) = &item.value else {
        wrong_type(sink, item, "a quantile", "a pair [probability, value]", &item.value);
        return None;
    };
    let [probability, value] = pair.as_slice() else {
        wrong_type(sink, item, "a quantile", "a pair [probability, value]", &item.value);
        return None;
    };
    let (probability, value) = (number(probability, "a probability", sink), number(value, "a value", sink));
    Some((probability?.value, value?.value))
}

pub(super) fn lookup(node: &Node, sink: &Sink) -> Option<Generator> {
    let reader = Reader::of_node(node, "`lookup`", keys::LOOKUP, sink)?;
    let by = reader.required("by").map_or_else(Vec::new, |n| texts(n, "`by`", sink));
    let default = reader.node("default").map(|n| literal(n, "`default`", sink));
    let mut whole = !matches!(default, Some(None));
    let table = match (reader.node("table"), reader.text("file")) {
        (Some(table), None) if !by.is_empty() => {
            let mut rows = Vec::new();
            whole &= descend(table, by.len(), &mut Vec::new(), &mut rows, sink);
            Some(LookupTable::Inline(rows))
        }
        (Some(_), None) => None,
        (None, Some(file)) => reader.required_text("value").map(|value| LookupTable::File { file, value }),
        (None, None) if reader.entry("file").is_some() => None,
        _ => {
            sink.push(
                Diagnostic::error(code::MISSING_KEY, "`lookup` needs either `table`, or `file` and `value`")
                    .at(&node.place)
                    .hint("for instance table = { female = 1, male = 2 }, or file = \"prices.csv\" and value = \"price\""),
            );
            None
        }
    };
    match table {
        Some(table) if !by.is_empty() => {
            let default = default.flatten();
            Some(Generator::Lookup(LookupShape { by, table, default, whole, place: node.place.clone() }))
        }
        _ => Some(Generator::Unread { parameters: Vec::new(), laws: Vec::new(), names: by }),
    }
}

/// Reads the rows of a nested table; false where some could not be read.
fn descend(
    node: &Node,
    left: usize,
    keys: &mut Vec<At<String>>,
    rows: &mut Vec<(Vec<At<String>>, At<super::super::shape::Literal>)>,
    sink: &Sink,
) -> bool {
    if left == 0 {
        let value = literal(node, "a value of the table", sink);
        let read = value.is_some();
        rows.extend(value.map(|value| (keys.clone(), value)));
        return read;
    }
    let Value::Table(table) = &node.value else {
        wrong_type(sink, node, "the table of a lookup", "a table for each variable of `by`", &node.value);
        return false;
    };
    let mut whole = true;
    for entry in &table.entries {
        keys.push(At::new(entry.key.clone(), &entry.key_place));
        whole &= descend(&entry.node, left - 1, keys, rows, sink);
        keys.pop();
    }
    whole
}

pub(super) fn names(node: &Node, sink: &Sink) -> Option<Generator> {
    let reader = Reader::of_node(node, "`names`", keys::NAMES, sink)?;
    let list = reader.required("list").map_or(ListChoice::Unread, |n| list_choice(n, "`list`", sink));
    let sex = match reader.node("sex") {
        None => SexChoice::FromLevels,
        Some(node) => sex_choice(node, sink).unwrap_or(SexChoice::Unread),
    };
    Some(Generator::Names(NamesShape {
        born: reader.node("born").map(|n| parameter(n, "`born`", sink)),
        by: reader.text("by"),
        epicene: epicene(&reader),
        place: node.place.clone(),
        list,
        sex,
    }))
}

/// A list, or `{ variable = { level = list, … } }`.
pub(super) fn list_choice(node: &Node, what: &str, sink: &Sink) -> ListChoice {
    let Value::Table(table) = &node.value else {
        return text(node, what, sink).map_or(ListChoice::Unread, ListChoice::One);
    };
    let [entry] = table.entries.as_slice() else {
        wrong_type(sink, node, what, "a list, or { variable = { level = list } }", &node.value);
        return ListChoice::Unread;
    };
    // `surnames = { list = … }` reads like `names = { list = … }`.
    if entry.key == "list" {
        return list_choice(&entry.node, what, sink);
    }
    let Value::Table(lists) = &entry.node.value else {
        wrong_type(sink, &entry.node, what, "a list for each level", &entry.node.value);
        return ListChoice::Unread;
    };
    let lists: Vec<Option<_>> = lists
        .entries
        .iter()
        .map(|e| Some((At::new(e.key.clone(), &e.key_place), text(&e.node, what, sink)?)))
        .collect();
    match lists.into_iter().collect::<Option<Vec<_>>>() {
        Some(lists) => ListChoice::By { variable: At::new(entry.key.clone(), &entry.key_place), lists },
        None => ListChoice::Unread,
    }
}

fn sex_choice(node: &Node, sink: &Sink) -> Option<SexChoice> {
    match &node.value {
        Value::Table(table) => by_level(table, sink).map(SexChoice::By),
        _ => {
            let word = text(node, "`sex`", sink)?;
            sex(&word.value, &word.place, sink).map(SexChoice::One)
        }
    }
}

fn by_level(table: &Table, sink: &Sink) -> Option<Vec<(At<String>, Sex)>> {
    let read: Vec<Option<_>> = table
        .entries
        .iter()
        .map(|e| {
            let word = text(&e.node, "`sex`", sink)?;
            Some((At::new(e.key.clone(), &e.key_place), sex(&word.value, &word.place, sink)?))
        })
        .collect();
    read.into_iter().collect()
}

fn sex(word: &str, place: &Place, sink: &Sink) -> Option<Sex> {
    let found = word.parse().ok();
    if found.is_none() {
        sink.push(
            Diagnostic::error(code::UNKNOWN_CHOICE, format!("`sex` cannot be \"{word}\""))
                .at(place)
                .hint("it is \"F\", \"M\" or \"epicene\": whose names are drawn"),
        );
    }
    found
}

fn epicene(reader: &Reader) -> Epicene {
    let Some(node) = reader.node("epicene") else {
        return Epicene::default();
    };
    match &node.value {
        Value::Text(word) if word == "exclude" => Epicene::default(),
        Value::Text(word) if word == "include" => Epicene::Include,
        Value::Float(bound) if (0.0..=0.5).contains(bound) => Epicene::Exclude(*bound),
        other => {
            reader.sink.push(
                Diagnostic::error(code::UNKNOWN_CHOICE, format!("`epicene` cannot be {}", other.shown()))
                    .at(&node.place)
                    .hint("\"exclude\", \"include\", or the largest share of the rarer sex that is kept, 0.0 to 0.5"),
            );
            Epicene::default()
        }
    }
}
