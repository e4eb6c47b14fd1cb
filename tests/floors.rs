//! The house has floors: a module may use those below it and none above, so that each can be understood without the next.

use std::path::{Path, PathBuf};

/// From the top to the bottom.
const FLOORS: &[&str] = &[
    "cli", "verify", "suite", "sample", "model", "scenario", "text", "names", "formula", "dist", "value",
    "error", "diag", "noise", "stats",
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("a folder of the source can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The module of a file: the first folder, or the file's own name; none for the crate's roots.
fn module(path: &Path) -> Option<String> {
    let inner = path.strip_prefix(source()).expect("the file is in the source");
    let first = inner.components().next()?.as_os_str().to_str()?.trim_end_matches(".rs").to_owned();
    (first != "lib" && first != "main").then_some(first)
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|name| *name == module)
}

/// The modules that a line names after `crate::`; a list in braces may run on, so it is read from the whole text.
fn named(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, path) in text.match_indices("crate::") {
        let rest = &text[at + path.len()..];
        let line = text[..at].matches('\n').count() + 1;
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        if text[start..at].trim_start().starts_with("//") {
            continue;
        }
        match rest.strip_prefix('{') {
            Some(list) => {
                // Only the first word of each item at the outer level is a module.
                let mut depth = 0;
                let mut item = String::new();
                for letter in list.chars() {
                    match letter {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => found.push((line, first_word(&std::mem::take(&mut item)))),
                        other if depth == 0 => item.push(other),
                        _ => {}
                    }
                }
                found.push((line, first_word(&item)));
            }
            None => found.push((line, first_word(rest))),
        }
    }
    found.retain(|(_, name)| !name.is_empty());
    found
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

#[test]
fn a_module_uses_only_the_floors_below_it() {
    let mut files = Vec::new();
    rust_files(&source(), &mut files);
    assert!(files.len() > 50, "the source was found");
    let mut wrong = Vec::new();
    for path in files {
        let Some(own) = module(&path) else { continue };
        let Some(here) = floor(&own) else {
            wrong.push(format!("{}: `{own}` has no floor", path.display()));
            continue;
        };
        let text = std::fs::read_to_string(&path).expect("a source file can be read");
        for (line, other) in named(&text) {
            // Macros and items of the crate's root are on no floor.
            if let Some(there) = floor(&other)
                && there < here
            {
                wrong.push(format!("{}:{line}: `{own}` uses `{other}`, which is above it", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lists_of_imports_are_taken_apart() {
    let text =
        "use crate::{diag::{self, Code}, model};\n// crate::suite\nlet a = crate::value::Kind::Number;";
    let names: Vec<String> = named(text).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["diag", "model", "value"]);
}
