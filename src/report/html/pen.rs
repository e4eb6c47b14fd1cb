//! Writes pieces of the page.

use minijinja::{Environment, Value, context};

use super::engine::engine;
use super::table::Table;
use crate::report::measure::Measure;
use crate::report::phrase::Phrase;
use crate::report::picture::Axis;
use crate::report::voice::Voice;
use crate::verdict::Verdict;

/// The templates and the language of one page.
pub(super) struct Pen<'a> {
    pub(super) voice: &'a Voice,
    engine: Environment<'static>,
}

impl<'a> Pen<'a> {
    pub(super) fn new(voice: &'a Voice) -> Self {
        Self { voice, engine: engine() }
    }

    /// A template of ours with its values, as a piece that is not escaped again.
    pub(super) fn render(&self, template: &str, values: Value) -> Value {
        let template = self.engine.get_template(template).expect("the report has this template");
        Value::from_safe_string(template.render(values).expect("the report's templates get all their values"))
    }

    /// The text at `section.key`, to be escaped where it is put.
    pub(super) fn say(&self, key: &str) -> Value {
        Value::from(self.voice.say(key))
    }

    /// The text at `section.key` with its parts.
    pub(super) fn phrase(&self, key: &str, parts: &[(&str, Phrase)]) -> Phrase {
        self.voice.phrase(key, parts)
    }

    pub(super) fn count(&self, count: u64) -> Value {
        Value::from(self.voice.numerals.count(count))
    }

    pub(super) fn percent(&self, share: f64) -> Value {
        Value::from(self.voice.numerals.percent(share))
    }

    pub(super) fn p(&self, p: f64) -> Value {
        Value::from(self.voice.numerals.p(p))
    }

    /// A figure, or "—".
    pub(super) fn figure(&self, measure: Measure, figure: Option<f64>) -> Value {
        Value::from(measure.maybe(figure, self.voice.numerals))
    }

    /// Free text, isolated.
    pub(super) fn free(&self, text: &str) -> Value {
        self.render("block.html", context! { kind => "bdi", body => text })
    }

    /// Free text as code.
    pub(super) fn code(&self, text: &str) -> Value {
        self.render("block.html", context! { kind => "code", body => text })
    }

    /// A line with a smaller one under it.
    pub(super) fn stacked(&self, main: Value, under: Value) -> Value {
        self.render("block.html", context! { kind => "stacked", main, under })
    }

    /// A name, and under it what it is in words, where there is something to say.
    pub(super) fn described(&self, main: Phrase, under: Phrase) -> Value {
        match under.is_empty() {
            true => main.html(),
            false => self.stacked(main.html(), under.html()),
        }
    }

    /// A text of the scenario in the language that there is.
    pub(super) fn localised(&self, texts: &crate::evaluate::evaluation::Localised) -> Option<Value> {
        let (language, body) = self.voice.localised(texts).filter(|(_, text)| !text.trim().is_empty())?;
        Some(self.render("block.html", context! { kind => "in_language", language, body }))
    }

    pub(super) fn icon(&self, verdict: Verdict) -> Value {
        self.render("icon.svg", context! { verdict => verdict.word() })
    }

    /// A shape and a word.
    pub(super) fn badge(&self, verdict: Verdict) -> Value {
        let body = self.say(&format!("verdict.{}", verdict.word()));
        self.badge_saying(verdict, body)
    }

    pub(super) fn badge_saying(&self, verdict: Verdict, body: Value) -> Value {
        let icon = self.icon(verdict);
        self.render("block.html", context! { kind => "badge", verdict => verdict.word(), icon, body })
    }

    pub(super) fn table(&self, table: Table) -> Value {
        table.render(self)
    }

    /// What opens and closes.
    pub(super) fn details(&self, summary: Value, body: Value) -> Value {
        self.render("block.html", context! { kind => "details", summary, body })
    }

    /// The ticks of an axis, in what the figures are measured in.
    pub(super) fn axis(&self, axis: &Axis, measure: Measure) -> Value {
        let ticks: Vec<Value> = axis
            .ticks()
            .into_iter()
            .map(|t| context! { at => t.at, label => measure.bare(t.value, self.voice.numerals) })
            .collect();
        self.render("axis.svg", context! { ticks })
    }
}
