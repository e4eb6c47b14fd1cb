//! A summary for the page of a build.

use std::fmt::Write;

use super::measure::Measure;
use super::naming;
use super::phrase::Phrase;
use super::reason::{deciding, output, sentence, several, warnings};
use super::terminal::gravest_first;
use super::visible::one_line;
use super::voice::Voice;
use crate::evaluate::Evaluation;
use crate::evaluate::evaluation::CriterionResult;
use crate::verdict::Verdict;
use crate::verify::Verification;

/// Rows of the table of criteria; build servers cut summaries that are too long.
const ROWS: usize = 40;

/// Free text on one line that Markdown shows as it is written, in tables as well.
pub(super) fn escaped(text: &str) -> String {
    let line = one_line(text);
    let leads = line.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '=' | '.'));
    let mut shown = String::with_capacity(line.len() + 8);
    for c in line.chars() {
        match c {
            // As an entity, because a backslash before a pipe ends the cell in some readers.
            '|' => shown.push_str("&#124;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '&' => shown.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '!' | '~' | '$' | '@'
            | ':' => {
                shown.extend(['\\', c]);
            }
            // These act at the start of a line only; full stops also in addresses.
            '-' | '+' | '=' | '.' if leads => shown.extend(['\\', c]),
            '.' if line.contains("www.") => shown.extend(['\\', c]),
            c => shown.push(c),
        }
    }
    shown
}

pub(super) fn markdown(voice: &Voice, evaluation: &Evaluation, checks: Option<&Verification>) -> String {
    let mut text = String::new();
    let verdict = evaluation.verdict;
    let head = voice.say(&format!("verdict.{}_head", verdict.word()));
    let _ = writeln!(
        text,
        "## {} {}{}{head}\n",
        symbol(verdict),
        voice.say(&format!("verdict.{}", verdict.word())),
        voice.say("page.colon")
    );
    let mut reason = sentence(voice, evaluation);
    if let Some(several) = several(voice, evaluation) {
        reason = reason.then(Phrase::word(" ")).then(several);
    }
    let _ = writeln!(text, "{}\n", reason.markdown());
    for warning in warnings(voice, evaluation, checks) {
        let _ = writeln!(
            text,
            "> **{}**{}{}\n",
            voice.say("verdict.warning"),
            voice.say("page.colon"),
            warning.markdown()
        );
    }
    criteria(&mut text, voice, evaluation);
    where_to_look(&mut text, voice, evaluation, checks);
    let _ = writeln!(text, "\n{}", voice.say("page.footer"));
    text
}

fn criteria(text: &mut String, voice: &Voice, evaluation: &Evaluation) {
    if evaluation.criteria.is_empty() {
        let _ = writeln!(text, "{}", voice.say("criteria.none"));
    } else {
        let titles = ["verdict", "criterion", "question", "estimate", "interval", "limit", "units"];
        let titles: Vec<&str> = titles.iter().map(|t| voice.say(&format!("criteria.{t}"))).collect();
        let _ = writeln!(text, "| {} |\n|---|---|---|--:|:-:|--:|--:|", titles.join(" | "));
        let ordered = gravest_first(evaluation);
        for result in ordered.iter().take(ROWS) {
            let _ = writeln!(text, "| {} |", row(voice, evaluation, result).join(" | "));
        }
        if ordered.len() > ROWS {
            let left = Phrase::word(voice.numerals.count((ordered.len() - ROWS) as u64));
            let _ = writeln!(
                text,
                "\n{}",
                voice.phrase("criteria.more", &[("count", left)]).capitalised().markdown()
            );
        }
    }
    for criterion in evaluation.not_asked.iter().take(ROWS) {
        let _ = writeln!(
            text,
            "\n{}{}{} ({})",
            voice.say("criteria.not_asked"),
            voice.say("page.colon"),
            escaped(&criterion.criterion.name),
            voice.say(super::junit::because_key(criterion.because)),
        );
    }
}

fn row(voice: &Voice, evaluation: &Evaluation, result: &CriterionResult) -> Vec<String> {
    let word = voice.say(&format!("verdict.{}", result.verdict.word()));
    let judged = deciding(result);
    let measure = Measure::of_statistic(
        &result.criterion.statistic,
        judged.and_then(|j| output(evaluation, &j.output)),
    );
    let question = naming::question(voice, &result.criterion);
    let compared = judged.map(|j| naming::judged(voice, j));
    vec![
        format!("{} {word}", symbol(result.verdict)),
        escaped(&result.criterion.name),
        Phrase::joined([question].into_iter().chain(compared), ", ").markdown(),
        measure.maybe(judged.and_then(|j| j.estimate), voice.numerals),
        measure.interval(judged.and_then(|j| j.interval.as_ref()), voice.numerals),
        judged.map_or_else(
            || naming::policy_limit(voice, &result.criterion),
            |j| naming::limit(voice, measure, j),
        ),
        judged.map_or_else(|| "—".to_owned(), |j| voice.numerals.count(j.units)),
    ]
}

/// What was tested, and by which suite, policy and answers.
fn where_to_look(text: &mut String, voice: &Voice, evaluation: &Evaluation, checks: Option<&Verification>) {
    let _ = writeln!(text, "\n### {}\n", voice.say("short.where"));
    let facts = &evaluation.suite;
    let colon = voice.say("page.colon");
    let verified = voice.say(super::terminal::verified_key(checks));
    let suite = Phrase::joined(
        [Phrase::free(&facts.scenario), Phrase::word(voice.units(facts.units)), Phrase::word(verified)],
        ", ",
    );
    let files = evaluation.predictions.files.iter().take(5).map(|f| Phrase::free(&f.path));
    let lines = [
        ("provenance.suite", suite),
        ("provenance.policy", Phrase::free(&evaluation.policy.name)),
        ("provenance.predictions", Phrase::joined(files, ", ")),
    ];
    for (key, line) in lines {
        let _ = writeln!(text, "- {}{colon}{}", voice.say(key), line.markdown());
    }
}

/// A shape for each verdict, so that colour is not needed.
pub(super) fn symbol(verdict: Verdict) -> char {
    match verdict {
        Verdict::Pass => '✓',
        Verdict::Fail => '✗',
        Verdict::Inconclusive => '◇',
        Verdict::NoData => '○',
    }
}
