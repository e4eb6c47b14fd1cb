//! The machine crashes after every operation.

use std::path::Path;

use super::crash::{Luck, crash};
use super::recording::{Operation, Recording};
use super::survival::{Tree, Way, before, names, positions, small, tree, without_scaffold};
use crate::error::ErrorKind;
use crate::model::Model;
use crate::suite::Suite;

/// A run, recorded: its operations, and how many came before it.
fn recorded(model: &Model, way: Way) -> (Vec<Operation>, usize) {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("suite");
    let disk = Recording::new(dir.path(), None);
    way.prepare(model, &disk, &place);
    let before = disk.log().len();
    way.make(model, &disk, &place, false).unwrap_or_else(|e| panic!("{e}"));
    (disk.log(), before)
}

/// The place is absent, resumable or whole.
fn check(place: &Path, what: &str, old: Option<&Tree>, new: &Tree) {
    match Suite::open(place) {
        Ok(_) => {
            let found = without_scaffold(tree(place));
            assert!(found == *new || Some(&found) == old, "{what}: {:?}", found.keys());
        }
        Err(error) => {
            assert!(old.is_none(), "{what}: both suites are lost: {error}");
            assert_eq!(error.kind(), ErrorKind::Request, "{what}: {error}");
        }
    }
}

#[test]
fn after_a_crash_at_any_moment_a_suite_is_absent_resumable_or_whole() {
    let model = small();
    let first = before(&model);
    for way in Way::ALL {
        let (log, start) = recorded(&model, way);
        let old = (way == Way::Replacing).then_some(&first);
        let new = way.uninterrupted(&model);
        for at in positions(log.len() - start + 1).map(|at| log.len() - at) {
            let seeds = (0..4).map(|luck| Luck::Some((at * 4 + luck) as u64));
            for (number, luck) in [Luck::All, Luck::None].into_iter().chain(seeds).enumerate() {
                let what = format!("{way:?}, {at} of {} operations, {luck:?}", log.len());
                let dir = tempfile::tempdir().unwrap();
                let place = dir.path().join("suite");
                crash(&log[..at], start, luck, dir.path());
                // A user may look first, or not.
                if number % 3 != 2 {
                    check(&place, &what, old, &new);
                }
                if at == log.len() {
                    assert!(without_scaffold(tree(&place)) == new, "{what}: what was made is lost");
                }
                way.make_again(&model, &place, number % 2 == 0 || way == Way::Combined)
                    .or_else(|e| {
                        // Without --resume, a suite that is whole already is refused.
                        assert_eq!(e.kind(), ErrorKind::Request, "{what}: {e}");
                        way.make_again(&model, &place, true)
                    })
                    .unwrap_or_else(|e| panic!("{what}: {e}"));
                assert!(tree(&place) == new, "{what}: {:?}", tree(&place).keys());
                let mut left = names(dir.path());
                left.retain(|name| name != "suite");
                assert!(left.is_empty(), "{what}: {left:?} is left");
            }
        }
    }
}

#[test]
fn the_disk_that_crashes_is_the_disk_if_all_is_lucky() {
    let model = small();
    for way in Way::ALL {
        let (log, _) = recorded(&model, way);
        let dir = tempfile::tempdir().unwrap();
        crash(&log, 0, Luck::All, dir.path());
        assert!(tree(&dir.path().join("suite")) == way.uninterrupted(&model));
    }
}
