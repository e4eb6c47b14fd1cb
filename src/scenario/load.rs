//! From files and arguments to one tree, and from the tree to a scenario.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::attached::inside;
use super::keys::is_generator;
use super::reader::Sink;
use super::shape::Scenario;
use super::shipped::{SHIPPED, Shipped};
use super::tree::{Table, Unfit, Value, lay_over, table_from_toml, to_toml};
use super::{Overrides, read};
use crate::diag::{Diagnostic, Diagnostics, Place, SourceId, Sources, code, nearest};
use crate::error::{Error, Result};

/// A larger text is refused unread.
pub const LARGEST_SCENARIO: usize = 1 << 20;
/// A scenario that extends one that extends one …
const LONGEST_CHAIN: usize = 8;
/// Keys such as `a.a.a.…` are refused before they are parsed.
const DEEPEST_KEY: usize = 64;

impl Scenario {
    /// Reads a scenario from a file.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Scenario> {
        Self::from_path_with(path, &Overrides::none())
    }

    /// The same with values laid over it.
    pub fn from_path_with(path: impl AsRef<Path>, overrides: &Overrides) -> Result<Scenario> {
        let path = path.as_ref();
        let text = read_file(path)?;
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        load(&path.display().to_string(), text, Some(folder), overrides)
    }

    /// Reads a scenario from a text; it has no folder, so it cannot name files.
    pub fn from_text(name: &str, text: &str) -> Result<Scenario> {
        Self::from_text_with(name, text, &Overrides::none())
    }

    /// The same with values laid over it.
    pub fn from_text_with(name: &str, text: &str, overrides: &Overrides) -> Result<Scenario> {
        load(name, text.to_owned(), None, overrides)
    }

    /// Reads a shipped scenario by its name, or a file by its path.
    pub fn open(name_or_path: &str, overrides: &Overrides) -> Result<Scenario> {
        if let Some(shipped) = Shipped::find(name_or_path) {
            return Self::from_text_with(&format!("{}.toml", shipped.name), shipped.text, overrides);
        }
        let path = Path::new(name_or_path);
        let looks_like_a_path = name_or_path.contains(['/', '\\']) || path.extension().is_some();
        if looks_like_a_path || path.exists() {
            return Self::from_path_with(path, overrides);
        }
        let names = SHIPPED.iter().map(|s| s.name);
        let hint = match nearest(name_or_path, names) {
            Some(near) => format!(
                "did you mean `{near}`? a file is given by its path, for instance ./{name_or_path}.toml"
            ),
            None => "`jumelles scenarios` lists the shipped ones; a file is given by its path".to_owned(),
        };
        Err(Error::request_hint(format!("no scenario is called `{name_or_path}`"), hint))
    }
}

/// The text of a scenario or policy; larger files, folders and other encodings are refused.
pub(crate) fn read_file(path: &Path) -> Result<String> {
    let unreadable = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => Error::request_hint(
            format!("there is no file `{}`", path.display()),
            "`jumelles new` writes a scenario to start from",
        ),
        _ => Error::io("read", path, source),
    };
    let meta = std::fs::metadata(path).map_err(unreadable)?;
    if meta.is_dir() {
        return Err(Error::request(format!("`{}` is a folder, not a file", path.display())));
    }
    if meta.len() > LARGEST_SCENARIO as u64 {
        return Err(Error::request(format!(
            "`{}` has {} bytes; such a file has at most {LARGEST_SCENARIO}",
            path.display(),
            meta.len()
        )));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Error::request_hint(
            format!("`{}` is not UTF-8: the byte at {at} cannot be read", path.display()),
            "save the file as UTF-8",
        )
    })
}

fn load(name: &str, text: String, folder: Option<PathBuf>, overrides: &Overrides) -> Result<Scenario> {
    let mut texts = Sources::default();
    let sink = Sink::default();
    let own = texts.add(name, text.clone());
    let whole = Place { source: own, range: 0..0 };
    let tree =
        parse(own, &text, &sink).and_then(|tree| extended(tree, folder.as_deref(), &mut texts, &sink, 0));
    let Some((mut tree, was_extended)) = tree else {
        return Err(refused(texts, sink));
    };
    let overlays = overrides.overlays()?;
    for overlay in &overlays {
        let id = texts.add(overlay.flag, overlay.text.clone());
        if let Some(over) = parse(id, &overlay.text, &sink) {
            lay_over(&mut tree, over, is_generator);
        }
    }
    let parts = read::document(&tree, &whole, &sink);
    let effective = if was_extended || !overlays.is_empty() { to_toml(&tree) } else { text };
    Ok(parts.into_scenario(Arc::new(texts), effective, overrides.population(), folder, sink.into_list()))
}

