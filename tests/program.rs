//! The program as a user runs it.

use std::path::Path;
use std::process::{Command, Output};

fn jumelles(arguments: &[&str], dir: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jumelles"))
        .args(arguments)
        .current_dir(dir)
        // Messages speak the language of the environment.
        .env("LC_ALL", "C")
        .output()
        .expect("the program runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

#[test]
fn every_shipped_scenario_generates_and_verifies() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["credit", "hiring", "recrutement"] {
        let made = jumelles(&["generate", name, "-o", name, "--units", "3000"], dir.path());
        assert_eq!(code(&made), 0, "{}", String::from_utf8_lossy(&made.stderr));
        let verified = jumelles(&["verify", name], dir.path());
        assert_eq!(code(&verified), 0, "{}", String::from_utf8_lossy(&verified.stdout));
    }
}

/// The manifest of the suite that a command makes.
fn manifest(arguments: &[&str], dir: &Path) -> serde_json::Value {
    let made = jumelles(arguments, dir);
    assert_eq!(code(&made), 0, "{}", String::from_utf8_lossy(&made.stderr));
    serde_json::from_slice(&made.stdout).expect("--json prints the manifest")
}

#[test]
fn parts_threads_and_machines_do_not_change_values() {
    let dir = tempfile::tempdir().unwrap();
    let base = ["generate", "credit", "--units", "9000", "--json"];
    let with = |more: &[&str]| manifest(&[&base, more].concat(), dir.path());
    let one = with(&["-o", "one", "--threads", "1"]);
    let many = with(&["-o", "many", "--threads", "8", "--parts", "7"]);
    for part in ["2", "0", "1"] {
        with(&["-o", "alone", "--parts", "3", "--part", part]);
    }
    let combined = manifest(&["combine", "alone", "--json"], dir.path());
    let whole = with(&["-o", "whole", "--parts", "3"]);
    for other in [&many, &combined, &whole] {
        assert_eq!(one["content_hash"], other["content_hash"]);
    }
    assert_eq!(combined, whole, "files made alone have the bytes of the whole run");
    assert_eq!(code(&jumelles(&["verify", "alone", "--deep"], dir.path())), 0);
}

#[test]
fn parts_that_are_missing_or_damaged_do_not_combine() {
    let dir = tempfile::tempdir().unwrap();
    let part = |i: &str| {
        let made = jumelles(
            &["generate", "credit", "-o", "s", "--units", "3000", "--parts", "2", "--part", i],
            dir.path(),
        );
        assert_eq!(code(&made), 0, "{}", String::from_utf8_lossy(&made.stderr));
    };
    part("0");
    let missing = jumelles(&["combine", "s"], dir.path());
    assert_eq!(code(&missing), 2);
    assert!(String::from_utf8_lossy(&missing.stderr).contains("1 of 2 parts are missing: 1"));
    assert_eq!(code(&jumelles(&["verify", "s"], dir.path())), 2, "parts are no suite yet");
    part("1");
    let path = dir.path().join("s/truth/part-00001.parquet");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[40] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(code(&jumelles(&["combine", "s"], dir.path())), 1);
    assert!(!dir.path().join("s/suite.json").exists());
}

#[test]
fn arms_that_share_a_file_hold_the_same_records_in_fewer_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let base = ["generate", "credit", "--units", "9000", "--json"];
    let apart = manifest(&[&base[..], &["-o", "apart"]].concat(), dir.path());
    let shared = manifest(
        &[&base[..], &["-o", "shared", "--layout", "one-file", "--parts", "2"]].concat(),
        dir.path(),
    );
    assert_eq!(apart["content_hash"], shared["content_hash"]);
    let bytes = |manifest: &serde_json::Value| -> u64 {
        let files = manifest["files"].as_array().unwrap().iter();
        let sizes: std::collections::BTreeMap<&str, u64> =
            files.map(|f| (f["path"].as_str().unwrap(), f["bytes"].as_u64().unwrap())).collect();
        sizes.values().sum()
    };
    assert!(bytes(&shared) * 2 < bytes(&apart), "{} {}", bytes(&shared), bytes(&apart));
    assert_eq!(code(&jumelles(&["verify", "shared", "--deep"], dir.path())), 0);
    let csv =
        jumelles(&["generate", "credit", "-o", "csv", "--layout", "one-file", "--format", "csv"], dir.path());
    assert_eq!(code(&csv), 2, "only Parquet files can be shared");
}

