//! From files and arguments to one tree, and from the tree to a scenario.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::attached::inside;
use super::keys::is_generator;
use super::read::Written;
use super::reader::Sink;
use super::shape::Scenario;
use super::shipped::{SHIPPED, Shipped};
use super::syntax::parse;
use super::tree::{Table, Value, lay_over, to_toml};
use super::{Overrides, read};
use crate::diag::{Diagnostic, Diagnostics, Place, code, nearest};
use crate::error::{Error, Result};

/// A larger text is refused unread.
pub const LARGEST_SCENARIO: usize = 1 << 20;
/// A scenario that extends one that extends one …
const LONGEST_CHAIN: usize = 8;

impl Scenario {
    /// Reads a scenario from a file.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Scenario> {
        Self::from_path_with(path, &Overrides::none())
    }

    /// The same with values laid over it.
    pub fn from_path_with(path: impl AsRef<Path>, overrides: &Overrides) -> Result<Scenario> {
        let path = path.as_ref();
        let text = read_file(path, ELSEWHERE)?;
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

/// Where a scenario may be had.
const ELSEWHERE: &str =
    "`jumelles new` writes a scenario to start from; `jumelles scenarios` lists those that are shipped";

/// The text of a scenario or policy; larger files, folders and other encodings are refused. `otherwise` is what to do where
/// there is no such file.
pub(crate) fn read_file(path: &Path, otherwise: &str) -> Result<String> {
    let unreadable = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => {
            Error::request_hint(format!("there is no file `{}`", path.display()), otherwise)
        }
        _ => Error::io("read", path, source),
    };
    if std::fs::metadata(path).map_err(unreadable)?.is_dir() {
        return Err(Error::request_hint(
            format!("`{}` is a folder, not a file", path.display()),
            "name the .toml file in it",
        ));
    }
    // What is no plain file has no length of its own: it is read until it is too long.
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(LARGEST_SCENARIO as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > LARGEST_SCENARIO {
        return Err(Error::request_hint(
            format!("`{}` is larger than a scenario may be, {LARGEST_SCENARIO} bytes", path.display()),
            "large tables belong in a CSV file beside the scenario, which `lookup` and `empirical` read",
        ));
    }
    String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))
}

fn not_utf8(path: &Path, error: &std::string::FromUtf8Error) -> Error {
    let bytes = error.as_bytes();
    let at = error.utf8_error().valid_up_to();
    let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
    if bytes.contains(&0) {
        return Error::request_hint(
            format!("`{}` is not text: its byte {at}, in line {line}, is not UTF-8", path.display()),
            "a scenario is a TOML file; a suite is read by `jumelles inspect`",
        );
    }
    Error::request_hint(
        format!("`{}` is not UTF-8: the byte at {at}, in line {line}, cannot be read", path.display()),
        "save the file as UTF-8",
    )
}

fn load(name: &str, text: String, folder: Option<PathBuf>, overrides: &Overrides) -> Result<Scenario> {
    let sink = Sink::default();
    let overlays = overrides.overlays()?;
    let own = sink.add_text(name, text.as_str());
    let whole = Place { source: own, range: 0..0 };
    let written = parse(own, &text, &sink);
    let tree = written.clone().and_then(|tree| extended(tree, folder.as_deref(), &sink, 0));
    let Some((mut tree, was_extended)) = tree else {
        if let Some(written) = written {
            without_base(&written, &whole, &sink);
        }
        let (texts, mistakes) = sink.into_parts();
        return Err(Error::Scenario(Diagnostics::new(Arc::new(texts), mistakes)));
    };
    for overlay in &overlays {
        let id = sink.add_text(overlay.flag, overlay.text.as_str());
        if let Some(over) = parse(id, &overlay.text, &sink) {
            refuse_extends(&over, &sink);
            lay_over(&mut tree, over, is_generator);
        }
    }
    let parts = read::document(&tree, &whole, &sink);
    let canonical = to_toml(&tree);
    let effective = if was_extended || !overlays.is_empty() { canonical.clone() } else { text };
    let written = Written { effective, canonical, overridden: overrides.population(), folder };
    let (texts, mistakes) = sink.into_parts();
    Ok(parts.into_scenario(Arc::new(texts), written, mistakes))
}

/// Where the scenario below cannot be had, much of this one means nothing; what is wrong for itself is told all the same.
fn without_base(written: &Table, whole: &Place, sink: &Sink) {
    let wrong_for_itself = [
        code::UNKNOWN_KEY,
        code::WRONG_TYPE,
        code::UNKNOWN_CHOICE,
        code::BAD_NAME,
        code::BAD_DATE,
        code::FORMULA_SYNTAX,
    ];
    let known = sink.len();
    read::document(written, whole, sink);
    sink.keep_after(known, |diagnostic| wrong_for_itself.contains(&diagnostic.code));
}

/// What a scenario starts from is decided before anything is laid over it.
fn refuse_extends(over: &Table, sink: &Sink) {
    if let Some(entry) = over.get("extends") {
        sink.push(
            Diagnostic::error(code::BAD_EXTENDS, "`extends` cannot be set by the command")
                .at(&entry.key_place)
                .hint("name the other scenario instead of this one, or write a file that extends it"),
        );
    }
}

/// Follows `extends` down to a scenario that stands alone and lays each on the one below. Also whether there was any.
fn extended(mut tree: Table, folder: Option<&Path>, sink: &Sink, depth: usize) -> Option<(Table, bool)> {
    let Some(at) = tree.entries.iter().position(|e| e.key == "extends") else {
        return Some((tree, false));
    };
    let entry = tree.entries.remove(at);
    let Value::Text(base) = &entry.node.value else {
        super::reader::wrong_type(sink, &entry.node, "`extends`", "a string", &entry.node.value);
        return None;
    };
    if depth >= LONGEST_CHAIN {
        sink.push(
            Diagnostic::error(
                code::BAD_EXTENDS,
                format!("more than {LONGEST_CHAIN} scenarios extend each other"),
            )
            .at(&entry.node.place)
            .hint("perhaps in a circle: `extends` must end at a scenario that extends none"),
        );
        return None;
    }
    let (name, text) = base_text(base, folder, &entry.node.place, sink)?;
    let id = sink.add_text(name, text.as_str());
    let (mut below, _) = extended(parse(id, &text, sink)?, folder, sink, depth + 1)?;
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
    match read_file(&path, ELSEWHERE) {
        Ok(text) => Some((path.display().to_string(), text)),
        Err(error) => {
            let mut diagnostic = Diagnostic::error(code::BAD_EXTENDS, error.to_string()).at(place);
            diagnostic.hint = Some(match &error {
                Error::Request { hint: Some(hint), .. } if path.exists() => hint.clone(),
                _ => "name a shipped scenario, or a file ending in .toml in the same folder".to_owned(),
            });
            sink.push(diagnostic);
            None
        }
    }
}
