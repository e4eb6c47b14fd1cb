//! Runs that are to survive: what is made, and what a folder holds afterwards.

use std::collections::BTreeMap;
use std::path::Path;

use super::recording::Recording;
use crate::error::Result;
use crate::model::Model;
use crate::scenario::Scenario;
use crate::suite::combine::combine_on;
use crate::suite::disk::{Disk, FileSystem};
use crate::suite::generation::Generation;
use crate::suite::{Format, Seed, Suite, Units};

const SCENARIO: &str = r#"
[scenario]
name = "small"
version = "1.0.0"
language = "en"

[protected.gender]
levels = { female = 0.5, male = 0.5 }

[variables.score]
role = "proxy"
normal = { mean = { base = -1, gender = { female = 2 } }, sd = 3 }

[variables.remote]
role = "background"
bernoulli = { p = 0.3 }

[design]
kind = "twins"
"#;

/// The bytes of files by their paths.
pub(super) type Tree = BTreeMap<String, Vec<u8>>;

/// Ways to make a suite in a folder.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Way {
    /// In one run, cut in three parts.
    Whole,
    /// In one run, in the place of another suite.
    Replacing,
    /// Two parts alone, then combined.
    Combined,
}

pub(super) fn small() -> Model {
    Scenario::from_text("small.toml", SCENARIO).unwrap().compile().unwrap_or_else(|e| panic!("{e}"))
}

/// A suite of three leaves and a bit; the seed tells them apart.
fn asked(model: &Model, seed: u64, format: Format) -> Generation<'_> {
    model.generate(Units(2100), Seed(seed)).format(format).threads(1)
}

impl Way {
    pub(super) const ALL: [Way; 3] = [Way::Whole, Way::Replacing, Way::Combined];

    /// What must be there before.
    pub(super) fn prepare(self, model: &Model, disk: &dyn Disk, place: &Path) {
        if self == Way::Replacing {
            asked(model, 1, Format::Jsonl).parts(2).on(disk).write_to(place).expect("a first suite");
        }
    }

    /// Makes the suite.
    pub(super) fn make(self, model: &Model, disk: &dyn Disk, place: &Path, resume: bool) -> Result<Suite> {
        // Every format, since each has its own way to write and to tell of errors.
        let format = match self {
            Way::Whole => Format::Parquet,
            Way::Replacing => Format::Csv,
            Way::Combined => Format::Arrow,
        };
        let asked = || asked(model, 2, format).on(disk).resume(resume);
        match self {
            Way::Whole => asked().parts(3).write_to(place),
            Way::Replacing => asked().parts(3).overwrite(true).write_to(place),
            Way::Combined => {
                for part in 0..2 {
                    asked().parts(2).part(part).write_to(place)?;
                }
                combine_on(disk, place)
            }
        }
    }

    /// Makes the suite again after it was cut short, as a user would.
    pub(super) fn make_again(self, model: &Model, place: &Path, resume: bool) -> Result<Suite> {
        // Nothing is lost that is not synced, so that it need not be: that takes longer than all the rest.
        let disk = Recording::new(place.parent().expect("a parent"), None);
        if self == Way::Combined && place.join("suite.json").exists() {
            // The parts were combined; at most what they were made of is left.
            return match combine_on(&disk, place) {
                Err(e) if e.to_string().contains("whole suite already") => Suite::open(place),
                combined => combined,
            };
        }
        self.make(model, &disk, place, resume)
    }

    /// The bytes of a run without interruption.
    pub(super) fn uninterrupted(self, model: &Model) -> Tree {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("suite");
        self.make(model, &Recording::new(dir.path(), None), &place, false).unwrap_or_else(|e| panic!("{e}"));
        tree(&place)
    }
}

/// The suite that [`Way::prepare`] makes.
pub(super) fn before(model: &Model) -> Tree {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("suite");
    Way::Replacing.prepare(model, &Recording::new(dir.path(), None), &place);
    tree(&place)
}

/// All files below a folder.
pub(super) fn tree(dir: &Path) -> Tree {
    fn walk(root: &Path, dir: &Path, tree: &mut Tree) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => walk(root, &path, tree),
                false => {
                    let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                    tree.insert(name, std::fs::read(&path).unwrap());
                }
            }
        }
    }
    let mut found = Tree::new();
    walk(dir, dir, &mut found);
    found
}

/// A tree without what a run that was cut short leaves beside the files of a suite.
pub(super) fn without_scaffold(tree: Tree) -> Tree {
    tree.into_iter()
        .filter(|(name, _)| !name.starts_with(".partial-") && !name.starts_with("parts/"))
        .collect()
}

pub(super) fn names(dir: &Path) -> Vec<String> {
    FileSystem.names(dir).unwrap().into_iter().map(|name| name.to_string_lossy().into_owned()).collect()
}

/// The positions of an operation to try: every tenth, or all with `JUMELLES_FAULTS=all`.
pub(super) fn positions(count: usize) -> impl Iterator<Item = usize> {
    let step = if std::env::var("JUMELLES_FAULTS").is_ok_and(|v| v == "all") { 1 } else { 10 };
    (0..count).step_by(step)
}
