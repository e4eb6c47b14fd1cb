//! Every shape of evaluation gives every form of report.

use super::fixture::*;
use crate::evaluate::Evaluation;
use crate::report::{Language, Report};
use crate::verdict::Verdict;

fn shapes() -> Vec<(&'static str, Evaluation)> {
    vec![
        ("rich", rich()),
        ("empty", empty()),
        ("crowded", crowded()),
        ("score", score()),
        ("category", category()),
        ("no outputs", Evaluation { outputs: vec![], ..rich() }),
        ("no data", judged_as(vec![result(criterion("a", "total", "net-flip", 0.01), vec![])])),
    ]
}

#[test]
fn every_shape_has_every_form_in_both_languages() {
    for (name, evaluation) in shapes() {
        for language in Language::ALL {
            let report = Report::of(&evaluation).in_language(language);
            for text in
                [report.html(), report.junit(), report.markdown(), report.terminal(false), report.json()]
            {
                assert!(!text.contains("NaN") && !text.contains("None"), "{name} in {language:?}");
                assert!(text.ends_with('\n') || text.ends_with('>'), "{name} in {language:?}");
            }
        }
    }
}

#[test]
fn a_terminal_never_gets_more_than_25_lines_of_100_columns() {
    use unicode_width::UnicodeWidthStr;
    for (name, mut evaluation) in shapes() {
        evaluation.suite.overridden = true;
        let checks = failed_checks();
        for language in Language::ALL {
            let text =
                Report::of(&evaluation).with_verification(&checks).in_language(language).terminal(false);
            assert!(text.lines().count() <= 25, "{name}:\n{text}");
            for line in text.lines() {
                assert!(line.width() <= 100, "{name}: {} columns in\n{line}", line.width());
            }
        }
    }
}

#[test]
fn json_is_the_evaluation_itself_and_follows_its_schema() {
    let evaluation = rich();
    let text = Report::of(&evaluation).json();
    let back: Evaluation = serde_json::from_str(&text).expect("an evaluation");
    assert_eq!(back, evaluation);
    let schema = crate::report::evaluation_schema();
    let properties = schema["properties"].as_object().expect("properties");
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    for key in value.as_object().expect("an object").keys() {
        assert!(properties.contains_key(key), "{key} is not in the schema");
    }
}

#[test]
fn no_flip_at_all_reads_as_an_upper_bound() {
    let mut judged = judged("direct", Verdict::Pass, 0.0, 0.0, (None, Some(0.01)));
    judged.interval = Some(bounds(0.0, 0.00995, crate::evaluate::evaluation::Method::ClopperPearson));
    judged.units = 300;
    let evaluation = judged_as(vec![result(criterion("flips", "direct", "flip-rate", 0.01), vec![judged])]);
    let text = Report::of(&evaluation).markdown();
    assert!(text.contains("at most 0.995% do (one-sided 95%)"), "{text}");
}

#[test]
fn a_report_is_written_in_the_form_that_its_name_asks_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let evaluation = rich();
    let report = Report::of(&evaluation);
    for (name, start) in [("r.html", "<!DOCTYPE"), ("r.json", "{"), ("r.xml", "<?xml"), ("R.MD", "## ")] {
        let path = folder.path().join(name);
        report.write(&path).expect("a report");
        assert!(std::fs::read_to_string(&path).expect("a file").starts_with(start), "{name}");
    }
    let error = report.write(folder.path().join("r.pdf")).expect_err("no such form");
    assert!(error.to_string().contains("r.pdf"), "{error}");
    assert!(report.write_html(folder.path().join("no/such/folder.html")).is_err());
}
