//! Versions, hashes and sources: what is needed to repeat the evaluation.

use minijinja::Value;

use super::pen::Pen;
use super::section::Section;
use crate::evaluate::Evaluation;
use crate::report::phrase::Phrase;
use crate::suite::SourceEntry;

pub(super) fn section(pen: &Pen, evaluation: &Evaluation) -> Value {
    let mut section = Section::new(pen, "provenance", pen.say("provenance.title"));
    section.facts(facts(pen, evaluation));
    section.heading(pen.say("provenance.sources"));
    match evaluation.suite.sources.is_empty() {
        true => section.note(pen.say("provenance.sources_none")),
        false => section.list(evaluation.suite.sources.iter().map(|s| source(s).html()).collect()),
    }
    section.folded_text(pen.say("provenance.policy_text"), &evaluation.policy.text);
    section.finish()
}

fn facts(pen: &Pen, evaluation: &Evaluation) -> Vec<(Value, Value)> {
    let (suite, policy) = (&evaluation.suite, &evaluation.policy);
    let scenario =
        Phrase::joined([Phrase::free(&suite.scenario), Phrase::free(&suite.scenario_version)], " ");
    let mut facts = vec![
        (pen.say("provenance.tool"), pen.free(&evaluation.tool)),
        (pen.say("provenance.format"), Value::from(evaluation.format_version)),
        (pen.say("provenance.suite"), pen.code(&suite.id)),
        (pen.say("provenance.content_hash"), pen.code(&suite.content_hash)),
        (pen.say("provenance.scenario"), scenario.html()),
        (pen.say("provenance.scenario_hash"), pen.code(&suite.scenario_hash)),
        (pen.say("provenance.seed"), Value::from(suite.seed.to_string())),
        (pen.say("provenance.policy"), pen.free(&policy.name)),
        (pen.say("provenance.policy_hash"), pen.code(&policy.hash)),
    ];
    for file in &evaluation.predictions.files {
        let parts = [("path", Phrase::free(&file.path)), ("bytes", pen.voice.count(file.bytes))];
        let name = pen.phrase("provenance.file", &parts).html();
        facts.push((pen.say("provenance.predictions"), pen.stacked(name, pen.code(&file.hash))));
    }
    if evaluation.predictions.repeats != 1 {
        facts.push((pen.say("provenance.repeats"), pen.count(evaluation.predictions.repeats)));
    }
    facts
}

/// Addresses are text, not links: a report leads nowhere.
fn source(source: &SourceEntry) -> Phrase {
    let mut parts = vec![Phrase::free(&source.title)];
    parts.extend(source.publisher.iter().map(Phrase::free));
    parts.extend(source.year.iter().map(|year| Phrase::word(year.to_string())));
    parts.extend(source.licence.iter().map(Phrase::free));
    parts.extend(source.url.iter().map(Phrase::free));
    Phrase::joined(parts, ", ")
}
