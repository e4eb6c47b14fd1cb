//! From `policy.toml` to a policy: all mistakes at once, each with its place.

use std::path::Path;
use std::sync::Arc;

use super::criterion::{Criterion, Statistic, Wanted};
use super::keys;
use super::shape::Policy;
use crate::diag::{Diagnostic, Diagnostics, Place, Severity, code, nearest};
use crate::error::{Error, Result};
use crate::scenario::{At, Node, Reader, Sink, Value, localised, parse, read_file, texts, wrong_type};

const KINDS: [&str; 6] = ["total", "direct", "proxy", "interaction", "placebo", "population"];
const DEFAULT_ALPHA: f64 = 0.05;
/// Columns that one slice is cut by.
const DEEPEST_SLICE: usize = 3;

impl Policy {
    /// Reads a policy from a file.
    ///
    /// # Errors
    /// The file cannot be read, or is not a policy: every mistake with its place.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Policy> {
        let path = path.as_ref();
        Self::from_text(
            &path.display().to_string(),
            &read_file(
                path,
                "without --policy the default one judges; `docs/policies.md` shows how one is written",
            )?,
        )
    }

    /// Reads a policy from a text that `name` stands for in messages.
    ///
    /// # Errors
    /// It is not a policy: every mistake with its place.
    pub fn from_text(name: &str, text: &str) -> Result<Policy> {
        let sink = Sink::default();
        let source = sink.add_text(name, text);
        let whole = Place { source, range: 0..0 };
        let policy = parse(source, text, &sink).map(|table| {
            let document = Reader::new(&table, &whole, "a policy", keys::POLICY, &sink);
            read(&document, text)
        });
        let (sources, mistakes) = sink.into_parts();
        match policy {
            Some(policy) if mistakes.iter().all(|m| m.severity == Severity::Warning) => Ok(policy),
            _ => Err(Error::Scenario(Diagnostics::new(Arc::new(sources), mistakes))),
        }
    }
}

/// What holds for criteria that do not say otherwise.
struct Defaults {
    alpha: f64,
    minimum_units: u64,
}

fn read(document: &Reader, text: &str) -> Policy {
    let header = document
        .required("policy")
        .and_then(|node| Reader::of_node(node, "`policy`", keys::HEADER, document.sink));
    let empty = Reader::empty(document.place, document.sink);
    let reader = header.as_ref().unwrap_or(&empty);
    let defaults = Defaults {
        alpha: alpha(reader).unwrap_or(DEFAULT_ALPHA),
        minimum_units: minimum_units(reader).unwrap_or(1),
    };
    let named = header.as_ref().and_then(|r| r.required_text("name"));
    Policy {
        name: named.map_or_else(|| "unnamed".to_owned(), |n| n.value),
        title: localised(reader, "title"),
        about: localised(reader, "about"),
        alpha: defaults.alpha,
        outputs: words(reader, "outputs"),
        slices: slices(reader),
        criteria: criteria(document, &defaults),
        text: text.to_owned(),
        hash: blake3::hash(text.as_bytes()).to_hex().to_string(),
        is_default: false,
    }
}

fn words(reader: &Reader, key: &str) -> Vec<String> {
    let node = reader.node(key);
    node.map_or(Vec::new(), |node| texts(node, &format!("`{key}`"), reader.sink))
        .into_iter()
        .map(|at| at.value)
        .collect()
}

fn alpha(reader: &Reader) -> Option<f64> {
    let found = reader.number("alpha")?;
    if found.value > 0.0 && found.value < 0.5 {
        return Some(found.value);
    }
    let message = format!("`alpha` must be above 0 and below 0.5, found {}", found.value);
    reader.sink.push(
        Diagnostic::error(code::BAD_ALPHA, message)
            .at(&found.place)
            .hint("0.05 lets one bound in twenty be wrong"),
    );
    None
}

fn minimum_units(reader: &Reader) -> Option<u64> {
    let found = reader.integer("minimum_units")?;
    if found.value < 1 {
        let message = format!("`minimum_units` must be 1 or more, found {}", found.value);
        reader.sink.error(code::OUT_OF_RANGE, &found.place, message, "for instance 1000");
        return None;
    }
    Some(found.value as u64)
}

/// "a", or ["a", ["b", "c"]]: every entry is one way to cut.
fn slices(reader: &Reader) -> Vec<Vec<String>> {
    let Some(node) = reader.node("slices") else { return Vec::new() };
    let entries: &[Node] = match &node.value {
        Value::Array(items) => items,
        _ => std::slice::from_ref(node),
    };
    let mut found = Vec::new();
    for entry in entries {
        let columns = texts(entry, "a slice", reader.sink);
        if columns.is_empty() || columns.len() > DEEPEST_SLICE {
            let message = format!("a slice has 1 to {DEEPEST_SLICE} columns, found {}", columns.len());
            let hint = "name one column, or two or three in a list of their own, such as [\"region\", \"education\"]";
            reader.sink.error(code::BAD_SLICE, &entry.place, message, hint);
            continue;
        }
        found.push(columns.into_iter().map(|c| c.value).collect());
    }
    found
}