#[test]
fn suites_of_every_format_verify() {
    let dir = tempfile::tempdir().unwrap();
    for format in ["parquet", "csv", "jsonl", "arrow"] {
        manifest(
            &["generate", "hiring", "-o", format, "--units", "2000", "--format", format, "--json"],
            dir.path(),
        );
        let verified = jumelles(&["verify", format], dir.path());
        assert_eq!(code(&verified), 0, "{}", String::from_utf8_lossy(&verified.stdout));
    }
}

#[test]
fn a_changed_file_does_not_verify() {
    let dir = tempfile::tempdir().unwrap();
    jumelles(&["generate", "hiring", "-o", "s", "--units", "500"], dir.path());
    let path = dir.path().join("s/truth/part-00000.parquet");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(code(&jumelles(&["verify", "s"], dir.path())), 1);
}

#[test]
fn a_file_that_the_manifest_does_not_list_does_not_verify() {
    let dir = tempfile::tempdir().unwrap();
    jumelles(&["generate", "hiring", "-o", "s", "--units", "200"], dir.path());
    let data = dir.path().join("s/data");
    let (own, other) = (data.join("arm=male/part-00000.parquet"), data.join("arm=male/part-00001.parquet"));
    std::fs::copy(own, other).unwrap();
    let verified = jumelles(&["verify", "s"], dir.path());
    assert_eq!(code(&verified), 1);
    assert!(String::from_utf8_lossy(&verified.stdout).contains("part-00001.parquet"));
}

#[test]
fn what_somebody_put_into_a_suite_is_not_removed_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let again = ["generate", "hiring", "-o", "s", "--units", "20", "--overwrite"];
    assert_eq!(code(&jumelles(&again, dir.path())), 0);
    assert_eq!(code(&jumelles(&again, dir.path())), 0);
    std::fs::write(dir.path().join("s/scores.csv"), "precious").unwrap();
    let refused = jumelles(&again, dir.path());
    assert_eq!(code(&refused), 2);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("scores.csv"));
    std::fs::write(dir.path().join("s/suite.json"), "{}").unwrap();
    assert_eq!(
        code(&jumelles(&again, dir.path())),
        2,
        "nor where the manifest does not say what is the suite's"
    );
    assert_eq!(std::fs::read_to_string(dir.path().join("s/scores.csv")).unwrap(), "precious");
}

#[test]
fn what_a_command_lays_over_a_scenario_verifies() {
    let dir = tempfile::tempdir().unwrap();
    let overlays: &[&[&str]] = &[
        &["--set", "variables.certifications.poisson.mean=2"],
        &["--strength", "career=0.3"],
        &["--strength", "career=0:1:0.5"],
        &["--design", "twins"],
        &["--design", "each-proxy"],
        &["--design", "factorial"],
        &["--design", "factual"],
    ];
    for (at, overlay) in overlays.iter().enumerate() {
        let to = format!("s{at}");
        let made =
            jumelles(&[&["generate", "hiring", "-o", &to, "--units", "500"], *overlay].concat(), dir.path());
        assert_eq!(code(&made), 0, "{overlay:?}: {}", String::from_utf8_lossy(&made.stderr));
        let verified = jumelles(&["verify", &to], dir.path());
        assert_eq!(code(&verified), 0, "{overlay:?}: {}", String::from_utf8_lossy(&verified.stdout));
    }
}

#[test]
fn the_smallest_suites_verify() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["credit", "hiring", "recrutement"] {
        for units in ["1", "2", "5", "12", "50"] {
            let to = format!("{name}-{units}");
            jumelles(&["generate", name, "-o", &to, "--units", units, "--seed", units], dir.path());
            let verified = jumelles(&["verify", &to], dir.path());
            assert_eq!(code(&verified), 0, "{}", String::from_utf8_lossy(&verified.stdout));
        }
    }
}

