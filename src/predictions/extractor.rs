//! Out of a text, an answer.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use regex::Regex;

use super::words::is_refusal;
use crate::error::{Error, Result};

/// How an answer is found in a text.
///
/// | written | finds |
/// |---|---|
/// | `json:FIELD` | a field of the JSON object in the text (`a.b` for a nested one); text around the object is skipped |
/// | `regex:PATTERN` | the first group of the first match, or the whole match if the pattern has no group |
/// | `first-word` | the first word, in lower case, without punctuation |
/// | `length` | the number of characters |
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Extractor {
    /// A field of a JSON object: the keys that lead to it.
    Json(Vec<String>),
    /// The first group of the first match.
    Regex(Regex),
    /// The first word.
    FirstWord,
    /// The number of characters.
    Length,
}

/// What an extractor makes of a text.
#[derive(Debug, PartialEq)]
pub(super) enum Extracted<'t> {
    Answer(Cow<'t, str>),
    Refusal,
    Nothing,
}

impl FromStr for Extractor {
    type Err = Error;

    fn from_str(written: &str) -> Result<Self> {
        match written.split_once(':').unwrap_or((written, "")) {
            ("first-word", "") => Ok(Extractor::FirstWord),
            ("length", "") => Ok(Extractor::Length),
            ("json", path) if !path.is_empty() => {
                Ok(Extractor::Json(path.split('.').map(str::to_owned).collect()))
            }
            ("regex", pattern) if !pattern.is_empty() => {
                Regex::new(pattern).map(Extractor::Regex).map_err(|e| {
                    let what = e.to_string();
                    let what = what.lines().last().unwrap_or_default().trim_start_matches("error: ");
                    let message = format!("`{pattern}` is not a regular expression: {what}");
                    Error::request_hint(
                        message,
                        "the syntax is that of https://docs.rs/regex; look-around has no place in it",
                    )
                })
            }
            _ => Err(Error::request_hint(
                format!("`{written}` is not an extractor"),
                "extractors are `json:FIELD`, `regex:PATTERN`, `first-word` and `length`",
            )),
        }
    }
}

impl fmt::Display for Extractor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Extractor::Json(path) => write!(f, "json:{}", path.join(".")),
            Extractor::Regex(pattern) => write!(f, "regex:{pattern}"),
            Extractor::FirstWord => f.write_str("first-word"),
            Extractor::Length => f.write_str("length"),
        }
    }
}

impl Extractor {
    /// The answer in a text. A refusal is looked for where nothing is found, and first where anything would be.
    pub(super) fn extract<'t>(&self, text: &'t str) -> Extracted<'t> {
        let found = match self {
            Extractor::FirstWord | Extractor::Length if is_refusal(text) => return Extracted::Refusal,
            Extractor::Length => Some(Cow::Owned(text.chars().count().to_string())),
            Extractor::FirstWord => text
                .split(|c: char| !c.is_alphanumeric())
                .find(|w| !w.is_empty())
                .map(|w| w.to_lowercase().into()),
            Extractor::Regex(pattern) => pattern
                .captures(text)
                .and_then(|found| found.get(1).or_else(|| found.get(0).filter(|_| found.len() == 1)))
                .map(|part| Cow::Borrowed(part.as_str())),
            Extractor::Json(path) => json_field(text, path).map(Cow::Owned),
        };
        match found {
            Some(answer) => Extracted::Answer(answer),
            None if is_refusal(text) => Extracted::Refusal,
            None => Extracted::Nothing,
        }
    }
}

/// The field of the first JSON object in a text: chat models like to put words or a fence of backticks around it.
fn json_field(text: &str, path: &[String]) -> Option<String> {
    let object = &text[text.find('{')?..];
    let first = serde_json::Deserializer::from_str(object).into_iter::<serde_json::Value>().next()?;
    let mut value = &first.ok()?;
    for key in path {
        value = value.get(key)?;
    }
    match value {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extracted(extractor: &str, text: &str) -> Option<String> {
        match extractor.parse::<Extractor>().unwrap().extract(text) {
            Extracted::Answer(answer) => Some(answer.into_owned()),
            _ => None,
        }
    }

    #[test]
    fn answers_are_found_in_texts() {
        assert_eq!(extracted("first-word", "**Yes**, certainly").as_deref(), Some("yes"));
        assert_eq!(extracted("first-word", "  Écarté."), Some("écarté".to_owned()));
        assert_eq!(extracted("length", "été").as_deref(), Some("3"));
        assert_eq!(extracted("regex:(?i)score: *([0-9.]+)", "My Score: 0.7 of 1").as_deref(), Some("0.7"));
        assert_eq!(extracted("regex:yes|no", "well, no").as_deref(), Some("no"));
        assert_eq!(extracted("regex:(a)|b", "b"), None);
        let fenced = "Here:\n```json\n{\"verdict\": {\"hire\": true}, \"mark\": 12}\n```\n";
        assert_eq!(extracted("json:verdict.hire", fenced).as_deref(), Some("true"));
        assert_eq!(extracted("json:mark", fenced).as_deref(), Some("12"));
        assert_eq!(extracted("json:other", fenced), None);
        assert_eq!(extracted("json:a", "{\"a\": "), None);
        assert_eq!(extracted("json:a", &"{\"a\":".repeat(100_000)), None);
    }

    #[test]
    fn refusals_are_told_from_answers() {
        let refused = |extractor: &str, text: &str| {
            extractor.parse::<Extractor>().unwrap().extract(text) == Extracted::Refusal
        };
        assert!(refused("first-word", "I'm sorry, but I can't help with that."));
        assert!(refused("regex:oui|non", "Je suis désolée, mais je ne peux pas répondre."));
        assert!(!refused("regex:yes|no", "As an AI I would say: yes"));
        assert!(!refused("first-word", "Yes. I cannot see a reason against."));
    }
}
