//! A cursor over a table that reports what is missing, misplaced, misspelt or of the wrong type, and goes on.

use std::cell::RefCell;

use super::keys::Key;
use super::tree::{Entry, Node, Table, Value};
use crate::diag::{Code, Diagnostic, Place, SourceId, Sources, code, nearest};

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct At<T> {
    /// What was read.
    pub value: T,
    /// Where.
    pub place: Place,
}

impl<T> At<T> {
    /// A value at a place.
    pub fn new(value: T, place: &Place) -> Self {
        Self { value, place: place.clone() }
    }
}

/// Where mistakes are collected while reading goes on.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    list: RefCell<Vec<Diagnostic>>,
    texts: RefCell<Sources>,
}

impl Sink {
    pub(crate) fn push(&self, diagnostic: Diagnostic) {
        self.list.borrow_mut().push(diagnostic);
    }

    pub(super) fn len(&self) -> usize {
        self.list.borrow().len()
    }

    /// Of the mistakes after the first so many, keeps those that `told` says yes to.
    pub(super) fn keep_after(&self, first: usize, told: impl Fn(&Diagnostic) -> bool) {
        let mut list = self.list.borrow_mut();
        let kept: Vec<Diagnostic> = list.drain(first..).filter(told).collect();
        list.extend(kept);
    }

    /// Takes in a text that is read; places point into it.
    pub(crate) fn add_text(&self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.texts.borrow_mut().add(name, text)
    }

    /// Where the content of a string stands within its quotes, if nothing in it is escaped.
    pub(super) fn within_quotes(&self, string: &Place, content: &str) -> Option<Place> {
        self.texts.borrow().within_quotes(string, content)
    }

    pub(crate) fn into_parts(self) -> (Sources, Vec<Diagnostic>) {
        (self.texts.into_inner(), self.list.into_inner())
    }

    /// A mistake, with what to do about it.
    pub(crate) fn error(
        &self,
        code: &'static Code,
        place: &Place,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.push(Diagnostic::error(code, message).at(place).hint(hint));
    }
}

/// A table being read against the keys that it may have.
pub(crate) struct Reader<'a> {
    pub(crate) table: &'a Table,
    pub(crate) place: &'a Place,
    pub(crate) sink: &'a Sink,
    what: String,
    keys: &'a [Key],
}

impl<'a> Reader<'a> {
    /// Reads a table; keys that are not among `keys` are reported. `what` names the table in messages.
    pub(crate) fn new(
        table: &'a Table,
        place: &'a Place,
        what: impl Into<String>,
        keys: &'a [Key],
        sink: &'a Sink,
    ) -> Self {
        let reader = Self { table, place, sink, what: what.into(), keys };
        reader.refuse_unknown(keys);
        reader
    }

    /// The same from a node, which must be a table.
    pub(crate) fn of_node(
        node: &'a Node,
        what: impl Into<String>,
        keys: &'a [Key],
        sink: &'a Sink,
    ) -> Option<Self> {
        let what = what.into();
        match &node.value {
            Value::Table(table) => Some(Self::new(table, &node.place, what, keys, sink)),
            other => {
                wrong_type(sink, node, &what, "a table", other);
                None
            }
        }
    }

    /// Reads nothing: every key is absent.
    pub(crate) fn empty(place: &'a Place, sink: &'a Sink) -> Self {
        static NOTHING: Table = Table { entries: Vec::new() };
        Self { table: &NOTHING, place, sink, what: String::new(), keys: &[] }
    }

    /// Whether there was no table at all, which has been reported.
    pub(super) fn is_nothing(&self) -> bool {
        self.keys.is_empty()
    }

    fn refuse_unknown(&self, keys: &[Key]) {
        for entry in &self.table.entries {
            if keys.iter().any(|k| k.name == entry.key) {
                continue;
            }
            let message = format!("{} has no key `{}`", self.what, entry.key);
            let mut diagnostic = Diagnostic::error(code::UNKNOWN_KEY, message).at(&entry.key_place);
            let names = keys.iter().map(|k| k.name);
            diagnostic = match nearest(&entry.key, names.clone()) {
                Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
                None if keys.len() <= 12 => diagnostic.hint(format!("its keys are {}", quoted_list(names))),
                None => diagnostic.hint("`jumelles schema` lists the keys"),
            };
            self.sink.push(diagnostic);
        }
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.table.get(key)
    }

