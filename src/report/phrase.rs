//! Sentences of words and of free text, which keep apart what each is until they are shown.

use minijinja::{HtmlEscape, Value};

use super::visible::{one_line, visible};

/// One piece of a sentence.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    /// From the table of words, or a number.
    Word(String),
    /// Written by somebody else: the scenario, the policy, the model.
    Free(String),
}

impl Piece {
    fn text(&self) -> &str {
        match self {
            Piece::Word(text) | Piece::Free(text) => text,
        }
    }
}

/// A sentence, or a part of one.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Phrase(Vec<Piece>);

impl Phrase {
    /// Our own words or a number.
    pub(super) fn word(text: impl Into<String>) -> Self {
        Self(vec![Piece::Word(text.into())])
    }

    /// Free text.
    pub(super) fn free(text: impl Into<String>) -> Self {
        Self(vec![Piece::Free(text.into())])
    }

    /// A template of our own with `{name}` where a part belongs. A name without a part stays as it is.
    pub(super) fn filled(template: &str, parts: &[(&str, Phrase)]) -> Self {
        let mut phrase = Self::default();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, behind)) = after.split_once('}') else { break };
            phrase.0.push(Piece::Word(before.to_owned()));
            match parts.iter().find(|(part, _)| *part == name) {
                Some((_, part)) => phrase.0.extend(part.0.iter().cloned()),
                None => phrase.0.push(Piece::Word(format!("{{{name}}}"))),
            }
            rest = behind;
        }
        phrase.0.push(Piece::Word(rest.to_owned()));
        phrase
    }

    /// Several, with a separator of our own between them.
    pub(super) fn joined(phrases: impl IntoIterator<Item = Phrase>, separator: &str) -> Self {
        let mut whole = Self::default();
        for (place, phrase) in phrases.into_iter().enumerate() {
            if place > 0 {
                whole.0.push(Piece::Word(separator.to_owned()));
            }
            whole.0.extend(phrase.0);
        }
        whole
    }

    /// This and then that.
    pub(super) fn then(mut self, next: Phrase) -> Self {
        self.0.extend(next.0);
        self
    }

    /// Whether there is nothing to read.
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|piece| piece.text().is_empty())
    }

    /// The first letter in upper case, unless it is free text.
    pub(super) fn capitalised(mut self) -> Self {
        if let Some(Piece::Word(text)) = self.0.iter_mut().find(|piece| !piece.text().is_empty()) {
            let mut letters = text.chars();
            if let Some(first) = letters.next() {
                *text = first.to_uppercase().chain(letters).collect();
            }
        }
        self
    }

    /// On one line, for terminals and XML.
    pub(super) fn plain(&self) -> String {
        self.mapped(str::to_owned, one_line)
    }

    /// For Markdown: free text shows as it is written.
    pub(super) fn markdown(&self) -> String {
        self.mapped(str::to_owned, super::markdown::escaped)
    }

    /// For HTML: free text is isolated, so that its direction of writing does not turn the sentence.
    pub(super) fn html(&self) -> Value {
        let shown = self.mapped(
            |word| HtmlEscape(word).to_string(),
            |free| format!("<bdi>{}</bdi>", HtmlEscape(&visible(free))),
        );
        Value::from_safe_string(shown)
    }

    fn mapped(&self, word: impl Fn(&str) -> String, free: impl Fn(&str) -> String) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Word(text) => word(text),
                Piece::Free(text) => free(text),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Phrase;

    #[test]
    fn free_text_cannot_become_markup_or_a_placeholder() {
        let phrase =
            Phrase::filled("a {x} is {y}.", &[("x", Phrase::free("<b>{y}")), ("y", Phrase::word("1 < 2"))]);
        assert_eq!(phrase.html().to_string(), "a <bdi>&lt;b&gt;{y}</bdi> is 1 &lt; 2.");
        assert_eq!(phrase.plain(), "a <b>{y} is 1 < 2.");
    }

    #[test]
    fn a_sentence_begins_with_a_capital_unless_a_name_does() {
        let of = |text: Phrase| Phrase::filled("{x} b", &[("x", text)]).capitalised().plain();
        assert_eq!(of(Phrase::word("élan")), "Élan b");
        assert_eq!(of(Phrase::free("iPhone")), "iPhone b");
    }
}
