//! The whole document, top to bottom.

use super::super::keys;
use super::super::reader::At;
use super::super::reader::{Reader, Sink, wrong_type};
use super::super::shape::{
    Citation, Claim, Correlation, Design, Group, Header, JointShares, Protected, Scenario, Variable,
};
use super::super::tree::{Entry, Node, Table, Value};
use super::{claims, design, header, shares, variable};
use crate::diag::{Diagnostic, Place, code};

/// Bounds that refuse hostile files early.
const MOST_VARIABLES: usize = 500;
const MOST_PROTECTED: usize = 8;

/// The parts of a scenario that are read from a tree.
pub(in crate::scenario) struct Parts {
    pub(in crate::scenario) header: Header,
    pub(in crate::scenario) protected: Vec<Protected>,
    pub(in crate::scenario) shares: Option<At<JointShares>>,
    pub(in crate::scenario) variables: Vec<Variable>,
    pub(in crate::scenario) groups: Vec<Group>,
    pub(in crate::scenario) design: Design,
    pub(in crate::scenario) correlations: Vec<Correlation>,
    pub(in crate::scenario) claims: Vec<Claim>,
    pub(in crate::scenario) sources: Vec<Citation>,
    pub(in crate::scenario) unread: Vec<String>,
    pub(in crate::scenario) unread_sources: bool,
}

/// What a scenario is apart from its parts.
pub(in crate::scenario) struct Written {
    pub(in crate::scenario) effective: String,
    pub(in crate::scenario) canonical: String,
    pub(in crate::scenario) overridden: bool,
    pub(in crate::scenario) folder: Option<std::path::PathBuf>,
}

impl Parts {
    pub(in crate::scenario) fn into_scenario(
        self,
        texts: std::sync::Arc<crate::diag::Sources>,
        written: Written,
        mistakes: Vec<Diagnostic>,
    ) -> Scenario {
        Scenario {
            texts,
            effective: written.effective,
            canonical: written.canonical,
            overridden: written.overridden,
            folder: written.folder,
            mistakes,
            unread: self.unread,
            unread_sources: self.unread_sources,
            header: self.header,
            protected: self.protected,
            shares: self.shares,
            variables: self.variables,
            groups: self.groups,
            design: self.design,
            correlations: self.correlations,
            claims: self.claims,
            sources: self.sources,
        }
    }
}

/// Reads a document. What could not be read is reported and left out, and its name kept, so that what refers to it is
/// not reported as well.
pub(in crate::scenario) fn document(table: &Table, place: &Place, sink: &Sink) -> Parts {
    let mut unread = Vec::new();
    let reader = Reader::new(table, place, "a scenario", keys::SCENARIO, sink);
    let header = header::header(&reader);
    let protected: Vec<Protected> = named(&reader, "protected", MOST_PROTECTED)
        .filter_map(|entry| header::protected(entry, sink).or_else(|| note_unread(entry, &mut unread)))
        .collect();
    if protected.is_empty() && reader.entry("protected").is_none_or(|e| is_empty(&e.node)) {
        sink.push(
            Diagnostic::error(code::MISSING_KEY, "a scenario needs a protected variable")
                .at(place)
                .hint("for instance `[protected.gender]` with `levels = { female = 0.5, male = 0.5 }`"),
        );
    }
    let shares = reader.node("shares").and_then(|node| shares::shares(node, &protected, sink));
    let variables: Vec<Variable> = named(&reader, "variables", MOST_VARIABLES)
        .filter_map(|entry| variable::variable(entry, sink).or_else(|| note_unread(entry, &mut unread)))
        .collect();
    unread.extend(too_many(&reader, "variables", MOST_VARIABLES));
    unread.extend(too_many(&reader, "protected", MOST_PROTECTED));
    let groups =
        named(&reader, "groups", MOST_VARIABLES).filter_map(|entry| header::group(entry, sink)).collect();
    let design = design::design(&reader);
    let correlations =
        tables(&reader, "correlations").filter_map(|node| claims::correlation(node, sink)).collect();
    let claims_read = tables(&reader, "claims").filter_map(|node| claims::claim(node, sink)).collect();
    let (sources, unread_sources) = sources(&reader);
    Parts {
        header,
        protected,
        shares,
        variables,
        groups,
        design,
        correlations,
        claims: claims_read,
        sources,
        unread,
        unread_sources,
    }
}

/// The sources, and whether there may be more: one without an id that can be read may be the one that a figure names.
fn sources(reader: &Reader) -> (Vec<Citation>, bool) {
    let nodes: Vec<&Node> = tables(reader, "sources").collect();
    let read: Vec<Citation> = nodes.iter().filter_map(|node| header::source(node, reader.sink)).collect();
    let no_list = reader.node("sources").is_some_and(|node| !matches!(node.value, Value::Array(_)));
    let unread = no_list || read.len() < nodes.len();
    (read, unread)
}

fn note_unread<T>(entry: &Entry, unread: &mut Vec<String>) -> Option<T> {
    unread.push(entry.key.clone());
    None
}

fn is_empty(node: &Node) -> bool {
    matches!(&node.value, Value::Table(t) if t.entries.is_empty())
}

/// The names in a table that has too many to be read.
fn too_many(reader: &Reader, key: &str, most: usize) -> Vec<String> {
    match reader.node(key).map(|node| &node.value) {
        Some(Value::Table(table)) if table.entries.len() > most => {
            table.entries.iter().map(|entry| entry.key.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// The entries of a table of named things.
fn named<'a>(reader: &Reader<'a>, key: &str, most: usize) -> impl Iterator<Item = &'a Entry> + use<'a> {
    let mut entries: &[Entry] = &[];
    if let Some(entry) = reader.entry(key) {
        match &entry.node.value {
            Value::Table(table) if table.entries.len() > most => {
                let message = format!("`{key}` has {} entries; at most {most} are read", table.entries.len());
                reader.sink.push(Diagnostic::error(code::TOO_LARGE, message).at(&entry.key_place).hint(
                    "a scenario describes one table of people; leave out what the question does not need",
                ));
            }
            Value::Table(table) => entries = &table.entries,
            other => wrong_type(reader.sink, &entry.node, &format!("`{key}`"), "a table", other),
        }
    }
    entries.iter()
}

/// The items of a list of tables.
fn tables<'a>(reader: &Reader<'a>, key: &str) -> impl Iterator<Item = &'a Node> + use<'a> {
    let mut items: &[Node] = &[];
    if let Some(node) = reader.node(key) {
        match &node.value {
            Value::Array(list) => items = list,
            other => wrong_type(reader.sink, node, &format!("`{key}`"), "a list of tables", other),
        }
    }
    items.iter()
}
