//! Every file operation of a suite fails once, or from then on.

use std::path::Path;

use super::recording::{Failure, Fault, Recording};
use super::survival::{Tree, Way, before, names, positions, small, tree, without_scaffold};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Model;
use crate::suite::Suite;
use crate::suite::disk::Disk;

/// The trees that a place may hold.
struct Expected {
    old: Option<Tree>,
    new: Tree,
}

fn faults(count: usize) -> impl Iterator<Item = Fault> {
    let failures =
        [(Failure::Full, false), (Failure::Full, true), (Failure::Broken, false), (Failure::Broken, true)];
    positions(count).flat_map(move |at| {
        let short = Fault { at, failure: Failure::Short, lasting: true };
        let failing = failures.map(|(failure, lasting)| Fault { at, failure, lasting });
        failing.into_iter().chain([short])
    })
}

/// What is told is an error of the disk, with a place.
fn check_told(made: &Result<Suite>, fault: Fault, dir: &Path) {
    let Err(error) = made else { return };
    assert_ne!(fault.failure, Failure::Short, "half a write is no failure: {error}");
    assert_eq!((error.kind(), error.kind().exit_code()), (ErrorKind::World, 4), "{error}");
    let said = error.to_string();
    assert!(said.contains("(simulated)") && said.contains(&dir.display().to_string()), "{said}");
}

/// The place holds a whole suite or none; if the error says so, what is kept is there.
fn check_left(made: &Result<Suite>, fault: Fault, place: &Path, expected: &Expected) {
    match Suite::open(place) {
        Ok(_) => {
            let found = without_scaffold(tree(place));
            let whole = found == expected.new || expected.old.as_ref() == Some(&found);
            assert!(whole, "{fault:?}: neither the old suite nor the new one: {:?}", found.keys());
        }
        Err(error) => {
            assert!(expected.old.is_none() && made.is_err(), "{fault:?}: {error}");
            assert_eq!(error.kind(), ErrorKind::Request, "{fault:?}: {error}");
        }
    }
    if let Err(Error::Unfinished { hint, .. }) = made {
        let replacing = hint.contains("/replaced`") || hint.contains("\\replaced`");
        assert!(hint.contains(".partial") && (hint.contains("--resume") || replacing), "{hint}");
    }
}

fn check(model: &Model, way: Way, fault: Fault, resume: bool, expected: &Expected) {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("suite");
    way.prepare(model, &Recording::new(dir.path(), None), &place);
    let made = way.make(model, &Recording::new(dir.path(), Some(fault)), &place, false);
    check_told(&made, fault, dir.path());
    let kept = matches!(made, Err(Error::Unfinished { .. }));
    if made.is_err() && !kept && !fault.lasting && way == Way::Whole && !place.exists() {
        assert_eq!(names(dir.path()), [""; 0], "{fault:?}: nothing is left behind");
    }
    check_left(&made, fault, &place, expected);
    if made.is_err() {
        match way.make_again(model, &place, resume) {
            Ok(_) => {}
            // It was whole, or a part of it there: without --resume that is refused, and left as it is.
            Err(error) if !resume && place.exists() => {
                assert_eq!(error.kind(), ErrorKind::Request, "{fault:?}");
                way.make_again(model, &place, true).unwrap_or_else(|e| panic!("{fault:?}: {e}"));
            }
            Err(error) => panic!("{fault:?}: {error}"),
        }
    }
    assert!(tree(&place) == expected.new, "{fault:?}: {:?}", tree(&place).keys());
    assert_eq!(names(dir.path()), ["suite"], "{fault:?}: nothing is left beside it");
}

#[test]
fn any_operation_may_fail_and_the_next_run_makes_the_same_suite() {
    let model = small();
    let old = before(&model);
    for way in Way::ALL {
        let expected =
            Expected { old: (way == Way::Replacing).then(|| old.clone()), new: way.uninterrupted(&model) };
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("suite");
        way.prepare(&model, &Recording::new(dir.path(), None), &place);
        let disk = Recording::new(dir.path(), None);
        way.make(&model, &disk, &place, false).unwrap_or_else(|e| panic!("{e}"));
        assert!(disk.count() > 50, "{way:?} has {} operations", disk.count());
        for (at, fault) in faults(disk.count()).enumerate() {
            check(&model, way, fault, at % 3 != 0, &expected);
        }
    }
}

/// A run that fails when two of its three parts are finished.
fn cut(model: &Model, dir: &Path) {
    for at in (20..).step_by(5) {
        let disk = Recording::new(dir, Some(Fault { at, failure: Failure::Full, lasting: false }));
        let made = Way::Whole.make(model, &disk, &dir.join("suite"), false);
        if made.unwrap_err().hint().is_some_and(|hint| hint.contains("2 finished parts")) {
            return;
        }
    }
}

#[test]
fn a_run_that_goes_on_may_fail_at_any_operation_too() {
    let (model, way) = (small(), Way::Whole);
    let expected = Expected { old: None, new: way.uninterrupted(&model) };
    let dir = tempfile::tempdir().unwrap();
    cut(&model, dir.path());
    let disk = Recording::new(dir.path(), None);
    way.make(&model, &disk, &dir.path().join("suite"), true).unwrap_or_else(|e| panic!("{e}"));
    for fault in faults(disk.count()) {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("suite");
        cut(&model, dir.path());
        let made = way.make(&model, &Recording::new(dir.path(), Some(fault)), &place, true);
        check_told(&made, fault, dir.path());
        check_left(&made, fault, &place, &expected);
        way.make_again(&model, &place, true).unwrap_or_else(|e| panic!("{fault:?}: {e}"));
        assert!(tree(&place) == expected.new, "{fault:?}");
        assert_eq!(names(dir.path()), ["suite"], "{fault:?}");
    }
}

#[test]
fn finished_parts_are_not_made_again() {
    let (model, way) = (small(), Way::Whole);
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("suite");
    cut(&model, dir.path());
    let kept = dir.path().join("suite.partial/suite/truth/part-00001.parquet");
    let written = |path: &Path| std::fs::metadata(path).unwrap().modified().unwrap();
    let first = written(&kept);
    // A finished part that lost a byte is made again, with the third.
    let damaged = dir.path().join("suite.partial/suite/truth/part-00000.parquet");
    std::fs::write(&damaged, &std::fs::read(&damaged).unwrap()[1..]).unwrap();
    let disk = Recording::new(dir.path(), None);
    way.make(&model, &disk, &place, true).unwrap_or_else(|e| panic!("{e}"));
    assert!(tree(&place) == way.uninterrupted(&model));
    assert_eq!(written(&place.join("truth/part-00001.parquet")), first);
    assert!(disk.names(dir.path()).unwrap().len() == 1);
}
