//! Two protected variables crossed, as in the shipped scenario `credit`.

use jumelles::scenario::SHIPPED;
use jumelles::verdict::Verdict;

use super::ward::{Ward, policy};

#[test]
fn an_effect_at_one_level_of_another_variable_is_found_there() {
    let text = SHIPPED.iter().find(|s| s.name == "credit").unwrap().text;
    let ward = Ward::of(text, "twins", 400);
    let rule = |r: &super::ward::Record| !(r.female() && r.is("age_group", "young"));
    let evaluation = ward.evaluate(ward.decisions(rule));
    let output = &evaluation.outputs[0];
    let gender = |stratum: Option<&str>| {
        let is = |e: &&jumelles::evaluate::evaluation::Effect| {
            e.contrast.variable.as_deref() == Some("gender")
                && e.contrast.stratum.get("age_group").map(String::as_str) == stratum
        };
        output.effects.iter().find(is).unwrap()
    };
    assert_eq!(gender(Some("young")).estimate, Some(-1.0));
    assert_eq!(gender(Some("senior")).estimate, Some(0.0));
    let mean = gender(None);
    assert!(mean.contrast.over_strata);
    assert!((mean.estimate.unwrap() + 0.30).abs() < 1e-9, "{:?}", mean.estimate);
    let interval = mean.interval.unwrap();
    assert!(interval.low.unwrap() < -0.30 && interval.high.unwrap() > -0.30);

    let only_age = policy(
        "[policy]\nname = \"p\"\n[[criteria]]\nname = \"c\"\ncontrast = \"total\"\nstatistic = \"net-flip\"\nlimit = 0.05\nvariable = \"age_group\"\n",
    );
    let answers = ward.decisions(|r| !r.female());
    let options = jumelles::evaluate::Options::verdict_only();
    assert_eq!(ward.evaluate_with(answers, &only_age, &options).verdict, Verdict::Pass);
}
