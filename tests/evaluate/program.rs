//! `evaluate` and `plan --policy` as a user runs them.

use std::path::Path;
use std::process::{Command, Output};

use jumelles::suite::Suite;

fn jumelles(arguments: &[&str], dir: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jumelles"));
    command.args(arguments).current_dir(dir).output().expect("the program runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

/// A file of answers to a suite in CSV: `record_id` and what a rule makes of (column names, cells).
fn answer(dir: &Path, file: &str, rule: impl Fn(&dyn Fn(&str) -> String) -> String) {
    let suite = Suite::open(dir.join("suite")).unwrap();
    let mut out = "record_id,shortlisted\n".to_owned();
    for entry in suite.manifest.files.iter().filter(|f| f.arm.is_some()) {
        let mut reader = csv::Reader::from_path(dir.join("suite").join(&entry.path)).unwrap();
        let names = reader.headers().unwrap().clone();
        for row in reader.records() {
            let row = row.unwrap();
            let cell = |name: &str| row[names.iter().position(|n| n == name).unwrap()].to_owned();
            out.push_str(&format!("{},{}\n", cell("record_id"), rule(&cell)));
        }
    }
    std::fs::write(dir.join(file), out).unwrap();
}

#[test]
fn a_verdict_is_an_exit_code_and_a_report_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let made =
        jumelles(&["generate", "hiring", "-o", "suite", "--units", "500", "--format", "csv"], dir.path());
    assert_eq!(code(&made), 0, "{}", String::from_utf8_lossy(&made.stderr));
    answer(dir.path(), "blind.csv", |cell| (cell("certifications") == "0").to_string());
    answer(dir.path(), "biased.csv", |cell| if cell("gender") == "female" { "no" } else { "yes" }.to_owned());

    let blind = jumelles(
        &["evaluate", "suite", "blind.csv", "--report", "e.json", "--report", "e.html", "--lang", "en"],
        dir.path(),
    );
    let told =
        format!("{}{}", String::from_utf8_lossy(&blind.stdout), String::from_utf8_lossy(&blind.stderr));
    assert_eq!(code(&blind), 0, "{told}");
    assert!(told.contains("No differential treatment found by this suite"), "{told}");
    let report: jumelles::evaluate::Evaluation =
        serde_json::from_slice(&std::fs::read(dir.path().join("e.json")).unwrap()).unwrap();
    assert_eq!(report.predictions.rows, 500 * report.suite.arms.len() as u64);
    assert!(report.suite.moved[0].group.is_none() && report.suite.moved[0].columns[0].name == "gender");
    assert!(report.suite.held.iter().any(|h| h.name == "certifications" && h.role == "resolving"));

    let biased = jumelles(
        &["evaluate", "suite", "biased.csv", "--output", "shortlisted:decision:favourable=yes", "--json"],
        dir.path(),
    );
    assert_eq!(code(&biased), 1, "{}", String::from_utf8_lossy(&biased.stderr));
    let evaluation: serde_json::Value = serde_json::from_slice(&biased.stdout).unwrap();
    assert_eq!(evaluation["verdict"], "fail");

    for (arguments, said) in [
        (vec!["evaluate", "suite", "none.csv"], "none.csv"),
        (vec!["evaluate", "suite", "blind.csv", "--report", "x.docx"], "which report is wanted"),
        (vec!["evaluate", "suite", "blind.csv", "--policy", "none.toml"], "none.toml"),
    ] {
        let refused = jumelles(&arguments, dir.path());
        assert_eq!(code(&refused), 2, "{arguments:?}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains(said), "{arguments:?}");
    }
    assert!(!dir.path().join("x.docx").exists());
}

#[test]
fn few_units_are_not_enough_evidence() {
    let dir = tempfile::tempdir().unwrap();
    let made =
        jumelles(&["generate", "hiring", "-o", "suite", "--units", "60", "--format", "csv"], dir.path());
    assert_eq!(code(&made), 0);
    answer(dir.path(), "blind.csv", |cell| (cell("certifications") == "0").to_string());
    let few = jumelles(&["evaluate", "suite", "blind.csv"], dir.path());
    assert_eq!(code(&few), 3, "{}", String::from_utf8_lossy(&few.stdout));
}

#[test]
fn a_plan_says_how_many_units_a_policy_needs_and_schemas_are_printed() {
    let dir = tempfile::tempdir().unwrap();
    let plan = jumelles(&["plan", "hiring", "--policy", "default"], dir.path());
    assert_eq!(code(&plan), 0);
    assert!(String::from_utf8_lossy(&plan.stdout).contains("299"));
    for of in ["policy", "evaluation"] {
        let schema = jumelles(&["schema", of], dir.path());
        let value: serde_json::Value = serde_json::from_slice(&schema.stdout).unwrap();
        assert!(value["properties"].is_object(), "{of}");
    }
}

#[test]
fn a_suite_with_many_names_is_evaluated_and_not_cut_by_them() {
    let dir = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_jumelles"))
            .args(arguments)
            .current_dir(dir.path())
            .output()
            .expect("the program runs")
    };
    assert!(
        run(&["generate", "recrutement", "-o", "s", "--units", "3000", "--format", "csv"]).status.success()
    );
    // A model that reads the answer off the title: the rows of all arms with a column more.
    let mut answers = String::from("record_id,decision\n");
    for arm in std::fs::read_dir(dir.path().join("s/data")).unwrap() {
        let text = std::fs::read_to_string(arm.unwrap().path().join("part-00000.csv")).unwrap();
        for line in text.lines().skip(1) {
            let id = line.split(',').next().unwrap();
            answers += &format!("{id},{}\n", u8::from(line.contains("Monsieur")));
        }
    }
    std::fs::write(dir.path().join("answers.csv"), answers).unwrap();
    let evaluated = run(&["evaluate", "s", "answers.csv", "--report", "report.html"]);
    assert_eq!(evaluated.status.code(), Some(1), "{}", String::from_utf8_lossy(&evaluated.stderr));
    assert!(dir.path().join("report.html").exists());
}
