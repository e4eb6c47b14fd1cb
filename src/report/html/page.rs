//! The page as a whole: the verdict first, then section after section.

use minijinja::value::Serde;
use minijinja::{Value, context};

use super::pen::Pen;
use super::{answers, checks, criteria, methods, provenance, rows, tested};
use crate::evaluate::Evaluation;
use crate::report::phrase::Phrase;
use crate::report::reason::{sentence, several, warnings};
use crate::report::voice::Voice;
use crate::verify::Verification;

/// The style of the page, which stands in it.
pub(in crate::report) const STYLE: &str = include_str!("templates/style.css");
/// Its hash, so that a browser applies this style and no other. A test keeps it right.
const STYLE_HASH: &str = include_str!("templates/style.sha256");
/// Two lenses.
const BRAND: &str = r#"<svg viewBox="0 0 38 24" aria-hidden="true" focusable="false"><circle cx="12" cy="12" r="9"/><circle cx="26" cy="12" r="9"/></svg>"#;

pub(in crate::report) fn page(
    voice: &Voice,
    evaluation: &Evaluation,
    verification: Option<&Verification>,
) -> String {
    let pen = Pen::new(voice);
    let mut sections = vec![tested::section(&pen, evaluation), criteria::section(&pen, evaluation)];
    sections.extend(rows::section(&pen, &evaluation.predictions));
    sections.extend(answers::sections(&pen, evaluation));
    sections.push(checks::section(&pen, verification));
    sections.push(methods::section(&pen, evaluation));
    sections.push(provenance::section(&pen, evaluation));
    let verdict = evaluation.verdict;
    let word = verdict.word();
    let (title_language, title) = voice
        .localised(&evaluation.suite.title)
        .filter(|(_, title)| !title.trim().is_empty())
        .unwrap_or(("", &evaluation.suite.scenario));
    let warnings: Vec<Value> = warnings(voice, evaluation, verification).iter().map(Phrase::html).collect();
    let values = context! {
        language => voice.language.tag(),
        w => Value::from(Serde(voice.words.table())),
        style => Value::from_safe_string(STYLE.to_owned()),
        style_hash => Value::from_safe_string(STYLE_HASH.trim().to_owned()),
        brand => Value::from_safe_string(BRAND.to_owned()),
        verdict => word,
        verdict_word => pen.say(&format!("verdict.{word}")),
        verdict_head => pen.say(&format!("verdict.{word}_head")),
        icon => pen.icon(verdict),
        reason => sentence(voice, evaluation).html(),
        means => (!evaluation.criteria.is_empty()).then(|| pen.say(&format!("verdict.{word}_means"))),
        several => several(voice, evaluation).map(|p| p.html()),
        figures => figures(&pen, evaluation),
        made_by => pen.phrase("page.made_by", &[("tool", Phrase::free(&evaluation.tool))]).html(),
        title_language, title, warnings, sections,
    };
    let mut page = pen.render("page.html", values).to_string();
    page.push('\n');
    page
}

fn figures(pen: &Pen, evaluation: &Evaluation) -> Vec<Value> {
    let figures = [
        ("page.units_figure", pen.count(evaluation.suite.units)),
        ("page.arms_figure", pen.count(evaluation.suite.arms.len() as u64)),
        ("page.criteria_figure", pen.count(evaluation.criteria.len() as u64)),
        ("page.alpha_figure", pen.percent(evaluation.policy.alpha)),
    ];
    figures.into_iter().map(|(key, body)| context! { term => pen.say(key), body }).collect()
}
