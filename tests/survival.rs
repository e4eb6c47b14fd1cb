//! Runs of the program that are killed, interrupted, or met by another run.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The bytes of files by their paths.
type Tree = BTreeMap<String, Vec<u8>>;

fn tree(dir: &Path) -> Tree {
    fn walk(root: &Path, dir: &Path, tree: &mut Tree) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, tree);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                tree.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut found = Tree::new();
    walk(dir, dir, &mut found);
    found
}

fn command(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jumelles"));
    command.args(arguments).current_dir(dir).stdin(Stdio::null());
    command
}

fn start(dir: &Path, arguments: &[&str]) -> Child {
    command(dir, arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program runs")
}

fn end(dir: &Path, arguments: &[&str]) -> Output {
    command(dir, arguments).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Waits until a run has finished some parts: the journal has a line for each, and one before them.
fn wait_for_parts(dir: &Path, parts: usize) {
    let journal = dir.join("s.partial/jumelles.journal");
    let start = Instant::now();
    while std::fs::read(&journal).map_or(0, |text| text.iter().filter(|b| **b == b'\n').count()) <= parts {
        assert!(start.elapsed() < Duration::from_secs(120), "no part is finished");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Moments that look random and are the same in each run of the tests.
struct Moments(u64);

impl Moments {
    fn below(&mut self, bound: Duration) -> Duration {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        bound.mul_f64((self.0 >> 11) as f64 / (1u64 << 53) as f64)
    }
}

const RUN: [&str; 9] = ["generate", "hiring", "-o", "s", "--units", "8000", "--parts", "8", "--quiet"];

/// What a folder holds of a suite at any moment: none, or all of one.
fn check_whole_or_none(dir: &Path, wholes: &[&Tree]) {
    let inspected = end(dir, &["inspect", "s"]);
    match inspected.status.code() {
        Some(0) => assert!(wholes.contains(&&tree(&dir.join("s"))), "a suite that is neither"),
        Some(2) => assert!(!dir.join("s").exists(), "{}", said(&inspected)),
        code => panic!("exit code {code:?}: {}", said(&inspected)),
    }
}

#[test]
fn a_run_that_is_killed_again_and_again_ends_with_the_bytes_of_one_that_was_not() {
    let kills = std::env::var("JUMELLES_KILLS").ok().map_or(20, |n| n.parse().expect("a number of kills"));
    let dir = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let made = end(dir.path(), &RUN);
    assert!(made.status.success(), "{}", said(&made));
    let (whole, took) = (tree(&dir.path().join("s")), began.elapsed());
    let mut moments = Moments(20_26);
    let (mut killed, mut round) = (0, 0);
    while killed < kills {
        round += 1;
        let dir = tempfile::tempdir().unwrap();
        // Some rounds replace another suite.
        let old = (round % 3 == 0).then(|| {
            let made = end(dir.path(), &["generate", "hiring", "-o", "s", "--units", "50", "--quiet"]);
            assert!(made.status.success(), "{}", said(&made));
            tree(&dir.path().join("s"))
        });
        let more: &[&str] = if old.is_some() { &["--resume", "--overwrite"] } else { &["--resume"] };
        let arguments = [&RUN[..], more].concat();
        loop {
            let mut run = start(dir.path(), &arguments);
            std::thread::sleep(moments.below(took));
            run.kill().expect("it can be killed");
            let ended = run.wait_with_output().unwrap();
            if ended.status.success() || killed >= kills {
                break;
            }
            assert_eq!(ended.status.code(), None, "{}", said(&ended));
            killed += 1;
            let wholes: Vec<&Tree> = [Some(&whole), old.as_ref()].into_iter().flatten().collect();
            check_whole_or_none(dir.path(), &wholes);
            if old.is_some() {
                assert!(dir.path().join("s").exists(), "both suites are lost");
            }
        }
        let made = end(dir.path(), &arguments);
        assert!(made.status.success(), "{}", said(&made));
        assert!(tree(&dir.path().join("s")) == whole, "other bytes after {killed} kills");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}

#[cfg(unix)]
fn send(run: &Child, signal: &str) {
    let sent = Command::new("kill").args([signal, &run.id().to_string()]).status().expect("`kill` runs");
    assert!(sent.success());
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_run_with_the_command_that_goes_on() {
    use std::os::unix::process::ExitStatusExt;
    for (signal, number) in [("-INT", 2), ("-TERM", 15)] {
        let dir = tempfile::tempdir().unwrap();
        let arguments = ["generate", "hiring", "-o", "s", "--units", "300000", "--parts", "60"];
        let run = start(dir.path(), &arguments);
        wait_for_parts(dir.path(), 1);
        send(&run, signal);
        let ended = run.wait_with_output().unwrap();
        // As the signal would have ended it; a shell calls that 130 and 143.
        assert_eq!(ended.status.signal(), Some(number), "{}", said(&ended));
        let said = said(&ended);
        assert!(said.starts_with("error: interrupted"), "{said}");
        let next = "next: jumelles generate hiring -o s --units 300000 --parts 60 --resume";
        assert!(said.contains("kept in `s.partial`") && said.contains(next), "{said}");
        assert!(!dir.path().join("s").exists());
        let opened = end(dir.path(), &["verify", "s"]);
        assert_eq!(opened.status.code(), Some(2));
        assert!(self::said(&opened).contains("--resume"), "{}", self::said(&opened));
    }
}

#[cfg(unix)]
#[test]
fn a_run_of_one_part_that_is_interrupted_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let run = start(dir.path(), &["generate", "hiring", "-o", "s", "--units", "3000000"]);
    wait_for_parts(dir.path(), 0);
    send(&run, "-INT");
    let ended = run.wait_with_output().unwrap();
    assert!(said(&ended).contains("--parts"), "{}", said(&ended));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn two_runs_do_not_write_to_one_place() {
    let dir = tempfile::tempdir().unwrap();
    let arguments = ["generate", "hiring", "-o", "s", "--units", "300000", "--parts", "60"];
    let mut run = start(dir.path(), &arguments);
    wait_for_parts(dir.path(), 1);
    for more in [&[][..], &["--resume"], &["--overwrite"]] {
        let second = end(dir.path(), &[&arguments[..], more].concat());
        assert_eq!(second.status.code(), Some(2), "{}", said(&second));
        assert!(said(&second).contains("another run is writing in `s.partial`"), "{}", said(&second));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    // Another request does not go on with it, and without --resume it is removed.
    let small = ["generate", "hiring", "-o", "s", "--units", "100"];
    let other = end(dir.path(), &[&small[..], &["--resume"]].concat());
    assert_eq!(other.status.code(), Some(2), "{}", said(&other));
    assert!(said(&other).contains("of another request") && said(&other).contains("300000 units"));
    assert!(dir.path().join("s.partial").exists());
    let made = end(dir.path(), &small);
    assert!(made.status.success() && said(&made).contains("s.partial"), "{}", said(&made));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn a_folder_of_somebody_else_is_not_removed() {
    let dir = tempfile::tempdir().unwrap();
    let theirs = dir.path().join("s.partial/suite-notes.txt");
    std::fs::create_dir(dir.path().join("s.partial")).unwrap();
    std::fs::write(&theirs, "years of work").unwrap();
    for more in [&[][..], &["--resume"], &["--overwrite"]] {
        let refused = end(dir.path(), &[&["generate", "hiring", "-o", "s", "--units", "100"], more].concat());
        assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
        assert!(said(&refused).contains("suite-notes.txt"), "{}", said(&refused));
    }
    assert_eq!(std::fs::read_to_string(theirs).unwrap(), "years of work");
}

#[test]
fn what_is_whole_already_is_not_made_again() {
    let dir = tempfile::tempdir().unwrap();
    let small = ["generate", "hiring", "-o", "s", "--units", "100", "--resume"];
    let part = ["generate", "hiring", "-o", "p", "--units", "100", "--parts", "2", "--part", "1", "--resume"];
    let path = dir.path().join("s/data/arm=female/part-00000.parquet");
    let of_part = dir.path().join("p/data/arm=female/part-00001.parquet");
    let written = |path: &Path| std::fs::metadata(path).unwrap().modified().unwrap();
    for arguments in [&small[..], &part] {
        assert!(end(dir.path(), arguments).status.success());
    }
    let first = (written(&path), written(&of_part));
    for arguments in [&small[..], &part] {
        let again = end(dir.path(), arguments);
        assert!(again.status.success(), "{}", said(&again));
    }
    assert_eq!((written(&path), written(&of_part)), first);
    let other = end(dir.path(), &[&small[..], &["--seed", "2"]].concat());
    assert_eq!(other.status.code(), Some(2), "{}", said(&other));
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[40] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    std::fs::write(&of_part, &bytes).unwrap();
    let damaged = end(dir.path(), &small);
    assert_eq!(damaged.status.code(), Some(1), "{}", said(&damaged));
    // A part is made again: nothing of a suite is lost by it.
    assert!(end(dir.path(), &part).status.success());
    assert!(std::fs::read(&of_part).unwrap() != bytes);
}