    pub(crate) fn node(&self, key: &str) -> Option<&'a Node> {
        self.entry(key).map(|e| &e.node)
    }

    /// A key that must be there.
    pub(crate) fn required(&self, key: &str) -> Option<&'a Node> {
        let node = self.node(key);
        if node.is_none() {
            let mut missing =
                Diagnostic::error(code::MISSING_KEY, format!("{} needs a key `{key}`", self.what))
                    .at(self.place);
            missing.hint = self.keys.iter().find(|k| k.name == key).map(Key::advice);
            self.sink.push(missing);
        }
        node
    }

    pub(crate) fn text(&self, key: &str) -> Option<At<String>> {
        self.node(key).and_then(|node| self.as_text(node, key))
    }

    pub(crate) fn required_text(&self, key: &str) -> Option<At<String>> {
        self.required(key).and_then(|node| self.as_text(node, key))
    }

    fn as_text(&self, node: &Node, key: &str) -> Option<At<String>> {
        text(node, &format!("`{key}`"), self.sink)
    }

    pub(crate) fn boolean(&self, key: &str) -> Option<At<bool>> {
        let node = self.node(key)?;
        match &node.value {
            Value::Boolean(b) => Some(At::new(*b, &node.place)),
            other => {
                wrong_type(self.sink, node, &format!("`{key}`"), "true or false", other);
                None
            }
        }
    }

    pub(crate) fn number(&self, key: &str) -> Option<At<f64>> {
        number(self.node(key)?, &format!("`{key}`"), self.sink)
    }

    pub(crate) fn integer(&self, key: &str) -> Option<At<i64>> {
        let node = self.node(key)?;
        match &node.value {
            Value::Integer(n) => Some(At::new(*n, &node.place)),
            other => {
                wrong_type(self.sink, node, &format!("`{key}`"), "a whole number", other);
                None
            }
        }
    }

    /// One of a few words.
    pub(crate) fn choice<T: Copy>(&self, key: &str, choices: &[(&str, T)]) -> Option<At<T>> {
        let found = self.text(key)?;
        if let Some((_, value)) = choices.iter().find(|(word, _)| *word == found.value) {
            return Some(At::new(*value, &found.place));
        }
        let words = choices.iter().map(|(word, _)| *word);
        let mut diagnostic =
            Diagnostic::error(code::UNKNOWN_CHOICE, format!("`{key}` cannot be \"{}\"", found.value))
                .at(&found.place);
        diagnostic = match nearest(&found.value, words.clone()) {
            Some(near) => diagnostic.hint(format!("did you mean \"{near}\"?")),
            None => diagnostic.hint(format!("it is one of {}", quoted_list(words))),
        };
        self.sink.push(diagnostic);
        None
    }
}

/// A node that must be a string.
pub(crate) fn text(node: &Node, what: &str, sink: &Sink) -> Option<At<String>> {
    match &node.value {
        Value::Text(text) => Some(At::new(text.clone(), &node.place)),
        other => {
            wrong_type(sink, node, what, "a string", other);
            None
        }
    }
}

/// A node that must be a finite number.
pub(crate) fn number(node: &Node, what: &str, sink: &Sink) -> Option<At<f64>> {
    match &node.value {
        Value::Integer(n) => Some(At::new(*n as f64, &node.place)),
        Value::Float(n) if n.is_finite() => Some(At::new(*n, &node.place)),
        Value::Float(n) => {
            sink.push(
                Diagnostic::error(code::OUT_OF_RANGE, format!("{what} must be a finite number, found {n}"))
                    .at(&node.place)
                    .hint("write the number that is meant; there is no infinity in a population"),
            );
            None
        }
        other => {
            wrong_type(sink, node, what, "a number", other);
            None
        }
    }
}

/// A node that must be a string or a list of strings.
pub(crate) fn texts(node: &Node, what: &str, sink: &Sink) -> Vec<At<String>> {
    match &node.value {
        Value::Array(items) => items.iter().filter_map(|item| text(item, what, sink)).collect(),
        _ => text(node, what, sink).into_iter().collect(),
    }
}

pub(crate) fn wrong_type(sink: &Sink, node: &Node, what: &str, wanted: &str, found: &Value) {
    // What could not be read as a value at all has been reported.
    if matches!(found, Value::Unread) {
        return;
    }
    let mut diagnostic =
        Diagnostic::error(code::WRONG_TYPE, format!("{what} must be {wanted}, found {}", found.shown()))
            .at(&node.place)
            .label(format!("this is {}", found.phrase()));
    if let (Value::Text(text), true) = (found, wanted.contains("number"))
        && text.trim().parse::<f64>().is_ok()
    {
        diagnostic = diagnostic.hint("write the number without quotes");
    } else {
        diagnostic = diagnostic.hint(match written(wanted) {
            Some(example) if example.starts_with("for instance") => example.to_owned(),
            Some(form) => format!("it is written {form}"),
            None => format!("write {wanted}"),
        });
    }
    sink.push(diagnostic);
}

/// How a value of the type that is wanted is written.
fn written(wanted: &str) -> Option<&'static str> {
    Some(match wanted {
        "a number, a string, true, false or a date" => "for instance 2, \"two\", true or 2026-01-31",
        "a table of parameters" => "in braces, for instance { mean = 0, sd = 1 }",
        "a table" => "in braces, `{ … }`, or as a table of its own under `[…]`",
        "a string" => "in quotes",
        "a whole number" => "without quotes and without a point, for instance 2",
        "a number" => "without quotes, for instance 0.5",
        "true or false" => "true or false, without quotes",
        "a formula in quotes" => "in quotes, for instance \"age > 30\"",
        "a number, a formula or an effects table" => {
            "for instance 2, \"age / 2\" or { base = 1, gender = { female = 0.5 } }"
        }
        "a list of tables" => "as `[[…]]`, one block an item, or as a list [{ … }, { … }]",
        "a list of distributions" => "for instance [{ weight = 1, normal = { mean = 0, sd = 1 } }, { … }]",
        "a list of pairs" => "for instance [[0, 18], [0.5, 35], [1, 70]]",
        "a table of levels and shares" | "a table of shares" => "for instance { a = 0.5, b = 0.5 }",
        "a table of groups and strengths" => "for instance { career = [0, 0.5, 1] }",
        _ => return None,
    })
}

/// A sum of shares as a message shows it: without the last digits, which are rounding.
pub(crate) fn shown_sum(total: f64) -> f64 {
    (total * 1e9).round() / 1e9
}

/// "`a`, `b` and `c`".
pub(crate) fn quoted_list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|n| format!("`{n}`")).collect();
    match quoted.split_last() {
        None => "none".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}
