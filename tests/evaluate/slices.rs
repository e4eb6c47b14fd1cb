//! Effects that only some units see.

use jumelles::evaluate::{Answers, Options};
use jumelles::policy::Policy;
use jumelles::verdict::Verdict;

use super::ward::{Record, Ward, policy};

fn in_the_south(r: &Record) -> bool {
    r.number("merit") > if r.female() && r.is("region", "south") { 0.6 } else { 0.3 }
}

#[test]
fn a_registered_slice_shows_where_the_effect_is() {
    let ward = Ward::new("twins", 1500);
    let policy = policy(
        "[policy]\nname = \"p\"\nslices = [\"region\", [\"region\", \"merit\"]]\n[[criteria]]\nname = \"c\"\ncontrast = \"total\"\nstatistic = \"net-flip\"\nlimit = 0.2\nslices = [\"region\"]\n",
    );
    let evaluation = ward.evaluate_with(ward.decisions(in_the_south), &policy, &Options::verdict_only());
    let registered = &evaluation.outputs[0].registered[0];
    for slice in &registered.slices {
        let south = slice.terms[0].value.as_deref() == Some("south");
        assert_eq!(slice.p_adjusted < 0.001, south, "{slice:?}");
    }
    assert_eq!(evaluation.outputs[0].registered[1].slices.len(), 12);
    // The whole passes; one slice does not, and decides.
    let result = &evaluation.criteria[0];
    assert_eq!(result.judged.iter().find(|j| j.slice.is_empty()).unwrap().verdict, Verdict::Pass);
    assert_eq!(result.verdict, Verdict::Fail);
    let deciding = &result.judged[result.deciding.unwrap()];
    assert_eq!(deciding.slice[0].value.as_deref(), Some("south"));
}

#[test]
fn a_slice_that_nobody_named_is_found_and_confirmed() {
    let ward = Ward::new("twins", 3000);
    let options = Options { discovery: true, ..Options::verdict_only() };
    let evaluation = ward.evaluate_with(ward.decisions(in_the_south), &Policy::default(), &options);
    let discovery = &evaluation.outputs[0].discovery[0];
    assert!(discovery.looked_at > 10 && discovery.search_units + discovery.confirm_units == 3000);
    let strongest = &discovery.found[0];
    assert!(strongest.confirmed);
    assert!(strongest.slice.terms.iter().any(|t| t.value.as_deref() == Some("south")), "{strongest:?}");
}

#[test]
fn nothing_is_confirmed_in_a_blind_model_with_noise() {
    let ward = Ward::new("twins", 3000);
    let options = Options { discovery: true, ..Options::verdict_only() };
    for (seed, noise) in [(3, 0.1), (4, 0.005), (5, 0.02), (6, 0.3)] {
        let noisy = ward.decisions(|r| (r.number("merit") > 0.4) != (r.dice(seed) < noise));
        let evaluation = ward.evaluate_with(noisy, &Policy::default(), &options);
        let confirmed = evaluation.outputs[0].discovery[0].found.iter().filter(|f| f.confirmed).count();
        assert_eq!(confirmed, 0, "{noise}");
    }
}

#[test]
fn the_curve_shows_at_which_merit_the_bar_is_another() {
    let ward = Ward::new("twins", 2000);
    let options = Options { curves: true, examples: true, ..Options::verdict_only() };
    let rule = |r: &Record| r.number("merit") > if r.female() { 0.45 } else { 0.35 };
    let evaluation = ward.evaluate_with(ward.decisions(rule), &Policy::default(), &options);
    let output = &evaluation.outputs[0];
    let points = &output.curves[0].points;
    assert_eq!(points.len(), 10);
    assert_eq!(points[0].estimate, Some(0.0));
    assert_eq!(points[9].estimate, Some(0.0));
    // The bars lie half-way into two tenths of merit, but for the luck of the draw.
    assert!(points[3].estimate.unwrap() + points[4].estimate.unwrap() < -0.75);
    let example = &output.examples[0];
    assert_eq!((example.target_output, example.reference_output), (0.0, 1.0));
    let gender = example.columns.iter().find(|c| c.name == "gender").unwrap();
    assert_eq!((gender.target.as_deref(), gender.reference.as_deref()), (Some("female"), Some("male")));
    assert!(gender.differs && !example.columns.iter().find(|c| c.name == "merit").unwrap().differs);
}

#[test]
fn a_score_is_looked_at_under_several_thresholds() {
    let ward = Ward::new("twins", 1000);
    let options = Options { curves: true, ..Options::verdict_only() };
    let answers: Answers = ward.scores(|r| 0.9 * r.number("merit") + 0.1 * f64::from(r.female()));
    let evaluation = ward.evaluate_with(answers, &Policy::default(), &options);
    let points = &evaluation.outputs[0].thresholds[0].points;
    assert_eq!(points.len(), 9);
    for point in points {
        // A shift of 0.1 on a uniform score of width 0.9 lifts a ninth of the units over any threshold in between.
        assert!(
            (point.net_flip.estimate.unwrap() - 1.0 / 9.0).abs() < 0.05 || point.threshold < 0.15,
            "{point:?}"
        );
    }
}

#[test]
fn a_slice_by_what_differs_between_twins_is_refused() {
    let ward = Ward::new("twins", 20);
    let facts = jumelles::evaluate::evaluation::PredictionFacts::default();
    for (column, said) in [("gap", "differs between twins"), ("regoin", "no column `regoin`")] {
        let policy = policy(&format!(
            "[policy]\nname = \"p\"\nslices = \"{column}\"\n[[criteria]]\nname = \"c\"\ncontrast = \"total\"\nstatistic = \"net-flip\"\nlimit = 0.2\n"
        ));
        let answers = ward.decisions(|_| true);
        let error = ward.suite.evaluate_answers(&[answers], facts.clone(), &policy, &Options::verdict_only());
        assert!(error.unwrap_err().to_string().contains(said), "{column}");
    }
}
