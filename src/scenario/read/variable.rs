//! `[variables.NAME]`.

use super::super::keys;
use super::super::reader::{At, Reader, Sink, quoted_list, texts};
use super::super::shape::{Coupling, Role, Variable};
use super::super::tree::Entry;
use super::generator::generator;
use super::header::{identifier, localised};
use super::parameter::parameter;
use crate::diag::{Diagnostic, code};

pub(super) fn variable(entry: &Entry, sink: &Sink) -> Option<Variable> {
    let name = identifier(entry, "a variable", sink);
    let what = format!("`variables.{}`", entry.key);
    let reader = Reader::of_node(&entry.node, what, keys::VARIABLE, sink)?;
    let role = reader.choice(
        "role",
        &[
            ("proxy", Role::Proxy),
            ("resolving", Role::Resolving),
            ("background", Role::Background),
            ("outcome", Role::Outcome),
        ],
    );
    let modifier = |key: &str| reader.node(key).and_then(|node| parameter(node, &format!("`{key}`"), sink));
    let (min, max, zero, missing) = (modifier("min"), modifier("max"), modifier("zero"), modifier("missing"));
    let made = one_generator(&reader, entry);
    Some(Variable {
        role,
        group: reader.text("group"),
        about: localised(&reader, "about"),
        sources: reader.node("source").map_or_else(Vec::new, |n| texts(n, "`source`", sink)),
        ordered: reader.boolean("ordered").is_some_and(|b| b.value),
        min,
        max,
        decimals: decimals(&reader),
        zero,
        missing,
        coupling: reader.choice("coupling", &[("rank", Coupling::Rank), ("gumbel", Coupling::Gumbel)]),
        placebo: reader.boolean("placebo"),
        incoherent: reader.choice("incoherent", &[("accepted", true)]).is_some(),
        name: name?,
        generator: made?,
    })
}

fn decimals(reader: &Reader) -> Option<At<i32>> {
    let found = reader.integer("decimals")?;
    if (-12..=12).contains(&found.value) {
        return Some(At::new(found.value as i32, &found.place));
    }
    let message = format!("`decimals` must be between -12 and 12, found {}", found.value);
    reader.sink.error(code::OUT_OF_RANGE, &found.place, message);
    None
}

fn one_generator(reader: &Reader, entry: &Entry) -> Option<At<super::super::shape::Generator>> {
    let mut made = reader.table.entries.iter().filter(|e| keys::is_generator(&e.key));
    let Some(first) = made.next() else {
        // A key that is no key may have been meant as the generator; one message is enough then.
        let misspelt = reader.table.entries.iter().any(|e| keys::VARIABLE.iter().all(|k| k.name != e.key));
        if !misspelt {
            reader.sink.push(
                Diagnostic::error(code::NO_GENERATOR, format!("`{}` does not say how it is made", entry.key))
                    .at(&entry.key_place)
                    .hint(format!("give it one of {}", quoted_list(keys::generators()))),
            );
        }
        return None;
    };
    for second in made {
        reader.sink.push(
            Diagnostic::error(
                code::TWO_GENERATORS,
                format!("`{}` is made twice: by `{}` and by `{}`", entry.key, first.key, second.key),
            )
            .at(&second.key_place)
            .related(&first.key_place, "first here"),
        );
    }
    generator(first, reader.sink).map(|g| At::new(g, &first.key_place))
}
