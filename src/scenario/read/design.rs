//! `[design]`.

use super::super::keys;
use super::super::reader::{At, Reader, Sink, number, text, texts, wrong_type};
use super::super::shape::{ArmLevels, ArmShape, ContrastShape, Design, DesignKind, LevelWord};
use super::super::tree::{Node, Value};
use super::header::check_strength;
use crate::diag::{Diagnostic, code};

pub(super) fn design(document: &Reader) -> Design {
    let default = Design {
        kind: At::new(DesignKind::Twins, document.place),
        moved: None,
        cross: Vec::new(),
        placebo: false,
        contrasts: None,
        arms: Vec::new(),
        sweep: Vec::new(),
        unread: document.entry("design").is_some(),
    };
    let sink = document.sink;
    let Some(reader) =
        document.node("design").and_then(|n| Reader::of_node(n, "`design`", keys::DESIGN, sink))
    else {
        return default;
    };
    let list = |key: &str| reader.node(key).map_or(&[][..], |node| items(node, key, sink));
    let listed = list("arms");
    let arms: Vec<ArmShape> = listed.iter().filter_map(|n| arm(n, sink)).collect();
    let kind = reader.choice("kind", DesignKind::WORDS);
    let unread = (kind.is_none() && reader.entry("kind").is_some()) || arms.len() < listed.len();
    let kind = kind.unwrap_or_else(|| {
        let implied = if arms.is_empty() { DesignKind::Twins } else { DesignKind::Arms };
        At::new(implied, reader.place)
    });
    if kind.value != DesignKind::Arms
        && !unread
        && let Some(entry) = reader.entry("arms")
    {
        sink.push(
            Diagnostic::error(
                code::BAD_ARM,
                format!("arms are listed, but the kind is \"{}\"", kind.value.word()),
            )
            .at(&entry.key_place)
            .hint("set `kind = \"arms\"`, or leave the list out"),
        );
    }
    Design {
        moved: reader.text("move"),
        cross: reader.node("cross").map_or_else(Vec::new, |n| texts(n, "`cross`", sink)),
        placebo: reader.boolean("placebo").is_some_and(|b| b.value),
        contrasts: reader
            .entry("contrasts")
            .map(|_| list("contrasts").iter().filter_map(|n| contrast(n, sink)).collect()),
        sweep: reader.node("sweep").map_or_else(Vec::new, |n| sweep(n, sink)),
        kind,
        arms,
        unread,
    }
}

fn items<'a>(node: &'a Node, key: &str, sink: &Sink) -> &'a [Node] {
    match &node.value {
        Value::Array(items) => items,
        other => {
            wrong_type(sink, node, &format!("`{key}`"), "a list of tables", other);
            &[]
        }
    }
}

fn contrast(node: &Node, sink: &Sink) -> Option<ContrastShape> {
    let reader = Reader::of_node(node, "a contrast", keys::CONTRAST, sink)?;
    let (target, reference) = (reader.required_text("target"), reader.required_text("reference"));
    Some(ContrastShape { variable: reader.text("variable"), target: target?, reference: reference? })
}

fn arm(node: &Node, sink: &Sink) -> Option<ArmShape> {
    let reader = Reader::of_node(node, "an arm", keys::ARM, sink)?;
    let name = reader.required_text("name");
    if let Some(name) = &name {
        let good = !name.value.is_empty()
            && name.value.len() <= 64
            && name.value.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        if !good {
            sink.push(
                Diagnostic::error(code::BAD_NAME, format!("an arm cannot be called {:?}", name.value))
                    .at(&name.place)
                    .hint("letters, digits, `-` and `_`: a folder is named after it"),
            );
        }
    }
    let show = reader.required("show").and_then(|n| arm_levels(n, "`show`", sink));
    let follow = reader.node("follow").and_then(|n| arm_levels(n, "`follow`", sink));
    Some(ArmShape { name: name?, show: show?, follow, place: node.place.clone() })
}

fn arm_levels(node: &Node, what: &str, sink: &Sink) -> Option<ArmLevels> {
    let Value::Table(table) = &node.value else {
        return text(node, what, sink).map(|t| ArmLevels::One(level_word(t)));
    };
    let by: Vec<Option<_>> = table
        .entries
        .iter()
        .map(|e| {
            let word = level_word(text(&e.node, what, sink)?);
            Some((At::new(e.key.clone(), &e.key_place), word))
        })
        .collect();
    by.into_iter().collect::<Option<_>>().map(ArmLevels::By)
}

fn level_word(text: At<String>) -> LevelWord {
    if text.value == "own" { LevelWord::Own } else { LevelWord::Level(text) }
}

fn sweep(node: &Node, sink: &Sink) -> Vec<(At<String>, Vec<At<f64>>)> {
    let Value::Table(table) = &node.value else {
        wrong_type(sink, node, "`sweep`", "a table of groups and strengths", &node.value);
        return Vec::new();
    };
    let mut swept = Vec::new();
    for entry in &table.entries {
        let strengths: Vec<At<f64>> = items(&entry.node, &entry.key, sink)
            .iter()
            .filter_map(|n| number(n, "a strength", sink))
            .collect();
        for strength in &strengths {
            check_strength(strength, sink);
        }
        swept.push((At::new(entry.key.clone(), &entry.key_place), strengths));
    }
    swept
}
