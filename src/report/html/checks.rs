//! Whether the suite is what it says it is.

use minijinja::Value;

use super::pen::Pen;
use super::section::Section;
use super::table::{Fit, Table};
use crate::report::phrase::Phrase;
use crate::verdict::Verdict;
use crate::verify::{Check, Outcome, Verification};

pub(super) fn section(pen: &Pen, verification: Option<&Verification>) -> Value {
    let mut section = Section::new(pen, "verification", pen.say("checks.title"));
    let Some(verification) = verification else {
        section.note(pen.say("checks.none"));
        return section.finish();
    };
    let all = verification.checks.len() as u64;
    let failed: Vec<&Check> = verification.checks.iter().filter(|c| c.outcome == Outcome::Failed).collect();
    if failed.is_empty() {
        section.paragraph(pen.phrase("checks.passed", &[("count", pen.voice.count(all))]).html());
        section.folded(pen.say("checks.caption"), table(pen, &verification.checks));
    } else {
        let parts = [("count", pen.voice.count(failed.len() as u64)), ("all", pen.voice.count(all))];
        section.alarm(pen.phrase("checks.failed", &parts).html());
        section.table(table(pen, &verification.checks));
    }
    section.finish()
}

fn table(pen: &Pen, checks: &[Check]) -> Table {
    let mut table = Table::new(Fit::Rows, Phrase::word(pen.voice.say("checks.caption")))
        .wide(pen.say("checks.check"))
        .words(pen.say("checks.outcome"))
        .wide(pen.say("checks.summary"));
    for check in checks {
        let (verdict, key) = match check.outcome {
            Outcome::Passed => (Verdict::Pass, "checks.outcome_passed"),
            Outcome::Failed => (Verdict::Fail, "checks.outcome_failed"),
            Outcome::Information => (Verdict::NoData, "checks.outcome_information"),
            Outcome::NotChecked => (Verdict::Inconclusive, "checks.outcome_not_checked"),
        };
        let details = Phrase::joined(check.details.iter().map(Phrase::free), "; ");
        table.row(vec![
            pen.free(&check.name),
            pen.badge_saying(verdict, pen.say(key)),
            pen.described(Phrase::free(&check.summary), details),
        ]);
    }
    table
}