#[test]
fn a_changed_manifest_does_not_verify() {
    let dir = tempfile::tempdir().unwrap();
    jumelles(&["generate", "hiring", "-o", "s", "--units", "200"], dir.path());
    let path = dir.path().join("s/suite.json");
    let mut manifest: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    manifest["content_hash"] = "0".repeat(64).into();
    std::fs::write(&path, manifest.to_string()).unwrap();
    assert_eq!(code(&jumelles(&["verify", "s"], dir.path())), 1);
}

#[test]
fn a_suite_is_replaced_only_when_asked() {
    let dir = tempfile::tempdir().unwrap();
    let made = |seed: &str, more: &[&str]| {
        let arguments = ["generate", "hiring", "-o", "s", "--units", "200", "--seed", seed];
        code(&jumelles(&[&arguments, more].concat(), dir.path()))
    };
    assert_eq!([made("1", &[]), made("2", &[]), made("2", &["--overwrite"])], [0, 2, 0]);
    let manifest = std::fs::read_to_string(dir.path().join("s/suite.json")).unwrap();
    assert!(manifest.contains("\"seed\": 2"));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside it");
}

/// A change here is a change of generated values: it belongs into the changelog under Values.
#[test]
fn shipped_scenarios_keep_their_values() {
    let dir = tempfile::tempdir().unwrap();
    let hashes: Vec<String> = ["credit", "hiring", "recrutement"]
        .iter()
        .map(|name| {
            let made = jumelles(&["generate", name, "-o", name, "--units", "100", "--json"], dir.path());
            let manifest: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
            format!("{name} {}", manifest["content_hash"].as_str().unwrap())
        })
        .collect();
    insta::assert_snapshot!(hashes.join("\n"));
}

#[test]
fn wrong_requests_leave_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    jumelles(&["generate", "hiring", "-o", "s", "--units", "100"], dir.path());
    for arguments in [
        ["generate", "hiring", "-o", "s"].as_slice(),
        &["generate", "hirng", "-o", "t"],
        &["generate", "hiring", "-o", "t", "--set", "variables.age.normal.sd=-1"],
        &["generate", "hiring", "-o", "t", "--format", "xlsx"],
        &["verify", "nowhere"],
        &["explain", "J9999"],
    ] {
        let output = jumelles(arguments, dir.path());
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
    let names: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["s"]);
}

#[test]
fn a_starter_checks() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(code(&jumelles(&["new", "mine"], dir.path())), 0);
    let checked = jumelles(&["check", "mine.toml"], dir.path());
    assert_eq!(code(&checked), 0, "{}", String::from_utf8_lossy(&checked.stderr));
}

#[test]
fn mistakes_are_told_in_french_where_french_is_asked_for_or_spoken() {
    let dir = tempfile::tempdir().expect("a folder for a test");
    let wrong = "[scenario]\nname = \"x\"\n[protected.gender]\nlevels = { female = 0.5, male = 0.5 }\n[variables.x]\nnormal = { mean = 0, sd = -1 }\n";
    std::fs::write(dir.path().join("x.toml"), wrong).expect("the folder can be written");
    let said = |arguments: &[&str], locale: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_jumelles"))
            .args(arguments)
            .current_dir(dir.path())
            .env("LC_ALL", locale)
            .output()
            .expect("the program runs");
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let french = said(&["check", "x.toml", "--lang", "fr"], "C");
    assert!(french.starts_with("erreur[J0204]: un paramètre"), "{french}");
    assert!(french.contains("= conseil: ") && french.contains("1 erreur en tout"), "{french}");
    assert_eq!(said(&["check", "x.toml"], "fr_FR.UTF-8"), french);
    let english = said(&["check", "x.toml"], "C");
    assert!(english.starts_with("error[J0204]: `sd` must be positive, found -1"), "{english}");
    assert_eq!(said(&["--lang", "en", "check", "x.toml"], "fr_FR.UTF-8"), english);
    assert!(said(&["check", "nowhere.toml", "--lang", "fr"], "C").starts_with("erreur: "));
}
