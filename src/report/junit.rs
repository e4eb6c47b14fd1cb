//! Test cases for build servers.

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite, XmlString};

use super::measure::Measure;
use super::naming;
use super::phrase::Phrase;
use super::reason::output;
use super::visible::one_line;
use super::voice::Voice;
use crate::evaluate::Evaluation;
use crate::evaluate::evaluation::{CriterionResult, Judged, NotAsked, NotAskedBecause, Reason};
use crate::verdict::Verdict;
use crate::verify::{Outcome, Verification};

pub(super) fn junit(voice: &Voice, evaluation: &Evaluation, checks: Option<&Verification>) -> String {
    let mut report = Report::new("jumelles");
    for result in &evaluation.criteria {
        report.add_test_suite(criterion(voice, evaluation, result));
    }
    if !evaluation.not_asked.is_empty() {
        let mut suite = TestSuite::new(voice.say("short.not_asked"));
        suite.add_test_cases(evaluation.not_asked.iter().map(|n| not_asked(voice, n)));
        report.add_test_suite(suite);
    }
    if let Some(checks) = checks {
        report.add_test_suite(verification(voice, checks));
    }
    report.to_string().expect("a report in memory can be written")
}

fn criterion(voice: &Voice, evaluation: &Evaluation, result: &CriterionResult) -> TestSuite {
    let mut suite = TestSuite::new(one_line(&result.criterion.name));
    suite.add_property(Property::new("question", xml(&naming::question(voice, &result.criterion))));
    suite.add_property(("verdict", result.verdict.word()));
    for judged in &result.judged {
        suite.add_test_case(comparison(voice, evaluation, result, judged));
    }
    if result.judged.is_empty() {
        let status = skipped(voice.say("reason.no_answers"));
        suite.add_test_case(case(
            &naming::question(voice, &result.criterion),
            &result.criterion.name,
            status,
        ));
    }
    suite
}

fn comparison(voice: &Voice, evaluation: &Evaluation, result: &CriterionResult, judged: &Judged) -> TestCase {
    let measure = Measure::of_statistic(&result.criterion.statistic, output(evaluation, &judged.output));
    let message = message(voice, measure, judged);
    let status = match judged.verdict {
        Verdict::Pass => TestCaseStatus::success(),
        Verdict::Inconclusive | Verdict::NoData => skipped(&message),
        Verdict::Fail => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(XmlString::new(&message)).set_type(result.criterion.statistic.as_str());
            status
        }
    };
    let mut case = case(&naming::judged(voice, judged), &result.criterion.name, status);
    for (name, figure) in
        [("estimate", judged.estimate), ("low-limit", judged.low_limit), ("high-limit", judged.high_limit)]
    {
        if let Some(figure) = figure {
            case.add_property(Property::new(name, figure.to_string()));
        }
    }
    case.add_property(Property::new("units", judged.units.to_string()));
    case
}

/// "straddles: effect +0.8 pts, interval [−0.2, 1.8] pts, limit ±1 pts, 300 units; 2,400 units would decide".
fn message(voice: &Voice, measure: Measure, judged: &Judged) -> String {
    let say = |key: &str| voice.say(key).to_lowercase();
    let mut text = format!(
        "{}{}{} {}, {} {}, {} {}, {}",
        voice.say(reason_key(judged.reason)),
        voice.say("page.colon"),
        say("criteria.estimate"),
        measure.maybe(judged.estimate, voice.numerals),
        say("criteria.interval"),
        measure.interval(judged.interval.as_ref(), voice.numerals),
        say("criteria.limit"),
        naming::limit(voice, measure, judged),
        voice.units(judged.units),
    );
    if let Some(units) = judged.units_needed {
        text.push_str("; ");
        text.push_str(&voice.phrase("criteria.needed", &[("units", voice.count(units))]).plain());
    }
    text
}

/// The key of the words for why a comparison has its verdict.
pub(super) fn reason_key(reason: Reason) -> &'static str {
    match reason {
        Reason::Inside => "why.inside",
        Reason::Outside => "why.outside",
        Reason::OutsideUnadjusted => "why.outside-unadjusted",
        Reason::Straddles => "why.straddles",
        Reason::TooFewUnits => "why.too-few-units",
        Reason::NoAnswers => "why.no-answers",
    }
}

/// The key of the words for why a criterion was not asked.
pub(super) fn because_key(because: NotAskedBecause) -> &'static str {
    match because {
        NotAskedBecause::NoContrast => "because.no-contrast",
        NotAskedBecause::NoPlacebo => "because.no-placebo",
        NotAskedBecause::NoOutput => "because.no-output",
        NotAskedBecause::NoFactualRecords => "because.no-factual-records",
    }
}

fn not_asked(voice: &Voice, criterion: &NotAsked) -> TestCase {
    let status = skipped(voice.say(because_key(criterion.because)));
    case(&naming::question(voice, &criterion.criterion), &criterion.criterion.name, status)
}

fn verification(voice: &Voice, checks: &Verification) -> TestSuite {
    let mut suite = TestSuite::new(voice.say("checks.title"));
    for check in &checks.checks {
        let summary = one_line(&check.summary);
        let status = match check.outcome {
            Outcome::Passed | Outcome::Information => TestCaseStatus::success(),
            Outcome::NotChecked => skipped(&summary),
            Outcome::Failed => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                let details: Vec<String> = check.details.iter().map(|d| one_line(d)).collect();
                status.set_message(summary).set_type("verification").set_description(details.join("\n"));
                status
            }
        };
        suite.add_test_case(case(&Phrase::free(&check.name), "verify", status));
    }
    suite
}

fn case(name: &Phrase, class: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(xml(name), status);
    case.set_classname(one_line(class));
    case
}

fn skipped(message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(message);
    status
}

fn xml(phrase: &Phrase) -> XmlString {
    XmlString::new(phrase.plain())
}
