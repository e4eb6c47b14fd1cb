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
            sink.error(
                code::TWO_GENERATORS,
                &file.key_place,
                "`empirical` takes either `quantiles` or `file`",
            );
        }
        return quantiles(points, sink);
    }
    if reader.entry("file").is_none() {
        sink.push(
            Diagnostic::error(code::MISSING_KEY, "`empirical` needs `quantiles`, or `file` and `column`")
                .at(&node.place),
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
    let mut points = Vec::with_capacity(items.len());
    for item in items {
        let pair = match &item.value {
            Value::Array(pair) if pair.len() == 2 => pair,
            other => {
                wrong_type(sink, item, "a quantile", "a pair [probability, value]", other);
                return None;
            }
        };
        points
            .push((number(&pair[0], "a probability", sink)?.value, number(&pair[1], "a value", sink)?.value));
    }
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

pub(super) fn lookup(node: &Node, sink: &Sink) -> Option<Generator> {
    let reader = Reader::of_node(node, "`lookup`", keys::LOOKUP, sink)?;
    let by = reader.required("by").map(|n| texts(n, "`by`", sink)).filter(|by| !by.is_empty());
    let default = reader.node("default").and_then(|n| literal(n, "`default`", sink));
    let table = match (reader.node("table"), reader.text("file")) {
        (Some(table), None) => inline(table, by.as_deref()?, sink)?,
        (None, Some(file)) => LookupTable::File { file, value: reader.required_text("value")? },
        _ => {
            sink.error(
                code::MISSING_KEY,
                &node.place,
                "`lookup` needs either `table`, or `file` and `value`",
            );
            return None;
        }
    };
    Some(Generator::Lookup(LookupShape { by: by?, table, default, place: node.place.clone() }))
}

fn inline(node: &Node, by: &[At<String>], sink: &Sink) -> Option<LookupTable> {
    let mut rows = Vec::new();
    let mut keys = Vec::new();
    let whole = descend(node, by.len(), &mut keys, &mut rows, sink);
    whole.then_some(LookupTable::Inline(rows))
}

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
    table.entries.iter().all(|entry| {
        keys.push(At::new(entry.key.clone(), &entry.key_place));
        let read = descend(&entry.node, left - 1, keys, rows, sink);
        keys.pop();
        read
    })
}

pub(super) fn names(node: &Node, sink: &Sink) -> Option<Generator> {
    let reader = Reader::of_node(node, "`names`", keys::NAMES, sink)?;
    let list = reader.required("list").and_then(|n| list_choice(n, "`list`", sink));
    let sex = match reader.node("sex") {
        None => Some(SexChoice::FromLevels),
        Some(node) => sex_choice(node, sink),
    };
    Some(Generator::Names(NamesShape {
        born: reader.node("born").and_then(|n| parameter(n, "`born`", sink)),
        by: reader.text("by"),
        epicene: epicene(&reader),
        place: node.place.clone(),
        list: list?,
        sex: sex?,
    }))
}

/// A list, or `{ variable = { level = list, … } }`.
pub(super) fn list_choice(node: &Node, what: &str, sink: &Sink) -> Option<ListChoice> {
    let Value::Table(table) = &node.value else {
        return text(node, what, sink).map(ListChoice::One);
    };
    let [entry] = table.entries.as_slice() else {
        wrong_type(sink, node, what, "a list, or { variable = { level = list } }", &node.value);
        return None;
    };
    // `surnames = { list = … }` reads like `names = { list = … }`.
    if entry.key == "list" {
        return list_choice(&entry.node, what, sink);
    }
    let Value::Table(lists) = &entry.node.value else {
        wrong_type(sink, &entry.node, what, "a list for each level", &entry.node.value);
        return None;
    };
    let lists: Option<Vec<_>> = lists
        .entries
        .iter()
        .map(|e| Some((At::new(e.key.clone(), &e.key_place), text(&e.node, what, sink)?)))
        .collect();
    Some(ListChoice::By { variable: At::new(entry.key.clone(), &entry.key_place), lists: lists? })
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
    table
        .entries
        .iter()
        .map(|e| {
            let word = text(&e.node, "`sex`", sink)?;
            Some((At::new(e.key.clone(), &e.key_place), sex(&word.value, &word.place, sink)?))
        })
        .collect()
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
