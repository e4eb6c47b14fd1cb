//! `[[claims]]` and `[[correlations]]`.

use super::super::keys;
use super::super::reader::{At, Reader, Sink, number, quoted_list, texts};
use super::super::shape::{Claim, ClaimOf, Correlation};
use super::super::tree::{Node, Value};
use super::header::localised;
use super::parameter::formula;
use crate::diag::{Diagnostic, Place, code};

const KINDS: [&str; 3] = ["share", "mean", "median"];

pub(super) fn claim(node: &Node, sink: &Sink) -> Option<Claim> {
    let reader = Reader::of_node(node, "a claim", keys::CLAIM, sink)?;
    let given: Vec<&str> = KINDS.into_iter().filter(|k| reader.entry(k).is_some()).collect();
    let [kind] = given.as_slice() else {
        sink.push(
            Diagnostic::error(code::BAD_CLAIM, "a claim is about one thing")
                .at(&node.place)
                .hint(format!("give it one of {}", quoted_list(KINDS))),
        );
        return None;
    };
    let read = |key: &str| reader.node(key).and_then(|n| formula(n, &format!("`{key}`"), sink));
    let of = read(kind).map(|f| match *kind {
        "share" => ClaimOf::Share(f),
        "mean" => ClaimOf::Mean(f),
        _ => ClaimOf::Median(f),
    });
    let condition = read("where");
    let by = reader.text("by");
    let expect = reader.required("expect").and_then(|n| expected(n, by.as_ref(), sink));
    let within = reader.number("within");
    if let Some(within) = within.as_ref().filter(|w| w.value < 0.0) {
        sink.error(
            code::OUT_OF_RANGE,
            &within.place,
            format!("`within` must not be negative, found {}", within.value),
        );
    }
    Some(Claim {
        text: localised(&reader, "text"),
        of: of?,
        condition,
        by,
        expect: expect?,
        within: within.map_or(0.0, |w| w.value),
        sources: reader.node("source").map_or_else(Vec::new, |n| texts(n, "`source`", sink)),
        place: node.place.clone(),
    })
}

fn expected(node: &Node, by: Option<&At<String>>, sink: &Sink) -> Option<Vec<(At<String>, f64)>> {
    match (&node.value, by) {
        (Value::Table(table), Some(_)) => table
            .entries
            .iter()
            .map(|e| {
                let value = number(&e.node, &format!("the value for `{}`", e.key), sink)?;
                Some((At::new(e.key.clone(), &e.key_place), value.value))
            })
            .collect(),
        (Value::Table(_), None) => {
            sink.error(code::BAD_CLAIM, &node.place, "`expect` lists levels, but there is no `by`");
            None
        }
        (_, Some(by)) => {
            let message = format!("`expect` needs a value for each level of `{}`", by.value);
            sink.error(code::BAD_CLAIM, &node.place, message);
            None
        }
        (_, None) => {
            number(node, "`expect`", sink).map(|n| vec![(At::new(String::new(), &n.place), n.value)])
        }
    }
}

pub(super) fn correlation(node: &Node, sink: &Sink) -> Option<Correlation> {
    let reader = Reader::of_node(node, "a correlation", keys::CORRELATION, sink)?;
    let between = reader.required("between").map(|n| texts(n, "`between`", sink));
    reader.required("rho");
    let rho = reader.number("rho");
    if let Some(rho) = rho.as_ref().filter(|r| r.value.abs() >= 1.0) {
        let message = format!("`rho` must lie between -1 and 1, found {}", rho.value);
        sink.error(code::BAD_CORRELATION, &rho.place, message);
        return None;
    }
    let between = between?;
    if between.len() < 2 || repeats(&between) {
        let place: &Place = &node.place;
        sink.error(code::BAD_CORRELATION, place, "`between` needs two or more different variables");
        return None;
    }
    Some(Correlation { between, rho: rho?, place: node.place.clone() })
}

fn repeats(names: &[At<String>]) -> bool {
    names.iter().enumerate().any(|(i, a)| names[..i].iter().any(|b| b.value == a.value))
}
