//! A few lines for a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::markdown::symbol;
use super::measure::Measure;
use super::naming;
use super::phrase::Phrase;
use super::reason::{deciding, output, sentence, several, warnings};
use super::voice::Voice;
use crate::evaluate::Evaluation;
use crate::evaluate::evaluation::CriterionResult;
use crate::verdict::Verdict;
use crate::verify::Verification;

/// Columns of a line, at most.
const WIDTH: usize = 100;
/// Lines of the sentence that gives the reason, at most.
const REASON_LINES: usize = 5;
/// Criteria shown, at most.
const CRITERIA: usize = 8;
/// Warnings shown, at most, each on one line or two.
const WARNINGS: usize = 3;

pub(super) fn terminal(
    voice: &Voice,
    evaluation: &Evaluation,
    checks: Option<&Verification>,
    coloured: bool,
) -> String {
    let paint = Paint(coloured);
    let verdict = evaluation.verdict;
    let word = voice.say(&format!("verdict.{}", verdict.word()));
    let head = voice.say(&format!("verdict.{}_head", verdict.word()));
    let mut lines =
        vec![format!("{} {head}", paint.verdict(verdict, &format!("{} {word}", symbol(verdict))))];
    let mut reason = sentence(voice, evaluation);
    if let Some(several) = several(voice, evaluation) {
        reason = reason.then(Phrase::word(" ")).then(several);
    }
    lines.extend(wrapped(&reason.plain(), WIDTH - 2, REASON_LINES).into_iter().map(|l| format!("  {l}")));
    for warning in warnings(voice, evaluation, checks).iter().take(WARNINGS) {
        let text = format!("{}{}{}", voice.say("verdict.warning"), voice.say("page.colon"), warning.plain());
        lines.extend(wrapped(&text, WIDTH - 4, 2).into_iter().enumerate().map(|(place, line)| match place {
            0 => format!("  {} {line}", paint.dim("!")),
            _ => format!("    {line}"),
        }));
    }
    lines.push(String::new());
    lines.extend(criteria(voice, evaluation, paint));
    lines.push(String::new());
    lines.push(paint.dim(&clipped(&facts(voice, evaluation, checks), WIDTH)));
    lines.join("\n") + "\n"
}

/// The criteria, fail before no data before inconclusive before pass, otherwise in the policy's order.
pub(super) fn gravest_first(evaluation: &Evaluation) -> Vec<&CriterionResult> {
    let order = [Verdict::Fail, Verdict::NoData, Verdict::Inconclusive, Verdict::Pass];
    order.into_iter().flat_map(|v| evaluation.criteria.iter().filter(move |c| c.verdict == v)).collect()
}

/// The key of the words for whether the suite was verified.
pub(super) fn verified_key(checks: Option<&Verification>) -> &'static str {
    match checks {
        None => "short.not_verified",
        Some(checks) if checks.passed() => "short.verified",
        Some(_) => "short.unverified",
    }
}

