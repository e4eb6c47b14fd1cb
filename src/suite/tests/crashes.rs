//! The machine crashes after every operation.

use std::path::Path;

use super::crash::{Luck, crash};
use super::recording::{Operation, Recording};
use super::survival::{Tree, Way, before, names, positions, small, tree, without_scaffold};
use crate::error::ErrorKind;
use crate::model::Model;
use crate::suite::{Seed, Suite, Units};

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

#[test]
fn a_kill_between_the_two_renames_of_a_replacement_is_mended_by_whoever_comes_next() {
    let (model, way) = (small(), Way::Replacing);
    let (log, _) = recorded(&model, way);
    let aside =
        |operation: &Operation| matches!(operation, Operation::Rename(_, to) if to.ends_with("replaced"));
    let cut = log.iter().position(aside).expect("the old suite is set aside") + 1;
    let new = way.uninterrupted(&model);
    for opens in [true, false] {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("suite");
        crash(&log[..cut], 0, Luck::All, dir.path());
        assert!(!place.exists());
        let found = match opens {
            true => Suite::open(&place),
            // A run without --overwrite finds the place taken, and the suite in it.
            false => {
                let refused = model.generate(Units(10), Seed(1)).write_to(&place).unwrap_err();
                assert!(refused.to_string().contains("holds a suite"), "{refused}");
                Suite::open(&place)
            }
        };
        assert_eq!(found.unwrap_or_else(|e| panic!("{e}")).manifest.seed, 2);
        assert!(tree(&place) == new);
    }
}

#[test]
fn of_a_suite_that_is_removed_the_manifest_goes_first() {
    let (log, _) = recorded(&small(), Way::Replacing);
    let old = Path::new("suite.partial/replaced");
    let removed: Vec<&Path> = log
        .iter()
        .filter_map(|operation| match operation {
            Operation::RemoveFile(path) if path.starts_with(old) => Some(path.as_path()),
            _ => None,
        })
        .collect();
    assert!(removed.len() > 6 && removed[0] == old.join("suite.json"), "{removed:?}");
    // What is left of it by a crash, when somebody has removed the new suite as well, does not come back.
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("suite");
    let first = log.iter().position(|o| matches!(o, Operation::RemoveFile(path) if path.starts_with(old)));
    crash(&log[..=first.expect("it is removed")], 0, Luck::All, dir.path());
    std::fs::remove_dir_all(&place).unwrap();
    assert_eq!(Suite::open(&place).unwrap_err().kind(), ErrorKind::Request);
    assert!(!place.exists());
}
