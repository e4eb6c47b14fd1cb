//! `[scenario]`, `[protected.*]`, `[groups.*]` and `[[sources]]`.

use super::super::keys;
use super::super::reader::{At, Reader, Sink, number, shown_sum, texts, wrong_type};
use super::super::shape::{Citation, Group, Header, Language, Localised, Protected};
use super::super::tree::{Entry, Node, Value};
use crate::diag::{Diagnostic, code};

const MOST_LEVELS: usize = 64;
const MOST_UNITS: i64 = 1 << 40;
const DEFAULT_UNITS: u64 = 10_000;

/// Words that mean something else where a name could stand.
const RESERVED: &[&str] = &[
    "record_id",
    "unit_id",
    "arm",
    "own",
    "base",
    "logit",
    "log",
    "and",
    "or",
    "not",
    "if",
    "then",
    "else",
    "in",
    "true",
    "false",
    "default",
];

pub(super) fn header(document: &Reader) -> Header {
    let reader = document
        .required("scenario")
        .and_then(|node| Reader::of_node(node, "`scenario`", keys::HEADER, document.sink));
    match reader {
        Some(reader) => read_header(&reader),
        None => read_header(&Reader::empty(document.place, document.sink)),
    }
}

fn read_header(reader: &Reader) -> Header {
    let name = match reader.table.entries.is_empty() {
        true => None,
        false => reader.required_text("name"),
    };
    if let Some(name) = &name {
        let good = name.value.starts_with(|c: char| c.is_ascii_lowercase())
            && name.value.len() <= 64
            && name.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !good {
            reader.sink.push(
                Diagnostic::error(code::BAD_NAME, format!("a scenario cannot be called \"{}\"", name.value))
                    .at(&name.place)
                    .hint("small letters, digits and hyphens, a letter first, at most 64"),
            );
        }
    }
    let units = reader.integer("units");
    if let Some(units) = &units
        && !(1..=MOST_UNITS).contains(&units.value)
    {
        let message = format!("`units` must be between 1 and 2^40, found {}", units.value);
        reader.sink.error(code::OUT_OF_RANGE, &units.place, message);
    }
    let language = reader.choice("language", &[("en", Language::En), ("fr", Language::Fr)]);
    Header {
        name: name.unwrap_or_else(|| At::new("unnamed".to_owned(), reader.place)),
        version: reader.text("version").map_or_else(|| "0.1.0".to_owned(), |v| v.value),
        language: language.map_or(Language::En, |l| l.value),
        title: localised(reader, "title"),
        about: localised(reader, "about"),
        units: units.map_or(DEFAULT_UNITS, |u| u.value.max(1) as u64),
        authors: reader.node("authors").map_or_else(Vec::new, |node| {
            texts(node, "`authors`", reader.sink).into_iter().map(|a| a.value).collect()
        }),
        licence: reader.text("licence").map(|l| l.value),
    }
}

/// A text, or a table of a text in each language.
/// A text, or one a language.
pub(crate) fn localised(reader: &Reader, key: &str) -> Localised {
    let Some(node) = reader.node(key) else {
        return Localised::default();
    };
    match &node.value {
        Value::Text(text) => Localised { en: Some(text.clone()), fr: None },
        Value::Table(_) => {
            let Some(inner) = Reader::of_node(node, format!("`{key}`"), keys::LOCALISED, reader.sink) else {
                return Localised::default();
            };
            Localised { en: inner.text("en").map(|t| t.value), fr: inner.text("fr").map(|t| t.value) }
        }
        other => {
            wrong_type(reader.sink, node, &format!("`{key}`"), "a string, or { en = …, fr = … }", other);
            Localised::default()
        }
    }
}

/// The names of variables and groups: they become columns, formula words and parts of arms' names.
pub(super) fn identifier(entry: &Entry, what: &str, sink: &Sink) -> Option<At<String>> {
    let name = &entry.key;
    let good = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() <= 64
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !good || RESERVED.contains(&name.as_str()) {
        let message = format!("{what} cannot be called `{}`", name.chars().take(64).collect::<String>());
        let hint = if good {
            "that word is reserved"
        } else {
            "small letters, digits and underscores, a letter first, at most 64"
        };
        sink.push(Diagnostic::error(code::BAD_NAME, message).at(&entry.key_place).hint(hint));
        return None;
    }
    Some(At::new(name.clone(), &entry.key_place))
}