fn criteria(voice: &Voice, evaluation: &Evaluation, paint: Paint) -> Vec<String> {
    let ordered = gravest_first(evaluation);
    let rows: Vec<[String; 5]> = ordered.iter().take(CRITERIA).map(|r| row(voice, evaluation, r)).collect();
    let width = |column: usize| rows.iter().map(|r| r[column].width()).max().unwrap_or(0);
    let mut widths = [width(0), width(1), width(2).min(18), width(3).min(34), width(4).min(18)];
    // Figures first: the name gets what is left.
    let figures: usize = widths[2..].iter().sum();
    widths[1] = widths[1].min(WIDTH.saturating_sub(widths[0] + figures + 10));
    let mut lines: Vec<String> = rows
        .iter()
        .zip(&ordered)
        .map(|(row, result)| {
            let cell = |column: usize| fitted(&row[column], widths[column], column > 1);
            let line = format!("{}  {}  {}  {}", cell(1), cell(2), cell(3), cell(4));
            format!("  {}  {}", paint.verdict(result.verdict, &cell(0)), line.trim_end())
        })
        .collect();
    if lines.is_empty() {
        lines.push(format!("  {}", voice.say("criteria.none")));
    }
    if ordered.len() > CRITERIA {
        let left = &ordered[CRITERIA..];
        let kinds = [Verdict::Fail, Verdict::NoData, Verdict::Inconclusive, Verdict::Pass];
        let counts = kinds.into_iter().map(|v| (v, left.iter().filter(|r| r.verdict == v).count() as u64));
        let counts = counts.filter(|(_, n)| *n > 0).map(|(v, n)| {
            Phrase::word(format!(
                "{} {}",
                voice.numerals.count(n),
                voice.say(&format!("verdict.{}", v.word())).to_lowercase()
            ))
        });
        let parts = [("count", voice.count(left.len() as u64)), ("counts", Phrase::joined(counts, ", "))];
        lines.push(format!("  {}", voice.phrase("short.more_criteria", &parts).plain()));
    }
    if !evaluation.not_asked.is_empty() {
        let names: Vec<String> =
            evaluation.not_asked.iter().map(|n| Phrase::free(&n.criterion.name).plain()).collect();
        let text = format!("{}{}{}", voice.say("short.not_asked"), voice.say("page.colon"), names.join(", "));
        lines.push(format!("  {}", paint.dim(&clipped(&text, WIDTH - 2))));
    }
    lines
}

fn row(voice: &Voice, evaluation: &Evaluation, result: &CriterionResult) -> [String; 5] {
    let judged = deciding(result);
    let measure = Measure::of_statistic(
        &result.criterion.statistic,
        judged.and_then(|j| output(evaluation, &j.output)),
    );
    let word = voice.say(&format!("verdict.{}", result.verdict.word())).to_lowercase();
    [
        format!("{} {word}", symbol(result.verdict)),
        Phrase::free(&result.criterion.name).plain(),
        measure.maybe(judged.and_then(|j| j.estimate), voice.numerals),
        measure.interval(judged.and_then(|j| j.interval.as_ref()), voice.numerals),
        judged.map_or_else(
            || naming::policy_limit(voice, &result.criterion),
            |j| naming::limit(voice, measure, j),
        ),
    ]
}

fn facts(voice: &Voice, evaluation: &Evaluation, checks: Option<&Verification>) -> String {
    let facts = &evaluation.suite;
    let parts = [
        Phrase::free(&facts.scenario),
        Phrase::word(voice.units(facts.units)),
        Phrase::free(&evaluation.policy.name),
        Phrase::word(voice.say(verified_key(checks))),
    ];
    Phrase::joined(parts, " · ").plain()
}

/// Colours of the terminal's own palette, or none.
#[derive(Debug, Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn verdict(self, verdict: Verdict, text: &str) -> String {
        let code = match verdict {
            Verdict::Pass => "1;32",
            Verdict::Fail => "1;31",
            Verdict::Inconclusive => "1;33",
            Verdict::NoData => "1;36",
        };
        self.with(code, text)
    }

    fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        match self.0 {
            true => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            false => text.to_owned(),
        }
    }
}

/// Cut to so many columns of a terminal.
fn clipped(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 1;
    let kept = text.chars().take_while(|c| {
        used += c.width().unwrap_or(0);
        used <= width
    });
    kept.collect::<String>() + "…"
}

/// Cut or padded to exactly so many columns.
fn fitted(text: &str, width: usize, to_the_right: bool) -> String {
    let text = clipped(text, width);
    let blank = " ".repeat(width.saturating_sub(text.width()));
    if to_the_right { blank + &text } else { text + &blank }
}

/// Lines of at most so many columns; the last one is cut where the text is too long.
fn wrapped(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let last = lines.last_mut().expect("there is a line");
        if last.is_empty() {
            last.push_str(word);
        } else if last.width() + 1 + word.width() <= width {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(rest);
    }
    lines.iter().map(|line| clipped(line, width)).collect()
}
