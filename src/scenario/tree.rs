//! A TOML document in which every key and value knows its place, so that several documents can be laid over each other
//! and an error still points at the text that it came from.

use crate::diag::{Diagnostic, Place, SourceId, code};

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub value: Value,
}

/// A TOML value.
#[derive(Debug, Clone)]
pub enum Value {
    /// A string.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction or exponent.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// A date or time, as written.
    Date(toml::value::Datetime),
    /// A list.
    Array(Vec<Node>),
    /// A table.
    Table(Table),
    /// Something that is not read, which has been reported.
    Unread,
}

/// Keys in written order.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The entries, in written order.
    pub entries: Vec<Entry>,
}

/// A key with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_place: Place,
    /// Its value.
    pub node: Node,
}

impl Table {
    /// The entry of a key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.key == key)
    }

    fn get_mut(&mut self, key: &str) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|e| e.key == key)
    }
}

impl Value {
    /// The word for its type in messages.
    pub fn phrase(&self) -> &'static str {
        match self {
            Value::Text(_) => "a string",
            Value::Integer(_) | Value::Float(_) => "a number",
            Value::Boolean(_) => "true or false",
            Value::Date(_) => "a date",
            Value::Array(_) => "a list",
            Value::Table(_) => "a table",
            Value::Unread => "something that is not read",
        }
    }

    /// The value as a message shows it: short, and quoted where it is a text.
    pub fn shown(&self) -> String {
        match self {
            Value::Text(text) if text.chars().count() > 40 => {
                format!("\"{}…\"", text.chars().take(40).collect::<String>())
            }
            Value::Text(text) => format!("\"{text}\""),
            Value::Integer(n) => n.to_string(),
            Value::Float(n) => n.to_string(),
            Value::Boolean(b) => b.to_string(),
            Value::Date(d) => d.to_string(),
            Value::Unread => "something that is not read".to_owned(),
            Value::Array(items) => format!("a list of {}", items.len()),
            Value::Table(table) => match table.entries.len() {
                0 => "an empty table".to_owned(),
                n => format!("a table of {n}"),
            },
        }
    }
}

/// What a document may not exceed; such texts are refused, never followed.
pub(super) const DEEPEST: usize = 32;

/// Takes a parsed document over into a tree. What is too deep, or a number of more than 64 bits, is reported and left unread.
pub(super) fn table_from_toml(
    source: SourceId,
    table: &toml::de::DeTable<'_>,
    depth: usize,
    report: &mut dyn FnMut(Diagnostic),
) -> Table {
    let entry = |(key, value): (&toml::Spanned<std::borrow::Cow<'_, str>>, _)| Entry {
        key: key.get_ref().to_string(),
        key_place: Place { source, range: key.span() },
        node: from_toml(source, value, depth + 1, report),
    };
    Table { entries: table.iter().map(entry).collect() }
}

fn from_toml(
    source: SourceId,
    spanned: &toml::Spanned<toml::de::DeValue<'_>>,
    depth: usize,
    report: &mut dyn FnMut(Diagnostic),
) -> Node {
    use toml::de::DeValue;
    let place = Place { source, range: spanned.span() };
    if depth > DEEPEST {
        report(too_deep(&place));
        return Node { place, value: Value::Unread };
    }
    let value = match spanned.get_ref() {
        DeValue::String(text) => Some(Value::Text(text.to_string())),
        DeValue::Integer(digits) => {
            i64::from_str_radix(digits.as_str(), digits.radix()).ok().map(Value::Integer)
        }
        DeValue::Float(digits) => digits.as_str().parse::<f64>().ok().map(Value::Float),
        DeValue::Boolean(b) => Some(Value::Boolean(*b)),
        DeValue::Datetime(d) => Some(Value::Date(*d)),
        DeValue::Array(items) => {
            Some(Value::Array(items.iter().map(|item| from_toml(source, item, depth + 1, report)).collect()))
        }
        DeValue::Table(table) => Some(Value::Table(table_from_toml(source, table, depth, report))),
    };
    let value = value.unwrap_or_else(|| {
        report(no_number(&place));
        Value::Unread
    });
    Node { place, value }
}

fn too_deep(place: &Place) -> Diagnostic {
    Diagnostic::error(
        code::TOO_DEEP,
        format!("tables and lists may be nested {DEEPEST} deep, and here they are deeper"),
    )
    .at(place)
    .hint("no part of a scenario nests more than a handful of tables: look for a bracket or a table too many")
}

fn no_number(place: &Place) -> Diagnostic {
    Diagnostic::error(code::OUT_OF_RANGE, "this whole number does not fit into 64 bits")
        .at(place)
        .hint("whole numbers reach from -2^63 to 2^63 - 1; larger ones are written with an exponent, for instance 1e20")
}

/// Keys of a variable that say how it is made: the last one written wins when one document is laid over another.
pub(super) type IsGenerator = fn(&str) -> bool;

/// Lays `over` on `base`: tables are joined key by key; anything else is replaced. Of `sources`, one with the id of one below
/// replaces it, and the others are appended. A variable that is given another generator loses the one it had.
pub(super) fn lay_over(base: &mut Table, over: Table, is_generator: IsGenerator) {
    for entry in over.entries {
        if is_generator(&entry.key) && base.get(&entry.key).is_none() {
            base.entries.retain(|e| !is_generator(&e.key));
        }
        let Some(old) = base.get_mut(&entry.key) else {
            base.entries.push(entry);
            continue;
        };
        match (&mut old.node.value, entry.node.value) {
            (Value::Table(old_table), Value::Table(new_table)) => {
                lay_over(old_table, new_table, is_generator);
            }
            (Value::Array(old_items), Value::Array(new_items)) if entry.key == "sources" => {
                lay_sources_over(old_items, new_items);
            }
            (_, value) => {
                old.key_place = entry.key_place;
                old.node = Node { place: entry.node.place, value };
            }
        }
    }
}

fn lay_sources_over(base: &mut Vec<Node>, over: Vec<Node>) {
    // Each source below is replaced once: two of one id in one text stay two, which is refused later.
    let mut replaceable = vec![true; base.len()];
    for source in over {
        let id = source.id().map(str::to_owned);
        let same = |at: &usize| replaceable[*at] && id.is_some() && base[*at].id() == id.as_deref();
        match (0..replaceable.len()).find(same) {
            Some(at) => {
                replaceable[at] = false;
                base[at] = source;
            }
            None => base.push(source),
        }
    }
}

impl Node {
    /// The text under the key `id`.
    fn id(&self) -> Option<&str> {
        let Value::Table(table) = &self.value else { return None };
        match &table.get("id")?.node.value {
            Value::Text(id) => Some(id),
            _ => None,
        }
    }
}

/// The document as TOML text.
pub(super) fn to_toml(table: &Table) -> String {
    toml::to_string(&plain_table(table)).expect("a table of plain values is always writable")
}

fn plain_table(table: &Table) -> toml::Table {
    table.entries.iter().map(|e| (e.key.clone(), plain(&e.node.value))).collect()
}

fn plain(value: &Value) -> toml::Value {
    match value {
        Value::Text(text) => toml::Value::String(text.clone()),
        Value::Integer(n) => toml::Value::Integer(*n),
        Value::Float(n) => toml::Value::Float(*n),
        Value::Boolean(b) => toml::Value::Boolean(*b),
        Value::Date(d) => toml::Value::Datetime(*d),
        Value::Array(items) => toml::Value::Array(items.iter().map(|i| plain(&i.value)).collect()),
        Value::Table(table) => toml::Value::Table(plain_table(table)),
        Value::Unread => toml::Value::String(String::new()),
    }
}
