//! `[[claims]]` and `[[correlations]]`.

use super::super::keys;
use super::super::reader::{At, Reader, Sink, number, quoted_list, texts};
use super::super::shape::{Claim, ClaimOf, Correlation};
use super::super::tree::{Entry, Node, Value};
use super::header::localised;
use super::parameter::formula;
use crate::diag::{Diagnostic, code};

const KINDS: [&str; 3] = ["share", "mean", "median"];

pub(super) fn claim(node: &Node, sink: &Sink) -> Option<Claim> {
    let reader = Reader::of_node(node, "a claim", keys::CLAIM, sink)?;
    let given: Vec<&str> = KINDS.into_iter().filter(|k| reader.entry(k).is_some()).collect();
    if given.len() != 1 {
        let message = match given.as_slice() {
            [] => "a claim does not say what it is about".to_owned(),
            several => format!(
                "a claim is about one thing, and this one has {}",
                quoted_list(several.iter().copied())
            ),
        };
        sink.push(
            Diagnostic::error(code::BAD_CLAIM, message)
                .at(&node.place)
                .hint("give it one of `share` (of a condition), `mean` and `median` (of a number)"),
        );
    }
    let read = |key: &str| reader.node(key).and_then(|n| formula(n, &format!("`{key}`"), sink));
    let read_as = |kind: &str| {
        let formula = read(kind)?;
        Some(match kind {
            "share" => ClaimOf::Share(formula),
            "mean" => ClaimOf::Mean(formula),
            _ => ClaimOf::Median(formula),
        })
    };
    let of = given.iter().map(|kind| read_as(kind)).fold(None, |first, next| first.or(next));
    let condition = read("where");
    let by = reader.text("by");
    let expect = reader.required("expect").and_then(|n| expected(n, by.as_ref(), sink));
    let within = reader.number("within");
    if let Some(within) = within.as_ref().filter(|w| w.value < 0.0) {
        sink.push(
            Diagnostic::error(
                code::OUT_OF_RANGE,
                format!("`within` must not be negative, found {}", within.value),
            )
            .at(&within.place)
            .hint("how far off the claim may be, beyond sampling error, for instance 0.005"),
        );
    }
    Some(Claim {
        text: localised(&reader, "text"),
        of,
        condition,
        by,
        expect: expect.unwrap_or_default(),
        within: within.map_or(0.0, |w| w.value),
        sources: reader.node("source").map_or_else(Vec::new, |n| texts(n, "`source`", sink)),
        place: node.place.clone(),
    })
}

fn expected(node: &Node, by: Option<&At<String>>, sink: &Sink) -> Option<Vec<(At<String>, f64)>> {
    match (&node.value, by) {
        (Value::Table(table), Some(_)) => {
            let value = |e: &Entry| {
                let value = number(&e.node, &format!("the value for `{}`", e.key), sink);
                // A level stays one where its value could not be read.
                (At::new(e.key.clone(), &e.key_place), value.map_or(f64::NAN, |v| v.value))
            };
            Some(table.entries.iter().map(value).collect())
        }
        (Value::Table(_), None) => {
            sink.push(
                Diagnostic::error(code::BAD_CLAIM, "`expect` lists levels, but there is no `by`")
                    .at(&node.place)
                    .hint("add the variable whose levels these are, for instance by = \"gender\""),
            );
            None
        }
        (_, Some(by)) => {
            let message = format!(
                "`expect` needs a value for each level of `{}`, found {}",
                by.value,
                node.value.shown()
            );
            sink.push(
                Diagnostic::error(code::BAD_CLAIM, message)
                    .at(&node.place)
                    .hint("for instance expect = { female = 0.4, male = 0.1 }"),
            );
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
        sink.push(
            Diagnostic::error(code::BAD_CORRELATION, message)
                .at(&rho.place)
                .hint("0 is no correlation; for 1, let one variable be a formula of the other"),
        );
    }
    let between = between?;
    if between.len() < 2 || repeats(&between) {
        let found = quoted_list(between.iter().map(|name| name.value.as_str()));
        sink.push(
            Diagnostic::error(
                code::BAD_CORRELATION,
                format!("`between` needs two or more different variables, found {found}"),
            )
            .at(&node.place)
            .hint("for instance between = [\"numeracy\", \"verbal\"]"),
        );
        return None;
    }
    // The names are looked up also where the number could not be read or cannot be meant.
    let rho = rho.filter(|rho| rho.value.abs() < 1.0).unwrap_or_else(|| At::new(f64::NAN, &node.place));
    Some(Correlation { between, rho, place: node.place.clone() })
}

fn repeats(names: &[At<String>]) -> bool {
    names.iter().enumerate().any(|(i, a)| names[..i].iter().any(|b| b.value == a.value))
}