/// The names of levels: they become folders' names and cells.
pub(super) fn level(entry: &Entry, sink: &Sink) -> Option<At<String>> {
    let name = &entry.key;
    let good =
        !name.is_empty() && name.len() <= 128 && name.trim() == name && !name.chars().any(char::is_control);
    if !good {
        sink.push(
            Diagnostic::error(
                code::BAD_NAME,
                format!("a level cannot be called {:?}", name.chars().take(40).collect::<String>()),
            )
            .at(&entry.key_place)
            .hint("not empty, no blanks around it, no control characters, at most 128 bytes"),
        );
        return None;
    }
    Some(At::new(name.clone(), &entry.key_place))
}

pub(super) fn protected(entry: &Entry, sink: &Sink) -> Option<Protected> {
    let name = identifier(entry, "a protected variable", sink);
    let reader = Reader::of_node(&entry.node, format!("`protected.{}`", entry.key), keys::PROTECTED, sink)?;
    let node = reader.required("levels")?;
    let Value::Table(table) = &node.value else {
        wrong_type(sink, node, "`levels`", "a table of shares", &node.value);
        return None;
    };
    let mut levels = Vec::new();
    for entry in &table.entries {
        let share = number(&entry.node, &format!("the share of `{}`", entry.key), sink)?;
        if !(share.value > 0.0 && share.value < 1.0) {
            let message =
                format!("the share of `{}` must be between 0 and 1, found {}", entry.key, share.value);
            sink.error(code::OUT_OF_RANGE, &share.place, message);
        }
        levels.push((protected_level(entry, sink)?, share));
    }
    if !(2..=MOST_LEVELS).contains(&levels.len()) {
        let message = format!("a protected variable has 2 to {MOST_LEVELS} levels, found {}", levels.len());
        sink.error(code::OUT_OF_RANGE, &node.place, message);
        return None;
    }
    let total: f64 = levels.iter().map(|(_, share)| share.value).sum();
    if (total - 1.0).abs() > 1e-9 {
        sink.push(
            Diagnostic::error(
                code::SHARES_SUM,
                format!("the shares of `{}` sum to {}, not to 1", entry.key, shown_sum(total)),
            )
            .at(&node.place),
        );
    }
    Some(Protected {
        name: name?,
        levels,
        about: localised(&reader, "about"),
        sources: reader.node("source").map_or_else(Vec::new, |n| texts(n, "`source`", sink)),
    })
}

/// Levels of protected variables are also parts of arms' names, which are folders.
fn protected_level(entry: &Entry, sink: &Sink) -> Option<At<String>> {
    let level = level(entry, sink)?;
    let good = level.value.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
        && level.value.chars().next().is_some_and(char::is_alphanumeric)
        && level.value != "own";
    if !good {
        sink.push(
            Diagnostic::error(
                code::BAD_NAME,
                format!("a protected level cannot be called `{}`", level.value),
            )
            .at(&entry.key_place)
            .hint(
                "letters, digits, `_` and `-`; arms and their folders are named after it; `own` is reserved",
            ),
        );
        return None;
    }
    Some(level)
}

pub(super) fn group(entry: &Entry, sink: &Sink) -> Option<Group> {
    let name = identifier(entry, "a group", sink)?;
    let reader = Reader::of_node(&entry.node, format!("`groups.{}`", entry.key), keys::GROUP, sink)?;
    let strength = reader.number("strength");
    if let Some(strength) = &strength {
        check_strength(strength, sink);
    }
    Some(Group { name, strength, about: localised(&reader, "about") })
}

pub(super) fn check_strength(strength: &At<f64>, sink: &Sink) {
    if !(0.0..=1.0).contains(&strength.value) {
        let message = format!("a strength is between 0 and 1, found {}", strength.value);
        sink.push(
            Diagnostic::error(code::OUT_OF_RANGE, message)
                .at(&strength.place)
                .hint("0: the group does not follow its arm at all; 1: as written"),
        );
    }
}

pub(super) fn source(node: &Node, sink: &Sink) -> Option<Citation> {
    let reader = Reader::of_node(node, "a source", keys::SOURCE, sink)?;
    let id = reader.required_text("id");
    let title = reader.required_text("title");
    let plain = |key: &str| reader.text(key).map(|t| t.value);
    Some(Citation {
        publisher: plain("publisher"),
        year: reader.integer("year").map(|y| y.value),
        url: plain("url"),
        licence: plain("licence"),
        note: plain("note"),
        id: id?,
        title: title?.value,
    })
}
