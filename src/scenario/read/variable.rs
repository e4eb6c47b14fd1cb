//! `[variables.NAME]`.

use super::super::keys;
use super::super::reader::{At, Reader, Sink, quoted_list, texts};
use super::super::shape::{Coupling, Generator, Role, Variable};
use super::super::tree::Entry;
use super::generator::generator;
use super::header::{identifier, localised};
use super::parameter::parameter;
use crate::diag::{Diagnostic, code};

pub(super) fn variable(entry: &Entry, sink: &Sink) -> Option<Variable> {
    let name = identifier(entry, "a variable", sink)?;
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
    let modifier = |key: &str| reader.node(key).map(|node| parameter(node, &format!("`{key}`"), sink));
    let (min, max, zero, missing) = (modifier("min"), modifier("max"), modifier("zero"), modifier("missing"));
    let generator = one_generator(&reader, entry);
    let group = reader.text("group");
    let unread = |key: &str, read: bool| reader.entry(key).is_some() && !read;
    Some(Variable {
        unread_role: unread("role", role.is_some()) || unread("group", group.is_some()),
        role,
        group,
        about: localised(&reader, "about"),
        sources: reader.node("source").map_or_else(Vec::new, |n| texts(n, "`source`", sink)),
        ordered: reader.boolean("ordered"),
        min,
        max,
        decimals: decimals(&reader),
        zero,
        missing,
        coupling: reader.choice("coupling", &[("rank", Coupling::Rank), ("gumbel", Coupling::Gumbel)]),
        placebo: reader.boolean("placebo"),
        incoherent: reader.choice("incoherent", &[("accepted", true)]).is_some(),
        name,
        generator,
    })
}

fn decimals(reader: &Reader) -> Option<At<i32>> {
    let found = reader.integer("decimals")?;
    if (-12..=12).contains(&found.value) {
        return Some(At::new(found.value as i32, &found.place));
    }
    let message = format!("`decimals` must be between -12 and 12, found {}", found.value);
    reader.sink.push(
        Diagnostic::error(code::OUT_OF_RANGE, message)
            .at(&found.place)
            .hint("2 keeps hundredths, 0 whole numbers, -3 whole thousands"),
    );
    None
}

fn one_generator(reader: &Reader, entry: &Entry) -> At<Generator> {
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
        return At::new(Generator::unread(), &entry.key_place);
    };
    for second in made {
        reader.sink.push(
            Diagnostic::error(
                code::TWO_GENERATORS,
                format!("`{}` is made twice: by `{}` and by `{}`", entry.key, first.key, second.key),
            )
            .at(&second.key_place)
            .related(&first.key_place, "first here")
            .hint("keep one of the two"),
        );
        // Read for its mistakes only.
        generator(second, reader.sink);
    }
    At::new(generator(first, reader.sink), &first.key_place)
}
