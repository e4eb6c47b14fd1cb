//! What is refused, and in which words: every `rejects/NAME.toml` is a scenario with mistakes, `NAME.txt` what is said.
//!
//! `UPDATE_REJECTS=1 cargo test --test main rejects` writes the texts anew; read what changed before it is kept.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jumelles::diag::CODES;
use jumelles::scenario::{Overrides, Scenario};

/// Codes that a lone text cannot reach: a file that is not there, and a value of one unit.
const OUT_OF_REACH: &[&str] = &["J0113", "J0211"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rejects")
}

/// The scenarios of the folder, in order of their names.
fn scenarios() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).expect("the folder of rejects is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    paths
}

/// What a user reads: the mistakes, or the warnings of a scenario that is accepted.
fn said(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("a scenario can be read");
    let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
    let compiled = Scenario::from_text_with(&name, &text, &Overrides::none()).and_then(Scenario::compile);
    let said = match compiled {
        Ok(model) => model.warnings().to_string(),
        Err(error) => error.to_string(),
    };
    format!("{}\n", said.trim_end())
}

#[test]
fn every_mistake_is_told_in_the_words_that_were_kept() {
    let update = std::env::var_os("UPDATE_REJECTS").is_some();
    let mut changed = Vec::new();
    for path in scenarios() {
        let (kept_at, now) = (path.with_extension("txt"), said(&path));
        if update {
            std::fs::write(&kept_at, &now).expect("the folder can be written");
        }
        let kept = std::fs::read_to_string(&kept_at).unwrap_or_default().replace("\r\n", "\n");
        if kept != now {
            changed.push(format!("{}\n--- kept\n{kept}--- now\n{now}", path.display()));
        }
    }
    assert!(changed.is_empty(), "UPDATE_REJECTS=1 accepts:\n{}", changed.join("\n"));
}

#[test]
fn a_scenario_named_after_a_code_is_refused_with_that_code() {
    for path in scenarios() {
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let code = name.split('_').next().expect("a split has a first part").to_uppercase();
        if jumelles::diag::Code::find(&code).is_some() {
            assert!(said(&path).contains(&code), "{name} is not refused with {code}:\n{}", said(&path));
        }
    }
}

#[test]
fn every_code_within_reach_of_a_text_has_a_scenario() {
    let all: String = scenarios().iter().map(|path| said(path)).collect();
    let silent: BTreeSet<&str> = CODES.iter().map(|code| code.id).filter(|id| !all.contains(id)).collect();
    assert_eq!(silent, OUT_OF_REACH.iter().copied().collect());
}
