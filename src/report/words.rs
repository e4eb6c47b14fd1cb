//! The words of a report: one table a language, the same keys in both.

use super::phrase::Phrase;
use crate::diag::Language;

/// The table of one language.
#[derive(Debug)]
pub(super) struct Words {
    table: toml::Table,
    language: Language,
}

impl Words {
    pub(super) fn of(language: Language) -> Self {
        let text = match language {
            Language::En => include_str!("words/en.toml"),
            Language::Fr => include_str!("words/fr.toml"),
        };
        Self { table: text.parse().expect("the table of words is TOML"), language }
    }

    /// The whole table, as templates read it.
    pub(super) fn table(&self) -> &toml::Table {
        &self.table
    }

    /// The text at `section.key`; `None` where there is none, which is normal only for words of the scenario.
    pub(super) fn find(&self, key: &str) -> Option<&str> {
        let (section, key) = key.split_once('.')?;
        self.table.get(section)?.get(key)?.as_str()
    }

    /// The text at `section.key`.
    pub(super) fn say(&self, key: &str) -> &str {
        self.find(key).unwrap_or_else(|| unreachable!("the table of words has no `{key}`"))
    }

    /// The text at `section.key` with its parts.
    pub(super) fn phrase(&self, key: &str, parts: &[(&str, Phrase)]) -> Phrase {
        Phrase::filled(self.say(key), parts)
    }

    /// The word at `section.key`, or, where the table has no such word, the key itself as free text.
    pub(super) fn word_or_free(&self, section: &str, key: &str) -> Phrase {
        match self.find(&format!("{section}.{key}")) {
            Some(word) => Phrase::word(word),
            None => Phrase::free(key),
        }
    }

    /// `key_one` or `key_many`, by the count: one is singular in both languages, nought in French only.
    pub(super) fn counted(&self, key: &str, count: u64) -> &str {
        let singular = count == 1 || count == 0 && self.language == Language::Fr;
        self.say(&format!("{key}_{}", if singular { "one" } else { "many" }))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(language: Language) -> Vec<(String, BTreeSet<String>)> {
        let words = Words::of(language);
        let mut keys = Vec::new();
        for (section, entries) in words.table() {
            for (key, text) in entries.as_table().expect("a section") {
                let text = text.as_str().expect("a text");
                assert!(!text.trim().is_empty(), "{section}.{key} says nothing");
                let parts =
                    text.split('{').skip(1).filter_map(|p| p.split_once('}')).map(|(n, _)| n.to_owned());
                keys.push((format!("{section}.{key}"), parts.collect()));
            }
        }
        keys
    }

    #[test]
    fn both_languages_have_the_same_keys_and_the_same_parts() {
        let (english, french) = (keys(Language::En), keys(Language::Fr));
        for (one, other) in english.iter().zip(&french) {
            assert_eq!(one, other);
        }
        assert_eq!(english.len(), french.len());
    }

    #[test]
    fn no_report_calls_anything_compliant_or_certified_fair() {
        for text in [include_str!("words/en.toml"), include_str!("words/fr.toml")] {
            let text = text.to_lowercase();
            for word in ["compliant", "certified fair", "conforme à la loi", "certifié équitable"] {
                assert!(!text.contains(word), "{word}");
            }
        }
    }
}
