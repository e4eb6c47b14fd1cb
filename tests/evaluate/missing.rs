//! Answers that are not there.

use jumelles::evaluate::Answers;

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
    let facts = jumelles::evaluate::evaluation::PredictionFacts::default();
    let answers = Answers::decisions("hired", vec![vec![true; 20]]);
    let refused = ward.suite.evaluate_answers(
        &[answers],
        facts,
        &jumelles::policy::Policy::default(),
        &jumelles::evaluate::Options::default(),
    );
    assert!(refused.unwrap_err().to_string().contains("1 arms of up to 20 units"));
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
