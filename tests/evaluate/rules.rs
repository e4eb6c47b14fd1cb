//! Effects found are those planted.

use jumelles::evaluate::evaluation::Method;
use jumelles::verdict::Verdict;

use super::ward::{Ward, effect, estimate, policy};

/// The share of units with merit in (low, high].
fn share(ward: &Ward, low: f64, high: f64) -> f64 {
    let records = &ward.records()[0];
    let inside = records.iter().filter(|r| r.number("merit") > low && r.number("merit") <= high).count();
    inside as f64 / records.len() as f64
}

fn verdict_of(evaluation: &jumelles::evaluate::Evaluation, criterion: &str) -> Verdict {
    evaluation.criteria.iter().find(|c| c.criterion.name == criterion).unwrap().verdict
}

#[test]
fn a_rule_on_gender_alone_is_a_direct_effect() {
    let ward = Ward::new("paths", 1000);
    let bar = |r: &super::ward::Record| r.number("merit") > if r.female() { 0.3 } else { 0.1 };
    let evaluation = ward.evaluate(ward.decisions(bar));
    let output = &evaluation.outputs[0];
    let planted = -share(&ward, 0.1, 0.3);
    for kind in ["total", "direct"] {
        assert!((estimate(output, kind) - planted).abs() < 1e-12, "{kind}");
    }
    assert_eq!(estimate(output, "proxy"), 0.0);
    assert_eq!(estimate(output, "interaction"), 0.0);
    let flips = effect(output, "total").flips.as_ref().unwrap();
    assert!((flips.rate.estimate.unwrap() + planted).abs() < 1e-12);
    assert_eq!(flips.count_to_target, 0);
    assert_eq!(evaluation.verdict, Verdict::Fail);
    assert_eq!(verdict_of(&evaluation, "direct-net-flip"), Verdict::Fail);
}

#[test]
fn a_rule_on_a_proxy_alone_is_no_direct_effect() {
    let ward = Ward::new("paths", 1000);
    let evaluation = ward.evaluate(ward.decisions(|r| r.number("gap") == 0.0));
    let output = &evaluation.outputs[0];
    assert_eq!(estimate(output, "direct"), 0.0);
    assert_eq!(estimate(output, "total"), estimate(output, "proxy"));
    let planted = -0.3;
    assert!((estimate(output, "total") - planted).abs() < 0.05);
    assert_eq!(verdict_of(&evaluation, "direct-net-flip"), Verdict::Pass);
    assert_eq!(verdict_of(&evaluation, "total-net-flip"), Verdict::Fail);
}

#[test]
fn a_blind_model_passes_and_its_interval_has_a_width() {
    let ward = Ward::new("paths", 1000);
    let evaluation = ward.evaluate(ward.decisions(|r| r.number("merit") > 0.4));
    assert_eq!(evaluation.verdict, Verdict::Pass, "{:?}", evaluation.criteria);
    for kind in ["total", "direct", "proxy", "interaction"] {
        let interval = effect(&evaluation.outputs[0], kind).interval.unwrap();
        assert!(interval.low.unwrap() < -0.001 && interval.high.unwrap() > 0.001, "{kind}: {interval:?}");
    }
    // Nothing flips in a thousand units: 1 − 0.05^(1/1000), a little more than Tango's z² / (N + z²).
    let high = effect(&evaluation.outputs[0], "direct").interval.unwrap().high.unwrap();
    assert!((high - (1.0 - 0.05_f64.powf(0.001))).abs() < 1e-12);
}

#[test]
fn a_blind_model_on_too_few_units_is_inconclusive() {
    let ward = Ward::new("paths", 100);
    let evaluation = ward.evaluate(ward.decisions(|r| r.number("merit") > 0.4));
    assert_eq!(evaluation.verdict, Verdict::Inconclusive);
    let flips = evaluation.criteria.iter().find(|c| c.criterion.name == "direct-flip-rate").unwrap();
    // 0 flips prove a rate below 1 % with 299 units.
    assert_eq!(flips.units_needed, Some(299));
}

#[test]
fn a_rule_against_men_fails_as_one_against_women_does() {
    let ward = Ward::new("paths", 1000);
    let evaluation =
        ward.evaluate(ward.decisions(|r| r.number("merit") > if r.female() { 0.1 } else { 0.3 }));
    assert!((estimate(&evaluation.outputs[0], "direct") - share(&ward, 0.1, 0.3)).abs() < 1e-12);
    assert_eq!(verdict_of(&evaluation, "direct-net-flip"), Verdict::Fail);
    // 0.7 of 0.9 is below four fifths; whether a thousand units show it is up to the draw, but they do not show the contrary.
    assert_ne!(verdict_of(&evaluation, "total-impact-ratio"), Verdict::Pass);
}

#[test]
fn direct_and_proxy_effects_that_cancel_are_both_told() {
    let ward = Ward::new("paths", 1000);
    let score = |r: &super::ward::Record| {
        0.3 + 0.5 * r.number("merit") + 0.2 * f64::from(r.female()) - 0.2 * r.number("title")
    };
    let evaluation = ward.evaluate(ward.scores(score));
    let output = &evaluation.outputs[0];
    assert!(estimate(output, "total").abs() < 1e-12);
    assert!((estimate(output, "direct") - 0.2).abs() < 1e-12);
    assert!((estimate(output, "proxy") + 0.2).abs() < 1e-12);
    assert_eq!(verdict_of(&evaluation, "direct-mean"), Verdict::Fail);
    assert_eq!(verdict_of(&evaluation, "total-mean"), Verdict::Pass);
}

