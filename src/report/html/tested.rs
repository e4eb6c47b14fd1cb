//! What was moved, what was held and why, who wrote the scenario.

use minijinja::Value;

use super::pen::Pen;
use super::section::Section;
use super::table::{Fit, Table};
use crate::evaluate::Evaluation;
use crate::evaluate::evaluation::{ArmFacts, Localised, Moved};
use crate::report::naming;
use crate::report::phrase::Phrase;

pub(super) fn section(pen: &Pen, evaluation: &Evaluation) -> Value {
    let facts = &evaluation.suite;
    let mut section = Section::new(pen, "tested", pen.say("tested.title"));
    section.paragraph(pen.say("tested.intro"));
    moved(&mut section, pen, &facts.moved);
    held(&mut section, pen, evaluation);
    section.heading(pen.say("tested.about"));
    if let Some((language, about)) = pen.voice.localised(&facts.about).filter(|(_, t)| !t.trim().is_empty()) {
        section.quoted(language, about);
    }
    section.facts(about(pen, evaluation));
    arms(&mut section, pen, &facts.arms);
    section.finish()
}

fn moved(section: &mut Section, pen: &Pen, moved: &[Moved]) {
    section.heading(pen.say("tested.moved"));
    if moved.is_empty() {
        section.note(pen.say("tested.moved_none"));
    }
    for group in moved {
        let title = match &group.group {
            Some(name) => pen.phrase("tested.moved_group", &[("group", Phrase::free(name))]),
            None => Phrase::word(pen.voice.say("tested.moved_shown")),
        };
        section.subheading(title.html());
        if let Some(about) = pen.localised(&group.about) {
            section.paragraph(about);
        }
        section.list(group.columns.iter().map(|c| column(pen, &c.name, &c.about)).collect());
    }
}

fn held(section: &mut Section, pen: &Pen, evaluation: &Evaluation) {
    section.heading(pen.say("tested.held"));
    let held = &evaluation.suite.held;
    if held.is_empty() {
        section.note(pen.say("tested.held_none"));
    }
    // What needs a reason comes first.
    let mut roles: Vec<&str> =
        if held.iter().any(|c| c.role == "resolving") { vec!["resolving"] } else { vec![] };
    for column in held {
        if !roles.contains(&column.role.as_str()) {
            roles.push(&column.role);
        }
    }
    for role in roles {
        match pen.voice.words.find(&format!("tested.{role}_why")) {
            Some(why) => section.paragraph(Value::from(why)),
            None => section.paragraph(pen.free(role)),
        }
        let columns = held.iter().filter(|c| c.role == role);
        section.list(columns.map(|c| column(pen, &c.name, &c.about)).collect());
    }
}

/// "`voice` – what it is".
fn column(pen: &Pen, name: &str, about: &Localised) -> Value {
    match pen.localised(about) {
        Some(about) => Value::from_safe_string(format!("{} – {about}", pen.code(name))),
        None => pen.code(name),
    }
}

fn about(pen: &Pen, evaluation: &Evaluation) -> Vec<(Value, Value)> {
    let facts = &evaluation.suite;
    let authors = match facts.authors.is_empty() {
        true => Phrase::word(pen.voice.say("tested.authors_none")),
        false => Phrase::joined(facts.authors.iter().map(Phrase::free), ", "),
    };
    let mut lines = vec![
        (pen.say("tested.authors"), authors.html()),
        (pen.say("tested.design"), pen.free(&facts.design)),
    ];
    let protected = facts.protected.iter().map(|(name, levels)| {
        let levels = Phrase::joined(levels.iter().map(Phrase::free), ", ");
        Phrase::joined([Phrase::free(name), levels], pen.voice.say("page.colon"))
    });
    let protected = Phrase::joined(protected, "; ");
    if !protected.is_empty() {
        lines.push((pen.say("tested.protected"), protected.html()));
    }
    lines
}

fn arms(section: &mut Section, pen: &Pen, arms: &[ArmFacts]) {
    let mut table = Table::new(Fit::Rows, Phrase::word(pen.voice.say("tested.arms_caption")))
        .words(pen.say("tested.arm"))
        .words(pen.say("tested.shows"))
        .words(pen.say("tested.follows"));
    for arm in arms {
        let name = match &arm.placebo_of {
            Some(base) => pen.described(
                Phrase::free(&arm.name),
                pen.phrase("tested.placebo_of", &[("arm", Phrase::free(base))]),
            ),
            None => pen.free(&arm.name),
        };
        let level = |variable: &String, level: &String| match level.as_str() {
            "own" => {
                Phrase::joined([Phrase::free(variable), Phrase::word(pen.voice.say("tested.own"))], " = ")
            }
            level => naming::equals(pen.voice, variable, level),
        };
        let shows = Phrase::joined(arm.show.iter().map(|(v, l)| level(v, l)), ", ");
        let follows = Phrase::joined(
            arm.follow.iter().map(|(group, levels)| {
                let levels = Phrase::joined(levels.iter().map(|(v, l)| level(v, l)), ", ");
                Phrase::joined([Phrase::free(group), levels], pen.voice.say("page.colon"))
            }),
            "; ",
        );
        table.row(vec![name, shows.html(), follows.html()]);
    }
    let summary =
        format!("{} ({})", pen.voice.say("tested.arms"), pen.voice.numerals.count(arms.len() as u64));
    section.folded(Value::from(summary), table);
}