fn criteria(document: &Reader, defaults: &Defaults) -> Vec<Criterion> {
    let sink = document.sink;
    let none = |place: &Place| {
        let diagnostic = Diagnostic::error(code::NO_CRITERION, "the policy has no criterion").at(place);
        sink.push(diagnostic.hint("add [[criteria]] with name, contrast, statistic and limit"));
        Vec::new()
    };
    let Some(node) = document.node("criteria") else { return none(document.place) };
    let Value::Array(items) = &node.value else {
        wrong_type(sink, node, "`criteria`", "a list of tables", &node.value);
        return Vec::new();
    };
    if items.is_empty() {
        return none(&node.place);
    }
    let mut names: Vec<At<String>> = Vec::new();
    let mut found = Vec::new();
    for item in items {
        let Some(reader) = Reader::of_node(item, "a criterion", keys::CRITERION, sink) else { continue };
        let name = reader.required_text("name");
        if let Some(name) = &name {
            if let Some(first) = names.iter().find(|n| n.value == name.value) {
                let message = format!("two criteria are called \"{}\"", name.value);
                let diagnostic = Diagnostic::error(code::SAME_CRITERION, message).at(&name.place);
                let diagnostic = diagnostic.related(&first.place, "the first one");
                sink.push(diagnostic.hint("give each a name of its own"));
            }
            names.push(name.clone());
        }
        found.extend(criterion(&reader, name, defaults));
    }
    found
}

fn criterion(reader: &Reader, name: Option<At<String>>, defaults: &Defaults) -> Option<Criterion> {
    let wanted = reader.required_text("contrast").and_then(|at| wanted(reader, at));
    let statistic = reader.required("statistic").and_then(|_| reader.choice("statistic", &Statistic::WORDS));
    let of_range = reader.choice("of", &[("output", false), ("range", true)]).is_some_and(|at| at.value);
    let limit = reader.required("limit").and_then(|_| reader.number("limit"));
    if let (Some(wanted), Some(statistic)) = (&wanted, &statistic)
        && !statistic.value.is_of(wanted)
    {
        let message = format!("`{}` has no `{}`", wanted.word(), statistic.value.word());
        let fitting = Statistic::WORDS.iter().filter(|(_, other)| other.is_of(wanted)).map(|(word, _)| *word);
        let hint = format!("it has {}", fitting.collect::<Vec<_>>().join(", "));
        reader.sink.error(code::BAD_STATISTIC, &statistic.place, message, hint);
    }
    if let (Some(statistic), Some(limit)) = (&statistic, &limit) {
        check_limit(reader, statistic.value, limit, of_range);
    }
    Some(Criterion {
        name: name?.value,
        wanted: wanted?,
        statistic: statistic?.value,
        limit: limit?.value,
        of_range,
        excess: reader.boolean("excess").is_some_and(|at| at.value),
        variable: reader.text("variable").map(|at| at.value),
        outputs: words(reader, "outputs"),
        alpha: alpha(reader).unwrap_or(defaults.alpha),
        minimum_units: minimum_units(reader).unwrap_or(defaults.minimum_units),
        slices: slices(reader),
    })
}

fn wanted(reader: &Reader, at: At<String>) -> Option<Wanted> {
    let kind = at.value.as_str();
    let group = kind.strip_prefix("proxy:").is_some_and(|group| !group.is_empty());
    if kind == "population" {
        return Some(Wanted::Population);
    }
    if group || KINDS.contains(&kind) {
        return Some(Wanted::Contrast(at.value));
    }
    let hint = match nearest(kind, KINDS) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "total, direct, proxy, proxy:GROUP, interaction, placebo or population".to_owned(),
    };
    let message = format!("no suite has a contrast \"{kind}\"");
    reader.sink.push(Diagnostic::error(code::UNKNOWN_CONTRAST, message).at(&at.place).hint(hint));
    None
}

fn check_limit(reader: &Reader, statistic: Statistic, limit: &At<f64>, of_range: bool) {
    let value = limit.value;
    let (holds, must) = match statistic {
        Statistic::NetFlip | Statistic::FlipRate => (value > 0.0 && value < 1.0, "above 0 and below 1"),
        Statistic::ImpactRatio => (value > 0.0 && value < 1.0, "above 0 and below 1, such as 0.80"),
        Statistic::Mean | Statistic::MeanSize if of_range => {
            (value > 0.0 && value < 1.0, "above 0 and below 1, a share of the range")
        }
        Statistic::Mean | Statistic::MeanSize => (value > 0.0, "positive"),
    };
    if holds {
        return;
    }
    let message = format!("the limit of `{}` must be {must}, found {value}", statistic.word());
    let per_cent =
        (1.0..=100.0).contains(&value) && !matches!(statistic, Statistic::Mean | Statistic::MeanSize);
    let hint = match per_cent {
        true => format!("if per cent are meant, write {}", value / 100.0),
        false => "a limit says how large an effect may be and still not matter".to_owned(),
    };
    reader.sink.error(code::BAD_LIMIT, &limit.place, message, hint);
}