fn refused(texts: Sources, sink: Sink) -> Error {
    Error::Scenario(Diagnostics::new(Arc::new(texts), sink.into_list()))
}

/// Parses one text; syntax errors are reported, all of them but one a line.
pub(crate) fn parse(source: SourceId, text: &str, sink: &Sink) -> Option<Table> {
    if let Some(range) = hostile_key(text) {
        sink.error(
            code::TOO_DEEP,
            &Place { source, range },
            format!("a key has more than {DEEPEST_KEY} parts"),
        );
        return None;
    }
    let (document, errors) = toml::de::DeTable::parse_recoverable(text);
    let mut lines = std::collections::BTreeSet::new();
    for error in &errors {
        let range = error.span().unwrap_or(0..0);
        let line = text[..text.floor_char_boundary(range.start)].matches('\n').count();
        if lines.insert(line) {
            sink.error(code::TOML_SYNTAX, &Place { source, range }, error.message().to_lowercase());
        }
    }
    if !errors.is_empty() {
        return None;
    }
    match table_from_toml(source, document.get_ref(), 0) {
        Ok(table) => Some(table),
        Err(Unfit::TooDeep(place)) => {
            sink.error(
                code::TOO_DEEP,
                &place,
                format!("tables and lists may be nested {} deep", super::tree::DEEPEST),
            );
            None
        }
        Err(Unfit::Number(place, digits)) => {
            sink.error(code::OUT_OF_RANGE, &place, format!("`{digits}` is not a number of 64 bits"));
            None
        }
    }
}

/// The first run of more than [`DEEPEST_KEY`] bare key parts joined by dots.
fn hostile_key(text: &str) -> Option<std::ops::Range<usize>> {
    let mut start = 0;
    let mut parts = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'.' => parts += 1,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'"' | b'\'' => {}
            _ => {
                start = at + 1;
                parts = 0;
            }
        }
        if parts > DEEPEST_KEY {
            return Some(start..at + 1);
        }
    }
    None
}

/// Follows `extends` down to a scenario that stands alone and lays each on the one below. Also whether there was any.
fn extended(
    mut tree: Table,
    folder: Option<&Path>,
    texts: &mut Sources,
    sink: &Sink,
    depth: usize,
) -> Option<(Table, bool)> {
    let Some(at) = tree.entries.iter().position(|e| e.key == "extends") else {
        return Some((tree, false));
    };
    let entry = tree.entries.remove(at);
    let Value::Text(base) = &entry.node.value else {
        super::reader::wrong_type(sink, &entry.node, "`extends`", "a string", &entry.node.value);
        return None;
    };
    if depth >= LONGEST_CHAIN {
        sink.error(
            code::BAD_EXTENDS,
            &entry.node.place,
            format!("more than {LONGEST_CHAIN} scenarios extend each other"),
        );
        return None;
    }
    let (name, text) = base_text(base, folder, &entry.node.place, sink)?;
    let id = texts.add(name, text.clone());
    let (mut below, _) = extended(parse(id, &text, sink)?, folder, texts, sink, depth + 1)?;
    lay_over(&mut below, tree, is_generator);
    Some((below, true))
}

fn base_text(base: &str, folder: Option<&Path>, place: &Place, sink: &Sink) -> Option<(String, String)> {
    if let Some(shipped) = Shipped::find(base) {
        return Some((format!("{}.toml", shipped.name), shipped.text.to_owned()));
    }
    let names = SHIPPED.iter().map(|s| s.name);
    let missing = Diagnostic::error(code::BAD_EXTENDS, format!("no scenario is called `{base}`"))
        .at(place)
        .hint(match nearest(base, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a shipped scenario, or a file ending in .toml in the same folder".to_owned(),
        });
    if !base.ends_with(".toml") {
        sink.push(missing);
        return None;
    }
    let path = match inside(folder, base) {
        Ok(path) => path,
        Err(unusable) => {
            let mut diagnostic = Diagnostic::error(unusable.code, unusable.message).at(place);
            diagnostic.hint = unusable.hint;
            sink.push(diagnostic);
            return None;
        }
    };
    match read_file(&path) {
        Ok(text) => Some((path.display().to_string(), text)),
        Err(error) => {
            sink.error(code::BAD_EXTENDS, place, error.to_string());
            None
        }
    }
}
