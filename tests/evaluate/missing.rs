//! Answers that are not there.

use jumelles::evaluate::evaluation::PredictionFacts;
use jumelles::evaluate::{Answers, Options};
use jumelles::policy::Policy;

use super::ward::{Ward, effect};

#[test]
fn refusals_of_one_level_are_a_result_and_bound_the_estimate() {
    let ward = Ward::new("twins", 500);
    let mut answers = ward.decisions(|r| r.number("merit") > 0.5);
    let female = ward.suite.manifest.arms.iter().position(|a| a.name == "female").unwrap();
    answers.values[female][..50].fill(f64::NAN);
    let evaluation = ward.evaluate(answers);
    let output = &evaluation.outputs[0];
    let refusal = output.refusals.iter().find(|r| r.target == "female" && r.reference == "male").unwrap();
    assert_eq!((refusal.only_target, refusal.only_reference, refusal.both), (50, 0, 0));
    assert!(refusal.is_differential);
    let total = effect(output, "total");
    assert_eq!(total.units, 450);
    let worst = total.worst_case.as_ref().unwrap();
    assert_eq!(worst.missing_units, 50);
    // Each missing answer may at most be 1 against 0.
    assert!((worst.highest - worst.lowest - 0.1).abs() < 1e-12);
    assert!(worst.lowest <= 0.0 && worst.highest >= 0.0);
    assert_eq!(output.complete_units, 450);
}

#[test]
fn a_model_that_answers_nothing_has_no_verdict() {
    let ward = Ward::new("paths", 50);
    let answers =
        Answers::scores("score", 0.0, 1.0, vec![vec![f64::NAN; 50]; ward.suite.manifest.arms.len()]);
    let evaluation = ward.evaluate(answers);
    assert_eq!(evaluation.verdict, jumelles::verdict::Verdict::NoData);
    let text = serde_json::to_string(&evaluation).unwrap();
    let back: jumelles::evaluate::Evaluation = serde_json::from_str(&text).unwrap();
    assert_eq!(back, evaluation);
}

#[test]
fn answers_of_another_shape_are_refused() {
    let ward = Ward::new("twins", 20);
    let refused = |answers: Answers| {
        let (facts, policy) = (PredictionFacts::default(), Policy::default());
        ward.suite.evaluate_answers(&[answers], facts, &policy, &Options::default()).unwrap_err().to_string()
    };
    let arms = ward.suite.manifest.arms.len();
    let short = refused(Answers::decisions("hired", vec![vec![true; 20]]));
    assert!(short.contains("1 arms of up to 20 units"), "{short}");
    let unknown = refused(Answers::categories("grade", vec!["a".to_owned()], vec![vec![1.0; 20]; arms]));
    assert!(unknown.contains("the answer 1"), "{unknown}");
    let mut infinite = Answers::numbers("pay", vec![vec![0.0; 20]; arms]);
    infinite.values[0][3] = f64::INFINITY;
    assert!(refused(infinite).contains("the answer inf"));
}

#[test]
fn categories_are_told_by_their_transitions() {
    let ward = Ward::new("twins", 300);
    let code = |r: &super::ward::Record| f64::from(u8::from(r.female() && r.is("region", "south")));
    let by_arm = ward.records().iter().map(|arm| arm.iter().map(code).collect()).collect();
    let grades = vec!["a".to_owned(), "b".to_owned()];
    let evaluation = ward.evaluate_with(
        Answers::categories("grade", grades, by_arm),
        &Policy::default(),
        &Options::default(),
    );
    let flips = effect(&evaluation.outputs[0], "total").flips.as_ref().unwrap();
    let moved = flips.transitions[0][1];
    assert_eq!((flips.transitions[1][0], flips.transitions[1][1]), (0, 0));
    assert!((flips.rate.estimate.unwrap() - moved as f64 / 300.0).abs() < 1e-12 && moved > 60);
    assert_eq!(evaluation.outputs[0].arms.len(), ward.suite.manifest.arms.len());
}

#[test]
fn one_unit_is_said_to_be_too_few_and_nothing_is_not_a_number() {
    let ward = Ward::new("paths", 1);
    for answers in [ward.decisions(|r| r.female()), ward.scores(|r| r.number("merit"))] {
        let options = jumelles::evaluate::Options::default();
        let evaluation = ward.evaluate_with(answers, &jumelles::policy::Policy::default(), &options);
        assert_ne!(evaluation.verdict, jumelles::verdict::Verdict::Pass);
        assert!(serde_json::to_string(&evaluation).is_ok());
    }
}
