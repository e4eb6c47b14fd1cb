//! Factual records: gaps between different people, and what they are made of.

use jumelles::evaluate::{Evaluation, Options};
use jumelles::policy::Policy;

use super::ward::{Record, Ward};

fn evaluated(ward: &Ward, rule: impl Fn(&Record) -> bool) -> Evaluation {
    let options = Options { population: true, ..Options::verdict_only() };
    ward.evaluate_with(ward.decisions(rule), &Policy::default(), &options)
}

#[test]
fn a_gap_from_what_is_accepted_is_composition() {
    let ward = Ward::new("paths", 2000);
    let evaluation = evaluated(&ward, |r| r.number("certificates") >= 2.0);
    let gap = &evaluation.outputs[0].population[0].gaps[0];
    assert_eq!((gap.total, gap.direct, gap.proxy), (Some(0.0), Some(0.0), Some(0.0)));
    // P(Poisson(1.5) ≥ 2) − P(Poisson(1) ≥ 2).
    let planted = 0.4422 - 0.2642;
    assert!((gap.observed.estimate.unwrap() - planted).abs() < 0.06);
    assert_eq!(gap.composition, gap.observed.estimate);
    assert!(gap.observed.interval.low.unwrap() > 0.0);
    let certificates = gap.resolving.iter().find(|r| r.variable == "certificates").unwrap();
    assert!((certificates.mean_difference.unwrap() - 0.5).abs() < 0.15);
    assert_eq!(gap.passes_four_fifths, Some(false));
}

#[test]
fn observed_is_direct_and_proxy_and_composition() {
    let ward = Ward::new("paths", 2000);
    let evaluation =
        evaluated(&ward, |r| r.number("merit") > 0.3 + 0.2 * f64::from(r.female()) + 0.1 * r.number("gap"));
    let gap = &evaluation.outputs[0].population[0].gaps[0];
    let sum = gap.direct.unwrap() + gap.proxy.unwrap() + gap.composition.unwrap();
    assert!((gap.observed.estimate.unwrap() - sum).abs() < 1e-12);
}

#[test]
fn the_table_of_selection_rates_compares_with_the_highest() {
    let ward = Ward::new("paths", 1000);
    let evaluation = evaluated(&ward, |r| !r.female() || r.number("merit") > 0.5);
    let table = evaluation.outputs[0].population[0].selection.as_ref().unwrap();
    let women = table.lines.iter().find(|l| l.group["gender"] == "female").unwrap();
    let men = table.lines.iter().find(|l| l.group["gender"] == "male").unwrap();
    assert_eq!((men.impact_ratio, men.selected), (1.0, men.records));
    assert!(!women.passes_four_fifths && (women.impact_ratio - 0.5).abs() < 0.1);
    assert_eq!(women.records + men.records, 1000);
    assert!(!women.is_small);
}

#[test]
fn scores_are_compared_by_their_rate_above_the_median() {
    let ward = Ward::new("paths", 1000);
    let options = Options { population: true, ..Options::verdict_only() };
    let answers = ward.scores(|r| 0.5 * r.number("merit") + 0.5 * f64::from(r.female()));
    let evaluation = ward.evaluate_with(answers, &Policy::default(), &options);
    let table = evaluation.outputs[0].population[0].selection.as_ref().unwrap();
    assert!(table.median.is_some());
    let selected: u64 = table.lines.iter().map(|l| l.selected).sum();
    assert_eq!(selected, 500);
}
