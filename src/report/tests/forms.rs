//! Golden texts for terminal, Markdown and JUnit.

use super::fixture::*;
use crate::report::{Language, Report};
use crate::verdict::Verdict;

#[test]
fn a_terminal_reads_the_verdict_first() {
    let (evaluation, checks) = (rich(), checks());
    let report = Report::of(&evaluation).with_verification(&checks);
    insta::assert_snapshot!("terminal_en", report.terminal(false));
    insta::assert_snapshot!("terminal_fr", report.in_language(Language::Fr).terminal(false));
}

#[test]
fn colours_stand_around_the_same_text() {
    let evaluation = rich();
    let report = Report::of(&evaluation);
    let coloured = report.terminal(true);
    assert!(coloured.contains("\u{1b}[1;31m"));
    let mut plain = String::new();
    for (place, piece) in coloured.split("\u{1b}[").enumerate() {
        plain.push_str(if place == 0 { piece } else { piece.split_once('m').expect("a code").1 });
    }
    assert_eq!(plain, report.terminal(false));
}

#[test]
fn a_build_page_gets_verdict_criteria_and_where_to_look() {
    let (evaluation, checks) = (rich(), failed_checks());
    let report = Report::of(&evaluation).with_verification(&checks);
    insta::assert_snapshot!("markdown_en", report.markdown());
    insta::assert_snapshot!("markdown_fr", report.in_language(Language::Fr).markdown());
}

#[test]
fn a_build_server_gets_one_case_a_comparison() {
    let (evaluation, checks) = (rich(), failed_checks());
    insta::assert_snapshot!("junit_en", Report::of(&evaluation).with_verification(&checks).junit());
}

#[test]
fn every_verdict_has_its_sentence() {
    let limits = (Some(-0.01), Some(0.01));
    let sentences: Vec<String> = [Verdict::Pass, Verdict::Fail, Verdict::Inconclusive, Verdict::NoData]
        .into_iter()
        .flat_map(|verdict| {
            let estimate = [0.002, -0.05, 0.008][usize::from(verdict.exit_code()) % 3];
            let judged = judged("direct", verdict, estimate, 0.004, limits);
            let evaluation =
                judged_as(vec![result(criterion("direct effect", "direct", "net-flip", 0.01), vec![judged])]);
            Language::ALL.map(|l| Report::of(&evaluation).in_language(l).terminal(false))
        })
        .map(|text| text.split("\n  !").next().unwrap_or_default().to_owned())
        .collect();
    insta::assert_snapshot!("sentences", sentences.join("\n\n"));
}
