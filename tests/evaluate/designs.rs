//! The same model on suites of every design.

use jumelles::evaluate::evaluation::NotAskedBecause;

use super::ward::{Record, Ward, estimate};

/// 0.1 for the shown gender, 0.2 for the title (identity), 0.3 for a gap (career).
fn score(r: &Record) -> f64 {
    0.1 * f64::from(r.female()) + 0.2 * r.number("title") + 0.3 * r.number("gap") + 0.4 * r.number("merit")
}

/// The share of units that show a gap as women and not as men.
fn gap_share(ward: &Ward) -> f64 {
    let records = ward.records();
    let arm = |name: &str| ward.suite.manifest.arms.iter().position(|a| a.name == name).unwrap();
    let (women, men) = (&records[arm("female")], &records[arm("male")]);
    let gained: f64 = women.iter().zip(men).map(|(w, m)| w.number("gap") - m.number("gap")).sum();
    gained / women.len() as f64
}

#[test]
fn twins_tell_the_total_and_ask_for_no_more() {
    let ward = Ward::new("twins", 500);
    let evaluation = ward.evaluate(ward.scores(score));
    let planted = 0.1 + 0.2 + 0.3 * gap_share(&ward);
    assert!((estimate(&evaluation.outputs[0], "total") - planted).abs() < 1e-12);
    assert!(evaluation.not_asked.iter().any(|n| n.because == NotAskedBecause::NoContrast));
    assert!(evaluation.criteria.iter().all(|c| c.criterion.contrast == "total"));
}

#[test]
fn paths_tell_direct_and_proxy_effects_that_sum_to_the_total() {
    let ward = Ward::new("paths", 500);
    let output = &ward.evaluate(ward.scores(score)).outputs[0];
    assert!((estimate(output, "direct") - 0.1).abs() < 1e-12);
    let sum = estimate(output, "direct") + estimate(output, "proxy");
    assert!((estimate(output, "total") - sum).abs() < 1e-12);
}

#[test]
fn each_proxy_tells_the_groups_apart() {
    let ward = Ward::new("each-proxy", 500);
    let output = &ward.evaluate(ward.scores(score)).outputs[0];
    assert!((estimate(output, "proxy:identity") - 0.2).abs() < 1e-12);
    assert!((estimate(output, "proxy:career") - 0.3 * gap_share(&ward)).abs() < 1e-12);
}

#[test]
fn factorial_suites_share_the_total_out() {
    let ward = Ward::new("factorial", 500);
    // The gap counts for women only: its share is halved between the gender and the career.
    let rule = |r: &Record| 0.1 + 0.4 * r.number("gap") * f64::from(r.female());
    let output = &ward.evaluate(ward.scores(rule)).outputs[0];
    let shares = &output.shapley[0].shares;
    assert_eq!(shares.len(), 3);
    let of = |group: Option<&str>| {
        shares.iter().find(|s| s.group.as_deref() == group).map(|s| s.estimate).unwrap()
    };
    let sum: f64 = shares.iter().map(|s| s.estimate).sum();
    assert!((sum - estimate(output, "total")).abs() < 1e-12);
    assert!(of(Some("identity")).abs() < 1e-12);
    // Career: ½ · 0.4 · (what women gain); gender: the rest.
    assert!((of(Some("career")) - 0.2 * gap_share(&ward)).abs() < 1e-12);
}

#[test]
fn without_proxies_what_is_shown_is_all_there_is() {
    let text = r#"
[scenario]
name = "bare"
[protected.gender]
levels = { female = 0.5, male = 0.5 }
[variables.merit]
role = "background"
uniform = { low = 0, high = 1 }
[design]
kind = "twins"
"#;
    let ward = Ward::of(text, "twins", 500);
    let evaluation = ward.evaluate(ward.decisions(|r| r.female() || r.number("merit") > 0.5));
    let direct = evaluation.criteria.iter().find(|c| c.criterion.name == "direct-net-flip").unwrap();
    assert_eq!(direct.verdict, jumelles::verdict::Verdict::Fail);
    assert_eq!(direct.judged[0].contrast.kind, "total");
}
