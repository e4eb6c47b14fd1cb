//! What the figures rest on, and what they do not say.

use minijinja::Value;

use super::effects::test_key;
use super::pen::Pen;
use super::section::Section;
use crate::evaluate::Evaluation;
use crate::evaluate::evaluation::{Bounds, Effect, Method, OutputEvaluation, TestMethod};
use crate::report::phrase::Phrase;

/// In the order in which they are told.
const METHODS: &[(Method, &str)] = &[
    (Method::Tango, "method.tango"),
    (Method::MoverTango, "method.mover-tango"),
    (Method::ClopperPearson, "method.clopper-pearson"),
    (Method::MoverClopperPearson, "method.mover-clopper-pearson"),
    (Method::PairedT, "method.paired-t"),
    (Method::Constant, "method.constant"),
    (Method::Bca, "method.bca"),
    (Method::WalshRanks, "method.walsh-ranks"),
    (Method::BonettPrice, "method.bonett-price"),
    (Method::Katz, "method.katz"),
    (Method::Newcombe, "method.newcombe"),
    (Method::Welch, "method.welch"),
    (Method::ExactOdds, "method.exact-odds"),
    (Method::Joined, "method.joined"),
];

const TESTS: &[TestMethod] = &[
    TestMethod::McNemarMidP,
    TestMethod::SignFlip,
    TestMethod::PairedT,
    TestMethod::WilcoxonPratt,
    TestMethod::Bowker,
    TestMethod::Fisher,
];

pub(super) fn section(pen: &Pen, evaluation: &Evaluation) -> Value {
    let mut section = Section::new(pen, "methods", pen.say("methods.title"));
    let mut items: Vec<Value> = ["relative", "found", "synthetic", "signal", "paired"]
        .iter()
        .map(|k| pen.say(&format!("methods.{k}")))
        .collect();
    let alpha = evaluation.policy.alpha;
    let parts = [
        ("alpha", Phrase::word(pen.voice.numerals.number(alpha))),
        ("level", Phrase::word(pen.voice.numerals.percent(1.0 - 2.0 * alpha))),
    ];
    items.push(pen.phrase("methods.bounds", &parts).html());
    let joined = |names: Vec<&str>| {
        Phrase::word(names.iter().map(|key| pen.voice.say(key)).collect::<Vec<_>>().join("; "))
    };
    let methods = used_methods(evaluation);
    if !methods.is_empty() {
        items.push(pen.phrase("methods.intervals", &[("methods", joined(methods))]).html());
    }
    let tests = used_tests(evaluation);
    if !tests.is_empty() {
        items.push(pen.phrase("methods.tests", &[("tests", joined(tests))]).html());
    }
    if evaluation.predictions.repeats > 1 {
        let repeats = pen.voice.count(evaluation.predictions.repeats);
        items.push(pen.phrase("methods.repeats", &[("repeats", repeats)]).html());
    }
    items.extend(["merit", "causal", "language_note"].iter().map(|k| pen.say(&format!("methods.{k}"))));
    section.list(items);
    section.finish()
}

fn used_methods(evaluation: &Evaluation) -> Vec<&'static str> {
    let judged = evaluation.criteria.iter().flat_map(|c| &c.judged).filter_map(|j| j.interval.as_ref());
    let used: Vec<Method> = evaluation
        .outputs
        .iter()
        .flat_map(bounds)
        .map(|b| b.method)
        .chain(judged.map(|b| b.method))
        .collect();
    METHODS.iter().filter(|(method, _)| used.contains(method)).map(|(_, key)| *key).collect()
}

fn bounds(output: &OutputEvaluation) -> Vec<&Bounds> {
    let effects = output.effects.iter().chain(&output.placebos);
    let mut bounds: Vec<&Bounds> = effects.flat_map(of_effect).collect();
    bounds.extend(output.population.iter().flat_map(|p| &p.gaps).flat_map(|g| {
        [Some(&g.observed.interval), g.ratio.as_ref().map(|r| &r.interval)].into_iter().flatten()
    }));
    bounds
}

fn of_effect(effect: &Effect) -> Vec<&Bounds> {
    let flips = effect.flips.iter().flat_map(|f| [Some(&f.rate), f.odds.as_ref()]).flatten();
    let estimates = flips.chain(&effect.hodges_lehmann).chain(effect.ratio.iter().map(|r| &r.ratio));
    effect.interval.iter().chain(&effect.bootstrap).chain(estimates.map(|e| &e.interval)).collect()
}

fn used_tests(evaluation: &Evaluation) -> Vec<&'static str> {
    let outputs = &evaluation.outputs;
    let effects = outputs.iter().flat_map(|o| o.effects.iter().chain(&o.placebos)).flat_map(|e| &e.tests);
    let gaps =
        outputs.iter().flat_map(|o| &o.population).flat_map(|p| &p.gaps).filter_map(|g| g.test.as_ref());
    let used: Vec<TestMethod> = effects.chain(gaps).map(|t| t.method).collect();
    TESTS.iter().filter(|method| used.contains(method)).map(|method| test_key(*method)).collect()
}