#[test]
fn decisions_that_cancel_by_path_show_in_the_patterns() {
    let ward = Ward::new("paths", 1000);
    let rule = |r: &super::ward::Record| f64::from(r.female()) == r.number("title");
    let evaluation = ward.evaluate(ward.decisions(rule));
    let output = &evaluation.outputs[0];
    assert_eq!(estimate(output, "total"), 0.0);
    let cancelling = output.patterns[0].counts.iter().find(|c| c.pattern == "cancelling").unwrap();
    assert_eq!(cancelling.units, 1000);
    // The two direct pairs are +1 and −1 for everybody: a mean of 0 that is certain of nothing.
    let direct = effect(output, "direct");
    assert_eq!(direct.estimate, Some(0.0));
    assert_eq!(direct.interval.unwrap().method, Method::MoverTango);
    assert!(direct.interval.unwrap().high.unwrap() > 0.001);
    assert_eq!(direct.flips.as_ref().unwrap().rate.estimate, Some(1.0));
    assert_eq!(verdict_of(&evaluation, "direct-flip-rate"), Verdict::Fail);
}

#[test]
fn equal_group_rates_hide_nothing_from_twins() {
    // The loan program of Galhotra, Brun and Meliou (2017), "Fairness testing": no group discrimination, causal
    // discrimination of two thirds.
    let ward = Ward::new("twins", 1500);
    let rule = |r: &super::ward::Record| {
        let merit = r.number("merit");
        if r.female() { merit <= 1.0 / 3.0 } else { merit > 1.0 / 3.0 && merit <= 2.0 / 3.0 }
    };
    let evaluation = ward.evaluate(ward.decisions(rule));
    let total = effect(&evaluation.outputs[0], "total");
    assert!(total.estimate.unwrap().abs() < 0.05);
    let rate = total.flips.as_ref().unwrap().rate.estimate.unwrap();
    assert!((rate - share(&ward, 0.0, 2.0 / 3.0)).abs() < 1e-12 && (rate - 2.0 / 3.0).abs() < 0.05);
}

#[test]
fn a_noisy_fair_model_passes_beyond_its_noise_and_not_before() {
    let ward = Ward::new("paths", 6000);
    // Two records of one unit differ with probability 2 · 0.01 · 0.99.
    let rule = |r: &super::ward::Record| (r.number("merit") > 0.4) != (r.dice(1) < 0.01);
    let evaluation = ward.evaluate(ward.decisions(rule));
    let output = &evaluation.outputs[0];
    let excess = output.excesses.iter().find(|e| e.contrast.kind == "direct").unwrap();
    assert!(excess.estimate.unwrap().abs() < 0.005, "{excess:?}");
    assert!((excess.raw.unwrap() - 0.0198).abs() < 0.004);
    let flips = evaluation.criteria.iter().find(|c| c.criterion.name == "direct-flip-rate").unwrap();
    assert!(flips.judged[0].beyond_placebos);
    assert_eq!(flips.verdict, Verdict::Pass, "{flips:?}");
    let raw = policy(
        "[policy]\nname = \"raw\"\n[[criteria]]\nname = \"flips\"\ncontrast = \"direct\"\nstatistic = \"flip-rate\"\nlimit = 0.01\n",
    );
    let answers = ward.decisions(rule);
    let raw = ward.evaluate_with(answers, &raw, &jumelles::evaluate::Options::verdict_only());
    assert_eq!(raw.verdict, Verdict::Fail);
}

#[test]
fn scores_that_never_differ_certify_within_what_was_seen() {
    let ward = Ward::new("paths", 1000);
    let evaluation = ward.evaluate(ward.scores(|r| r.number("merit")));
    assert_eq!(evaluation.verdict, Verdict::Pass);
    let interval = effect(&evaluation.outputs[0], "total").interval.unwrap();
    assert_eq!(interval.method, Method::Constant);
    // 1 − 0.05^(1/1000): what a thousand equal units leave open, times the range.
    assert!((interval.high.unwrap() - (1.0 - 0.05_f64.powf(0.001))).abs() < 1e-12);
}

#[test]
fn a_number_without_a_range_is_not_judged_by_shares_of_it() {
    let ward = Ward::new("twins", 200);
    let by_arm = ward.records().iter().map(|a| a.iter().map(|r| r.number("merit")).collect()).collect();
    let answers = jumelles::evaluate::Answers::numbers("pay", by_arm);
    let evaluation = ward.evaluate(answers);
    assert_eq!(evaluation.verdict, Verdict::NoData);
    assert!(evaluation.criteria.is_empty() && !evaluation.not_asked.is_empty());
}

#[test]
fn scores_that_all_differ_by_the_same_certify_within_what_was_seen() {
    let ward = Ward::new("paths", 1000);
    let score = |r: &super::ward::Record| 0.1 + 0.7 * r.number("merit") - 0.05 * f64::from(r.female());
    let evaluation = ward.evaluate(ward.scores(score));
    let direct = effect(&evaluation.outputs[0], "direct");
    // On paper every unit loses 0.05; as doubles, the losses differ in their last digits.
    assert_eq!(direct.interval.unwrap().method, Method::Constant);
    assert_eq!((direct.up, direct.down), (0, 1000));
    assert!(direct.interval.unwrap().high.unwrap() > -0.049);
    assert_eq!(effect(&evaluation.outputs[0], "interaction").unmoved, 1000);
}
