//! What is missing or unusable, arm by arm.

use minijinja::Value;

use super::pen::Pen;
use super::section::Section;
use super::table::{Fit, Table};
use crate::evaluate::Evaluation;
use crate::evaluate::evaluation::{OutputEvaluation, Refusals};
use crate::report::phrase::Phrase;
use crate::verdict::Verdict;

pub(super) fn write(section: &mut Section, pen: &Pen, _evaluation: &Evaluation, output: &OutputEvaluation) {
    section.heading(pen.say("irregular.title"));
    let all_usable =
        output.irregularities.iter().all(|a| a.records == a.usable && a.kinds.iter().all(|k| k.1 == 0));
    if all_usable {
        section.paragraph(pen.say("irregular.all_usable"));
        return;
    }
    section.paragraph(pen.say("irregular.intro"));
    section.table(by_arm(pen, output));
    refusals(section, pen, &output.refusals);
}

fn by_arm(pen: &Pen, output: &OutputEvaluation) -> Table {
    let mut kinds: Vec<&str> = Vec::new();
    for (kind, _) in output.irregularities.iter().flat_map(|a| &a.kinds).filter(|(_, count)| *count > 0) {
        if !kinds.contains(&kind.as_str()) {
            kinds.push(kind);
        }
    }
    let mut table = Table::new(Fit::Scroll, Phrase::word(pen.voice.say("irregular.caption")))
        .words(pen.say("tested.arm"))
        .numbers(pen.say("irregular.records"))
        .numbers(pen.say("irregular.usable"))
        .numbers(pen.say("irregular.share"));
    for kind in &kinds {
        table = table.numbers(pen.voice.words.word_or_free("irregular", kind).html());
    }
    for arm in &output.irregularities {
        let share = match arm.records {
            0 => Value::from("—"),
            records => pen.percent(arm.usable as f64 / records as f64),
        };
        let mut cells = vec![pen.free(&arm.arm), pen.count(arm.records), pen.count(arm.usable), share];
        for kind in &kinds {
            let count: u64 = arm.kinds.iter().filter(|(k, _)| k == kind).map(|(_, count)| count).sum();
            cells.push(pen.count(count));
        }
        table.row(cells);
    }
    table
}

fn refusals(section: &mut Section, pen: &Pen, refusals: &[Refusals]) {
    let mut table = Table::new(Fit::Rows, Phrase::word(pen.voice.say("irregular.refusals")))
        .words(pen.say("criteria.comparison"))
        .numbers(pen.say("irregular.only_target"))
        .numbers(pen.say("irregular.only_reference"))
        .numbers(pen.say("irregular.both"))
        .numbers(pen.say("irregular.p_adjusted"))
        .words(pen.say("irregular.result"));
    for pair in refusals.iter().filter(|r| r.only_target + r.only_reference + r.both > 0) {
        let arms = [("target", Phrase::free(&pair.target)), ("reference", Phrase::free(&pair.reference))];
        let result = match pair.is_differential {
            true => pen.badge_saying(Verdict::Fail, pen.say("irregular.differential")),
            false => pen.say("irregular.not_differential"),
        };
        table.row(vec![
            pen.phrase("contrast.against", &arms).html(),
            pen.count(pair.only_target),
            pen.count(pair.only_reference),
            pen.count(pair.both),
            pen.p(pair.p_adjusted),
            result,
        ]);
    }
    section.table(table);
}
