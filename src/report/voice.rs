//! One language speaking: its words and its numerals.

use super::measure::Measure;
use super::numerals::{Numerals, tidy};
use super::phrase::Phrase;
use super::words::Words;
use crate::diag::Language;
use crate::evaluate::evaluation::{Bounds, Localised};

/// Words and numerals of one language.
#[derive(Debug)]
pub(super) struct Voice {
    pub(super) language: Language,
    pub(super) words: Words,
    pub(super) numerals: Numerals,
}

impl Voice {
    pub(super) fn of(language: Language) -> Self {
        Self { language, words: Words::of(language), numerals: Numerals::of(language) }
    }

    /// The text at `section.key`.
    pub(super) fn say(&self, key: &str) -> &str {
        self.words.say(key)
    }

    /// The text at `section.key` with its parts.
    pub(super) fn phrase(&self, key: &str, parts: &[(&str, Phrase)]) -> Phrase {
        self.words.phrase(key, parts)
    }

    /// A count, as a part of a sentence.
    pub(super) fn count(&self, count: u64) -> Phrase {
        Phrase::word(self.numerals.count(count))
    }

    /// "10,000 units".
    pub(super) fn units(&self, count: u64) -> String {
        format!("{} {}", self.numerals.count(count), self.words.counted("page.units", count))
    }

    /// "90% interval −0.2 to +1.8 pts".
    pub(super) fn interval(&self, measure: Measure, bounds: &Bounds) -> Phrase {
        let key = match (bounds.low, bounds.high) {
            (Some(_), Some(_)) => "reason.interval",
            (Some(_), None) => "reason.interval_low",
            (None, Some(_)) => "reason.interval_high",
            (None, None) => "reason.interval_none",
        };
        // The unit stands once, behind the last figure.
        let low = |low: f64| match (measure, bounds.high) {
            (Measure::Points, Some(_)) => measure.bare(low, self.numerals),
            _ => measure.with_unit(low, self.numerals),
        };
        let parts = [
            ("level", Phrase::word(self.numerals.percent(bounds.level))),
            ("low", Phrase::word(bounds.low.map(low).unwrap_or_default())),
            (
                "high",
                Phrase::word(bounds.high.map(|x| measure.with_unit(x, self.numerals)).unwrap_or_default()),
            ),
        ];
        self.phrase(key, &parts)
    }

    /// The size of a figure in a sentence: "1 point", "4.2 points", "3%".
    pub(super) fn size(&self, measure: Measure, x: f64) -> Phrase {
        if measure != Measure::Points {
            return Phrase::word(measure.size(x, self.numerals));
        }
        let size = self.numerals.number(tidy(x.abs() * 100.0));
        let is_one = match self.language {
            Language::En => size == "1",
            Language::Fr => x.abs() < 0.02,
        };
        self.phrase(
            if is_one { "page.point_one" } else { "page.point_many" },
            &[("size", Phrase::word(size))],
        )
    }

    /// The text in this language, or else in the first there is, with the code of the language that it is in.
    pub(super) fn localised<'a>(&self, texts: &'a Localised) -> Option<(&'a str, &'a str)> {
        let own = texts.get_key_value(self.language.tag());
        own.or_else(|| texts.iter().next()).map(|(code, text)| (code.as_str(), text.as_str()))
    }
}
